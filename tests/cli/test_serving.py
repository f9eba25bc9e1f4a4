"""`linkage serve` listens where it may, and `linkage token` shows a token once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linkage.cli.commands import app
from linkage.serving import server
from linkage.store import Store
from linkage.store.tokens import token_of

RUN = CliRunner()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = f"sqlite:///{tmp_path}/linkage.db"
    monkeypatch.setenv("LINKAGE_STORE", address)
    Store(address).close()
    return address


@pytest.fixture
def listened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where it would have listened."""
    found: list[tuple[str, int]] = []
    monkeypatch.setattr(server, "serve", lambda _store, _settings, host, port: found.append((host, port)))
    return found


def test_a_token_is_shown_once_listed_without_itself_and_taken_back(store: str) -> None:
    made = RUN.invoke(app, ["token", "add", "Wey project", "--scope", "report", "--scope", "alerts"])
    secret = made.output.split()[0]
    assert secret.startswith("lk_")
    listed = RUN.invoke(app, ["token", "list"]).output
    assert "Wey project  holds  report, alerts  until" in listed
    assert secret not in listed + RUN.invoke(app, ["token", "list", "--json"]).output
    with Store(store) as kept:
        found = token_of(kept, secret)
        assert found is not None
        assert found.scopes == ("report", "alerts")
        assert RUN.invoke(app, ["token", "revoke", "Wey project"]).exit_code == 0
        assert token_of(kept, secret) is None
    (one,) = json.loads(RUN.invoke(app, ["token", "list", "--json"]).output)
    assert one["revoked_at"]
    assert "'all' is no scope" in str(RUN.invoke(app, ["token", "add", "x", "--scope", "all"]).exception)


@pytest.mark.usefixtures("store")
def test_another_address_than_this_machine_has_to_be_meant_and_needs_tokens(listened: list[tuple[str, int]]) -> None:
    assert RUN.invoke(app, ["serve"]).exit_code == 0
    asked = ["serve", "--host", "0.0.0.0", "--port", "9000"]
    assert "say --outside" in str(RUN.invoke(app, asked).exception)
    assert "neither accounts nor tokens" in str(RUN.invoke(app, [*asked, "--outside"]).exception)
    RUN.invoke(app, ["token", "add", "Wey project", "--scope", "report"])
    assert RUN.invoke(app, [*asked, "--outside"]).exit_code == 0
    assert listened == [("127.0.0.1", 8600), ("0.0.0.0", 9000)]


@pytest.mark.usefixtures("store", "listened")
@pytest.mark.parametrize(
    "words", ["body_bytes = 'many'", "no TOML", "unknown = 1", "[rates]\nall = 3", "exit_to = 'x'"]
)
def test_settings_that_cannot_be_used_are_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    (tmp_path / "serving.toml").write_text(words)
    monkeypatch.setenv("LINKAGE_SERVING", str(tmp_path / "serving.toml"))
    told = str(RUN.invoke(app, ["serve"]).exception)
    assert "serving.toml" in told
    assert "\n" not in told
