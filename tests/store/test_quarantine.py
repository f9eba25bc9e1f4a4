"""What comes in from outside waits, is taken in or refused, is shown to nobody else, and goes when it is erased."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from linkage.review.people import NotAllowedError
from linkage.review.retention import Rule
from linkage.store import Account, NotThereError, Store, quarantine, retention, taking_in
from linkage.store.quarantine import Arrival, FullError, OtherBodyError, keep, submission
from linkage.store.report_number import bare, is_number, new_number
from linkage.store.taking_in import QuarantineError, listed, refuse, shown, take
from linkage.store.tokens import TokenError, add_token, all_tokens, revoke_token, token_of
from tests.store.test_erasing import everything, on_disk

TODAY = date(2099, 1, 1)
"""A day on which whatever a test sent has come in."""
WORDS = "My name is Mary Quackenbush. On 3 May 2026 in Leeds a man in a red van grabbed me. A\u0000B \ud800."
KEY = "a-key-of-sixteen-letters"


def arrival(key: str = KEY, narrative: str = WORDS, **given: str) -> Arrival:
    values = {"narrative": narrative, "consent": {"alert": True}, "vehicles": [{"colour": "red", "make": "Foord"}]}
    return Arrival(**{"by": quarantine.PAGE, "kind": "full", "values": values, "key": key, **given})


def test_it_is_no_report_until_somebody_takes_it_in_and_then_holds_nothing_of_the_reporter(store: Store) -> None:
    receipt = keep(store, arrival(), 10)
    assert receipt.new
    assert (store.count(), [one.state for one in listed(store)]) == (0, ["waiting"])
    done = take(store, receipt.number, TODAY)
    assert (done.report_id, done.masked) == (receipt.number, 1)
    report = store.report(receipt.number)
    assert report is not None
    assert report.narrative == "My name is [removed]. On 3 May 2026 in Leeds a man in a red van grabbed me. AB ."
    assert (report.report_type, report.occurred.from_, report.consent.alert) == ("full", "2026-05-03", True)
    assert report.consent.police is False
    assert (report.place.town, report.vehicles[0].colour) == ("Leeds", ["red"])
    assert "quackenbush" not in everything(store)
    assert [entry.what for entry in store.audit()] == ["taken in", "import", "arrived"]
    assert store.verify(deep=True) == []
    with pytest.raises(QuarantineError, match="was taken in by tester already"):
        take(store, receipt.number, TODAY)


def test_the_same_request_is_answered_alike_and_another_under_its_key_is_refused(store: Store) -> None:
    first = keep(store, arrival(), 10)
    again = keep(store, arrival(), 10)
    assert (again.number, again.code, again.new) == (first.number, first.code, False)
    with pytest.raises(OtherBodyError):
        keep(store, arrival(narrative="another"), 10)
    with pytest.raises(OtherBodyError):
        keep(store, arrival(kind="partial"), 10)
    other = keep(store, arrival(by="token Wey"), 10)  # somebody else's key of the same letters
    take(store, first.number, TODAY)
    assert keep(store, arrival(), 10).code == first.code  # after it was taken in as well
    assert len(listed(store)) == 2
    assert other.code != first.code


def test_the_same_request_many_times_at_once_is_kept_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda _: keep(store, arrival(), 10), range(16)))
    assert (len({(one.number, one.code) for one in receipts}), sum(one.new for one in receipts)) == (1, 1)
    assert (len(listed(store)), store.verify(deep=True)) == (1, [])


def test_what_was_told_is_shown_for_number_and_code_alone(store: Store) -> None:
    receipt, other = keep(store, arrival(), 10), keep(store, arrival(key="another-key-of-letters"), 10)
    shown_again = submission(store, receipt.number.lower().replace("-", " "), receipt.code.lower())
    assert shown_again is not None
    assert shown_again.values["narrative"] == WORDS
    for number, code in ((receipt.number, other.code), (receipt.number, ""), ("", ""), ("\ud800", "\ud800")):
        assert submission(store, number, code) is None
    assert receipt.code.replace("-", "").lower() not in everything(store).replace("-", "")
    assert KEY not in everything(store)


def test_a_slip_in_a_number_is_seen_without_asking_the_store() -> None:
    number = new_number()
    assert is_number(number.lower())
    letters = bare(number)
    slips = [letters[:at] + other + letters[at + 1 :] for at in range(12) for other in "2B" if letters[at] != other]
    assert not any(map(is_number, [*slips, letters[:-1], "", "AEIO-UAEI-OUAE"]))


def test_a_follow_up_names_its_report_and_shows_nothing_of_it(store: Store) -> None:
    first = keep(store, arrival(), 10)
    second = keep(store, arrival(key="key-of-the-follow-up", narrative="He came back.", kind="follow_up",
                                 follows=first.number), 10)  # fmt: skip
    assert take(store, second.number, TODAY).unfound == first.number
    take(store, first.number, TODAY)
    report = store.report(second.number)
    assert report is not None
    assert (report.follows, report.report_type) == (first.number, "follow_up")


def test_a_refusal_needs_a_reason_and_can_be_thought_better_of(store: Store) -> None:
    number = keep(store, arrival(), 10).number
    with pytest.raises(QuarantineError, match="needs a reason"):
        refuse(store, number, " ")
    refuse(store, number, "an advertisement")
    assert [(one.state, one.who, one.reason) for one in listed(store)] == [("refused", "tester", "an advertisement")]
    take(store, number, TODAY)
    with pytest.raises(QuarantineError, match="was taken in"):
        refuse(store, number, "again")
    with pytest.raises(QuarantineError, match="Nothing came in under"):
        shown(store, new_number())
    assert store.verify(deep=True) == []


def test_what_cannot_be_read_stays_where_it_is(store: Store) -> None:
    bad = Arrival(quarantine.PAGE, "full", {"narrative": [["not words"]] * 9, "suspects": "?" * 9}, KEY)
    number = keep(store, bad, 10).number
    done = take(store, number, TODAY)
    assert done.rejects
    assert all(one.file == taking_in.ORIGIN for one in done.rejects)


def test_no_more_wait_than_the_scheme_said(store: Store) -> None:
    for number in range(3):
        keep(store, arrival(key=f"key-number-{number}-----"), 3)
    with pytest.raises(FullError):
        keep(store, arrival(key="key-number-4-----"), 3)
    refuse(store, listed(store)[0].number, "seen")
    keep(store, arrival(key="key-number-4-----"), 3)
    assert len(listed(store)) == 4


def test_who_may_not_look_does_not(store: Store) -> None:
    number = keep(store, arrival(), 10).number
    store.put_account(Account("ann", "administrator", password="hash"), "account added")
    for act in (listed, lambda one: shown(one, number), lambda one: take(one, number), all_tokens):
        with pytest.raises(NotAllowedError):
            act(store)
    keep(store, arrival(key="comes-in-all-the-same"), 10)  # whoever reports signs in nowhere


@pytest.mark.parametrize("taken", [True, False])
def test_an_erased_arrival_is_gone(store: Store, tmp_path: Path, taken: bool) -> None:
    number = keep(store, arrival(), 10).number
    if taken:
        take(store, number, TODAY)
    else:
        refuse(store, number, "Quackenbush asked for it")
    store.erase(number, "asked for by the person")
    for word in ("quackenbush", "red van grabbed"):
        assert word not in everything(store)
        assert word not in on_disk(store, tmp_path)
    assert (quarantine.items(store), store.verify(deep=True)) == ([], [])
    with pytest.raises(NotThereError):
        store.erase(number, "again")


def test_what_is_never_taken_in_is_erased_by_its_age(store: Store) -> None:
    number = keep(store, arrival(), 10).number
    later = datetime.now(UTC).date() + timedelta(days=31)
    rule = Rule(name="not taken in", reason="no longer needed", older_than_days=30)
    police = rule.model_copy(update={"consent": {"police": True}})
    assert [one.report_id for one in retention.due(store, [rule], later)] == [number]
    assert retention.due(store, [rule]) == retention.due(store, [police], later) == []
    assert store.older_than(0) == [(number, listed(store)[0].at)]


def test_of_a_token_only_a_hash_is_kept_and_it_ends(store: Store) -> None:
    made, secret = add_token(store, "Wey project", ("report", "alerts"), 30)
    assert secret.lower() not in everything(store)
    assert token_of(store, secret) == made
    assert token_of(store, secret + "x") is token_of(store, "") is None
    _, gone = add_token(store, "for a moment", ("report",), 0)
    assert token_of(store, gone) is None
    with pytest.raises(TokenError, match="is, or was, a token"):
        add_token(store, "Wey project", ("report",), 30)
    with pytest.raises(TokenError, match="'all' is no scope: use report, alerts"):
        add_token(store, "all", ("all",), 30)
    assert revoke_token(store, "Wey project").revoked_at
    assert token_of(store, secret) is None
    with pytest.raises(TokenError, match="no token 'Wey project' that holds"):
        revoke_token(store, "Wey project")
    assert [one.name for one in all_tokens(store)] == ["Wey project", "for a moment"]
    assert store.verify(deep=True) == []
