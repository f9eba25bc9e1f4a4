"""Whole sentences of alerts, notes and messages: where, when and how it began, all read from one text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkage.intake.assemble.extract import extract_report
from linkage.report import Report
from tests.rows import each_row

SCENES = Path(__file__).parent / "texts" / "scenes.jsonl"
LINES = [json.loads(line) for line in SCENES.read_text(encoding="utf-8").splitlines()]


def _scene(report: Report) -> dict[str, Any]:
    occurred = report.occurred
    hours = None if occurred.hour_min is None else [occurred.hour_min, occurred.hour_max]
    return {
        "town": report.place.town,
        "venue": report.place.venue,
        "contact": report.contact.method,
        "date": occurred.from_[:10] if occurred.from_ else None,
        "clock": hours,
    }


@each_row("line", LINES)
def test_a_scene_is_read(line: dict[str, Any]) -> None:
    text, received = line.pop("text"), line.pop("received")
    read = _scene(extract_report(text, "x", received, date(2024, 1, 1)))
    hours = line.pop("clock", None)
    assert {name: read[name] for name in line} == line
    assert hours is None or read["clock"] == pytest.approx(hours, abs=0.01)
