"""What is derived from the package's own files, kept on disk so that the next process need not derive it again.

A value is kept under a name that holds everything it follows from, so that one that no longer holds is never found.
It is plain data: nothing in the file can run. No word of a report is ever kept. Where no folder can be written to, or
the file is torn, another Python's or could have been written by somebody else, values are made anew. Why this is
worth having says docs/decisions/0020.
"""

from __future__ import annotations

import atexit
import gc
import marshal
import os
import stat
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

_HEADER = f"linkage kept 1 {(sys.version, sys.byteorder, marshal.version)!r}\n".encode()
_FILE = f"kept.{sys.implementation.cache_tag}.bin"
_MOST_BYTES = 25_000_000
"""Size of the file above which only what this process used is written again [G]: three full sets of values."""

_made: dict[bytes, bytes] = {}
_used: set[bytes] = set()


def name_of(*parts: str | bytes) -> bytes:
    """The name of a value that follows from `parts`: a digest of them, in their order."""
    said = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    lengths = ",".join([str(len(one)) for one in said]).encode()
    return blake2b(b";".join((lengths, *said)), digest_size=16).digest()


@cache
def digest_of_files(*places: str) -> bytes:
    """What a value follows from that is made by code: a digest of modules and tables, to be taken on import, before
    anybody can change them beneath a running process.

    A place is a package, which stands for the modules that lie directly in it, or "package/file" or "package/folder".
    """
    found: list[str | bytes] = []
    for place in places:
        package, _, inner = place.partition("/")
        at = files(package).joinpath(inner)
        listed = sorted(at.iterdir(), key=lambda one: one.name) if at.is_dir() else [at]
        wanted = [one for one in listed if one.is_file() and (inner or one.name.endswith(".py"))]
        found += [part for one in wanted for part in (one.name, one.read_bytes())]
        found += [] if wanted else [os.urandom(16)]  # code that cannot be read may be any: nothing is found again
    return name_of(*found)


def cached(name: bytes, make: Callable[[], Any]) -> Any:
    """What `make` gives, or gave in an earlier process under the same name.

    It must be made of tuples, lists, dicts, sets, texts, bytes and numbers only. What comes from the file is another
    one at every call.
    """
    _used.add(name)
    with uncollected():
        said = _made.get(name) or _on_disk().get(name)
        if said is not None:
            return marshal.loads(said)
        value = make()
    if not _made:
        atexit.register(save)
    _made[name] = marshal.dumps(value)
    return value


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while much is made that stays: looking through it again and again would double the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def save() -> None:
    """Write what this process made, with what the file holds already; without a word where that is not possible."""
    if not _made:
        return
    for folder in _folders():
        before = _read(folder / _FILE)
        together = before | _made
        if sum(map(len, together.values())) > _MOST_BYTES:
            everything = _on_disk() | together
            together = {name: everything[name] for name in sorted(_used & everything.keys())}
        with suppress(OSError):
            _write(folder / _FILE, together)
            return


def _write(file: Path, values: dict[bytes, bytes]) -> None:
    """Put the file in its place at once, so that no other process reads half of it."""
    body = marshal.dumps(values)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)  # 0600, a name nobody can guess
    new = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(_HEADER + zlib.crc32(body).to_bytes(4, "little") + body)
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


@cache
def _on_disk() -> dict[bytes, bytes]:
    """The values of all files, those of the folder that is asked first before the others'."""
    found: dict[bytes, bytes] = {}
    for folder in reversed(_folders()):
        found |= _read(folder / _FILE)
    return found


def _read(file: Path) -> dict[bytes, bytes]:
    """The values of a file; none where there is no file, or where it is torn, of another Python or a stranger's."""
    try:
        with file.open("rb") as stream:
            if not _trusted(os.fstat(stream.fileno())):
                return {}
            content = stream.read()
    except OSError:
        return {}
    start = len(_HEADER) + 4
    body = memoryview(content)[start:]
    if content[: len(_HEADER)] != _HEADER or zlib.crc32(body).to_bytes(4, "little") != content[start - 4 : start]:
        return {}
    values: dict[bytes, bytes] = marshal.loads(body)
    return values


def _trusted(found: os.stat_result) -> bool:
    """May a file be read? Only one that nobody but this user, or who installs programs, could have written."""
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid in (os.geteuid(), 0) and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _folders() -> list[Path]:
    """Where the file may stand: beside the package's byte code, else in the user's folder of caches."""
    folders = [Path(__file__).parent / "__pycache__"]
    with suppress(RuntimeError):  # nobody's home is known
        folders.append(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "linkage")
    return folders
