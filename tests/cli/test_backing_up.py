"""A backup writes over nothing unasked, and what is no backup leaves neither a store behind nor one changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from linkage.output.files import OutputError
from linkage.store import Store, StoreError
from linkage.store.restoring import store_to_fill
from tests.cli.conftest import Call
from tests.rows import each_row
from tests.store.test_store import Batch, report


@pytest.fixture
def place(call: Call) -> Path:  # noqa: ARG001 the working folder is call's
    """A working folder with a store of one report and its backup."""
    with Store("linkage.db") as kept:
        kept.import_batch(Batch([report("a", "He said hello")]))
        kept.backup(Path("monday.zip"))
    return Path.cwd()


def listed(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir())


def changed(file: Path, name: str, old: bytes, new: bytes) -> None:
    """Write the backup anew with other words in one of its parts, and the manifest as it was."""
    with zipfile.ZipFile("monday.zip") as whole, zipfile.ZipFile(file, "w") as other:
        for part in whole.namelist():
            other.writestr(part, whole.read(part).replace(old, new if part == name else old))


def write_no_zip(file: Path) -> None:
    file.write_text("report_id,narrative\n", encoding="utf-8")


def write_other_zip(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as other:
        other.writestr("words.txt", "no backup")


def write_edited_row(file: Path) -> None:
    changed(file, "reports.jsonl", b"He said hello", b"He said no")


def write_row_of_another_table(file: Path) -> None:
    changed(file, "reports.jsonl", b'"body"', b'"bodies"')


def write_other_version(file: Path) -> None:
    changed(file, "manifest.json", b'"form": 1', b'"form": 2')


def write_torn(file: Path) -> None:
    whole = Path("monday.zip").read_bytes()
    at = len(whole) // 3
    file.write_bytes(whole[:at] + bytes(255 - one for one in whole[at : at + 60]) + whole[at + 60 :])


@each_row(
    ("write", "said"),
    [
        (write_no_zip, "other.zip is no backup of linkage, or it is damaged (File is not a zip file); name a file"),
        (write_other_zip, "other.zip is no backup of linkage"),
        (write_edited_row, "other.zip was changed or is damaged: its table reports is not the one"),
        (
            write_row_of_another_table,
            "other.zip is no backup of linkage, or it is damaged (NOT NULL constraint failed",
        ),
        (write_other_version, "other.zip is a backup of another version of linkage"),
        (write_torn, "other.zip is no backup of linkage, or it is damaged"),
    ],
)
def test_what_is_no_backup_leaves_no_store_behind(
    call: Call, place: Path, write: Callable[[Path], None], said: str
) -> None:
    write(Path("other.zip"))
    before = listed(place)
    code, _, err = call("restore", "other.zip", "--store", "sqlite:///new.db")
    assert (code, err.count("linkage:")) == (2, 1)
    assert said in err
    assert "hello" not in err
    assert listed(place) == before


def test_what_is_no_backup_leaves_a_store_as_it_was(call: Call, place: Path) -> None:
    write_no_zip(Path("other.zip"))
    before = (place / "linkage.db").read_bytes()
    code, _, err = call("restore", "other.zip")
    assert code == 2
    assert "other.zip is no backup of linkage" in err
    assert (place / "linkage.db").read_bytes() == before


def test_a_store_that_another_program_made_meanwhile_is_left_alone(
    call: Call, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Store.restore

    def restore_slowly(self: Store, file: Path) -> int:
        Path("new.db").write_bytes(b"another's")
        return before(self, file)

    monkeypatch.setattr(Store, "restore", restore_slowly)
    code, _, err = call("restore", "monday.zip", "--store", "sqlite:///new.db")
    assert (code, "made by another program" in err) == (2, True)
    assert (place / "new.db").read_bytes() == b"another's"


def test_a_backup_comes_back_as_one_file_that_only_its_owner_may_read(call: Call, place: Path) -> None:
    before = listed(place)
    code, out, _ = call("restore", "monday.zip", "--store", "sqlite:///new.db")
    assert (code, "everything is as it was written" in out) == (0, True)
    assert listed(place) == sorted([*before, "new.db"])
    assert (place / "new.db").stat().st_mode & 0o077 == 0
    with Store("new.db", create=False) as restored:
        assert restored.ids() == {"a"}


def test_a_backup_writes_over_a_file_only_where_that_is_said(call: Call, place: Path) -> None:
    (place / "notes.txt").write_text("mine", encoding="utf-8")
    code, _, err = call("backup", "notes.txt")
    assert (code, err) == (
        2,
        "linkage: notes.txt is there already; name another file, or say --replace to write over it\n",
    )
    assert (place / "notes.txt").read_text(encoding="utf-8") == "mine"
    with Store("linkage.db") as kept:
        assert [one.what for one in kept.audit()].count("backup") == 1
        with pytest.raises(OutputError, match="there already"):
            kept.backup(place / "notes.txt")
    assert call("backup", "notes.txt", "--replace")[0] == 0
    with zipfile.ZipFile("notes.txt") as whole:
        assert json.loads(whole.read("manifest.json"))["tables"]["reports"]["rows"] == 1


def test_a_backup_takes_the_place_of_no_store_however_it_is_spelt(call: Call, place: Path) -> None:
    (place / "there").symlink_to(place)
    (place / "hard.zip").hardlink_to(place / "linkage.db")
    for named in ("linkage.db", "there/linkage.db", "hard.zip", "linkage.db-wal"):
        code, _, err = call("backup", named, "--replace")
        assert (code, f"{named} is the store itself, or belongs to it; name another file" in err) == (2, True)
    with Store("linkage.db", create=False) as kept:
        assert kept.ids() == {"a"}
        assert [one.what for one in kept.audit()].count("backup") == 1


def test_a_store_that_cannot_be_made_is_told_by_the_name_that_was_asked_for(place: Path) -> None:
    with pytest.raises(StoreError) as told, store_to_fill("sqlite:///new.db") as address:
        raise StoreError(f"{address} cannot be opened: its disk is full")
    assert str(told.value) == "sqlite:///new.db cannot be opened: its disk is full"
    assert listed(place) == ["linkage.db", "monday.zip"]
