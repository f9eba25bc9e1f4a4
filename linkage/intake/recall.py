"""Rows that were read before: what whoever keeps reports knows of them, so that nobody reads them again.

Reading a row is a function of its values, of whether details are masked, of the program and its tables, and of today
where a date reaches it. A row that gave a report without a refusal, and no date of which lies behind today, gives the
same report whenever the same program reads it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from linkage.disk_cache import name_of
from linkage.intake.gazetteer.tables import user_table_path
from linkage.intake.limits import limit, names
from linkage.intake.readers import RawRow
from linkage.report import Report

_CODE = ("intake/**/*", "vocabulary/**/*", "report.py", "geography.py", "disk_cache.py")
_LIBRARIES = ("numpy", "onnxruntime", "py3langid", "pydantic", "rapidfuzz")
"""Packages that reading calls."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a row gave when it was read before: its report, and how many details were masked in it."""

    report: Report
    details: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A row that was read now and gives the same report whenever it is read: the row, masked where details are, the
    report it became, and whether details were masked."""

    row: RawRow
    report_id: str
    masked: bool = False


Recall = Callable[[Sequence[RawRow], date], Mapping[int, Recalled]]
"""Rows, and today -> what those of them gave that were read before, by their place."""


def mark_of(row: RawRow, key: bytes, mask: bool) -> str:
    """What a row goes by under a secret key, with and without masking: 32 hexadecimal figures."""
    words = repr((mask, row.made_id, row.values)).encode("utf-8", "surrogatepass")
    return blake2b(words, key=key, digest_size=16).hexdigest()


def reading_program() -> str:
    """A digest of everything but the row that reading follows from: code, vocabulary, tables, libraries, limits."""
    return name_of(PROGRAM, repr([(name, limit(name)) for name in sorted(names())])).hex()


def _program() -> bytes:
    home, streets = Path(__file__).parents[1], user_table_path()
    code = (file for place in _CODE for file in home.glob(place) if "__pycache__" not in file.parts)
    parts: list[str | bytes] = [sys.version, *map(version, _LIBRARIES)]
    for file in [*sorted(file for file in code if file.is_file()), *([streets] if streets.is_file() else [])]:
        parts += ["streets" if file == streets else file.relative_to(home).as_posix(), file.read_bytes()]
    return name_of(*parts)


PROGRAM = _program()
"""Taken on import, before anybody can change files beneath a running process."""
