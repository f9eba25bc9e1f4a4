"""A narrative as it came is kept encrypted where a key is named, shown for a reason, and goes with its report."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from linkage.intake import read_reports
from linkage.store import Store
from linkage.store.connect import StoreError, writing
from linkage.store.originals import Original, load_key, show
from tests.store.test_erasing import everything, on_disk
from tests.store.test_verify import without_triggers

WORDS = "My name is Mary Quackenbush, call me on 07700 900123. A man in a red van hit me."


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key that is named in the environment and lies outside the store's folder."""
    folder = tmp_path / "outside"
    folder.mkdir()
    monkeypatch.setenv("LINKAGE_ORIGINALS_KEY", str(folder / "originals.key"))
    return folder / "originals.key"


def take_in(store: Store, folder: Path, words: str = WORDS) -> None:
    file = folder / "in" / "reports.csv"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'report_id,narrative\nR1,"{words}"\nR2,"A man ran off."\n')
    batch = read_reports([file], mask=True)
    store.import_batch(batch, file.name, batch.masked)
    file.unlink()


def test_without_a_key_no_original_is_kept(store: Store, tmp_path: Path) -> None:
    take_in(store, tmp_path)
    with pytest.raises(StoreError, match="No original of R1 is kept"):
        show(store, "R1", "asked")


@pytest.mark.usefixtures("key")
def test_the_original_is_shown_for_a_reason_that_the_audit_keeps(store: Store, tmp_path: Path) -> None:
    take_in(store, tmp_path)
    found = store.report("R1")
    assert found is not None
    assert "Quackenbush" not in str(found.narrative)
    assert "quackenbush" not in on_disk(store, tmp_path)
    with pytest.raises(ValueError, match="for a reason"):
        show(store, "R1", " ")
    assert show(store, "R1", "asked by the police") == Original("R1", 1, WORDS)
    entry = store.audit(1)[0]
    assert (entry.who, entry.what) == ("tester", "original opened")
    assert entry.detail == {"report_id": "R1", "version": 1, "reason": "asked by the police"}
    with pytest.raises(StoreError, match="No original of R2 is kept"):
        show(store, "R2", "asked")
    assert store.verify(deep=True) == []


def test_the_same_file_again_changes_nothing_and_another_wording_is_another_original(
    store: Store, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINKAGE_ORIGINALS_KEY")
    take_in(store, tmp_path)
    monkeypatch.setenv("LINKAGE_ORIGINALS_KEY", str(key))
    take_in(store, tmp_path)  # a key that was named later: the version that is kept gets its original
    before = everything(store)
    take_in(store, tmp_path)
    assert everything(store) == before
    take_in(store, tmp_path, f"{WORDS} He left.")
    assert [show(store, "R1", "asked", version).narrative for version in (1, 2, None)] == [
        WORDS,
        f"{WORDS} He left.",
        f"{WORDS} He left.",
    ]


def test_an_erased_report_takes_its_original_along(store: Store, tmp_path: Path, key: Path) -> None:
    take_in(store, tmp_path)
    assert len(everything(store).split("originals/r1/1")) > 1
    kept = load_key(key).encrypted("x", "y")  # the key itself is no part of the store
    assert kept not in everything(store)
    done = store.erase("R1", "asked")
    assert done.rows["originals"] == 1
    with pytest.raises(StoreError, match="No original of R1 is kept"):
        show(store, "R1", "asked")
    assert "quackenbush" not in everything(store)
    assert store.verify(deep=True) == []


@pytest.mark.usefixtures("key")
def test_an_original_that_was_changed_or_laid_under_another_report_does_not_open(
    store: Store, tmp_path: Path
) -> None:
    take_in(store, tmp_path)
    with writing(store.engine) as connection:
        without_triggers(connection)
        connection.exec_driver_sql("UPDATE originals SET report_id = 'R2'")
    with pytest.raises(StoreError, match=r"original of R2, version 1 was changed"):
        show(store, "R2", "asked")
    assert {"originals/R2/1", "originals/R1/1"} <= {fault.where for fault in store.verify(deep=True)}


def test_the_key_is_its_owners_alone_and_no_other_opens(store: Store, tmp_path: Path, key: Path) -> None:
    take_in(store, tmp_path)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    own = key.read_text()
    key.write_text("ab" * 32)
    with pytest.raises(StoreError, match="names another"):
        show(store, "R1", "asked")
    key.write_text("my notes")
    with pytest.raises(StoreError, match="is no key of linkage"):
        show(store, "R1", "asked")
    key.write_text(own)
    key.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        take_in(store, tmp_path)
