"""Takes the pictures of the documentation from the running program: `python scripts/take_screenshots.py [STORE]`.

It needs Chromium (`CHROMIUM`, else the one on the path) and the requirements of the tests. Without a store it links
the demonstration in a folder of its own. Days on which the store was made are shown as one fixed day, so that a
picture changes only when the program does. `SHOTS` names every picture; a test holds that the pages show no other.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT = 1180, 800
COLOURS = 96
"""Colours of a picture [G]: text and maps stay sharp, and a picture stays under 150 kB."""
FIXED_DAY = "2024-06-28"
STORY = (
    "On Friday 14 June 2024 about 10pm a man rang from 07700 900721 and came to my flat near Park Road, Plymouth. He "
    "was white, mid 30s, about 6 foot and stocky, and drove a silver Astra. He refused to pay, grabbed me by the "
    "throat and said he would post my photos online."
)
LOG = """Ref,Date,Time,Town,What happened,Mobile,Car reg,Worker initials,Consent to share with police,Notes
101,03/05/2024,22:30,Leeds,He refused to pay and punched her.,07700 900123,,JB,Y,seen again
102,12/05/2024,01:15,Bradford,He threatened her with a knife and took her bag.,,,KL,anonymised only,
"""


@dataclass(frozen=True)
class Shot:
    """A picture: the address of its page, what is done on it first, and from where down it is taken."""

    path: str
    act: Callable[[Any], None] | None = None
    height: int = HEIGHT


def _type_story(page: Any) -> None:
    page.get_by_label("The words of the report").fill(STORY)
    page.get_by_label("The words of the report").press("Control+Enter")
    settle(page)
    page.get_by_role("button", name="Read text").click()
    settle(page)
    go_on = page.get_by_role("button", name="Remove what is ticked and go on")
    if go_on.count():
        go_on.click()
        settle(page)


def _upload(page: Any) -> None:
    file = {"name": "log.csv", "mimeType": "text/csv", "buffer": LOG.encode()}
    page.locator('input[type="file"]').set_input_files(file)
    settle(page)


SHOTS: dict[str, Shot] = {
    "start.png": Shot(""),
    "suggested-links.png": Shot("links"),
    "pair.png": Shot("pair?a=SYN-000294&b=SYN-000369"),
    "series.png": Shot("series?id=SERIES"),
    "across-areas.png": Shot("across"),
    "search.png": Shot("search?words=silver+car+grabbed+throat+near+Leeds"),
    "new-report-confirm.png": Shot("new-report", _type_story),
    "import-file.png": Shot("import-file", _upload, 1150),
    "report.png": Shot("report?id=SYN-000294"),
    "evaluation.png": Shot("evaluation"),
}
UNTIL_QUIET = """() => new Promise(done => {
    let left = setTimeout(done, 600)
    const again = () => { clearTimeout(left); left = setTimeout(done, 600) }
    new MutationObserver(again).observe(document.body, {childList: true, subtree: true})
})"""
ONE_DAY = """([days, fixed]) => {
    const put = words => days.reduce((told, day) => told.replaceAll(day, fixed), words)
        .replace(new RegExp(fixed + "[ T]\\\\d\\\\d:\\\\d\\\\d(:\\\\d\\\\d)?", "g"), fixed + " 12:00")
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) { walk.currentNode.data = put(walk.currentNode.data) }
    document.querySelectorAll("input").forEach(one => { if (one.type === "text") { one.value = put(one.value) } })
}"""


def settle(page: Any) -> None:
    """Wait until a page is drawn and nothing changes on it."""
    page.wait_for_selector("h1")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.evaluate(UNTIL_QUIET)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def optimised(picture: bytes) -> bytes:
    """The picture with few colours, as small as PNG makes it."""
    from PIL import Image

    out = io.BytesIO()
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def served(store: str, folder: str) -> Iterator[str]:
    """The dashboard of a store, at the address that is yielded, with the truth of the demonstration."""
    from linkage.cli.serve import command, free_port
    from linkage.synthetic import DEMO_REPORTS, DEMO_SEED, generate, write_world

    _, truth = write_world(generate(DEMO_REPORTS, DEMO_SEED), folder)

    port = free_port(0)
    environment = {**os.environ, "LINKAGE_STORE": store, "PYTHONPATH": str(ROOT)}
    environment["LINKAGE_TRUTH"] = str(truth)
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command(port), env=environment, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        deadline = time.monotonic() + 90
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait()


def largest_series(store: str) -> str:
    """The series with the second most reports, whose first screen shows most at once."""
    from linkage.store import Store

    with Store(store, create=False, write=False) as kept:
        run = kept.latest_run()
        found = sorted(run.series() if run else [], key=lambda one: (-len(one.members), one.series_id))
    return found[1].series_id


def take(store: str, only: list[str]) -> None:
    """Take the pictures of a linked store into docs/screenshots; all, or those that are named."""
    from playwright.sync_api import sync_playwright

    series = largest_series(store)
    days = [(date.today() - timedelta(days=back)).isoformat() for back in (0, 1)]
    with (
        tempfile.TemporaryDirectory() as folder,
        served(store, folder) as address,
        sync_playwright() as playwright,
    ):
        program = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_default_timeout(180_000)
        for name, shot in SHOTS.items():
            if only and name not in only:
                continue
            page.set_viewport_size({"width": WIDTH, "height": shot.height})
            page.goto(f"{address}/{shot.path.replace('SERIES', series)}")
            settle(page)
            if shot.act:
                shot.act(page)
            page.evaluate(ONE_DAY, [days, FIXED_DAY])
            (FOLDER / name).write_bytes(optimised(page.screenshot()))
            print(name, (FOLDER / name).stat().st_size, flush=True)
        browser.close()


def main(words: list[str]) -> None:
    """Take the pictures of the store that is named, else of the demonstration."""
    sys.path.insert(0, str(ROOT))
    FOLDER.mkdir(exist_ok=True)
    stores = [word for word in words if re.match(r"\w+://", word)]
    only = [word for word in words if word not in stores]
    with tempfile.TemporaryDirectory() as folder:
        if not stores:
            program = [sys.executable, "-c", "from linkage.cli import main; main()", "demo", "--no-browser"]
            subprocess.run(program, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
        take(stores[0] if stores else f"sqlite:///{folder}/demo/linkage.db", only)


if __name__ == "__main__":
    main(sys.argv[1:])
