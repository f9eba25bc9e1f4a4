"""A store's search index follows its reports, holds nothing of an erased one, and is only where words may be."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from linkage.intake.batch import Batch
from linkage.search import Question, Searcher
from linkage.search.index_file import read_index
from linkage.search.report_index import ReportIndex
from linkage.store import Store, StoreError, search_index
from linkage.store.search_index import searcher_of
from tests.factories import incident
from tests.stores import empty_store

ASKED = Question(words="a bald man in a silver van took her zanzibarian necklace in Leeds")


def keep(store: Store, **reports: str) -> None:
    found = [incident(report_id=name, narrative=words) for name, words in reports.items()]
    store.import_batch(Batch(found, []), "reports.csv")


def filled(store: Store) -> None:
    keep(
        store,
        b="A silver van in Leeds. He was bald.",
        a="He took her Zanzibarian necklace. It was in Leeds.",
        c="He shouted at her near Hull.",
    )


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "linkage.db.search-index"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Numbers of the reports that are read into an index."""
    seen: list[str] = []
    of = ReportIndex.of

    def noted(reports: list[object]) -> ReportIndex:
        seen.extend(report.report_id for report in reports)  # type: ignore[attr-defined]
        return of(reports)  # type: ignore[arg-type]

    monkeypatch.setattr(search_index.ReportIndex, "of", noted)
    return seen


def test_a_store_answers_as_its_reports_do(store: Store) -> None:
    filled(store)
    assert searcher_of(store).find(ASKED) == Searcher(store.reports()).find(ASKED)
    assert searcher_of(store, store.reports()).find(ASKED) == Searcher(store.reports()).find(ASKED)


def test_only_reports_that_are_new_or_changed_are_read(tmp_path: Path, read: list[str]) -> None:
    with Store(empty_store(tmp_path / "linkage.db")) as store:
        filled(store)
        searcher_of(store)
        searcher_of(store)
        keep(store, d="A tall man with a knife.", b="A silver van in Leeds. He wore a cap.")
        found = searcher_of(store).find(ASKED)
        assert read == ["a", "b", "c", "b", "d"]
        assert found == Searcher(store.reports()).find(ASKED)
        kept = read_index(file_of(tmp_path))
    assert kept is not None
    assert kept.index.ids == ["a", "b", "c", "d"]
    assert "bald" not in kept.index.words
    assert stat.S_IMODE(file_of(tmp_path).stat().st_mode) == 0o600


def test_nothing_of_an_erased_report_stays_in_the_file(tmp_path: Path) -> None:
    with Store(empty_store(tmp_path / "linkage.db")) as store:
        filled(store)
        searcher_of(store)
        draft = tmp_path / "linkage.db.search-index.cut-short"
        draft.write_bytes(b"zanzibarian")
        assert b"zanzibarian" in file_of(tmp_path).read_bytes()
        store.erase("a", "asked for")
        assert not file_of(tmp_path).exists()
        assert not draft.exists()
        searcher_of(store)
        assert b"zanzibarian" not in file_of(tmp_path).read_bytes()


def test_an_erasure_while_it_is_written_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(empty_store(tmp_path / "linkage.db")) as store:
        filled(store)
        write = search_index.write_index

        def slowly(*args: object) -> None:
            store.erase("a", "asked for")
            write(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(search_index, "write_index", slowly)
        searcher = searcher_of(store)
        assert not file_of(tmp_path).exists()
        with pytest.raises(StoreError, match="erased while"):
            searcher.find(ASKED)


def test_a_damaged_file_is_made_anew_with_one_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Store(empty_store(tmp_path / "linkage.db")) as store:
        filled(store)
        searcher_of(store)
        content = file_of(tmp_path).read_bytes()
        file_of(tmp_path).write_bytes(content[:-9] + b"damaged!!")
        searcher_of(store)
        searcher_of(store)
        assert file_of(tmp_path).read_bytes() == content
    assert capsys.readouterr().err.count("is damaged; it is made anew") == 1


def test_where_no_file_can_be_written_the_index_is_made_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no room is left")

    with Store(empty_store(tmp_path / "linkage.db")) as store:
        filled(store)
        monkeypatch.setattr(search_index, "write_index", refused)
        assert searcher_of(store).find(ASKED) == Searcher(store.reports()).find(ASKED)


def test_no_word_of_an_encrypted_store_is_written_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sqlcipher3")
    key = tmp_path / "key"
    key.write_text("a long password")
    monkeypatch.setenv("LINKAGE_STORE_KEY", str(key))
    with Store(f"sqlcipher:///{tmp_path}/linkage.db") as store:
        filled(store)
        assert searcher_of(store).find(ASKED).agreeing
    assert not file_of(tmp_path).exists()


def test_reports_that_the_store_has_no_longer_are_asked_as_they_were_given(tmp_path: Path) -> None:
    with Store(empty_store(tmp_path / "linkage.db")) as store:
        filled(store)
        before = store.reports()
        store.erase("c", "asked for")
        assert searcher_of(store, before).find(ASKED) == Searcher(before).find(ASKED)
