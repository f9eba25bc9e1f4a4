"""A pack as plain JSON values: what its hash is taken over, and what a program reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from linkage.review.series_view import Row
from linkage.sharing.pack import Pack, standing_words
from linkage.sharing.pack_document import base_words, summary_table
from linkage.travel import Leg, Stop


def pack_plain(pack: Pack) -> dict[str, Any]:
    """The pack as plain values. Reports given in full stand under `reports`, the others in `summary` alone."""
    summary = summary_table(pack)
    full = {one.report_id: one.to_json() for one in pack.members if one.report_id in pack.own}
    return {
        "reference": pack.reference,
        "about": pack.kind,
        "for": pack.purpose,
        "recipient": pack.recipient,
        "grades": asdict(pack.grades),
        "summary": [dict(zip(summary.heads, row, strict=True)) for row in summary.rows],
        "force_areas": dict(pack.areas),
        "reports": full,
        "items": [_item(row) for row in pack.rows],
        "incidents": [_stop(stop) for stop in pack.stops],
        "legs": [_leg(leg) for leg in pack.legs],
        "reasons_for": [asdict(one) for one in pack.supports],
        "reasons_against": [asdict(one) for one in pack.against],
        "hangs_on": asdict(pack.hinges),
        "consent": {"left_out": pack.left_out, "strength_here": pack.alone,
                    "words": pack.consent_words, "values_left_out": pack.dropped},
        "limits": list(standing_words()["limits"]),
        "method": dict(pack.method),
    }  # fmt: skip


def _item(row: Row) -> dict[str, Any]:
    cells = [{"says": cell.says, "words": cell.words} for cell in row.cells]
    return {"kind": row.kind, "group": row.group, "item": row.item, "cells": cells, "in_all_reports": base_words(row)}


def _stop(stop: Stop) -> dict[str, Any]:
    times = {name: None if at is None else at.isoformat() for name, at in
             (("earliest", stop.earliest), ("latest", stop.latest))}  # fmt: skip
    place = {name: getattr(stop, name) for name in ("report_id", "place", "lat", "lon", "radius_km")}
    return place | times


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "from": leg.start.report_id,
        "to": leg.end.report_id,
        "straight_km": _rounded(leg.straight_km),
        "doubt_km": _rounded(leg.doubt_km),
        "road_km": _rounded(leg.road_km),
        "hours_between": _range(leg.hours_between),
        "hours_needed": _range(leg.hours_needed),
        "order_certain": leg.order_certain,
        "one_person": leg.verdict,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _range(hours: tuple[float, float] | None) -> list[float] | None:
    return None if hours is None else [round(hour, 1) for hour in hours]
