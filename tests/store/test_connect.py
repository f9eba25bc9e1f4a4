"""A store opens on the newest schema, or says in one sentence why not."""

from __future__ import annotations

import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from linkage.output.rights import keep_private
from linkage.store import Store, StoreError, store_url
from linkage.store.connect import _MIGRATIONS, newest_schema, writing
from linkage.store.schema import metadata


def test_the_migrations_make_exactly_the_tables_the_code_uses(empty_url: str) -> None:
    with Store(empty_url) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "linkage_version"})
        assert compare_metadata(context, metadata) == []


def test_the_newest_schema_is_that_of_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [newest_schema()]


def test_opening_again_changes_nothing(empty_url: str) -> None:
    for _ in range(2):
        with Store(empty_url) as store:
            assert store.count() == 0


def test_two_programs_may_make_the_store_at_once(empty_url: str) -> None:
    def open_and_count(_: int) -> int:
        with Store(empty_url) as store:
            return store.count()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_and_count, range(4))) == [0] * 4


def test_a_store_of_a_newer_linkage_is_left_alone(url: str) -> None:
    with Store(url) as store, writing(store.engine) as connection:
        connection.execute(text("UPDATE linkage_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer linkage \(schema 9999\)"):
        Store(url)


def test_a_store_that_names_two_schemas_is_left_alone(url: str) -> None:
    with Store(url) as store, writing(store.engine) as connection:
        connection.execute(text("INSERT INTO linkage_version VALUES ('0001')"))
    with pytest.raises(StoreError, match=r"names 2 schemas \(0001, \d{4}\) in place of one.*linkage restore"):
        Store(url)


def test_somebody_elses_database_is_left_alone(url: str) -> None:
    with Store(url) as store, writing(store.engine) as connection:
        connection.execute(text("DROP TABLE linkage_version"))
    with pytest.raises(StoreError, match="holds something else"):
        Store(url)


def test_an_address_without_a_word_is_no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_STORE", "sqlite:///mine.db")
    for given in ("", " "):
        with pytest.raises(StoreError, match="No store is named; write sqlite:///FILE"):
            Store(given)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_no_store_and_keeps_its_rights(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    pipe.chmod(0o666)
    with pytest.raises(StoreError, match="is a device or a pipe, which keeps nothing"):
        Store(f"sqlite:///{pipe}")
    keep_private(pipe)
    assert stat.S_IMODE(pipe.stat().st_mode) == 0o666


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("these are my notes\n" * 100)
    with pytest.raises(StoreError, match=r"notes\.db cannot be opened: .*not a database: .*linkage import"):
        Store(f"sqlite:///{file}")
    assert file.read_text().startswith("these are my notes")


def test_a_damaged_store_names_the_way_back(tmp_path: Path) -> None:
    file = tmp_path / "cases.db"
    Store(f"sqlite:///{file}").close()
    with file.open("r+b") as store:
        store.seek(100)
        store.write(b"\xff" * 4000)
    with pytest.raises(StoreError, match=r"cases\.db cannot be opened: .*malformed: .*linkage restore FILE"):
        Store(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("sqlite:////nowhere/at/all.db", "folder"),
        ("mysql://u:secret@host/db", "mysql database cannot be a store"),
        ("://", "no store address"),
        (
            "postgresql://u:secret@127.0.0.1:abc/x",
            r"u:\*\*\*@127.*abc/x' is no .*: its port has to be a whole",
        ),
        ("postgres ql://u:secret@h/x", "is no store address"),
        ("sqlite://st/base.db", r"two strokes .* Write sqlite:///st/base\.db$"),
        ("sqlite://base.db", r"two strokes .* Write sqlite:///base\.db$"),
        ("sqlite:///x.db?mode=ro", r"has options behind \?.* Write sqlite:///x\.db$"),
        ("sqlite://", "names no file, so nothing would be kept"),
        ("sqlite:///:memory:", "names no file, so nothing would be kept"),
        ("postgresql://u:secret@127.0.0.1:1/db", "cannot be opened"),
    ],
)
def test_an_address_that_cannot_be_used_gets_one_line_without_the_password(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        Store(address)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_reading_command_does_not_make_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="linkage import"):
        Store(f"sqlite:///{tmp_path}/none.db", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("options", [{"create": False}, {"write": False}])
def test_an_empty_file_is_a_store_only_for_what_may_make_one(tmp_path: Path, options: dict[str, bool]) -> None:
    file = tmp_path / "cut.db"
    file.touch()
    with pytest.raises(StoreError, match=r"cut\.db is empty: .*cut short\. Put a backup there: linkage restore"):
        Store(f"sqlite:///{file}", **options)
    assert file.read_bytes() == b""
    Store(f"sqlite:///{file}").close()
    Store(f"sqlite:///{file}", **options).close()


def test_a_plain_path_is_an_sqlite_file(tmp_path: Path) -> None:
    Store(str(tmp_path / "cases.db")).close()
    with sqlite3.connect(tmp_path / "cases.db") as plain:
        assert plain.execute("SELECT count(*) FROM reports").fetchone() == (0,)
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_address_is_the_one_given_else_the_environments_else_the_working_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("LINKAGE_STORE", raising=False)
    assert store_url() == "sqlite:///linkage.db"
    monkeypatch.setenv("LINKAGE_STORE", "sqlite:///b.db")
    assert store_url() == "sqlite:///b.db"
    assert store_url("sqlite:///c.db") == "sqlite:///c.db"


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    def fail() -> None:
        with writing(store.engine) as connection:
            connection.execute(text("INSERT INTO runs (at, settings, record) VALUES ('x', '{}', '{}')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.latest_run() is None
