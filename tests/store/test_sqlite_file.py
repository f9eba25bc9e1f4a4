"""An SQLite store is private, can be read where nothing can be written, and can be encrypted."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import SQLAlchemyError

from linkage.report import Report
from linkage.store import Store, StoreError
from linkage.store.sqlite_file import holder, reading_address, with_cure

SECRET = "He said zanzibarian"


def kept(address: str) -> None:
    with Store(address, who="ann") as store:
        store.enter(Report(report_id="a", narrative=SECRET), "test")


def test_the_files_of_a_store_are_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Store(f"sqlite:///{tmp_path}/linkage.db") as store:
            store.record_opening("a")
            assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
            assert len(list(tmp_path.iterdir())) == 3
    finally:
        os.umask(before)


def test_a_store_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    kept(f"sqlite:///{tmp_path}/linkage.db")
    (tmp_path / "linkage.db").chmod(0o644)
    Store(f"sqlite:///{tmp_path}/linkage.db").close()
    assert stat.S_IMODE((tmp_path / "linkage.db").stat().st_mode) == 0o600


def test_a_folder_that_others_may_write_to_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o777)
    Store(f"sqlite:///{tmp_path}/linkage.db").close()
    assert "Others may write to" in capsys.readouterr().err


def test_what_is_opened_to_read_cannot_be_written_to(url: str) -> None:
    kept(url)
    with Store(url, write=False) as store:
        assert store.ids() == {"a"}
        assert store.verify(deep=True) == []
        with pytest.raises(Exception, match=r"read-?only"):
            store.record_opening("a")
    with pytest.raises(StoreError):
        Store("sqlite:////nowhere/none.db", write=False)


def test_reading_waits_for_no_writer(tmp_path: Path) -> None:
    file = tmp_path / "linkage.db"
    kept(f"sqlite:///{file}")
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store(f"sqlite:///{file}", write=False) as store:
            assert store.ids() == {"a"}
        other.execute("ROLLBACK")


def test_a_file_in_a_folder_that_may_only_be_read_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "linkage.db"
    kept(f"sqlite:///{file}")
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    assert reading_address(file).endswith("immutable=1")
    with Store(f"sqlite:///{file}", write=False) as store:
        assert store.ids() == {"a"}
    assert [one.name for one in tmp_path.iterdir()] == ["linkage.db"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who keeps a lock")
def test_who_keeps_a_store_locked_is_told(tmp_path: Path) -> None:
    file = tmp_path / "linkage.db"
    kept(f"sqlite:///{file}")
    hold = (
        "import sqlite3, sys; one = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "one.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", hold, str(file)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert holder(file).startswith(f"process {other.pid} of ")
        other.communicate("")


@pytest.fixture
def password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "password"
    file.write_text("correct horse 'battery'\n")
    monkeypatch.setenv("LINKAGE_STORE_KEY", str(file))
    return file


@pytest.mark.usefixtures("password")
def test_an_encrypted_store_holds_no_readable_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sqlcipher3")
    address = f"sqlcipher:///{tmp_path}/secret.db"
    kept(address)
    content = b"".join(file.read_bytes() for file in tmp_path.glob("secret.db*"))
    assert b"zanzibarian" not in content
    assert b"SQLite format" not in content
    for write in (True, False):
        with Store(address, write=write) as store:
            assert store.report("a") == Report(report_id="a", narrative=SECRET)
            assert store.verify(deep=True) == []
    (tmp_path / "wrong").write_text("wrong")
    monkeypatch.setenv("LINKAGE_STORE_KEY", str(tmp_path / "wrong"))
    with pytest.raises(StoreError, match=r"sqlcipher.*its password is another"):
        Store(address)
    monkeypatch.delenv("LINKAGE_STORE_KEY")
    with pytest.raises(StoreError, match="LINKAGE_STORE_KEY"):
        Store(address)


@pytest.mark.usefixtures("password")
def test_without_the_extra_the_cure_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(StoreError, match=r"pip install 'linkage\[encrypted\]'"):
        Store(f"sqlcipher:///{tmp_path}/secret.db")


def test_a_file_that_cannot_grow_is_told_with_a_cure(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/cases.db") as store, store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # which SQLite takes for the size that it has
        with pytest.raises(SQLAlchemyError) as caught:
            connection.exec_driver_sql("CREATE TABLE more AS SELECT zeroblob(1000000) AS filler")
    assert with_cure(caught.value).startswith("database or disk is full: make room")
