"""A backup brings back every table on either database, and only into an empty store."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from linkage.store import Store, StoreError
from linkage.store.accounts import Draft
from linkage.store.schema import metadata
from tests.store.test_erasing import fill
from tests.store.test_store import Batch, report


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
        }


def test_everything_comes_back_on_either_database(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.erase("c", "asked")
    file = tmp_path / "monday.zip"
    store.backup(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = tables(store)
    with Store(f"sqlite:///{tmp_path}/restored.db") as restored:
        restored.restore(file)
        after = tables(restored)
        assert restored.verify(deep=True) == []
        assert [row for row in after.pop("audit") if "restore" not in row] == before.pop("audit")
        assert after == before
        restored.import_batch(Batch([report("new")]))
        assert restored.verify(deep=True) == []


def test_a_backup_of_sqlite_restores_into_this_database(store: Store, tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/source.db") as source:
        fill(source)
        source.backup(tmp_path / "monday.zip")
        before = tables(source)
    store.restore(tmp_path / "monday.zip")
    after = tables(store)
    assert [row for row in after.pop("audit") if "restore" not in row] == before.pop("audit")
    assert after == before
    fill(store)  # numbers go on after those that were restored
    assert store.verify(deep=True) == []


def test_a_store_that_holds_something_is_left_alone(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.backup(tmp_path / "monday.zip")
    before = tables(store)
    with pytest.raises(StoreError, match="not empty"):
        store.restore(tmp_path / "monday.zip")
    assert tables(store) == before


def test_a_damaged_backup_leaves_an_empty_store(store: Store, tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/source.db") as source:
        fill(source)
        source.backup(tmp_path / "whole.zip")
    with zipfile.ZipFile(tmp_path / "whole.zip") as whole, zipfile.ZipFile(tmp_path / "edited.zip", "w") as edited:
        for name in whole.namelist():
            edited.writestr(name, whole.read(name).replace(b"He said hello", b"He said no"))
    shutil.copy(tmp_path / "source.db", tmp_path / "other.zip")
    for name, told in (("edited.zip", "reports is not the one"), ("other.zip", "is no backup")):
        with pytest.raises(StoreError, match=told):
            store.restore(tmp_path / name)
    assert not any(tables(store).values())


def test_a_backup_of_an_earlier_schema_is_read(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path}/source.db") as source:
        source.import_batch(Batch([report("a", "He said hello")]))
        source.backup(tmp_path / "now.zip")
    with zipfile.ZipFile(tmp_path / "now.zip") as now, zipfile.ZipFile(tmp_path / "then.zip", "w") as then:
        manifest = json.loads(now.read("manifest.json")) | {"schema": "0002"}
        for later in ("alerts", "alert_events", "hold_backs"):
            del manifest["tables"][later]
        then.writestr("manifest.json", json.dumps(manifest))
        for name in now.namelist():
            if name.removesuffix(".jsonl") in manifest["tables"]:
                then.writestr(name, now.read(name))
    with Store(f"sqlite:///{tmp_path}/restored.db") as restored:
        restored.restore(tmp_path / "then.zip")
        assert restored.ids() == {"a"}
        assert restored.verify(deep=True) == []


def test_what_is_its_owners_alone_is_in_no_backup(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.put_draft(Draft("", "wellbeing", {"2026-11-30": [3, 1]}))
    store.put_draft(Draft("", "passed", [["pair", "a", "b", "2026-11-30"]]))
    store.put_draft(Draft("", "settings", {"single_keys": False}))
    store.backup(tmp_path / "monday.zip")
    with Store(f"sqlite:///{tmp_path}/restored.db") as restored:
        restored.restore(tmp_path / "monday.zip")
        assert [one.key for one in restored.drafts() if one.key != "report"] == ["settings"]
