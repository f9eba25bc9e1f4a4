"""Files are private, whole or not at all, and never written through a link."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from linkage.output.files import (
    OutputError,
    claimed,
    drafts,
    private_folder,
    replace_together,
    require_new,
    write_private,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def elsewhere(folder: Path) -> str:
    """What another process is told that claims the folder."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom linkage.output.files import claimed\n"
        "try:\n    with claimed(Path(sys.argv[1])):\n        print('free')\n"
        "except OSError as error:\n    print(error)\n"
    )
    asked = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    return asked.stdout.strip()


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("usual_umask")
def test_files_and_folders_are_the_users_own(tmp_path: Path) -> None:
    folder = private_folder(tmp_path / "a" / "b")
    write_private(folder / "f.csv", "words")
    assert [mode(folder.parent), mode(folder), mode(folder / "f.csv")] == [0o700, 0o700, 0o600]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere no process can be asked for")
def test_what_a_killed_process_drafted_goes_with_the_next_draft_and_what_others_draft_stays(tmp_path: Path) -> None:
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom linkage.output.files import drafted, drafts\n"
        "with drafts(Path(sys.argv[1])) as place, drafted(Path(sys.argv[1]) / 'f') as stream:\n"
        "    (place / 'words').write_text('of a report')\n    stream.write(b'of a report')\n    os._exit(9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, env=environment)
    assert len(list(tmp_path.glob(".linkage-*"))) == 2
    with drafts(tmp_path) as place:
        write_private(tmp_path / "f", "words")
        assert sorted(tmp_path.iterdir()) == sorted([place, tmp_path / "f"])


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("theirs")
    (tmp_path / "f.csv").symlink_to(other)
    with pytest.raises(OutputError, match="is a link"):
        write_private(tmp_path / "f.csv", "ours")
    with drafts(tmp_path) as place:
        (place / "f.csv").write_text("ours")
        with pytest.raises(OutputError, match="is a link"):
            replace_together(place, tmp_path, ["f.csv"])
    assert other.read_text() == "theirs"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_no_file_takes_the_place_of_a_device_or_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="is a device or a pipe"):
        write_private(pipe, "content")
    assert pipe.is_fifo()


def test_one_process_writes_at_a_time_and_the_other_is_told_which(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    with claimed(folder), claimed(folder):
        assert f"process {os.getpid()} of " in elsewhere(folder)
        (folder / "f").write_text("")
    assert elsewhere(folder) == "free"
    assert [one.name for one in folder.iterdir()] == ["f"]


def test_a_folder_that_nothing_was_written_to_is_gone_again(tmp_path: Path) -> None:
    with claimed(tmp_path / "new"):
        pass
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_leaves_the_earlier_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_private(tmp_path / "f.csv", "before")
    real = os.fdopen

    def on_a_full_disk(descriptor: int, *options: object, **named: object) -> object:
        os.close(descriptor)
        return real(os.open("/dev/full", os.O_WRONLY), *options, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("linkage.output.files.os.fdopen", on_a_full_disk)
    with pytest.raises(OSError, match=r"f\.csv cannot be written: no space left on device; make room on its disk"):
        write_private(tmp_path / "f.csv", "after")
    assert (tmp_path / "f.csv").read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["f.csv"]


def test_no_database_is_written_over_nor_what_lies_beside_one(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "cases.db") as plain:
        plain.execute("CREATE TABLE words (word)")
    (tmp_path / "open.db").write_bytes(b"\x8f encrypted")
    (tmp_path / "open.db-shm").touch()
    for name in ("cases.db", "cases.db-wal", "cases.db-shm", "open.db", "open.db-shm", "open.db-wal"):
        before = (tmp_path / name).read_bytes() if (tmp_path / name).exists() else None
        with pytest.raises(OutputError, match=rf"{name} is a database such as a store, or belongs to one; name"):
            write_private(tmp_path / name, "words")
        assert ((tmp_path / name).read_bytes() if (tmp_path / name).exists() else None) == before
    write_private(tmp_path / "other-wal", "words")
    write_private(tmp_path / "other-wal", "more")
    assert (tmp_path / "other-wal").read_text() == "more"


def test_an_empty_file_gives_way_unasked_and_one_that_holds_something_does_not(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.touch()
    require_new(file, replace=False)
    file.write_text("{}\n")
    require_new(file, replace=True)
    with pytest.raises(OutputError, match="is there already"):
        require_new(file, replace=False)
