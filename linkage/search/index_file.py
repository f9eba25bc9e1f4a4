"""An index on disk: one line that tells what the file holds, and the arrays behind it as an .npz without pickles.

The line is JSON: the format, the code and vocabulary that reports were read by, and a checksum of all that follows.
Which versions of which reports it is of stands in it too, so that a store tells what of it still holds.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from linkage.disk_cache import digest_of_files, uncollected
from linkage.errors import LinkageError
from linkage.search.postings import Postings
from linkage.search.report_index import ReportIndex

FORMAT = 1
_FIRST = b'{"linkage search index": '
"""How every such file begins."""

_VALUES = [
    f"linkage.intake.{room}"
    for room in ("phrases", "values", *(f"values.{of}" for of in ("people", "times", "vehicles")))
]
_READ_BY = digest_of_files(
    *("linkage.search", "linkage.features", *_VALUES, "linkage.vocabulary", "linkage.vocabulary/data"),
    *("linkage/report.py", "linkage.features/base_rates.toml"),
).hex()
_CHUNK = 1 << 22
_PARTS = ("known", "value", "row")
_WORDS = "words"


class IndexFileError(LinkageError, ValueError):
    """The file cannot be used; the message says why."""


@dataclass(frozen=True)
class StoredIndex:
    """An index, and the fingerprint of the version of each report that it is of, as hexadecimal SHA-256."""

    index: ReportIndex
    fingerprints: list[str]


def write_index(file: Path, stored: StoredIndex) -> None:
    """Put the file in its place at once, for its owner's eyes only. OSError where that cannot be done."""
    descriptor, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)  # 0600, a name nobody can guess
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            stream.write(_header("0" * len(blake2b().hexdigest())))
            start = stream.tell()
            np.savez(stream, allow_pickle=False, **_arrays(stored))
            checksum = _checksum(stream, start)
            stream.seek(0)
            stream.write(_header(checksum))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def read_index(file: Path) -> StoredIndex | None:
    """The index in a file; None where there is no file. IndexFileError for one of another version, or damaged."""
    try:
        with file.open("rb") as stream:
            _check(stream, stream.readline(1000))
            with uncollected(), np.load(stream, allow_pickle=False) as arrays:
                return _stored(arrays)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexFileError("cannot be read") from error


def _check(stream: BinaryIO, line: bytes) -> None:
    """Raise IndexFileError unless what follows in the stream is what was written by this very code."""
    if not line.startswith(_FIRST):
        raise IndexFileError("is damaged")
    try:
        told = json.loads(line)
        if told["linkage search index"] != FORMAT or told["read by"] != _READ_BY:
            raise IndexFileError("was made by another version of linkage")
        checksum = told["checksum"]
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError) as error:
        raise IndexFileError("is damaged") from error
    start = stream.tell()
    if _checksum(stream, start) != checksum:
        raise IndexFileError("is damaged")
    stream.seek(start)


def _header(checksum: str) -> bytes:
    line = json.dumps({"linkage search index": FORMAT, "read by": _READ_BY, "checksum": checksum})
    return line.encode() + b"\n"


def _checksum(stream: BinaryIO, start: int) -> str:
    """Checksum of a stream from `start` to its end, in hexadecimal."""
    stream.seek(start)
    digest = blake2b()
    while part := stream.read(_CHUNK):
        digest.update(part)
    return digest.hexdigest()


def _arrays(stored: StoredIndex) -> dict[str, NDArray[Any]]:
    index = stored.index
    marks = np.frombuffer(bytes.fromhex("".join(stored.fingerprints)), dtype=np.uint8)
    found: dict[str, NDArray[Any]] = {"ids": _as_bytes(index.ids), "fingerprints": marks}
    found |= {f"number {name}": numbers for name, numbers in index.numbers.items()}
    for name, held in (*index.values.items(), (_WORDS, index.words)):
        found |= dict(zip(_names(name), (_as_bytes(held.known), held.value, held.row), strict=True))
        found[f"rows of {name}"] = np.array([held.n], dtype=np.int64)
    return found


def _stored(arrays: Any) -> StoredIndex:
    ids = _as_texts(arrays["ids"])
    marks = arrays["fingerprints"].tobytes().hex()
    width = len(marks) // max(len(ids), 1)
    numbers = {name.removeprefix("number "): arrays[name] for name in arrays.files if name.startswith("number ")}
    held = [name.removeprefix("rows of ") for name in arrays.files if name.startswith("rows of ")]
    values = {name: _postings(arrays, name) for name in held}
    words = values.pop(_WORDS)
    return StoredIndex(
        ReportIndex(ids, numbers, values, words), [marks[width * at : width * (at + 1)] for at in range(len(ids))]
    )


def _postings(arrays: Any, name: str) -> Postings:
    known, value, row = (arrays[part] for part in _names(name))
    return Postings(_as_texts(known), value, row, int(arrays[f"rows of {name}"][0]))


def _names(name: str) -> list[str]:
    return [f"{part} of {name}" for part in _PARTS]


def _as_bytes(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(list(texts)).encode("ascii"), dtype=np.uint8)


def _as_texts(said: NDArray[np.uint8]) -> list[str]:
    found: list[str] = json.loads(said.tobytes())
    return found
