"""A file of any kind -> raw rows, in file order, with its refusals and notes among them.

Its bytes are text in UTF-8, UTF-16 or the Windows and Western code pages that spreadsheets write, or a workbook.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from linkage.intake.limits import limit
from linkage.intake.readers import FileNote, ReadItem
from linkage.intake.readers.alerts import read_alerts
from linkage.intake.readers.jsonl import read_json
from linkage.intake.readers.table import looks_like_table, read_csv
from linkage.intake.readers.workbook import is_workbook, read_xlsx
from linkage.intake.reject import beyond, refused

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte-order mark -> encoding; those of UTF-32 begin with one of UTF-16."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LATE_CAPITAL = re.compile("[a-z][À-ÖØ-ÞŠŽŸ\x80-\x9f]")
"""A letter with an accent as no word has it: a capital behind a small letter. Each of the two encodings of one byte a
letter, of Windows and of older Macs, has such where the text was written in the other."""
_MARKUP = re.compile(r"(?i)\s*<(?:!doctype|html|head|body|table|meta|style|\?xml)\b")
"""Beginning of a web page, as which many programs write what they call an Excel file, and of other XML."""
_PACKED = (b"PK\x03\x04", b"\x1f\x8b")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""A file of Office before 2007, and the wrapping of a newer one that is locked with a password."""
_MAGIC = (*_PACKED, b"%PDF", b"\x89PNG", _OLD_OFFICE, b"\xff\xd8\xff", b"GIF8", b"SQLite")
_CURE_KIND = "give JSON Lines (.jsonl), CSV (.csv), an Excel workbook (.xlsx) or plain text (.txt)"
_AT_ONCE = 1 << 20
_KINDS = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "json"),
    **dict.fromkeys((".csv", ".tsv", ".tab"), "csv"),
    **dict.fromkeys((".txt", ".text", ".md"), "text"),
}


def read_rows(path: Path) -> Iterator[ReadItem]:
    """Every row of `path`: `RawRow`, or `Reject` for what cannot be read, or `FileNote` for what was assumed.

    The kind of file is told by its extension and, where the content says otherwise, by its content.
    """
    name = path.name
    try:
        if path.is_dir():
            yield refused(name, "this is a folder; name the files in it", value=str(path))
            return
        data = read_bounded(path)
    except TooLargeError as error:
        yield refused(name, str(error))
    except OSError as error:
        cause = (error.strerror or "cannot be read").lower()
        reason = f"the file cannot be read ({cause}); check the path and its permissions"
        yield refused(name, reason, value=str(path))
    except ValueError:
        yield refused(name, "this is not a file name; check the path", value=str(path))
    else:
        yield from read_content(name, data, path.suffix.lower())


class TooLargeError(Exception):
    """A file holds more than is read; the message names the limit and how to raise it."""

    def __init__(self, what: str) -> None:
        super().__init__(beyond(f"{what} is more", "file_bytes", "split the file", " bytes"))


def read_bounded(source: Path | BinaryIO) -> bytes:
    """All bytes of a file or stream, even one without an end. Raises TooLargeError beyond the limit, else OSError."""
    most = limit("file_bytes")
    if isinstance(source, Path):
        if source.is_file() and source.stat().st_size > most:
            raise TooLargeError(f"{source.stat().st_size:,} bytes")
        with source.open("rb") as stream:
            return read_bounded(stream)
    read = bytearray()
    while part := source.read(min(_AT_ONCE, most + 1 - len(read))):
        read += part
        if len(read) > most:
            raise TooLargeError("the file goes on without an end, which")
    return bytes(read)


def read_content(name: str, data: bytes, suffix: str) -> Iterator[ReadItem]:
    """Rows of a file's content; `suffix` is its extension with the dot, lower case, or empty."""
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        yield refused(name, "the file is empty; check that it was saved")
        return
    if is_workbook(data):
        yield from read_xlsx(name, data)
        return
    if looks_binary(data):
        yield refused(name, f"the file is {_not_text(data)}", value=repr(data[:16]))
        return
    lines = data.count(b"\n") + data.count(b"\r")
    if lines > limit("lines"):
        yield refused(name, beyond(f"the file has {lines:,} ends of lines, more", "lines", "split the file"))
        return
    text, note = decode(data)
    if note:
        yield FileNote(name, note)
    if suffix in (".xlsx", ".xlsm"):
        yield FileNote(name, "named as an Excel workbook, but it is text; read as text")
    if _MARKUP.match(text):
        kind = "XML" if text.lstrip()[:5] == "<?xml" else "a web page"
        yield refused(name, f"this is {kind}, not text; open it in Excel and save it as .xlsx or CSV")
        return
    kind = _kind(text, suffix)
    if kind == "csv" and _KINDS.get(suffix) == "text":
        yield FileNote(name, "named as text, but its first line names the columns of a table; read as a table")
    yield from {"json": read_json, "csv": read_csv, "text": read_alerts}[kind](name, text)


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of `data` without a byte-order mark, and a note when the encoding had to be guessed."""
    if (marked := _marked(data)) and marked != "utf-8-sig":
        return data.decode(marked, errors="replace"), None
    if guess := _unmarked_utf16(data):
        return data.decode(guess, errors="replace"), f"read as {guess.upper()}; save as UTF-8 to be sure"
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:  # one line may be UTF-8 and another not, where files were put together
        return _decode_lines(data.splitlines(keepends=True))


def _decode_lines(lines: list[bytes]) -> tuple[str, str]:
    """Text of lines of which not all are UTF-8: each that is not is read in the encoding of one byte a letter that
    suits all of these best; and a note on the first of them."""
    texts = [_utf8(line) for line in lines]
    others = [at for at, text in enumerate(texts) if text is None]
    joined = b"".join(lines[at] for at in others)
    try:
        text, encoding, label = joined.decode("cp1252"), "cp1252", "Windows-1252"
    except UnicodeDecodeError:  # five of its bytes stand for nothing
        text, encoding, label = joined.decode("latin-1"), "latin-1", "Latin-1"
    if len(_LATE_CAPITAL.findall(joined.decode("mac-roman"))) < len(_LATE_CAPITAL.findall(text)):
        encoding, label = "mac-roman", "MacRoman"
    for at in others:
        texts[at] = lines[at].decode(encoding)
    which = (
        f"line {others[0] + 1} is" if len(others) == 1 else f"line {others[0] + 1} and {len(others) - 1:,} more are"
    )
    note = f"{which} not UTF-8; read as {label}; save as UTF-8 to be sure"
    return "".join(text for text in texts if text is not None), note


def _utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as every other byte being zero."""
    half = len(sample := data[:2000]) // 2
    zeros = [sample[first::2].count(0) for first in (0, 1)]
    if half < 2 or max(zeros) <= 0.7 * half or min(zeros) >= 0.1 * half:
        return None
    return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"


def looks_binary(data: bytes) -> bool:
    """Whether `data` is no text in any encoding that is read: a known signature, or many control bytes in most of its
    lines. Those of one row alone must not end the others."""
    if data.startswith(_MAGIC):
        return True
    if _marked(data) or _unmarked_utf16(data):
        return False
    sample = data[:4000]
    lines = sample.splitlines()
    bad = sum(_CONTROL.search(line) is not None for line in lines)
    return len(_CONTROL.findall(sample)) > 0.05 * len(sample) and bad > len(lines) / 2


def _not_text(data: bytes) -> str:
    if data.startswith(_OLD_OFFICE):
        return "locked with a password, or an old .xls: open it, take the password off and save it as .xlsx"
    return f"{'packed (zip or gzip): unpack it first' if data.startswith(_PACKED) else 'not text'}; {_CURE_KIND}"


def text_of(data: bytes) -> str | None:
    """The text of a file's content, or None when it is a workbook or no text at all."""
    return None if is_workbook(data) or looks_binary(data) else decode(data)[0]


def _kind(text: str, suffix: str) -> str:
    start = text.lstrip()[:1]
    named = _KINDS.get(suffix)
    if named == "csv" and start != "{":
        return "csv"
    if named == "json" or start == "{" or (start == "[" and '"' in text[:200]):
        return "json"
    return "csv" if looks_like_table(text, 2 if named else 1) else "text"
