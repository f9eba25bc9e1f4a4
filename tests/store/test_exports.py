"""Exports are asked for, checked by another person and written; every step is sealed, and numbers resolve."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.report import Report
from linkage.review.people import Actor, NotAllowedError
from linkage.store import Account, Store, exports
from linkage.store.exports import ExportError
from linkage.store.schema import numbers
from tests.store.test_verify import tampered

DETAIL = {"kind": "pack", "for": "scas", "names": ["S1"], "force": "", "grades": {}}
HASH = "ab" * 32


def asked(store: Store, reason: str = "") -> int:
    return exports.ask(store, DETAIL, {"a": 1}, HASH, reason)


@pytest.fixture
def staffed(store: Store) -> Store:
    """A store with accounts and two reports."""
    store.enter(Report(report_id="a", speech=["give me the lighthouse money"]), "test")
    store.enter(Report(report_id="b"), "test")
    for name, role in (("adm", "administrator"), ("ann", "analyst"), ("sue", "supervisor"), ("sid", "supervisor")):
        account = Account(name, role, password="hash")
        (store.acting(Actor("adm", "administrator")) if store.has_accounts else store).put_account(account, "added")
    return store


def as_(store: Store, name: str, role: str = "supervisor") -> Store:
    return store.acting(Actor(name, role))


def test_another_person_checks_before_anything_is_written(staffed: Store) -> None:
    number = asked(as_(staffed, "sue"))
    with pytest.raises(ExportError, match="asked, not approved"):
        exports.note_written(as_(staffed, "sue"), number, HASH, "/out", {})
    with pytest.raises(ExportError, match="another person has to check"):
        exports.check(as_(staffed, "sue"), number, True)
    with pytest.raises(NotAllowedError, match="check an export"):
        exports.check(as_(staffed, "ann", "analyst"), number, True)
    exports.check(as_(staffed, "sid"), number, True)
    with pytest.raises(ExportError, match="approved by sid already"):
        exports.check(as_(staffed, "sid"), number, False)
    with pytest.raises(ExportError, match="not what was approved any more"):
        exports.note_written(as_(staffed, "sue"), number, "00" * 32, "/out", {})
    exports.note_written(as_(staffed, "sue"), number, HASH, "/out", {"x.html": "11"})
    found = exports.one_export(staffed, number)
    assert (found.state, found.check and found.check.who, found.written[0].files) == (
        "written",
        "sid",
        {"x.html": "11"},
    )
    entry = staffed.audit(1)[0]
    assert (entry.what, entry.detail["file"], entry.detail["hash"]) == ("export", "/out", HASH)
    assert staffed.verify(deep=True) == []


def test_what_was_refused_stays_refused_and_what_is_not_there_is_told(staffed: Store) -> None:
    number = asked(as_(staffed, "ann", "analyst"))
    exports.check(as_(staffed, "sue"), number, False, "too wide")
    with pytest.raises(ExportError, match="refused, not approved"):
        exports.note_written(as_(staffed, "sue"), number, HASH, "/out", {})
    with pytest.raises(ExportError, match="There is no export 99"):
        exports.check(as_(staffed, "sue"), 99, True)
    with pytest.raises(NotAllowedError):
        asked(as_(staffed, "vic", "viewer"))  # whose account is not there


def test_the_one_analyst_of_a_store_without_accounts_says_why(store: Store) -> None:
    number = asked(store)
    with pytest.raises(ExportError, match="say why you approve"):
        exports.check(store, number, True)
    exports.check(store, number, True, "read through")
    assert exports.one_export(store, number).state == "approved"


def test_a_number_is_random_stays_and_resolves_for_who_may(staffed: Store) -> None:
    sue = as_(staffed, "sue")
    first = exports.numbers_of(sue, "report", ["a", "b"])
    assert exports.numbers_of(sue, "report", ["b", "a"]) == first
    assert len(set(first.values())) == 2
    assert not {letter for number in first.values() for letter in number} - {*exports.LETTERS, "-"}
    assert exports.resolve(sue, f" {first['a'].lower()} ") == ("report", "a")
    assert staffed.audit(1)[0].what == "number resolved"
    with pytest.raises(NotAllowedError, match="resolve the number"):
        exports.resolve(as_(staffed, "ann", "analyst"), first["a"])
    with pytest.raises(ExportError, match="stands for nothing"):
        exports.resolve(sue, "22222-22222")
    assert staffed.verify(deep=True) == []


def test_what_became_of_an_export_is_entered_sealed_and_told_in_the_audit(staffed: Store) -> None:
    number = asked(as_(staffed, "ann", "analyst"))
    exports.check(as_(staffed, "sue"), number, True)
    ann = as_(staffed, "ann", "analyst")
    with pytest.raises(ExportError, match="approved: nothing left"):
        exports.record_outcome(ann, number, "linked")
    exports.note_written(as_(staffed, "sue"), number, HASH, "/out", {})
    with pytest.raises(ExportError, match="'solved' is no outcome; there are received"):
        exports.record_outcome(ann, number, "solved")
    with pytest.raises(NotAllowedError):
        exports.record_outcome(as_(staffed, "vic", "viewer"), number, "linked")
    exports.record_outcome(ann, number, "received")
    exports.record_outcome(ann, number, "linked", "they wrote")
    found = exports.one_export(staffed, number)
    assert [(one.who, one.detail["outcome"], one.reason) for one in found.outcomes] == [
        ("ann", "received", ""),
        ("ann", "linked", "they wrote"),
    ]
    assert found.state == "written"
    assert staffed.audit(1)[0].what == "export outcome"
    assert staffed.verify(deep=True) == []


def test_words_of_an_outcome_go_with_the_report_that_they_quote(store: Store) -> None:
    store.enter(Report(report_id="a", speech=["give me the lighthouse money"]), "test")
    number = asked(store)
    exports.check(store, number, True, "fine")
    exports.note_written(store, number, HASH, "/out", {})
    exports.record_outcome(store, number, "linked", "he said give me the lighthouse money again")
    store.erase("a", "asked for")
    assert "lighthouse" not in exports.one_export(store, number).outcomes[0].reason
    assert store.verify(deep=True) == []


def test_an_erased_report_leaves_no_number_and_no_words_and_is_named_outside(store: Store) -> None:
    store.enter(Report(report_id="a", speech=["give me the lighthouse money"]), "test")
    store.enter(Report(report_id="b"), "test")
    number, other = asked(store, "give me the lighthouse money"), exports.ask(store, DETAIL, {"b": 1}, HASH, "")
    given = exports.numbers_of(store, "report", ["a", "b"])
    for one, folder in ((number, "/out/a"), (other, "/out/b")):
        exports.check(store, one, True, "fine")
        exports.note_written(store, one, HASH, folder, {})
    assert store.erase("a", "asked for").outside == ["/out/a"]
    assert exports.one_export(store, number).asked.reason == "[erased]"
    with pytest.raises(ExportError):
        exports.resolve(store, given["a"])
    assert exports.resolve(store, given["b"]) == ("report", "b")
    assert store.verify(deep=True) == []


@pytest.mark.parametrize(
    ("forgery", "told"),
    [
        ("UPDATE exports SET step = 'approved' WHERE id = 1", "exports/1: this row was changed"),
        ("UPDATE exports SET who = 'bob' WHERE id = 2", "exports/2: this row was changed"),
        ('UPDATE exports SET detail = \'{"outcome": "charged"}\' WHERE id = 4', "exports/4: this row was changed"),
        ("DELETE FROM exports WHERE id = 2", "exports/2: this row is missing"),
        ("UPDATE numbers SET name = 'b'", "numbers/1: this row was changed"),
        ("DELETE FROM numbers", "numbers/1: this row is missing"),
    ],
)
def test_a_step_or_number_changed_behind_the_stores_back_is_named(store: Store, forgery: str, told: str) -> None:
    number = asked(store)
    exports.check(store, number, True, "fine")
    exports.note_written(store, number, HASH, "/out", {})
    exports.record_outcome(store, number, "received")
    exports.numbers_of(store, "report", ["a"])
    assert told in [str(fault) for fault in tampered(store, forgery)]


def test_a_backup_brings_exports_and_numbers_back(store: Store, tmp_path: Path) -> None:
    number = asked(store)
    given = exports.numbers_of(store, "report", ["a"])
    store.backup(tmp_path / "whole.zip")
    with Store(f"sqlite:///{tmp_path}/again.db", who="tester") as again:
        again.restore(tmp_path / "whole.zip")
        assert exports.one_export(again, number) == exports.one_export(store, number)
        assert exports.resolve(again, given["a"]) == ("report", "a")
        assert again.verify(deep=True) == []


def test_a_number_of_a_series_can_never_be_taken_away(store: Store) -> None:
    from sqlalchemy import delete
    from sqlalchemy.exc import DatabaseError

    exports.numbers_of(store, "series", ["S1"])
    with pytest.raises(DatabaseError, match="append-only"), store.engine.begin() as connection:
        connection.execute(delete(numbers))
