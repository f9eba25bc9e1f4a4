"""Values without characters that nobody sees, so that no two ids differ that look alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linkage.intake.readers import RawRow
from linkage.intake.readers.column_names import PROVENANCE, Slot
from linkage.intake.reject import Reject, seen
from linkage.report import Report

_IDS = ("report_id", "follows", "series")
"""Fields that name a report or a series."""
_PROSE = (("narrative",), ("translation", "text"))
_HELD = "held characters that cannot be seen; it is read without them; write it without them"


def as_seen(value: Any, slot: Slot, refuse: Callable[[str, Any, str], None]) -> Any:
    """A value as somebody sees it, but for prose, whose places are counted; of an id that is told."""
    if slot.path in _PROSE or slot.holds in PROVENANCE:
        return value
    if isinstance(value, list):
        return [as_seen(item, slot, refuse) for item in value]
    if not isinstance(value, str) or (plain := seen(value)) == value:
        return value
    if slot.path[0] in _IDS:
        refuse(slot.name, ascii(value), _HELD)
    return plain or None


def ids_as_seen(report: Report, row: RawRow) -> list[Reject]:
    """Change what names reports and series in a report to what somebody sees; what is told of it."""
    held = {name: given for name in _IDS if (given := getattr(report, name)) and seen(given) != given}
    for name, given in held.items():
        setattr(report, name, seen(given) or given)
    return [Reject(row.file, row.row, report.report_id, name, ascii(given), _HELD) for name, given in held.items()]
