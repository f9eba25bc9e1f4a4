"""A small store: one series of three incidents that share a plate, a phrase and a mark, among unrelated reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser, sync_playwright
from streamlit import config
from streamlit.components.v2 import manifest_scanner

from linkage.linker import Linker
from linkage.report import Report
from linkage.review.labels import drawn_of_run
from linkage.store import Found, Store

TOWNS = [(53.48, -2.24), (51.51, -0.13), (55.86, -4.25), (52.48, -1.90), (53.80, -1.55), (51.45, -2.59)]
BUILDS, MAKES = ["slim", "medium", "large", "stocky"], ["Ford", "Audi", "Kia", "Saab", "Volvo"]
MOST_RUNS = 20
SAID = "you will not forget the lighthouse"


def unrelated(number: int) -> dict[str, Any]:
    lat, lon = TOWNS[number % len(TOWNS)]
    return {
        "report_id": f"SYN-U{number:03}",
        "received": f"2023-{number % 12 + 1:02}-20",
        "occurred": {"from": f"2023-{number % 12 + 1:02}-{number % 27 + 1:02}", "hour_min": number % 24},
        "place": {"text": f"Invented town {number % 6}", "lat": lat + number / 500, "lon": lon, "radius_m": 2000},
        "behaviours": {"present": [["poses_as_client"], ["steals_cash"], ["grabs"]][number % 3], "absent": ["kicks"]},
        "suspects": [{"sex": "male", "build": BUILDS[number % 4], "age": {"min": 20 + number % 30, "max": 50}}],
        "vehicles": [{"make": MAKES[number % 5], "registration": f"AB{number % 90 + 10}XY{'ABCDEFGH'[number % 8]}"}],
        "consent": {"police": number % 2 == 0},
        "narrative": f"He drove a car. <script>alert({number})</script>",
    }


def linked(number: int, lat: float, when: str, build: str) -> dict[str, Any]:
    return {
        "report_id": f"SYN-L{number}",
        "received": "2023-12-01",
        "occurred": {"from": when},
        "place": {"text": f"Harbour {number}", "lat": lat, "lon": -2.3, "radius_m": 3000},
        "behaviours": {"present": ["gags_or_blindfolds", "poses_as_client"], "absent": []},
        "offences": ["rape"],
        "suspects": [
            {"sex": "male", "build": build, "marks": ["anchor tattoo on neck"], "raw": {"build": "well built"}}
        ],
        "vehicles": [{"make": "Saab", "colour": ["yellow"], "registration": "K5VWXT"}],
        "identifiers": [{"kind": "phone", "value": "07700900123"}, {"kind": "username", "value": "harbourman77"}],
        "speech": [SAID],
        "consent": {"police": number != 2},
        "narrative": "He had an anchor tattoo on his neck.",
    }


def small_world() -> list[Report]:
    rows = [unrelated(number) for number in range(40)]
    rows += [
        linked(1, 53.48, "2023-05-01", "stocky"),
        linked(2, 53.50, "2023-05-09", "stocky"),
        linked(3, 54.40, "2023-06-02", "slim"),
    ]
    return [Report.model_validate(row) for row in rows]


def make_store(folder: Path, record: dict[str, Any] | None = None) -> str:
    """The small store in a folder; `record` stands for that of the run."""

    class Batch:
        reports, rejects = small_world(), ()

    url = f"sqlite:///{folder / 'small.db'}"
    linker = Linker().fit(Batch.reports)
    pairs = linker.score(Batch.reports)
    linker.cluster(pairs)
    # the series is given, so that these tests hold the screens and not the engine's weights
    rows = [("S1", "SYN-L1", "core", 1.9), ("S1", "SYN-L2", "core", 1.8), ("S1", "SYN-L3", "edge", -0.2)]
    series = pd.DataFrame(rows, columns=["series_id", "report_id", "role", "fit"])
    with Store(url) as store:
        store.import_batch(Batch(), "small.jsonl")  # type: ignore[arg-type]
        found = Found(pairs, series, linker.incidents_, linker.ambiguous_, record or dict(linker.run_record_))
        # a run hides the scores of pairs that it draws at random, and these tests read those of this pair
        for _ in range(MOST_RUNS):
            store.save_run(found)
            if ("SYN-L1", "SYN-L2") not in drawn_of(store):
                return url
    raise AssertionError(f"each of {MOST_RUNS} runs drew SYN-L1 and SYN-L2")


def drawn_of(store: Store) -> list[tuple[str, str]]:
    """The pairs that the latest run draws at random."""
    run = store.latest_run()
    assert run is not None
    kept = pd.DataFrame([asdict(pair) for pair in run.top_pairs(None)])
    return drawn_of_run(kept, [one.report_id for one in small_world()], run.id)


@pytest.fixture(scope="session", autouse=True)
def served_here() -> None:
    """Pages that are drawn without a server are drawn as served to this machine only."""
    config.set_option("server.address", "127.0.0.1")


@pytest.fixture(scope="session", autouse=True)
def components_of_packages() -> Iterator[None]:
    """What installed packages bring to pages is looked up once: Streamlit does it for every page that is tested, and
    reads what each package says of itself, which takes longer than drawing the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def store_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_store(tmp_path_factory.mktemp("dashboard"))


@pytest.fixture(scope="session")
def truth_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Who is behind the reports of the small store: the series is of one person, and so are two others."""
    rows = [f"SYN-L{number},L{number},p" for number in (1, 2, 3)]
    rows += [f"SYN-U{number:03},U{number},u{number % 38}" for number in range(40)]
    path = tmp_path_factory.mktemp("truth") / "truth.csv"
    path.write_text("\n".join(["report_id,incident_id,offender_id", *rows]), encoding="utf-8")
    return path


@pytest.fixture
def small_store(store_address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LINKAGE_STORE", store_address)
    return store_address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a file; each has a page of its own in it."""
    from tests.dashboard.test_browser import ARGUMENTS, chromium

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def series_id() -> str:
    return "S1"
