"""One store with tokens, and everything that is served on it, asked without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from linkage.serving.app import make_app
from linkage.serving.settings import Serving, configured
from linkage.store import Store
from linkage.store.tokens import SCOPES, add_token

SENDING = 'key_file = "addresses.key"\njournal = "journal"\nterms = "1"\n[feeds]\nfolder = "feeds"\n'
MAIL = SENDING + '[email]\nhost = "127.0.0.1"\nsender = "alerts@invented.example"\nstarttls = false\n'


@dataclass
class Served:
    """A store, and a client of what is served on it. `tokens` are by scope; `all` has every one."""

    store: Store
    client: TestClient
    tokens: dict[str, str]
    folder: Path

    def ask(self, method: str, path: str, scope: str = "all", **rest: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.tokens[scope]}"} | rest.pop("headers", {})
        return self.client.request(method, path, headers=headers, **rest)


def settings(**own: Any) -> Serving:
    """The shipped settings with some of one's own; rates high enough that a test is not counted out."""
    shipped = configured(None).model_dump()
    rates = {name: {"requests": 100_000, "seconds": 1} for name in shipped["rates"]} | own.pop("rates", {})
    return Serving.model_validate(shipped | {"rates": rates} | own)


def tokens_of(store: Store) -> dict[str, str]:
    tokens = {scope: add_token(store, f"for {scope}", (scope,), 30)[1] for scope in SCOPES}
    return tokens | {"all": add_token(store, "for all", tuple(SCOPES), 30)[1]}


def served_on(store: Store, folder: Path, given: Serving, made: dict[str, str] | None = None) -> Served:
    tokens = made or tokens_of(store)
    client = TestClient(make_app(store, given), base_url="http://127.0.0.1", follow_redirects=False)
    return Served(store, client, tokens, folder)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An empty store with its tokens, to be copied: making one takes a quarter of a second."""
    file = tmp_path_factory.mktemp("prepared") / "linkage.db"
    with Store(f"sqlite:///{file}", who="tester") as store:
        return file, tokens_of(store)


@pytest.fixture
def served(
    prepared: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Served]:
    """Everything that is served, on an empty store."""
    shutil.copy(prepared[0], tmp_path / "linkage.db")
    (tmp_path / "sending.toml").write_text(MAIL)
    monkeypatch.setenv("LINKAGE_SENDING", str(tmp_path / "sending.toml"))
    with Store(f"sqlite:///{tmp_path}/linkage.db", who="tester") as store:
        yield served_on(store, tmp_path, settings(), prepared[1])
