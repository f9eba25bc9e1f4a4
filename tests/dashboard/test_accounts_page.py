"""Pages of an incident with two accounts: each value says which report tells it."""

from __future__ import annotations

import re

import pytest

from linkage.linker import Linker
from linkage.report import Report
from linkage.store import Found, Store
from tests.dashboard.conftest import linked, small_world
from tests.dashboard.test_pages import html, opened


@pytest.fixture(scope="module")
def two_accounts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small store, in which a second report tells of the incident of the first of the series."""
    more = linked(4, 53.48, "2023-05-01", "large") | {"follows": "SYN-L1", "report_type": "follow_up"}
    more |= {"identifiers": [], "place": {}, "suspects": [{"build": "large", "hair": {"colour": ["black"]}}]}

    class Batch:
        reports, rejects = [*small_world(), Report.model_validate(more)], ()

    url = f"sqlite:///{tmp_path_factory.mktemp('accounts') / 'store.db'}"
    linker = Linker().fit(Batch.reports)
    pairs = linker.score(Batch.reports)
    series = linker.cluster(pairs)
    with Store(url) as store:
        store.import_batch(Batch(), "small.jsonl")  # type: ignore[arg-type]
        store.save_run(Found(pairs, series, linker.incidents_, linker.ambiguous_, dict(linker.run_record_)))
    return url


@pytest.fixture(autouse=True)
def shown(two_accounts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_STORE", two_accounts)


def row(page: str, name: str) -> str:
    """The row of a table in words."""
    found = re.search(rf'<th scope="row">{name}.*?</tr>', page, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())


def test_a_value_of_another_account_is_never_told_as_the_reports_own() -> None:
    page = html(opened("pair", a="SYN-L4", b="SYN-L2"))

    assert "one incident with SYN-L1" in page
    assert "large" in row(page, "Build")
    assert re.search(r"told by SYN-L1 .*SYN-L4 : large", row(page, "Build"))
    assert row(page, "Place").count("told by") == 1
    assert "told by SYN-L1" in row(page, "Place")
    assert "told by SYN-L1 , SYN-L4" in row(page, "Words used")
    assert "told by SYN-L4" in row(page, "Hair colour")
    assert 'href="report?id=SYN-L1"' in page


def test_identifiers_of_another_account_stay_masked() -> None:
    page = html(opened("pair", a="SYN-L4", b="SYN-L2"))
    assert "told by SYN-L1" in row(page, "Phone")
    assert "07700900123" not in page


def test_where_an_incident_was_says_which_account_tells_it() -> None:
    page = html(opened("pair", a="SYN-L4", b="SYN-L2"))
    stop = re.search(r">\d SYN-L4</a>.*?</tr>", page, re.DOTALL)
    assert stop
    assert re.search(r"Harbour 1.*told by.*SYN-L1", stop.group(), re.DOTALL)


def test_reports_of_one_account_each_are_told_as_before() -> None:
    page = html(opened("pair", a="SYN-L2", b="SYN-L3"))
    assert "told by" not in page
    assert "one incident with" not in page


def test_a_column_of_a_series_leads_to_each_account() -> None:
    with Store() as store:
        run = store.latest_run()
    assert run is not None
    name = next(one.series_id for one in run.series() if "SYN-L4" in [member.report_id for member in one.members])
    page = html(opened("series", id=name, part="What they share"))
    heads = re.findall(r'<th scope="col">\d<br>.*?</th>', page)
    assert any("report?id=SYN-L1" in head and "report?id=SYN-L4" in head for head in heads)
