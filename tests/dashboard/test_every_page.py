"""Every page of the dashboard in a real browser: who can use it, whom it asks, and what it lets out."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser

from dashboard.app import PAGES
from tests.dashboard import test_browser
from tests.dashboard.test_browser import Visitor

pytestmark = pytest.mark.browser
address = test_browser.address

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
GRAVE = """async tags => {
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    return found.violations.filter(one => ["serious", "critical"].includes(one.impact))
        .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 99)} ${node.failureSummary}`))
}"""
QUERIES = {
    "series": ["?id=S1", "?id=S1&part=What+they+share", "?id=S1&part=Decide"],
    "pair": ["?a=SYN-L1&b=SYN-L3"],
    "report": ["", "?id=SYN-L1"],
    "search": ["", "?words=saab"],
}
QUERIES |= {"member": ["?id=SYN-L1&series=S1"], "audit": ["", "?decision=1"]}
QUERIES |= {"evaluation": ["", "?errors=Missed&figures_part=Said+and+true", "?figures_part=Work"]}
QUERIES |= {"exports": ["?about=S1"], "groups": ["?kind=merge&left=S1&right=S2"]}
"""What a page is asked for where it shows one thing; every other page is opened as it is."""
ADDRESSES = [path + query for _, _, path, _ in PAGES for query in QUERIES.get(path, [""])]


@pytest.fixture(scope="module")
def visitor(address: str, browser: Browser) -> Visitor:
    """One page of the browser for all pages."""
    return Visitor(browser.new_page(viewport={"width": 1400, "height": 900}), address)


@pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: path or "start")
def test_everybody_can_use_the_page_and_it_asks_nobody_outside(visitor: Visitor, path: str) -> None:
    visitor.asked.clear()
    visitor.open(path)
    assert visitor.page.title() == "Linkage"
    charts = visitor.page.locator('[data-testid="stVegaLiteChart"]')
    for number in range(charts.count()):
        charts.nth(number).locator("svg, canvas").first.wait_for()
        charts.nth(number).hover()  # what a chart offers is offered then
    menus = visitor.page.get_by_test_id("stElementToolbarButton")
    assert [menu for menu in menus.all() if menu.is_visible()] == []
    visitor.page.evaluate(AXE)
    assert visitor.page.evaluate(GRAVE, RULES) == []
    assert visitor.asked
    assert visitor.outside() == []


def test_alerts_can_be_used_at_390_pixels(address: str, browser: Browser) -> None:
    assert "alerts" in {path for _, _, path, _ in PAGES}
    narrow = Visitor(browser.new_page(viewport={"width": 390, "height": 844}), address)
    narrow.open("alerts")
    narrow.page.evaluate(AXE)
    assert narrow.page.evaluate(GRAVE, RULES) == []
    assert narrow.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    narrow.page.context.close()


def test_a_fault_that_axe_is_to_find_is_found(visitor: Visitor) -> None:
    visitor.open("guide")
    visitor.page.evaluate(
        "document.querySelector('main, [data-testid=stMain]').append(document.createElement('button'))"
    )
    visitor.page.evaluate(AXE)
    assert any("button-name" in found for found in visitor.page.evaluate(GRAVE, RULES))


def test_an_error_is_found_and_opened_as_a_pair_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.open("evaluation?errors=Wrongly+suggested")  # else as an earlier visit left it
    visitor.page.get_by_role("radio", name="Wrongly suggested").focus()
    visitor.drawn_anew(lambda: visitor.page.keyboard.press("ArrowRight"))
    link = visitor.page.locator("a.lk-link[href^='pair?']").first
    link.focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/pair?**")
    visitor.settle()
    visitor.page.get_by_role("heading", name="Two reports side by side").wait_for()


def test_high_contrast_is_set_by_keyboard_and_nothing_in_it_is_hard_to_read(visitor: Visitor) -> None:
    for wanted in ("rgb(0, 0, 0)", None):  # on, and off again for whoever comes next
        visitor.open("settings")
        visitor.page.get_by_label("High contrast").focus()
        visitor.drawn_anew(lambda: visitor.page.keyboard.press("Space"))
        if wanted:
            visitor.open("guide")
            note = visitor.page.locator(".lk-note").first
            assert note.evaluate("node => getComputedStyle(node).color") == wanted
            visitor.page.evaluate(AXE)
            assert visitor.page.evaluate(GRAVE, RULES) == []
