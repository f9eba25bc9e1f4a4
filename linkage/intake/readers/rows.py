"""A file of any kind -> raw rows, in file order, with its refusals and notes among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.readers.encoding import decode, looks_binary
from linkage.intake.readers.items import FileNote, Header, RawRow, ReadItem
from linkage.intake.readers.jsonl import read_json
from linkage.intake.readers.table import looks_like_table, read_csv
from linkage.intake.readers.text import read_alerts
from linkage.intake.readers.workbook_limits import problem_of
from linkage.intake.readers.xlsx import is_workbook, read_xlsx
from linkage.intake.reject import Reject

__all__ = ["FileNote", "Header", "RawRow", "ReadItem", "read_rows"]

_CURE_KIND = "give JSON Lines (.jsonl), CSV (.csv), an Excel workbook (.xlsx) or plain text (.txt)"
_AT_ONCE = 1 << 20
_KINDS = {
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}


def read_rows(path: Path) -> Iterator[ReadItem]:
    """Every row of `path`: `RawRow`, or `Reject` for what cannot be read, or `FileNote` for what was assumed.

    The kind of file is told by its extension and, where the content says otherwise, by its content.
    """
    name = path.name
    try:
        if path.is_dir():
            yield _refuse(name, str(path), "this is a folder; name the files in it")
            return
        data = read_bounded(path)
    except TooLargeError as error:
        yield _refuse(name, "", str(error))
        return
    except OSError as error:
        cause = (error.strerror or "cannot be read").lower()
        yield _refuse(name, str(path), f"the file cannot be read ({cause}); check the path and its permissions")
        return
    except ValueError:
        yield _refuse(name, str(path), "this is not a file name; check the path")
        return
    yield from read_content(name, data, path.suffix.lower())


class TooLargeError(Exception):
    """A file holds more than is read; the message names the limit and how to raise it."""


def read_bounded(source: Path | BinaryIO) -> bytes:
    """All bytes of a file or stream, even one without an end. Raises TooLargeError beyond the limit, else OSError."""
    most = limit("file_bytes")
    if isinstance(source, Path):
        if source.is_file() and source.stat().st_size > most:
            raise TooLargeError(_too_large(f"{source.stat().st_size:,} bytes"))
        with source.open("rb") as stream:
            return read_bounded(stream)
    read = bytearray()
    while part := source.read(min(_AT_ONCE, most + 1 - len(read))):
        read += part
        if len(read) > most:
            raise TooLargeError(_too_large("the file goes on without an end, which"))
    return bytes(read)


def _too_large(what: str) -> str:
    most = limit("file_bytes")
    return f"{what} is more than the limit of {most:,} bytes; {how_to_raise('file_bytes', 'split the file')}"


def read_content(name: str, data: bytes, suffix: str) -> Iterator[ReadItem]:
    """Rows of a file's content; `suffix` is its extension with the dot, lower case, or empty."""
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        yield _refuse(name, "", "the file is empty; check that it was saved")
        return
    if is_workbook(data):
        if (problem := problem_of(data)) is not None:
            yield _refuse(name, "", problem)
        else:
            yield from read_xlsx(name, data)
        return
    if looks_binary(data):
        yield _refuse(name, repr(data[:16]), f"the file is not text; {_CURE_KIND}")
        return
    lines, most = data.count(b"\n") + data.count(b"\r"), limit("lines")
    if lines > most:
        cure = how_to_raise("lines", "split the file")
        yield _refuse(name, "", f"the file has {lines:,} ends of lines, more than the limit of {most:,}; {cure}")
        return
    text, note = decode(data)
    if note:
        yield FileNote(name, note)
    if suffix in (".xlsx", ".xlsm"):
        yield FileNote(name, "named as an Excel workbook, but it is text; read as text")
    kind = _kind(text, suffix)
    if kind == "json":
        yield from read_json(name, text)
    elif kind == "csv":
        yield from read_csv(name, text)
    else:
        yield from read_alerts(name, text)


def text_of(data: bytes) -> str | None:
    """The text of a file's content, or None when it is a workbook or no text at all."""
    return None if is_workbook(data) or looks_binary(data) else decode(data)[0]


def _kind(text: str, suffix: str) -> str:
    start = text.lstrip()[:1]
    named = _KINDS.get(suffix)
    if named == "csv" and start != "{":
        return "csv"
    if start == "{" or (start == "[" and '"' in text[:200]):
        return "json"
    if named is not None:
        return named
    return "csv" if looks_like_table(text) else "text"


def _refuse(name: str, value: str, reason: str) -> Reject:
    return Reject(name, None, None, "", value, reason)
