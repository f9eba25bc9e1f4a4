"""Whoever waits for a lock of a PostgreSQL store is told who holds it."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from linkage.store import Store, jobs, postgres_locks
from linkage.store.connect import writing
from linkage.store.schema import audit

pytestmark = pytest.mark.postgres


@pytest.fixture
def other(url: str) -> Store:
    if not url.startswith("postgresql"):
        pytest.skip("SQLite has locks of its own")
    return Store(url, who="tester")


def test_who_keeps_the_log_locked_is_told_and_waited_for(
    store: Store, other: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    with other, ThreadPoolExecutor(1) as pool:
        with writing(other.engine) as connection:
            postgres_locks.lock_table(connection, audit.name)
            entering = pool.submit(store.record, "export", {"file": "a"})
            words = told(capfd)
            assert not entering.done()
        entering.result(timeout=60)
    assert f"The store is locked by linkage, process {os.getpid()} of " in words
    assert ", since 20" in words
    assert any(entry.what == "export" for entry in store.audit())


def test_a_job_that_is_being_started_is_waited_for(
    store: Store, other: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    with other, ThreadPoolExecutor(1) as pool:
        with writing(other.engine) as connection:
            postgres_locks.lock_number(connection, jobs._LOCK)
            claiming = pool.submit(jobs.claim, store, "tester", jobs.LINK)
            assert "is locked by linkage" in told(capfd)
        assert claiming.result(timeout=60) == 1


def test_nobody_waits_for_ever(store: Store, other: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_locks, "BUSY_SECONDS", 1)
    with other, writing(other.engine) as connection:
        postgres_locks.lock_table(connection, audit.name)
        with pytest.raises(OperationalError, match="lock timeout"):
            store.record("export", {"file": "a"})


def test_what_comes_after_a_lock_is_waited_for_as_the_server_is_set(store: Store, other: Store) -> None:
    with other, writing(store.engine) as connection:
        postgres_locks.lock_table(connection, audit.name)
        assert connection.execute(text("SHOW lock_timeout")).scalar() == "0"


def told(capfd: pytest.CaptureFixture[str]) -> str:
    """What is written on standard error, once something is."""
    for _ in range(600):
        if words := capfd.readouterr().err:
            return words
        time.sleep(0.05)
    raise AssertionError("nobody was told")
