"""`linkage quarantine`: listed without words, shown with them, taken in or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linkage.cli.commands import app
from linkage.store import Store
from linkage.store.quarantine import PAGE, Arrival, keep

RUN = CliRunner()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path}/linkage.db"
    monkeypatch.setenv("LINKAGE_STORE", address)
    return address


def arrived(address: str, words: str, follows: str = "") -> str:
    with Store(address) as kept:
        values = {"narrative": words, "suspects": [{"age": "many"}]}
        return keep(kept, Arrival(PAGE, "follow_up" if follows else "full", values, words, follows), 9).number


def said(*words: str, code: int = 0) -> str:
    done = RUN.invoke(app, ["quarantine", *words])
    assert done.exit_code == code, done.output
    return done.output


def test_an_arrival_is_listed_shown_taken_in_and_another_refused(store: str) -> None:
    first = arrived(store, "My name is Mary Quackenbush. He drove a red van.")
    second = arrived(store, "Cheap tyres", first)
    listed = said("list")
    assert "2 arrivals waiting" in listed
    assert f"follows {first}" in listed
    assert "van" not in listed
    assert "narrative: My name is Mary" in said("show", first)
    taken = said("take", first, code=1)
    assert f"{first} is a report now; 1 detail of the person who reported masked." in taken
    assert "suspects.1.age “many”" in taken
    assert "What was told is a report now" in said("show", first)
    assert f"{second} is refused" in said("refuse", second, "--reason", "an advertisement")
    assert "0 arrivals waiting" in said("list")
    assert [one["state"] for one in json.loads(said("list", "--all", "--json"))] == ["taken", "refused"]
    with Store(store) as kept:
        assert sum(entry.what == "opened" for entry in kept.audit()) == 2
        assert kept.ids() == {first}


def test_what_there_is_not_is_told_in_one_line(store: str) -> None:
    arrived(store, "He ran")
    done = RUN.invoke(app, ["quarantine", "show", "R1"])
    assert "Nothing came in under “R1”; linkage quarantine list" in str(done.exception)
