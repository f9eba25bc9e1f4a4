"""Linking a store, one at a time: by a command, or in the background in a process of its own that a page or a command
starts.

What it is at, and how it ended, stands in the table `jobs`, so that every page and every machine that uses the store
can read it. A process that died is noticed by its number where it ran, and elsewhere by a beat that stopped.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from linkage.errors import LinkageError
from linkage.store import carrying
from linkage.store.connect import address_of, writing
from linkage.store.postgres_locks import lock_number
from linkage.store.schema import jobs
from linkage.store.sqlite_file import with_cure

if TYPE_CHECKING:
    from linkage.store.store import Store

LINK, UPDATE = "link", "update"
"""What a job does: link all reports, or bring the latest run up to the reports and decisions since."""

BEAT_SECONDS = 1.0
"""Least time between two notes of progress [G]."""

SILENT = timedelta(minutes=10)
"""A job on another machine that said nothing for so long is taken to be dead [G]: one stage of 20,000 reports takes
less."""

STARTING = timedelta(minutes=2)
"""How long a process may take to begin [G]."""

_LOADED = datetime.now(UTC).replace(microsecond=0)  # what a job of this process cannot have begun before

_LOCK = 7_305_467  # any fixed number: on PostgreSQL two that start a job at once take turns


class BusyError(LinkageError):
    """The store is being linked already; the message says by whom and since when."""


@dataclass(frozen=True, slots=True)
class JobStatus:
    """The job that was started last. `state` is idle (there never was one), running, done, failed or died; `done` of
    `total` of its `stage` are done; `started` and `ended` are ISO 8601 in UTC; `error` says what went wrong; `run` is
    the run that was kept."""

    state: str = "idle"
    kind: str = ""
    stage: str = ""
    done: int = 0
    total: int = 0
    by: str = ""
    started: str = ""
    ended: str = ""
    error: str = ""
    run: int | None = None

    @property
    def running(self) -> bool:
        """Is it at work?"""
        return self.state == "running"


def start(store: Store, by: str, kind: str = LINK) -> JobStatus:
    """Start linking the store in a process of its own, and return at once. BusyError while another job runs,
    NotAllowedError for who may not link."""
    store.require("link")
    number = claim(store, by, kind)
    words = [sys.executable, "-m", "linkage.store.work", str(number), kind, by]
    environment = {**os.environ, "LINKAGE_STORE": address_of(store.engine)}
    try:
        process = subprocess.Popen(
            words,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # it goes on when the page or the terminal is closed
        )
    except OSError as error:
        finish(store, number, error=f"The process could not be started: {error.strerror}")
    else:
        with writing(store.engine) as connection:
            connection.execute(update(jobs).where(jobs.c.id == number, jobs.c.pid == 0).values(pid=process.pid))
        _children.append(process)
    return status(store)


def refresh(store: Store, by: str) -> JobStatus:
    """Start bringing the latest run up to date where that can be done and nothing is at work; tells the status."""
    run = store.latest_run()
    if run is not None and carrying.there(store, run.id):
        with suppress(BusyError):
            return start(store, by, UPDATE)
    return status(store)


_children: list[subprocess.Popen[bytes]] = []


def status(store: Store) -> JobStatus:
    """What the job that was started last is at, or how it ended."""
    with store.engine.connect() as connection:
        row = _newest(connection)
    if row is None:
        return JobStatus()
    died = row.state == "running" and not _alive(row)
    error = "The process ended without a word: it was stopped, or there was no memory left" if died else row.error
    state = "died" if died else row.state
    return JobStatus(
        state, row.kind, row.stage, row.done, row.total, row.by, row.started, row.ended or "", error or "", row.run
    )


def claim(store: Store, by: str, kind: str, pid: int = 0) -> int:
    """Take the store's one place for a job; returns the job's number. BusyError while another one runs.

    `pid` is the process that does the work, 0 where it is yet to be started.
    """
    with writing(store.engine) as connection:
        lock_number(connection, _LOCK)
        last = _newest(connection)
        if last is not None and last.state == "running":
            if _alive(last):
                at = f"{last.started} (process {last.pid} on {last.host})" if last.pid else last.started
                raise BusyError(f"{last.by} started linking this store at {at}; wait until it is done")
            connection.execute(update(jobs).where(jobs.c.id == last.id).values(state="died", ended=_now()))
        row = {"kind": kind, "by": by, "host": socket.gethostname(), "pid": pid, "started": _now(), "beat": _now()}
        row |= {"state": "running", "stage": "starting", "done": 0, "total": 0, "error": ""}
        number: int = connection.execute(insert(jobs).returning(jobs.c.id), row).scalar_one()
    return number


@dataclass(slots=True)
class Job:
    """A job of this process: `note` tells how far it is, `run` is the run that came of it, once there is one."""

    note: Callable[[str, int, int], None]
    run: int | None = None


@contextmanager
def doing(store: Store, number: int) -> Iterator[Job]:
    """Do the job of that number in this process while the block runs; how it ended is noted."""
    job = Job(noting(store, number))
    try:
        yield job
    except BaseException as error:
        with suppress(SQLAlchemyError):  # the error itself is what is told
            finish(store, number, error=reason(error))
        raise
    finish(store, number, job.run)


@contextmanager
def at_work(store: Store, by: str, kind: str) -> Iterator[Job]:
    """`doing` a job that takes the store's one place now. BusyError at once while another job runs."""
    with doing(store, claim(store, by, kind, os.getpid())) as job:
        yield job


def reason(error: BaseException) -> str:
    """Why a job failed, in one line for whoever looks at the pages."""
    match error:
        case KeyboardInterrupt():
            return "It was stopped"
        case MemoryError():
            return "There is not enough memory for this many reports"
        case SQLAlchemyError():
            return f"The store could not be read or written: {with_cure(error)}"
        case LinkageError() | OSError() | ValueError():
            return " ".join(str(error).split())
        case _:
            return f"Something was not foreseen ({type(error).__name__})"


def finish(store: Store, number: int, run: int | None = None, error: str = "") -> None:
    """Note how a job ended: with a run that was kept, or with an error."""
    state = "failed" if error else "done"
    with writing(store.engine) as connection:
        values = {"state": state, "ended": _now(), "beat": _now(), "run": run, "error": error}
        connection.execute(update(jobs).where(jobs.c.id == number).values(values))


def noting(store: Store, number: int) -> Callable[[str, int, int], None]:
    """A progress call that notes in the store what the job is at, at most once in BEAT_SECONDS but for new stages."""
    last: tuple[str, float] = ("", 0.0)

    def note(stage: str, done: int, total: int) -> None:
        """Note it, unless something was noted just now."""
        nonlocal last
        now = time.monotonic()
        if stage == last[0] and now - last[1] < BEAT_SECONDS:
            return
        last = (stage, now)
        with suppress(OperationalError), writing(store.engine) as connection:  # the work goes on without a note
            values = {"stage": stage, "done": done, "total": total, "beat": _now(), "pid": os.getpid()}
            connection.execute(update(jobs).where(jobs.c.id == number).values(values))

    return note


def _newest(connection: Connection) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(jobs).order_by(jobs.c.id.desc()).limit(1)).first()


def _alive(row: Row[tuple[object, ...]]) -> bool:
    """Whether a running job's process is still there."""
    since = datetime.now(UTC) - datetime.fromisoformat(row.beat)
    if row.host != socket.gethostname():
        return since < SILENT
    if not row.pid:
        return since < STARTING
    _children[:] = [child for child in _children if child.poll() is None]  # a child that ended is no longer a process
    if row.pid == os.getpid():  # a container numbers from 1 again: an earlier one's number may be this process's
        return datetime.fromisoformat(row.started) >= _LOADED
    try:
        os.kill(row.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
