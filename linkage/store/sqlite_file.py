"""An SQLite store's file: private to its owner, encrypted where that is asked for, opened for reading alone."""

from __future__ import annotations

import getpass
import os
import sqlite3
import stat
import sys
import time
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from linkage.errors import LinkageError, why
from linkage.output.files import SQLITE_ENDINGS
from linkage.output.rights import keep_private, make_private

CIPHER = "sqlite+sqlcipher"
"""Name of the driver in the address of an encrypted store (`sqlcipher:///FILE`)."""
KEY_VARIABLE = "LINKAGE_STORE_KEY"
BUSY_SECONDS = 30
"""[G] How long a writer waits for another before it gives up."""
_QUIET_SECONDS = 1  # [G] how long it waits before it says so

_CURES = {
    "file is not a database": "it is another file than a store, or one encrypted. Name a store with --store, an "
    "encrypted one as sqlcipher:///FILE; to read reports out of a file: linkage import FILE",
    "disk image is malformed": "the file is damaged. Put a backup into a new store: linkage restore FILE --store URL",
    "disk is full": "make room on its disk, or copy the store to another and name it with --store; nothing was half "
    "written",
    "database is locked": "another program writes to it for long. Let that end, or end it, and try again",
    "disk I/O error": "its disk is full, or fails. Make room, or copy the store to another and name it with --store",
}
"""What SQLite says of a file, and what that is with a cure."""


class KeyMissingError(LinkageError):
    """The password of an encrypted store is not known; the message says how to give it."""


def engine_of(address: URL, write: bool = True) -> Engine:
    """An engine on the file at `address`. Raises KeyMissingError, ModuleNotFoundError without the extra `encrypted`,
    OSError where the file cannot be made."""
    file, driver = Path(address.database or ""), sqlite3
    password = ""
    if address.drivername == CIPHER:
        driver, password = _sqlcipher(), _password()
    plain = address.set(drivername="sqlite")
    engine = create_engine(plain, module=driver, connect_args={"timeout": BUSY_SECONDS})
    if write:
        _make_private(file)

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> Any:
        where = str(file) if write else reading_address(file)
        connection = driver.connect(where, uri=not write, **options)
        if password:
            connection.execute("PRAGMA key = '{}'".format(password.replace("'", "''")))
        return connection

    # The driver's own transactions start late, at the first write, and not at all for DDL. Here each begins where
    # SQLAlchemy says so; one that will write takes its lock at once, so that no two writers read the same state.
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is written over

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("linkage_writes", False):
            _begin_writing(connection, file)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def is_encrypted(engine: Engine) -> bool:
    """Is the store behind this engine an encrypted file?"""
    return getattr(engine.dialect.dbapi, "__name__", "").startswith("sqlcipher3")


def files_of(engine: Engine) -> list[Path]:
    """The files of the store behind this engine, whether they are there or not; none of a PostgreSQL database."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name:
        return []
    return [Path(f"{name}{ending}") for ending in ("", *SQLITE_ENDINGS)]


def reading_address(file: Path) -> str:
    """The file's address for reading alone. One in a folder that may not be written to, with no log beside it, is
    read as one that cannot change; else SQLite would want to make its log's index there."""
    log = Path(f"{file}-wal")
    fixed = not os.access(file.absolute().parent, os.W_OK) and not (log.exists() and log.stat().st_size)
    return f"file:{quote(str(file.absolute()))}?mode=ro{'&immutable=1' if fixed else ''}"


def holder(file: Path) -> str:
    """Who keeps an SQLite file locked, as far as the system tells (Linux): its process, its user, and since when it
    runs; "another program" where that is not known."""
    try:
        nodes = {one.stat().st_ino for one in (file, Path(f"{file}-shm")) if one.exists()}
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            parts = line.split()
            if "WRITE" in parts and int(parts[5].rpartition(":")[2]) in nodes and int(parts[4]) != os.getpid():
                return _process(int(parts[4]))
    except (OSError, ValueError, IndexError):
        pass
    return "another program"


def with_cure(error: SQLAlchemyError) -> str:
    """The first line of what a database says of an error, with a cure where it is known."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    said = lines[0] if lines else type(error).__name__
    return next((f"{said}: {cure}" for words, cure in _CURES.items() if words in said), said)


def notice(words: str) -> None:
    """One line for the person at the terminal, on standard error."""
    print(words, file=sys.stderr)


def _begin_writing(connection: Connection, file: Path) -> None:
    """Take the file's lock; say who has it where that takes long, and wait."""
    try:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_QUIET_SECONDS * 1000}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if "locked" not in str(error.orig):
            raise
        notice(f"{file} is locked by {holder(file)}; waiting up to {BUSY_SECONDS} seconds")
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _process(number: int) -> str:
    started = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    up = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    since = datetime.fromtimestamp(time.time() - up + int(started) / os.sysconf("SC_CLK_TCK"), UTC)
    owner = Path(f"/proc/{number}").owner()
    return f"process {number} of {owner}, which runs since {since.isoformat(timespec='seconds')}"


def _make_private(file: Path) -> None:
    new = not file.exists()
    make_private(file)
    for ending in SQLITE_ENDINGS:
        keep_private(Path(f"{file}{ending}"))
    tell_rights(file.absolute().parent, new)


def tell_rights(folder: Path, new: bool) -> None:
    """Say where others may write to the folder of a store, or, where the store is `new`, look into it."""
    rights = stat.S_IMODE(folder.stat().st_mode) if os.name == "posix" else 0
    if rights & 0o022:
        notice(f"Others may write to {folder}, where the store lies: chmod 700 {folder}, or keep it elsewhere")
    elif new and rights & 0o055:
        notice(f"Others may look into {folder}, where the store is made; only you may read the store itself")


def _sqlcipher() -> ModuleType:
    from sqlcipher3 import dbapi2

    module: ModuleType = dbapi2
    return module


def _password() -> str:
    return _password_of(os.environ.get(KEY_VARIABLE) or "")


@lru_cache(maxsize=2)
def _password_of(name: str) -> str:
    """The password in a file, else asked for at the terminal."""
    if name:
        try:
            words = Path(name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise KeyMissingError(f"the key file {name} cannot be read: {why(error)}") from error
    elif sys.stdin.isatty():
        words = getpass.getpass("Password of the store: ")
    else:
        words = ""
    if not words:
        raise KeyMissingError(f"it is encrypted: name the file that holds its password in {KEY_VARIABLE}")
    return words
