"""What the pages read of a store: all of it, and after a change what was added."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from linkage.intake.batch import Batch
from linkage.report import Report
from linkage.store import Store


def shown() -> list[str]:
    """Number and narrative of every report as the pages have them."""
    told = AppTest.from_string(
        "import streamlit as st\nfrom dashboard.store_snapshot import current_snapshot\n"
        "st.text(';'.join(f'{name}={one.narrative}' for name, one in current_snapshot().reports.items()))",
        default_timeout=60,
    ).run()
    assert not told.exception
    return [one for one in told.text[0].value.split(";") if one]


def test_every_change_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    monkeypatch.setenv("LINKAGE_STORE", url)
    reads: list[str] = []
    whole = Store.reports

    def counted(store: Store) -> list[Report]:
        reads.append("whole")
        return whole(store)

    monkeypatch.setattr(Store, "reports", counted)
    with Store(url) as store:
        assert shown() == []
        store.import_batch(Batch([Report(report_id="b", narrative="1"), Report(report_id="d", narrative="1")]))
        assert shown() == ["b=1", "d=1"]
        store.import_batch(Batch([Report(report_id="b", narrative="2")]))
        store.enter(Report(report_id="c", narrative="1"), "")
        assert shown() == ["b=2", "c=1", "d=1"]
        store.enter(Report(report_id="a", narrative="1"), "")
        assert shown() == ["a=1", "b=2", "c=1", "d=1"]
        assert len(reads) == 2  # the empty store and the first reports; after that only what was added
        assert list(shown()) == [f"{one.report_id}={one.narrative}" for one in whole(store)]


def test_an_erased_report_is_gone_also_where_another_took_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    monkeypatch.setenv("LINKAGE_STORE", url)
    with Store(url) as store:
        store.import_batch(Batch([Report(report_id=name, narrative="1") for name in "abc"]))
        assert shown() == ["a=1", "b=1", "c=1"]
        store.erase("b", "asked for")
        store.enter(Report(report_id="d", narrative="1"), "")
        assert shown() == ["a=1", "c=1", "d=1"]
