"""Every page in a real browser, as wide as a phone and as a desk: whole, without a script, and asking nobody."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from linkage.cli.serve import free_port
from linkage.serving import server
from linkage.store import Store
from linkage.store.quarantine import items
from tests.dashboard import conftest
from tests.dashboard.test_every_page import AXE, GRAVE, RULES
from tests.serving.conftest import MAIL, settings

pytestmark = pytest.mark.browser
browser = conftest.browser
PATHS = [
    "/", "/report", "/report?who=establishment&lang=pl", "/more?lang=ro", "/near?lang=zh", "/help", "/join?lang=pt",
    "/exit", "/leave/abcdef", "/nowhere",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(
    prepared: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Store]]:
    """The server itself on an empty store, in a thread."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(prepared[0], folder / "linkage.db")
    (folder / "sending.toml").write_text(MAIL)
    port = free_port(0)
    with pytest.MonkeyPatch.context() as patch, Store(f"sqlite:///{folder}/linkage.db", who="tester") as store:
        patch.setenv("LINKAGE_SENDING", str(folder / "sending.toml"))
        running = uvicorn.Server(server.config(store, settings(), "127.0.0.1", port))
        thread = threading.Thread(target=running.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + 60
        while not running.started and time.monotonic() < deadline:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", store
        running.should_exit = True
        thread.join()


@pytest.fixture(scope="module", params=[390, 1024])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page of this width; what the server sends lets no script run in it (`guard.HEADERS`)."""
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    yield context.new_page()
    context.close()


def whole(page: Page) -> None:
    """Nothing serious for those who use it otherwise, and nothing beyond the edge."""
    page.wait_for_load_state()  # a word can be there before the style of its page, and links are small without it
    page.evaluate(AXE)
    assert page.evaluate(GRAVE, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_is_whole_and_asks_nobody_outside(site: tuple[str, Store], page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PATHS:
        page.goto(site[0] + path)
        whole(page)
    assert len(asked) >= 2 * len(PATHS)
    assert [address for address in asked if not address.startswith(site[0])] == []


def test_somebody_reports_reads_it_again_and_is_gone_with_one_press(site: tuple[str, Store], page: Page) -> None:
    address, store = site
    before = len(items(store))
    page.goto(f"{address}/")
    page.get_by_role("link", name="I tell it myself").click()
    page.get_by_label("In your own words").fill("He ran. <b>fast</b>")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("heading", name="Thank you. It is saved.").wait_for()
    whole(page)
    number, code = (one.inner_text() for one in page.locator("dd").all())
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Add to a report").click()
    page.locator("#read-number").fill(number)
    page.locator("#code").fill(code)
    page.get_by_role("button", name="Show it").click()
    page.get_by_text("He ran. <b>fast</b>").wait_for()
    whole(page)
    page.mouse.wheel(0, 5000)
    page.get_by_role("link", name="Leave this page now").click()
    page.get_by_text("This page is empty.").wait_for()
    assert page.context.cookies() == []
    assert len(items(store)) == before + 1
