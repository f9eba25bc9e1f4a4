"""Files that only their owner may read, written whole or not at all, and never through somebody else's link."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from linkage.errors import LinkageError, why

FILE_MODE, FOLDER_MODE = 0o600, 0o700
"""Words of people who were harmed are read by nobody but the user who wrote them."""

SQLITE_ENDINGS = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite writes beside its own (sqlite.org/tempfiles.html)."""
_SQLITE = b"SQLite format 3\0"  # how its own begins (sqlite.org/fileformat2.html, 1.3)
_LOCK, _HOLDER = ".linkage.lock", ".linkage.holder"
_DRAFTS = ".linkage-"
"""Beginning of what is drafted, a file or a folder for a set of files; the machine and the process that drafts
follow, so that what one left behind that was killed is known for what it is."""


class OutputError(LinkageError, OSError):
    """Files could not be written where they were wanted; the message says why and what to do."""


def private_folder(folder: Path) -> Path:
    """`folder`, made (0700, its parents too) when it is missing. A folder that is there keeps its rights.

    Raises OutputError where the name is a link that somebody else made, or is no folder.
    """
    if folder.is_symlink() and not _own(folder):
        raise OutputError(f"{folder} is a link that another user made; name the folder itself")
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=FOLDER_MODE, exist_ok=True)
    if not folder.is_dir():
        raise OutputError(f"{folder} is not a folder; name another one")
    return folder


def _own(path: Path) -> bool:
    return not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()


def refuse_link(file: Path) -> None:
    """Raise OutputError where `file` is a link: what it points to was not made by this program."""
    if file.is_symlink():
        raise OutputError(f"{file} is a link, and is not followed; remove it or name another place")


def require_place(file: Path) -> None:
    """Raise OutputError where no `file` can be written: for a link, a folder, a device, or where its folder is not
    there, for which the error would else name the draft, of which nobody knows; and for a database, which nothing
    replaces."""
    refuse_link(file)
    if file.is_dir():
        raise OutputError(f"{file} is a folder; name a file in it")
    if file.exists() and not file.is_file():
        raise OutputError(f"{file} is a device or a pipe, which a file would take the place of; name a file")
    if not file.parent.is_dir():
        raise OutputError(
            f"{file} cannot be written: there is no folder {file.parent}; make it, or name another place"
        )
    if _of_database(file):
        raise OutputError(f"{file} is a database such as a store, or belongs to one; name another file")


def require_new(file: Path, replace: bool) -> None:
    """Raise OutputError as `require_place`, and where a `file` that holds anything is there and nobody said that
    it may give way (`replace`)."""
    require_place(file)
    if file.exists() and file.stat().st_size and not replace:
        raise OutputError(f"{file} is there already; name another file, or say --replace to write over it")


def _of_database(file: Path) -> bool:
    """Is this an SQLite file, or the name of what SQLite writes beside one? An encrypted file looks like no other:
    it is known while it is open, by what lies beside it."""
    if any(file.name.endswith(ending) and _without(file, ending).is_file() for ending in SQLITE_ENDINGS):
        return True
    if not file.is_file():
        return False
    with _told_of(file), file.open("rb") as found:
        return found.read(len(_SQLITE)) == _SQLITE or any(Path(f"{file}{end}").exists() for end in SQLITE_ENDINGS)


def _without(file: Path, ending: str) -> Path:
    return file.with_name(file.name.removesuffix(ending) or ".")


@contextmanager
def drafted(file: Path) -> Iterator[BinaryIO]:
    """A stream into a draft (0600) of `file`, which takes its place once the block has run through: an earlier one
    stays as it was until the new one is complete, and nothing half written is left behind.

    Raises OutputError as `require_place`, and naming `file` where the system refuses to write.
    """
    require_place(file)
    with _told_of(file):
        drop_abandoned(file.parent)
        # 0600, and a name that nobody can guess
        descriptor, name = tempfile.mkstemp(prefix=_own_drafts(os.getpid()), dir=file.parent)
        draft = Path(name)
        try:
            with os.fdopen(descriptor, "w+b") as stream:
                yield stream
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


def _own_drafts(process: int | str = "") -> str:
    machine = hashlib.sha256(platform.node().encode()).hexdigest()[:8]
    return f"{_DRAFTS}{machine}-{process}{'-' if process else ''}"


def drop_abandoned(folder: Path) -> None:
    """Take away what processes of this machine drafted here that were killed: it holds words of reports."""
    if os.name != "posix":  # elsewhere a process cannot be asked for without disturbing it
        return
    every = _own_drafts()
    for draft in folder.glob(f"{every}*"):
        process = draft.name.removeprefix(every).split("-")[0]
        if not process.isdecimal() or _runs(int(process)):
            continue
        with suppress(OSError):
            shutil.rmtree(draft) if draft.is_dir() and not draft.is_symlink() else draft.unlink()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True


def write_private(file: Path, text: str) -> None:
    """Write `file` (UTF-8, 0600) whole, as `drafted` does."""
    with drafted(file) as stream:
        stream.write(text.encode(errors="backslashreplace"))


@contextmanager
def _told_of(place: Path) -> Iterator[None]:
    """Name `place` in what the system says, in place of a draft that nobody knows of."""
    try:
        yield
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(f"{place} cannot be written: {why(error)}") from error


@contextmanager
def claimed(folder: Path) -> Iterator[Path]:
    """The folder for this process alone, made when it is missing, while the block runs; again within it is allowed.

    Raises OutputError with who holds it, and since when, where another process writes there.
    """
    made = not folder.exists()
    private_folder(folder)
    lock = FileLock(str(folder / _LOCK), timeout=0, mode=FILE_MODE, is_singleton=True)
    refuse_link(folder / _LOCK)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"{folder} is being written by {_holder(folder)}; wait until it is done, or name another folder"
        ) from None
    inner = lock.lock_counter > 1
    try:
        if not inner:
            with suppress(OutputError):  # it only helps; a full disk is told of what is to be written
                _sign(folder / _HOLDER)
        yield folder
    finally:
        if not inner:
            (folder / _HOLDER).unlink(missing_ok=True)
            with suppress(OSError):
                (folder / _LOCK).unlink()
        lock.release()
        if made and not inner:
            with suppress(OSError):  # it holds something
                folder.rmdir()


def _sign(file: Path) -> None:
    since = datetime.now().astimezone().isoformat(timespec="seconds")
    write_private(file, json.dumps({"pid": os.getpid(), "user": _user(), "host": platform.node(), "since": since}))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "an unnamed user"


def _holder(folder: Path) -> str:
    try:
        who = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        return f"process {who['pid']} of {who['user']} on {who['host']} since {who['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """A folder of one's own within `folder` in which a set of files is drafted; gone when the block ends."""
    with _told_of(folder):
        drop_abandoned(folder)
        place = Path(tempfile.mkdtemp(prefix=_own_drafts(os.getpid()), dir=folder))  # 0700
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)


def replace_together(place: Path, folder: Path, names: list[str]) -> dict[str, Path]:
    """Move the drafts of these names from `place` into `folder`, over earlier ones, in this order.

    Raises OutputError, before anything is moved, where one would replace a link.
    """
    for name in names:
        refuse_link(folder / name)
        (place / name).chmod(FILE_MODE)
    for name in names:
        (place / name).replace(folder / name)
    return {name: folder / name for name in names}
