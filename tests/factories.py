"""Reports for tests, made from words the way a user's file makes them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pandas as pd

from linkage.intake.assemble.extract import assemble
from linkage.intake.readers import RawRow
from linkage.report import Report
from linkage.store import Found

TODAY = date(2026, 6, 30)
"""The day on which tests read their reports."""

_numbers = count(1)

_PLACES = {
    "report_id": "report_id", "type": "report_type", "follows": "follows", "received": "received", "series": "series",
    "narrative": "narrative", "said": "speech", "weapon": "weapons", "weapons": "weapons", "offence": "offences",
    "offences": "offences", "date": "occurred.from", "until": "occurred.to", "town": "place.text",
    "place": "place.text",
    "postcode": "place.postcode", "lat": "place.lat", "lon": "place.lon", "radius_m": "place.radius_m",
    "venue": "place.venue", "contact": "contact.method", "behaviours": "behaviours.present",
    "not_behaviours": "behaviours.absent", "person": "suspects.1.words", "second_person": "suspects.2.words",
    "sex": "suspects.1.sex", "age": "suspects.1.age", "height": "suspects.1.height", "build": "suspects.1.build",
    "ethnicity": "suspects.1.ethnicity", "complexion": "suspects.1.complexion", "hair": "suspects.1.hair",
    "facial_hair": "suspects.1.facial_hair", "eyes": "suspects.1.eyes", "glasses": "suspects.1.glasses",
    "accent": "suspects.1.accent", "marks": "suspects.1.marks", "clothing": "suspects.1.clothing",
    "name_used": "suspects.1.names_used", "vehicle": "vehicles.1.words", "second_vehicle": "vehicles.2.words",
    "make": "vehicles.1.make", "model": "vehicles.1.model", "colour": "vehicles.1.colour", "body": "vehicles.1.body",
    "registration": "vehicles.1.registration", "phone": "identifiers.1.value", "email": "identifiers.2.value",
    "source": "source", "consent": "consent",
}  # fmt: skip


def incident(today: date = TODAY, **words: Any) -> Report:
    """A canonical report from words: `incident(vehicle="silver Shogun", town="Leeds", date="3 May 2019")`.

    Every word goes through the normalisers, as from a file; one that they cannot use fails the test. `report_id` is
    counted up when it is not given.
    """
    unknown = words.keys() - _PLACES.keys()
    assert not unknown, f"the factory has no words for {sorted(unknown)}; it knows {sorted(_PLACES)}"
    row = {_PLACES[name]: value for name, value in words.items()}
    row.setdefault("report_id", f"R{next(_numbers):05}")
    if "phone" in words:
        row["identifiers.1.kind"] = "phone"
    if "email" in words:
        row["identifiers.2.kind"] = "email"
    report, rejects = assemble(RawRow("factory", 1, row), today)
    assert report is not None
    assert not rejects, rejects
    return report


def empty_run(record: dict[str, Any]) -> Found:
    """What a run that found nothing hands to a store, under a record of one's own."""
    tables = {
        "pairs": ["report_a", "report_b", "weight", "probability", "lane", "distance_km", "days"],
        "series": ["series_id", "report_id", "role", "fit"],
        "incidents": ["incident_id", "report_id", "basis"],
        "ambiguous": ["report_id", "series_id", "other_series_id", "fit", "other_fit"],
    }
    return Found(**{name: pd.DataFrame(columns=columns) for name, columns in tables.items()}, record=record)
