"""`linkage serve` listens where it may, and `linkage token` shows a token once."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linkage.cli.commands import app
from linkage.cli.console import CommandError
from linkage.cli.serve import is_here
from linkage.serving import server
from linkage.store import Store
from linkage.store.tokens import token_of
from tests.rows import each_row

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
    monkeypatch.setattr(server, "serve", lambda _store, _settings, host, port, _ready: found.append((host, port)))
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


@pytest.mark.parametrize(
    ("address", "here"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("127.nohost.invalid", False),
     ("127.0.0.1.example.org", False), ("10.0.0.1", False), ("", False)],
)  # fmt: skip
def test_only_an_address_that_loops_back_is_this_machine_alone(address: str, here: bool) -> None:
    assert is_here(address) is here


@pytest.mark.usefixtures("store")
@each_row(
    ("host", "said"),
    [
        ("127.0.0.1", "Port {port} is taken; choose another with --port"),
        ("no" * 40, "no is no address of this machine; name one with --host"),
        ("192.0.2.1", "192.0.2.1 is no address of this machine; name one with --host"),  # kept for examples, RFC 5737
    ],
)
def test_where_it_cannot_listen_that_is_all_it_says(host: str, said: str) -> None:
    RUN.invoke(app, ["token", "add", host, "--scope", "report"])
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        asked = RUN.invoke(app, ["serve", "--host", host, "--outside", "--port", str(port)])
    assert isinstance(asked.exception, CommandError)
    assert said.format(port=port) in str(asked.exception)
    assert asked.output == ""


@pytest.mark.usefixtures("store", "listened")
@each_row(
    ("words", "said"),
    [
        ("body_bytes = 'many'", "body_bytes 'many': it has to be a whole number"),
        ("connections = 0", "connections 0: it has to be at least 1"),
        ("head_seconds = inf", "head_seconds inf: it has to be a number that is finite"),
        ("name = 3", "name 3: it has to be words in quotation marks"),
        ("signposts = 5", "signposts 5: it has to be the name of a file"),
        ("no TOML", "is no TOML"),
        ("unknown = 1", "unknown is no setting; take it out, or use one of alerts_on_pages, body_bytes"),
        ("rates = 5", "rates 5: it has to be a table of settings"),
        ("[rates]\nall = 3", "rates.all 3: it has to be a table of settings"),
        ("[rates]\nall = { requests = 1 }", "rates.all.seconds is missing; write it"),
        ("[rates]\nall = { requests = 1, second = 1 }", "rates.all.seconds is missing"),
        (
            "[rates]\nall = { requests = 1, seconds = 1, per = 1 }",
            "per is no setting; take it out, or use one of re",
        ),
        (
            "[rates]\nal = { requests = 1, seconds = 1 }",
            "rates.al is no rate; take it out, or use one of all, rep",
        ),
        ("exit_to = 'x'", "exit_to: 'x' is no address; write it "),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    (tmp_path / "serving.toml").write_text(words)
    monkeypatch.setenv("LINKAGE_SERVING", str(tmp_path / "serving.toml"))
    told = RUN.invoke(app, ["serve"]).exception
    assert isinstance(told, CommandError)
    assert f"{tmp_path}/serving.toml" in str(told)
    assert said in str(told)
    assert "\n" not in str(told)
