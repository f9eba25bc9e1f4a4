"""Accounts: who may change what, how people sign in, and what the audit keeps of it."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher

from linkage.review import passwords
from linkage.review.people import Actor, NotAllowedError
from linkage.store import ChangedMeanwhileError, Decision, SavedSearch, Store, save_search
from linkage.store import sign_in as signing
from linkage.store.sign_in import SignInError, end_session, session_actor, sign_in, start_session
from linkage.store.user_admin import AccountError, Change, add_user, change_user

PASSWORD = "correct horse battery"
PAIR = Decision("vic", "pair", "A", "B", "link", ["same plate"])


@pytest.fixture
def people(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with one person of each role, in the hands of the administrator."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))  # what guessing costs is not asked here
    add_user(store, "ada", "administrator", PASSWORD)
    mine = store.acting(Actor("ada", "administrator"))
    for name, role in (("sue", "supervisor"), ("ann", "analyst"), ("vic", "viewer")):
        add_user(mine, name, role, PASSWORD)
    return mine


def hands(store: Store, name: str) -> Store:
    return store.acting(signing.actor_of(signing.account_of(store.engine, name)))


def test_without_accounts_there_is_one_local_analyst_with_every_right(store: Store) -> None:
    assert store.actor == Actor("tester", "administrator", local=True)
    assert store.record_decision(Decision("tester", "pair", "A", "B", "link", ["same plate"])) == 1


def test_a_viewer_changes_nothing(people: Store) -> None:
    viewer = hands(people, "vic")
    before = people.audit()
    for act in (
        lambda: viewer.record_decision(PAIR),
        lambda: viewer.record_opening("A"),
        lambda: viewer.put_account(people.accounts()[0], "account changed"),
        lambda: save_search(viewer, SavedSearch("mine", {})),
        lambda: viewer.record_series_events([]),
        lambda: viewer.save_run(None),  # type: ignore[arg-type]
        lambda: viewer.import_batch(None),  # type: ignore[arg-type]
        lambda: viewer.enter(None, "page"),  # type: ignore[arg-type]
        lambda: add_user(viewer, "eve", "administrator", PASSWORD),
        lambda: change_user(viewer, "vic", Change(role="administrator")),
    ):
        with pytest.raises(NotAllowedError, match=r"vic \(viewer\) may not"):
            act()
    assert people.audit() == before


def test_whoever_has_not_signed_in_reads_and_changes_nothing(people: Store) -> None:
    stranger = people.acting(None)
    assert stranger.reports() == []
    with pytest.raises(NotAllowedError, match="Nobody has signed in"):
        stranger.record_decision(PAIR)


def test_a_second_check_is_somebody_elses(people: Store) -> None:
    number = hands(people, "ann").record_decision(Decision("ann", "pair", "A", "B", "link", ["same plate"]))
    again = Decision("ann", "pair", "A", "B", "link", ["same plate"], blind=True, second_of=number)
    with pytest.raises(ValueError, match=r"ann|somebody|another|other"):
        hands(people, "ann").record_decision(again)
    second = Decision("sue", "pair", "A", "B", "link", ["same plate"], blind=True, second_of=number)
    assert hands(people, "sue").record_decision(second) > number


def test_a_role_that_was_taken_away_is_gone_at_once(people: Store) -> None:
    analyst = hands(people, "ann")
    change_user(people, "ann", Change(role="viewer"))
    with pytest.raises(NotAllowedError, match="viewer"):
        analyst.record_decision(Decision("ann", "pair", "A", "B", "link", ["same plate"]))
    change_user(people, "ann", Change(disabled=True))
    with pytest.raises(NotAllowedError, match="disabled"):
        analyst.record_decision(Decision("ann", "pair", "A", "B", "link", ["same plate"]))


def test_the_first_account_is_an_administrator_and_the_last_one_stays(store: Store) -> None:
    with pytest.raises(AccountError, match="first account"):
        add_user(store, "ann", "analyst", PASSWORD)
    add_user(store, "ada", "administrator", PASSWORD)
    ada = hands(store, "ada")
    for change in (Change(disabled=True), Change(role="viewer")):
        with pytest.raises(AccountError, match="last enabled administrator"):
            change_user(ada, "ada", change)
    add_user(ada, "bea", "administrator", PASSWORD)
    assert change_user(ada, "ada", Change(role="viewer")).role == "viewer"


@pytest.mark.parametrize(
    ("name", "password", "why"),
    [
        ("bob", "short", "12 characters"),
        ("bob", "bob is the best of all", "holds the name"),
        ("bob", "aaaaaaaaaaaaaaaa", "one character"),
        ("a\nb<script>", PASSWORD, "cannot name"),
        ("ANN", PASSWORD, "already"),
    ],
)
def test_what_cannot_be_an_account_is_told(people: Store, name: str, password: str, why: str) -> None:
    with pytest.raises(AccountError, match=why):
        add_user(people, name, "analyst", password)


def test_two_who_change_one_account_do_not_overrule_each_other(people: Store) -> None:
    seen = next(one for one in people.accounts() if one.name == "ann")
    change_user(people, "ann", Change(role="supervisor", version=seen.version))
    with pytest.raises(ChangedMeanwhileError):
        change_user(people, "ann", Change(role="viewer", version=seen.version))


def test_signing_in_takes_the_password_and_says_nothing_about_names(people: Store) -> None:
    assert sign_in(people.engine, "Ann", PASSWORD) == Actor("ann", "analyst")
    told = []
    for name, password in (("ann", "wrong"), ("nobody here", PASSWORD)):
        with pytest.raises(SignInError) as refused:
            sign_in(people.engine, name, password)
        told.append(str(refused.value))
    assert told[0] == told[1]


def test_wrong_tries_wait_longer_each_time(people: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        with pytest.raises(SignInError, match="is wrong"):
            sign_in(people.engine, "ann", "wrong")
    for password in ("wrong", PASSWORD):
        with pytest.raises(SignInError, match="Try again in"):
            sign_in(people.engine, "ann", password)
    waits = [signing.passwords.wait_after(wrong) for wrong in range(3, 14)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (5, 900)
    monkeypatch.setattr(signing.passwords, "wait_after", lambda _wrong: 0)
    assert sign_in(people.engine, "ann", PASSWORD).name == "ann"


def test_a_one_time_code_is_needed_where_there_is_one_and_stands_once(people: Store) -> None:
    secret = change_user(people, "ann", Change(codes=True)).totp
    assert secret
    code = pyotp.TOTP(secret).now()
    with pytest.raises(SignInError):
        sign_in(people.engine, "ann", PASSWORD)
    assert sign_in(people.engine, "ann", PASSWORD, code).name == "ann"
    with pytest.raises(SignInError):
        sign_in(people.engine, "ann", PASSWORD, code)
    later = pyotp.TOTP(secret).at(int(time.time()) + 30)
    assert sign_in(people.engine, "ann", PASSWORD, later).name == "ann"


def test_a_session_lasts_while_it_is_used_and_ends_with_the_account(
    people: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = start_session(people.engine, "ann")
    assert session_actor(people.engine, token) == Actor("ann", "analyst")
    assert session_actor(people.engine, token[:-1]) is None
    change_user(people, "ann", Change(role="supervisor"))
    assert session_actor(people.engine, token) == Actor("ann", "supervisor")
    change_user(people, "ann", Change(disabled=True))
    assert session_actor(people.engine, token) is None
    change_user(people, "ann", Change(disabled=False))
    assert session_actor(people.engine, token) is None  # it ended, and stays so

    other = start_session(people.engine, "sue")
    end_session(people.engine, other)
    assert session_actor(people.engine, other) is None
    idle = start_session(people.engine, "sue")
    monkeypatch.setattr(signing, "idle_minutes", lambda: 0)
    assert session_actor(people.engine, idle) is None


@pytest.mark.parametrize("ends", ["signed out", "not used for a while"])
def test_nothing_is_done_in_the_name_of_somebody_whose_session_ended(
    people: Store, monkeypatch: pytest.MonkeyPatch, ends: str
) -> None:
    token = start_session(people.engine, "ann")
    ann = people.acting(session_actor(people.engine, token))
    ann.record_opening("A")
    before = people.audit(what=("opened", "decision"))
    if ends == "signed out":
        end_session(people.engine, token)
    else:
        monkeypatch.setattr(signing, "idle_minutes", lambda: 0)
    for act in (lambda: ann.record_opening("B"), lambda: ann.record_decision(replace(PAIR, analyst="ann"))):
        with pytest.raises(NotAllowedError, match=r"The session of ann has ended\. Sign in again"):
            act()
    assert people.audit(what=("opened", "decision")) == before
    assert people.decisions() == []


def test_the_audit_tells_every_step_and_no_secret(people: Store) -> None:
    secret = change_user(people, "ann", Change(codes=True, password="another good password")).totp
    token = start_session(people.engine, "ann")
    sign_in(people.engine, "sue", PASSWORD)
    with pytest.raises(SignInError):
        sign_in(people.engine, "my password 123", PASSWORD)
    entries = people.audit()
    kinds = {entry.what for entry in entries}
    assert {"account added", "account changed: password, codes", "signed in", "sign-in refused"} <= kinds
    told = json.dumps([[entry.who, entry.what, entry.detail] for entry in entries])
    assert secret
    for kept_back in (PASSWORD, "another good password", secret, token, "argon2", "my password 123"):
        assert kept_back not in told
    assert people.audit_broken_at() is None


def test_a_file_holds_neither_password_nor_token(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/people.db", who="tester") as store:
        add_user(store, "ada", "administrator", PASSWORD)
        token = start_session(store.engine, "ada")
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert PASSWORD.encode() not in held
    assert token.encode() not in held
    assert b"$argon2id$" in held
