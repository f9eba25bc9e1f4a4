"""The dashboard in a real browser: every page opens, shows what it should, and asks nobody outside for anything."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, WebSocket, WebSocketRoute

from linkage.cli.serve import command, free_port

pytestmark = pytest.mark.browser

ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--process-per-site"),
]
PATIENCE = 120_000


def chromium() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(store_address: str, folder: Path | None = None, truth: Path | None = None) -> Iterator[str]:
    """The dashboard of a store, at the address that is yielded; started in a `folder` that may hold its secrets, with
    the `truth` of its reports."""
    if chromium() is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium")
    port = free_port(0)
    environment = {**os.environ, "LINKAGE_STORE": store_address, "PYTHONPATH": str(Path(__file__).parents[2])}
    environment |= {"LINKAGE_TRUTH": str(truth)} if truth else {}
    nowhere = subprocess.DEVNULL
    running = subprocess.Popen(
        command(port), cwd=folder, env=environment, stdout=nowhere, stderr=nowhere, stdin=nowhere
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


@pytest.fixture(scope="module")
def address(store_address: str, truth_path: Path) -> Iterator[str]:
    with served(store_address, truth=truth_path) as found:
        yield found


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the dashboard did not start")


UNTIL_QUIET = """() => new Promise(done => {
    const running = () => document.querySelector('[data-testid="stApp"]').dataset.testScriptState !== "notRunning"
    const look = () => running() ? again() : done()
    let left = setTimeout(look, 200)
    const again = () => { clearTimeout(left); left = setTimeout(look, 200) }
    new MutationObserver(again).observe(document.body, {
        childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
    })
})"""
"""Waits until nothing runs, and for a fifth of a second nothing was put into the page or taken from it: a key that is
pressed before is of the page that stood last, and is dropped where that was about something else."""


class Visitor:
    """A browser page that remembers every address it asked for."""

    def __init__(self, page: object, address: str) -> None:
        self.page, self.address, self.asked, self.server = page, address, [], None
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", self._connected)

    def _connected(self, server: WebSocket) -> None:
        self.asked.append(server.url)
        self.server = server

    def settle(self) -> str:
        self.page.wait_for_selector("h1")
        self.page.get_by_text("SYNTHETIC DATA").first.wait_for()  # drawn apart from the page, now and then behind it
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        # what the server sent last is drawn later, and a click or a key that meets what is being replaced is lost
        self.page.evaluate(UNTIL_QUIET)
        assert self.page.locator('[data-testid="stException"]').count() == 0
        assert self.page.title() == "Linkage"
        return self.page.inner_text('[data-testid="stMain"]')

    def drawn_anew(self, act: Callable[[], object]) -> str:
        """Do what makes the page ask the server, and wait until it was drawn anew because of that: until the server
        has begun to answer, the page still looks as if nothing were running."""
        # the server may be drawing for a reason of its own (a part that looks again every two seconds): asked then,
        # it goes on into the answer
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        # what is sent is looked at and not the page, which may show a quick answer whole and never that it began
        with self.server.expect_event("framereceived"), self.server.expect_event("framesent"):
            act()
        return self.settle()

    def open(self, path: str) -> str:
        self.page.goto(f"{self.address}/{path}")
        return self.settle()

    def follow(self, link: str) -> str:
        before = self.page.url

        def go() -> None:
            self.page.get_by_role("link", name=link, exact=True).first.click()
            # an answer that comes meanwhile may be one to the page that is left, which draws parts of itself anew
            self.page.wait_for_url(lambda url: url != before)

        return self.drawn_anew(go)

    def outside(self) -> list[str]:
        here = urlsplit(self.address).netloc
        return [
            url for url in self.asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != here
        ]


@pytest.fixture(scope="module")
def profile(address: str, browser: Browser) -> Iterator[BrowserContext]:
    """What the pages of a file share: a page that stays open spares the others from starting and reading all scripts
    of the dashboard anew, half of what opening one costs."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.new_page().goto(f"{address}/_stcore/health")
    yield context
    context.close()


@pytest.fixture
def visitor(address: str, profile: BrowserContext) -> Iterator[Visitor]:
    """Somebody whom the dashboard has not seen before."""
    page = profile.new_page()
    yield Visitor(page, address)
    page.evaluate("localStorage.clear()")
    page.close()
    profile.clear_cookies()


def test_a_page_whose_address_is_the_first_to_be_asked_for_opens_with_its_banner(visitor: Visitor) -> None:
    # before the app ran once, Streamlit looks for pages by itself
    shown = visitor.open("guide")
    assert "What the signs mean" in shown
    assert shown.startswith("SYNTHETIC DATA")  # and nothing of the code's own notes above it


def test_an_analyst_goes_from_the_list_to_a_pair_and_nothing_leaves_the_machine(visitor: Visitor) -> None:
    assert "Most urgent" in visitor.open("")
    assert "Series S1" in visitor.open("series_list")

    series = visitor.follow("Series S1")
    for words in (
        "SYN-L1",
        "SYN-L2",
        "SYN-L3",
        "Rare and shared",
        "anchor tattoo on neck",
        "Would fall apart without",
    ):
        assert words in series
    charts = visitor.page.locator('[data-testid="stVegaLiteChart"] svg, [data-testid="stVegaLiteChart"] canvas')
    charts.nth(3).wait_for()
    assert charts.count() == 4  # both maps, timeline and who links to whom are drawn
    visitor.drawn_anew(lambda: visitor.page.get_by_role("tab", name="What they share").click())
    assert "DISTINCTIVE" in visitor.page.inner_text('[data-testid="stMain"]')

    visitor.follow("SYN-L2")
    pair = visitor.follow("Compare with SYN-L1")
    for words in ("Evidence side by side", "agrees", "How it adds up", "Place and time"):
        assert words in pair

    assert "Candidate series" not in visitor.open("report?id=SYN-L1")
    for path, title in (("links", "Suggested links"), ("report", "Reports"), ("guide", "Help and wellbeing")):
        assert title in visitor.open(path)
    visitor.page.wait_for_timeout(500)  # anything that a page asks for late
    assert visitor.asked
    assert visitor.outside() == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "across",
        "links",
        "member?id=SYN-L1&series=S1",
        "pair?a=SYN-L1&b=SYN-L3",
        "series?id=S1",
        "report?id=SYN-L1",
    ],
)
def test_evidence_against_is_not_cut_off_on_a_narrow_screen(visitor: Visitor, path: str) -> None:
    visitor.page.set_viewport_size({"width": 1024, "height": 900})
    visitor.open(path)
    visitor.page.locator("table.lk").first.wait_for()
    too_wide = """() => [...document.querySelectorAll(".lk-scroll")]
        .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.ariaLabel)"""
    assert visitor.page.evaluate(too_wide) == []
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.page.evaluate(UNTIL_QUIET)
    assert visitor.page.evaluate(too_wide) == []
    assert visitor.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= 390")


def test_the_maps_of_a_series_are_not_cut_off_on_a_narrow_screen(visitor: Visitor) -> None:
    visitor.open("series?id=S1")
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.page.evaluate(UNTIL_QUIET)
    ends = (
        "[...document.querySelectorAll('.st-key-series_map svg.marks')].map(one => one.getBoundingClientRect().right)"
    )
    found = visitor.page.evaluate(ends)
    assert len(found) == 2
    assert max(found) <= 390


def test_a_point_of_the_timeline_leads_to_its_report(visitor: Visitor) -> None:
    visitor.open("series?id=S1")
    chart = visitor.page.locator('[data-testid="stVegaLiteChart"]').nth(2)
    chart.locator("g.mark-symbol path").first.click(force=True)
    visitor.page.wait_for_url("**/report?id=SYN-L1")


def test_a_long_text_that_is_pasted_is_not_cut(visitor: Visitor) -> None:
    visitor.open("new-report")
    box = visitor.page.get_by_label("The words of the report")
    box.click()
    visitor.page.keyboard.insert_text("He drove off. " * 3_000)
    assert len(box.input_value()) == 42_000


def test_hide_screen_clears_the_page_at_once(visitor: Visitor) -> None:
    visitor.open("series?id=S1")
    visitor.page.get_by_role("button", name="Hide screen").click()
    visitor.page.get_by_role("button", name="Show again").wait_for()
    visitor.page.wait_for_selector("h1", state="detached")
    assert "SYN-L1" not in visitor.page.inner_text("body")
    visitor.page.get_by_role("button", name="Show again").click()
    visitor.page.get_by_role("heading", name="Series S1").wait_for()


SEEN = "() => getComputedStyle(document.querySelector('h1')).visibility"
PRESS = "document.querySelector('.st-key-hide_screen button').click()"
KEY = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'h', code: 'KeyH', bubbles: true}))"


@pytest.mark.parametrize("act", [PRESS, KEY])
def test_the_browser_blanks_the_screen_before_the_server_is_asked(visitor: Visitor, act: str) -> None:
    listening = [True]

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda words: server.send(words) if listening[0] else None)

    visitor.page.route_web_socket("**/_stcore/stream", relay)
    visitor.open("series?id=S1")
    listening[0] = False  # the server never hears of it, so that its screens stay as they are for the next test
    assert visitor.page.evaluate(SEEN) == "visible"
    assert visitor.page.evaluate(f"() => {{ {act}; return ({SEEN})() }}") == "hidden"  # in the same instant


def test_h_in_a_text_hides_nothing(visitor: Visitor) -> None:
    visitor.open("")
    box = visitor.page.get_by_role("textbox", name="Quick find")
    box.press_sequentially("hh")
    assert box.input_value() == "hh"
    assert visitor.page.evaluate(SEEN) == "visible"


def test_following_a_link_loads_no_page_anew_and_going_back_finds_it_as_it_was(visitor: Visitor) -> None:
    visitor.open("series_list")
    visitor.page.evaluate("window.sameWindow = true")
    visitor.follow("Series S1")
    assert "One series, or two?" in visitor.page.inner_text('[data-testid="stMain"]')
    visitor.follow("SYN-L1")
    visitor.page.go_back()
    visitor.page.get_by_role("heading", name="Series S1").wait_for()
    visitor.page.go_back()
    visitor.page.get_by_role("heading", name="Candidate series").wait_for()
    assert visitor.page.evaluate("window.sameWindow")


def test_controls_are_large_enough_to_press(visitor: Visitor) -> None:
    visitor.open("")
    boxes = [link.bounding_box() for link in visitor.page.locator("a.lk-link, button:visible").all()]
    assert boxes
    assert [box for box in boxes if box and (box["height"] < 24 or box["width"] < 24)] == []
