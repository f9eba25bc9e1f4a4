"""The truth file: what truly happened, what each report tells of it and where, and what of that is wrong."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from linkage.synthetic.narrative import Telling
from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import read_table
from linkage.synthetic.placing import StatedPlace
from linkage.synthetic.sighting import Perceived

FACTS = (
    *("sex", "age", "height", "build", "ethnicity", "complexion", "hair_colour", "hair_style", "facial_hair", "eyes"),
    *("glasses", "accent", "marks", "clothing", "names_used", "make", "model", "colour", "body", "registration"),
    *("features", "phone", "email", "username", "date", "weekday", "hour", "contact", "contact_place", "venue"),
    *("speech", "place"),
)
"""Facts that have columns `told_...`, `in_...` and `wrong_...`; of people and vehicles, those of the first one."""

TRUTH_COLUMNS = (
    *("report_id", "incident_id", "offender_id", "report_type", "again", "form", "register", "lat", "lon"),
    *("precision", "told_lat", "told_lon", "occurred", "sector", "mobility", "number", "released", "confusing"),
    *(f"{column}_{name}" for name in FACTS for column in ("told", "in", "wrong")),
    *("second_person", "second_vehicle", "offences", "form_offences", "behaviours", "wrong_behaviours"),
    *("form_behaviours", "text_behaviours", "form_absent", "text_absent"),
)
"""Columns of truth.csv; what each holds stands in data/synthetic/README.md. Lists are split by `;`."""


def truth_row(
    incident: Incident,
    told: Perceived,
    place: StatedPlace,
    form: dict[str, Any],
    telling: Telling,
    shape: str,
    again: str,
) -> dict[str, Any]:
    """One report's row, but for its `report_id`: `form` holds the facts in its boxes, `telling` those in words."""
    row: dict[str, Any] = _incident(incident) | {
        "report_type": told.kind,
        "again": again,
        "form": shape,
        "register": telling.register,
        "precision": "",
        "told_lat": "",
        "told_lon": "",
        "confusing": int(telling.confusing),
        "form_offences": form.get("offences", []),
        "wrong_behaviours": told.wrong["behaviours"],
        "form_behaviours": form.get("behaviours", []),
        "text_behaviours": telling.behaviours,
        "form_absent": form.get("form_absent", []),
        "text_absent": telling.absent,
    }
    facts, wrong = told.facts | {"place": place.where}, told.wrong | {"place": place.wrong}
    for name in FACTS:
        row |= _columns(name, facts.get(name), wrong.get(name), _where(name in form, name in telling.said))
    if row["in_place"] and place.point:
        row |= {
            "precision": place.precision,
            "told_lat": round(place.point[0], 5),
            "told_lon": round(place.point[1], 5),
        }
    for name in ("second_person", "second_vehicle"):
        row[name] = _second(name, getattr(told, name), form.get(name, {}), telling.said)
    return row


def _incident(incident: Incident) -> dict[str, Any]:
    """What truly happened, whoever tells it."""
    return {
        "incident_id": incident.incident_id,
        "offender_id": incident.offender.offender_id,
        "lat": round(incident.point[0], 5),
        "lon": round(incident.point[1], 5),
        "occurred": incident.when.isoformat(timespec="minutes"),
        "sector": incident.sector,
        "mobility": incident.offender.mode,
        "number": incident.number + 1,
        "released": int(incident.released),
        "offences": incident.offences,
        "behaviours": incident.behaviours,
    }


def _columns(name: str, value: Any, wrong: int | None, where: str) -> dict[str, Any]:
    if not where:
        return {f"told_{name}": "", f"in_{name}": "", f"wrong_{name}": ""}
    return {f"told_{name}": _plain(name, value), f"in_{name}": where, f"wrong_{name}": wrong}


def _where(form: bool, words: bool) -> str:
    return "both" if form and words else "form" if form else "words" if words else ""


def _plain(name: str, value: Any) -> Any:
    """A told value as the truth file writes it: centimetres and words, not Python's forms."""
    if name == "height":
        return round(value)
    if name == "hour":
        return round(value, 2)
    if name == "speech":
        return read_table("words.toml")["speech"]["rows"][value][0]
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _second(name: str, told: Perceived | None, form: dict[str, Any], said: set[str]) -> str:
    """A second person or vehicle as JSON: {fact: {told, in, wrong}}; empty where nothing is told of one."""
    if told is None:
        return ""
    parts = {}
    for fact, value in told.facts.items():
        where = _where(fact in form, f"{name}.{fact}" in said)
        if where:
            parts[fact] = {"told": _plain(fact, value), "in": where, "wrong": told.wrong.get(fact)}
    return json.dumps(parts, ensure_ascii=False) if parts else ""
