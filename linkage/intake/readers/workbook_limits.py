"""What a workbook would unpack to, looked at before it is parsed.

A ZIP archive of a few megabytes may unpack to gigabytes. Its central directory says how large each part is, and
`zipfile` reads no more of a part than is said there; what lies in the parts is then counted as it streams by, so that
nothing is held: the longest text, the deepest nesting, document types (entities may grow without end).
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from linkage.intake.limits import how_to_raise, limit

_AT_ONCE = 1 << 16
_DIRECTORY_BYTES = 1_000_000
"""Longest central directory that is parsed [G]: of about ten thousand parts."""
_END = b"PK\x05\x06"
_CURE = "save only the rows that are needed"
_BLANK = "take out blank rows"
_WITH_TEXTS = ("xl/worksheets/", "xl/sharedstrings")


def problem_of(data: bytes) -> str | None:
    """Why a workbook is refused unread, with the limit and how to raise it; None where it may be parsed."""
    if too_many_parts(data):
        return "the workbook has more parts than any that a spreadsheet program writes; save it again as .xlsx"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _problem_of_sizes(archive) or _problem_of_parts(archive)
    except Exception:  # a damaged archive raises many kinds of error: the reader tells that it is damaged
        return None


def too_many_parts(data: bytes) -> bool:
    """Whether an archive's list of parts is, as its end says, longer than is parsed."""
    at = data.rfind(_END)
    return 0 <= at <= len(data) - 16 and int(struct.unpack_from("<I", data, at + 12)[0]) > _DIRECTORY_BYTES


def _problem_of_sizes(archive: zipfile.ZipFile) -> str | None:
    most = limit("unpacked_bytes")
    total = sum(part.file_size for part in archive.infolist())
    if total > most:
        cure = how_to_raise("unpacked_bytes", _CURE)
        return f"the workbook unpacks to {total:,} bytes, more than the limit of {most:,}; {cure}"
    most = limit("part_bytes")
    for part in archive.infolist():
        if part.file_size > most and _is_read(part.filename) and not _holds_texts(part.filename):
            cure = how_to_raise("part_bytes", "save the cells without styles")
            return (
                f"part {part.filename} unpacks to {part.file_size:,} bytes, more than the limit of {most:,}; {cure}"
            )
    return None


def _is_read(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _holds_texts(name: str) -> bool:
    return name.lower().startswith(_WITH_TEXTS)


def _problem_of_parts(archive: zipfile.ZipFile) -> str | None:
    for part in archive.infolist():
        if not _is_read(part.filename):
            continue
        try:
            with archive.open(part) as stream:
                problem = _problem_of_xml(iter(lambda: stream.read(_AT_ONCE), b""))
        except Exception:  # this part is damaged, of which the reader tells where it reads it; another may be a bomb
            continue
        if problem:
            return problem
    return None


def _problem_of_xml(stream: Iterator[bytes]) -> str | None:
    """What is wrong with one part, in what its bytes show without being parsed."""
    cell, deepest, most_rows = limit("cell_characters"), limit("xml_depth"), limit("sheet_rows")
    longest, depth, rows, tail = 0, 0, 0, b""
    for chunk in stream:
        if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
            return "the workbook defines document types or entities, which no spreadsheet program writes"
        runs = chunk.split(b"<")
        longest += len(runs[0])
        for run in (longest, *map(len, runs[1:])):
            if run > 4 * cell:  # bytes of the longest character of UTF-8
                cure = how_to_raise("cell_characters", "shorten it")
                return f"a cell is longer than the limit of {cell:,} characters; {cure}"
        longest = longest if len(runs) == 1 else len(runs[-1])
        seen = tail[-1:] + chunk  # so that marks of two characters are counted across borders
        closed, alone = seen.count(b"</"), seen.count(b"/>") + seen.count(b"<?") + seen.count(b"<!")
        depth += chunk.count(b"<") - 2 * closed - alone
        if depth > deepest:
            return f"the workbook nests elements more deeply than the limit of {deepest}; save it again as .xlsx"
        rows += (tail[-3:] + chunk).count(b"<row")
        if rows > most_rows:
            return f"a sheet has more rows than the limit of {most_rows:,}; {how_to_raise('sheet_rows', _BLANK)}"
        tail = chunk[-16:]
    return None
