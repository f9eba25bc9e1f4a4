"""`linkage user`, and who is at the command line of a store with accounts."""

from __future__ import annotations

import json

import pytest
from argon2 import PasswordHasher

from linkage.review import passwords
from linkage.review.people import Actor
from linkage.store import Store
from tests.cli.conftest import Call
from tests.features.worlds import reports_from
from tests.store.test_jobs import wait
from tests.store.test_store import Batch

PASSWORD = "correct horse battery"
REPORTS = '{"report_id": "A", "narrative": "He drove a car."}\n'


@pytest.fixture
def ann(call: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """A store with the administrator ada and the viewer vic; ada is at the command line."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))  # what guessing costs is not asked here
    assert call("user", "add", "ada", "--role", "administrator", stdin=f"{PASSWORD}\n")[0] == 0
    monkeypatch.setenv("LINKAGE_PASSWORD", PASSWORD)
    assert call("user", "add", "vic", "--role", "viewer", "--as", "ada", stdin=f"{PASSWORD}\n")[0] == 0
    return call


def test_accounts_are_added_listed_changed_and_disabled(ann: Call) -> None:
    code, out, _ = ann("user", "list", "--json", "--as", "ada")
    assert code == 0
    assert [(one["name"], one["role"], one["disabled"]) for one in json.loads(out)] == [
        ("ada", "administrator", False),
        ("vic", "viewer", False),
    ]
    assert "argon2" not in out
    assert ann("user", "change", "vic", "--role", "analyst", "--as", "ada")[0] == 0
    assert ann("user", "disable", "vic", "--as", "ada")[0] == 0
    assert ann("user", "change", "vic", "--password", "--enable", "--as", "ada", stdin="another good one\n")[0] == 0
    code, out, _ = ann("user", "list", "--as", "ada")
    assert code == 0
    assert "analyst" in out
    assert "disabled" not in out


def test_the_address_for_one_time_codes_is_shown_once(ann: Call) -> None:
    code, out, _ = ann("user", "change", "vic", "--totp", "--as", "ada")
    assert code == 0
    assert "otpauth://totp/Linkage:vic?secret=" in out
    assert "secret" not in ann("user", "list", "--json", "--as", "ada")[1]


@pytest.mark.parametrize(
    ("words", "stdin", "why"),
    [
        (("user", "add", "bob", "--role", "king"), f"{PASSWORD}\n", "'king' is no role"),
        (("user", "add", "bob"), f"{PASSWORD}\n", "--role is missing"),
        (("user", "add", "bob", "--role", "viewer"), "short\n", "at least 12 characters"),
        (("user", "add", "bob", "--role", "viewer"), "", "No password came on standard input"),
        (("user", "add", "vic", "--role", "viewer"), f"{PASSWORD}\n", "There is an account vic already"),
        (("user", "disable", "ada"), "", "last enabled administrator"),
        (("user", "disable", "zoe"), "", "There is no account “zoe”"),
        (("user", "change", "vic"), "", "Nothing to change"),
    ],
)
def test_what_cannot_be_is_told_in_one_line(ann: Call, words: tuple[str, ...], stdin: str, why: str) -> None:
    code, _, err = ann(*words, "--as", "ada", stdin=stdin)
    assert code == 2
    assert why in err
    assert err.count("\n") == 1


def test_changing_takes_a_name_a_password_and_the_right(ann: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("reports.jsonl", "w", encoding="utf-8") as file:
        file.write(REPORTS)
    code, _, err = ann("import", "reports.jsonl")
    assert (code, "--as NAME" in err) == (2, True)
    code, _, err = ann("import", "reports.jsonl", "--as", "vic")
    assert (code, "vic (viewer) may not import reports" in err) == (2, True)
    assert ann("import", "reports.jsonl", "--as", "ada")[0] == 0
    monkeypatch.setenv("LINKAGE_USER", "ada")
    assert ann("import", "reports.jsonl")[0] == 0
    with Store("sqlite:///linkage.db") as store:
        assert [entry.who for entry in store.audit(what=["import"])] == ["ada"]
    monkeypatch.setenv("LINKAGE_PASSWORD", "wrong")
    code, _, err = ann("import", "reports.jsonl")
    assert (code, "is wrong" in err) == (2, True)
    monkeypatch.delenv("LINKAGE_PASSWORD")
    code, _, err = ann("import", "reports.jsonl")
    assert (code, "LINKAGE_PASSWORD" in err) == (2, True)


def test_reading_commands_answer_who_may_and_put_their_sign_in_down(ann: Call) -> None:
    with open("reports.jsonl", "w", encoding="utf-8") as file:
        file.write(REPORTS)
    assert ann("import", "reports.jsonl", "--as", "ada")[0] == 0
    assert ann("search", "car", "--as", "vic")[0] == 0
    code, out, _ = ann("audit", "show", "--what", "signed in", "--newest", "1", "--as", "ada", "--json")
    assert (code, json.loads(out)[0]["who"]) == (0, "ada")
    assert ann("audit", "verify", "--deep")[0] == 0  # tells no content and takes no account


def test_linking_in_the_background_is_done_for_who_began_it(ann: Call) -> None:
    with Store("sqlite:///linkage.db") as opened:
        store = opened.acting(Actor("ada", "administrator"))
        store.import_batch(Batch(reports_from(seed=3, count=12)), "random.jsonl")
    assert ann("user", "change", "vic", "--role", "analyst", "--as", "ada")[0] == 0
    assert ann("link", "--background", "--as", "vic")[0] == 0
    with Store("sqlite:///linkage.db") as store:
        ended = wait(store)
        assert (ended.state, ended.by, ended.error) == ("done", "vic", "")
        assert [entry.who for entry in store.audit(1, what=["link"])] == ["vic"]


def test_the_dashboard_listens_elsewhere_only_with_accounts(call: Call) -> None:
    Store("sqlite:///linkage.db").close()
    code, _, err = call("dashboard", "--address", "0.0.0.0", "--no-browser")
    assert code == 2
    assert "linkage user add" in err
