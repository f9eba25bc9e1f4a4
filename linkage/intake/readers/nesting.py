"""Rows that are nested more deeply than the format has levels."""

from __future__ import annotations

from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.readers.encoding import clean
from linkage.intake.reject import Reject


def shallow(file: str, number: int, row: dict[str, Any]) -> tuple[dict[str, Any], list[Reject]]:
    """The row without what is nested more deeply than the limit, and a refusal for each field that lost by it."""
    deep: list[str] = []
    kept = _to_level(row, "", limit("levels"), deep)
    given = row.get("report_id")
    report_id = clean(given) if isinstance(given, str) else None
    reason = f"nested more deeply than the limit of {limit('levels')} levels; write it flat {how_to_raise('levels')}"
    return kept, [Reject(file, number, report_id, name, "", reason) for name in dict.fromkeys(deep)]


def _to_level(value: Any, name: str, left: int, deep: list[str]) -> Any:
    """`value` cut at `left` more levels; dotted names of the fields that were cut, in two steps, go to `deep`."""
    if not isinstance(value, dict | list):
        return value
    if left == 0:
        deep.append(".".join(name.split(".")[:2]))
        return None
    if isinstance(value, dict):
        return {key: _to_level(item, f"{name}.{key}".strip("."), left - 1, deep) for key, item in value.items()}
    return [_to_level(item, name, left - 1, deep) for item in value]
