"""Opens a store's database: one URL in, an engine on the newest schema out, or one clear error."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from linkage.errors import LinkageError
from linkage.store import sqlite_file
from linkage.store.postgres_locks import lock_number, program_name

DEFAULT_URL = "sqlite:///linkage.db"
VERSION_TABLE = "linkage_version"
_MIGRATIONS = Path(__file__).parent / "migrations"
_UPGRADE_LOCK = 7_305_466  # any fixed number: two programs that open a PostgreSQL store at once take turns
_FORMS = "Use sqlite:///FILE or postgresql://HOST/DATABASE"
_AFTER = "linkage_after_commit"


class StoreError(LinkageError):
    """The store cannot be used. The message names the store and says what to do; it holds no password."""


def store_url(given: str | None = None) -> str:
    """The store's address: the one given, else `LINKAGE_STORE`, else `sqlite:///linkage.db` in the working folder.
    StoreError where the one given is empty, as from a variable of a script that is not set."""
    if given is not None and not given.strip():
        raise StoreError("No store is named; write sqlite:///FILE or postgresql://HOST/DATABASE, or leave it out")
    return given or os.environ.get("LINKAGE_STORE") or DEFAULT_URL


def open_engine(url: str, create: bool = True, write: bool = True) -> Engine:
    """An engine on the database at `url`, its schema brought up to date.

    `url` is a SQLAlchemy URL for SQLite (`sqlcipher` for an encrypted file) or PostgreSQL, or the path of an SQLite
    file. With `create` false a missing SQLite file, or a database without tables, is an error instead of a new store.
    With `write` false so it is too, nothing can be written through the engine, and the database may be one that only
    can be read. Raises StoreError.
    """
    address = check_url(url, create and write)
    shown = _shown(address)
    try:
        engine = _engine(address, write)
    except ModuleNotFoundError as missing:
        extra = "encrypted" if address.drivername == sqlite_file.CIPHER else "postgres"
        raise StoreError(f"{shown} needs the package {missing.name}: pip install 'linkage[{extra}]'") from missing
    except (sqlite_file.KeyMissingError, OSError) as error:
        raise StoreError(f"{shown} cannot be opened: {error}") from error
    try:
        with writing(engine) if write else engine.connect() as connection:
            current = _upgrade(connection, shown, write, create and write)
    except SQLAlchemyError as error:
        locked = _is_locked_away(address, error)
        why = "its password is another, or it is no store" if locked else sqlite_file.with_cure(error)
        raise StoreError(f"{shown} cannot be opened: {why}{_cure(address)}") from error
    return engine if current else open_engine(url, create)


def _is_locked_away(address: URL, error: SQLAlchemyError) -> bool:
    return address.drivername == sqlite_file.CIPHER and "not a database" in str(error)


def check_url(url: str, create: bool = True) -> URL:
    """The address of `url`, where a store may be; nothing is opened or made. Raises StoreError as `open_engine`."""
    address = _address(url)
    shown, file = _shown(address), address.database
    if address.get_backend_name() != "sqlite":
        return address
    _require_file_alone(address, shown)
    if not file or file == ":memory:":
        raise StoreError(f"{shown} names no file, so nothing would be kept. Write for example {DEFAULT_URL}")
    if Path(file).is_dir():
        raise StoreError(f"{shown} is a folder. Name a file in it, for example {shown.rstrip('/')}/linkage.db")
    if Path(file).exists() and not Path(file).is_file():
        raise StoreError(f"{shown} is a device or a pipe, which keeps nothing. Name a file")
    if not create and not Path(file).exists():
        raise StoreError(f"There is no store at {shown}. Read reports into it first: linkage import FILE")
    if not create and Path(file).stat().st_size == 0:  # a store never is: its schema is written first
        raise StoreError(
            f"{shown} is empty: it is no store, or one that was cut short. Put a backup there: linkage restore FILE "
            f"--store {shown}"
        )
    if not Path(file).absolute().parent.is_dir():
        raise StoreError(f"The folder of {shown} does not exist. Make it, or name another store with --store")
    return address


def _require_file_alone(address: URL, shown: str) -> None:
    """StoreError for an SQLite address that has more than the name of a file, which would be passed over or left to
    the driver."""
    plain = f"{shown.partition(':')[0]}:///"
    if address.host:
        file = "/".join(filter(None, (address.host, address.database)))
        raise StoreError(f"{shown} has two strokes before the file, where three belong. Write {plain}{file}")
    if address.query:
        raise StoreError(
            f"{shown} has options behind ?, which an SQLite store does not take. Write {plain}{address.database}"
        )


def _hidden(url: str) -> str:
    """An address that cannot be read, without what may be a password."""
    return re.sub(r"(://[^:@/]*:).*@", r"\1***@", url)


def _shown(address: URL) -> str:
    """The address as a person wrote it: without password and without the name of the driver."""
    name = "sqlcipher" if address.drivername == sqlite_file.CIPHER else address.get_backend_name()
    return address.set(drivername=name).render_as_string(hide_password=True)


def _cure(address: URL) -> str:
    """What to do about an SQLite file that is there but cannot be written to; nothing where that is not the cause."""
    file = Path(address.database or "")
    if address.get_backend_name() != "sqlite" or not file.exists():
        return ""
    if os.access(file, os.W_OK) and os.access(file.absolute().parent, os.W_OK):
        return ""
    return ". Give yourself the right to write to the file and its folder, or copy it and name the copy with --store"


def address_of(engine: Engine) -> str:
    """The address by which the store behind an engine is opened again, password included."""
    url = engine.url.set(drivername="sqlcipher") if sqlite_file.is_encrypted(engine) else engine.url
    return url.render_as_string(hide_password=False)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that will write: `with writing(engine) as connection`. Committed at the end, or undone whole."""
    with engine.execution_options(linkage_writes=True).connect() as connection:
        connection.info.pop(_AFTER, None)
        with connection.begin():
            yield connection
        for act in connection.info.pop(_AFTER, []):
            act()


def snapshot(engine: Engine) -> dict[str, Any]:
    """Options of a connection whose every query sees the database at one moment."""
    return {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}


def after_commit(connection: Connection, act: Callable[[], None]) -> None:
    """Do something once this writing transaction is committed, and not at all when it is undone."""
    connection.info.setdefault(_AFTER, []).append(act)


def _address(url: str) -> URL:
    try:
        address = make_url(url if "://" in url else f"sqlite:///{url}")
    except (ArgumentError, ValueError) as error:
        why = "" if isinstance(error, ArgumentError) else ": its port has to be a whole number"
        raise StoreError(f"{_hidden(url)!r} is no store address{why}. {_FORMS}") from None
    backend = address.drivername.split("+")[0]
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if backend == "sqlcipher":
        return address.set(drivername=sqlite_file.CIPHER)
    if backend != "sqlite":
        raise StoreError(f"A {backend} database cannot be a store. {_FORMS}")
    return address


def _engine(address: URL, write: bool) -> Engine:
    if address.get_backend_name() == "sqlite":
        return sqlite_file.engine_of(address, write)
    reading = {} if write else {"options": "-c default_transaction_read_only=on"}
    return create_engine(address, connect_args={"application_name": program_name(), **reading})


def _upgrade(connection: Connection, shown: str, write: bool, create: bool) -> bool:
    """Bring the schema up to date; whether it is. Without `write` it is only looked at. StoreError where there
    is none and, without `create`, none is to be made."""
    if write:
        lock_number(connection, _UPGRADE_LOCK)
    current = _schema_of(connection, shown)
    if current == newest_schema():
        return True
    # only a store that is not on the newest schema needs what reads and runs the migrations, which is slow to load
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if current is None and inspect(connection).get_table_names():
        raise StoreError(f"{shown} holds something else than a linkage store. Name another with --store")
    if current is None and not create:
        raise StoreError(f"There is no store in {shown}: it has no tables. Read reports into it: linkage import FILE")
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(f"{shown} was written by a newer linkage (schema {current}). Update linkage to open it")
    if write:
        command.upgrade(config, "head")
    return write


@cache
def newest_schema() -> str:
    """The number of the newest schema, by which the file of its migration is named: m0001_first.py makes 0001."""
    return max(file.stem for file in (_MIGRATIONS / "versions").glob("m[0-9]*.py"))[1:5]


def _schema_of(connection: Connection, shown: str) -> str | None:
    """The number of the schema that a database is on; None for one that holds no store. StoreError for several."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: list[str] = sorted(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars())
    if len(found) > 1:
        raise StoreError(
            f"{shown} was changed by another program: its table {VERSION_TABLE} names {len(found)} schemas "
            f"({', '.join(found)}) in place of one. Put a backup into a new store: linkage restore FILE --store URL"
        )
    return found[0] if found else None


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while somebody writes (SQLite only; kept in the file, so once is enough).

    The switch needs the file for itself and does not wait. Whoever opens the store next makes it where this one could
    not, and until then the store works without.
    """
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            cursor = raw.cursor()
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                with suppress(engine.dialect.dbapi.OperationalError):  # type: ignore[union-attr]
                    cursor.execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()
