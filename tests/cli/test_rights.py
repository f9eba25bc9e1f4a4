"""Every command asks who is there and whether they may, before it looks for what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from argon2 import PasswordHasher

from linkage.cli.commands import app
from linkage.review import passwords
from linkage.review.people import ROLES
from tests.cli.conftest import Call
from tests.cli.test_users import PASSWORD

NOT_ASKED = {("dashboard",), ("serve",), ("audit", "verify"), ("subscriber", "confirm")}
"""Commands that take no account: the pages ask for one themselves, verifying tells no content, and a subscriber
confirms with the code of a message."""

LEAST = {
    "viewer": [
        ("search", "bald"),
        ("explain", "A", "B"),
        ("decisions",),
        ("monitor",),
        ("alert", "list"),
        ("alert", "show", "9"),
        ("alert", "check", "9"),
        ("alert", "log", "9"),
        ("alert", "hold-back", "list"),
        ("echo", "list"),
        ("export", "list"),
        ("mapping", "list"),
        ("watch", "list"),
        ("watch", "run"),
    ],
    "analyst": [
        ("import", "reports.jsonl"),
        ("mapping", "drop", "9"),
        ("decide", "pair", "A", "B", "unsure"),
        ("link",),
        ("link", "--background"),
        ("link", "--update"),
        ("alert", "draft", "A"),
        ("alert", "edit", "9", "--short", "short"),
        ("alert", "settle", "9", "build", "slim"),
        ("alert", "approve", "9"),
        ("alert", "hold-back", "add", "A", "tooth"),
        ("alert", "hold-back", "drop", "A", "tooth"),
        ("echo", "judge", "A", "9", "own"),
        ("export", "pack", "A", "--for", "force", "--force", "Kent"),
        ("export", "reports", "A"),
        ("export", "series", "S1"),
        ("export", "chart", "A"),
        ("export", "outcome", "9", "linked"),
        ("export", "form", "A", "--what-happened", "--out", "forms"),
        ("quarantine", "list"),
        ("quarantine", "show", "9"),
        ("quarantine", "take", "9"),
        ("quarantine", "refuse", "9", "--reason", "noise"),
        ("watch", "add", "docks", "report", "A"),
        ("watch", "drop", "docks"),
    ],
    "supervisor": [
        ("link", "--out", "results"),
        ("decisions", "--export", "d.jsonl"),
        ("alert", "recall", "9", "--reason", "wrong"),
        ("alert", "send", "9"),
        ("audit", "show"),
        ("audit", "export", "a.jsonl"),
        ("export", "check", "9", "--approve"),
        ("export", "write", "9", "--out", "out"),
        ("export", "resolve", "7KQ2M-X4DRT"),
        ("governance", "--out", "out"),
        ("show-original", "A", "--reason", "asked"),
        ("subscriber", "add", "--kind", "project", "--channel", "email", "--terms", "1"),
        ("subscriber", "list"),
        ("subscriber", "leave", "--id", "9"),
    ],
    "administrator": [
        ("audit", "sign", "--key", "a.key"),
        ("backup", "b.zip"),
        ("restore", "b.zip"),
        ("erase", "A", "--dry-run"),
        ("erase", "--clean"),
        ("token", "add", "sister", "--scope", "alerts"),
        ("token", "list"),
        ("token", "revoke", "sister"),
        ("user", "add", "zoe", "--role", "viewer"),
        ("user", "change", "zoe", "--enable"),
        ("user", "disable", "zoe"),
        ("user", "list"),
    ],
}
"""Commands by the least role that may give them; what they name is not there."""


@pytest.fixture
def vic(call: Call, monkeypatch: pytest.MonkeyPatch) -> Call:
    """An empty store with accounts, and at the command line nobody, or vic with `--as vic`."""
    assert call("user", "add", "ada", "--role", "administrator", stdin=f"{PASSWORD}\n")[0] == 0
    monkeypatch.setenv("LINKAGE_PASSWORD", PASSWORD)
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))  # what guessing costs is not asked here
    assert call("user", "add", "vic", "--role", "viewer", "--as", "ada", stdin=f"{PASSWORD}\n")[0] == 0
    with open("reports.jsonl", "w", encoding="utf-8") as file:
        file.write('{"report_id": "A", "narrative": "He drove a car."}\n')
    with open("b.zip", "w", encoding="utf-8") as file:
        file.write("no backup")
    return call


def _commands(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, one in group.commands.items():
        yield from _commands(one, (*before, name)) if hasattr(one, "commands") else [((*before, name), one)]


def test_no_command_that_opens_a_store_is_left_out_here() -> None:
    listed = [words for commands in LEAST.values() for words in commands]
    there = [
        name
        for name, command in _commands(typer.main.get_command(app))
        if any("--store" in one.opts for one in command.params) and name not in NOT_ASKED
    ]
    assert [name for name in there if not any(words[: len(name)] == name for words in listed)] == []
    assert len(there) > 50


def test_nobody_and_no_role_below_learns_whether_something_is_there(vic: Call) -> None:
    def answer(words: tuple[str, ...], why: str) -> str:
        """Nothing where the command is refused in one line that says why, else what it answers."""
        code, _, err = vic(*words, stdin=f"{PASSWORD}\n")
        return "" if (code, why in err, err.count("\n")) == (2, True, 1) else f"{' '.join(words)}: {code} {err}"

    wrong = [answer(words, "Nobody has signed in") for words in LEAST["viewer"]]
    for at, least in enumerate(ROLES[1:]):
        vic("user", "change", "vic", "--role", ROLES[at], "--as", "ada")
        wrong += [answer((*words, "--as", "vic"), f"needs the role {least}") for words in LEAST[least]]
    assert list(filter(None, wrong)) == []
