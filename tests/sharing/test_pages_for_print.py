"""A pack and a form as HTML, in a browser: everybody can use them, they fit a phone, and they ask nobody outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from linkage.sharing.document import Document, Picture, Section, Table
from linkage.sharing.drawing import map_svg, timeline_svg
from linkage.sharing.form import blank_form
from linkage.sharing.write_html import html_of
from linkage.travel import journey, legs
from tests.dashboard.test_browser import ARGUMENTS, chromium
from tests.dashboard.test_every_page import AXE, GRAVE, RULES
from tests.factories import incident

pytestmark = pytest.mark.browser


def laid_out() -> Document:
    """A document with everything that one can hold."""
    reports = [
        incident(town="Leeds", date="3 May 2019", lat=53.8, lon=-1.55),
        incident(town="Hull", date="9 May 2019", lat=53.74, lon=-0.33),
    ]
    stops, travelled = journey(reports), legs(reports)
    pictures = [
        Picture("map", map_svg(stops, travelled), "Map: Leeds, Hull."),
        Picture("t", timeline_svg(stops), "T."),
    ]
    table = Table("t", "A table <b>", ["Item", "Value"], [["Said", "<script>alert(1)</script>"]])
    return Document(
        "A pack", "A mark", [("For", "a test")], [Section("All", ["Words."], pictures, [table, table], True)]
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.mark.parametrize("document", [laid_out(), blank_form()], ids=["pack", "form"])
@pytest.mark.parametrize("width", [1200, 390])
def test_everybody_can_read_it_and_it_asks_for_nothing(
    browser: Browser, tmp_path: Path, document: Document, width: int
) -> None:
    file = tmp_path / "page.html"
    file.write_text(html_of(document), encoding="utf-8")
    page, asked = browser.new_page(viewport={"width": width, "height": 900}), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.evaluate(AXE)
    assert page.evaluate(GRAVE, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [file.as_uri()]
    page.close()
