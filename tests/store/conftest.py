"""A fresh store on each database there is: SQLite always, PostgreSQL where a server is named.

Making a store runs every migration, which takes longer than most of what is tested with it. So one is made on each
kind of database, and every test gets a copy of its own.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from linkage.store import Store
from tests.stores import empty_store

SERVER = os.environ.get("LINKAGE_TEST_POSTGRES")
DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


def server() -> str:
    """The address of the PostgreSQL server; a test that needs one fails in CI where there is none."""
    if not SERVER:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must name a PostgreSQL server in LINKAGE_TEST_POSTGRES")
        pytest.skip("LINKAGE_TEST_POSTGRES names no server")
    return SERVER


@contextmanager
def database(like: str = "template1") -> Iterator[str]:
    """The name of a new PostgreSQL database, a copy of another; dropped at the end."""
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(make_url(server()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    try:
        yield name
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def address(name: str) -> str:
    """The address of a database of the PostgreSQL server."""
    return make_url(server()).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def made_database() -> Iterator[str]:
    """The name of a PostgreSQL database with an empty store, to be copied; nobody is connected to it."""
    with database() as name:
        Store(address(name)).close()
        yield name


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that holds nothing at all."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/linkage.db"
        return
    with database() as name:
        yield address(name)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty store."""
    if request.param == "sqlite":
        yield empty_store(tmp_path / "linkage.db")
        return
    with database(request.getfixturevalue("made_database")) as name:
        yield address(name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    with Store(url, who="tester") as opened:
        yield opened
