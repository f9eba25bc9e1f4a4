"""For every entry of the catalogue one agreement, and crowds of reports in which few or many share it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linkage.report import Report
from linkage.vocabulary import load

CROWD = 640
"""Reports in a crowd: enough for a word that two of them share to count as rare."""


def _person(**values: Any) -> dict[str, Any]:
    return {"suspects": [values]}


def _behaviour(domain: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    items = [key for key, entry in load("behaviours").entries.items() if entry.data["domain"] == domain]
    present = {"behaviours": {"present": [items[0]]}}
    return present, [{"behaviours": {"absent": [items[0]], "present": [items[1]]}}]


def _on(day: int) -> dict[str, Any]:
    return {"occurred": {"from": (date(2019, 1, 1) + timedelta(days=day)).isoformat()}}


_WORDS = ["kettle", "lantern", "pebble", "thimble", "anvil", "cobble", "satchel", "trellis", "bobbin", "girder"]

Parts = dict[str, Any]

AGREEMENTS: dict[str, tuple[Parts | list[Parts], list[Parts]]] = {
    "place": (
        {"place": {"lat": 54.6, "lon": -3.1}},
        [{"place": {"lat": 51.0 + i / 9, "lon": -1.0}} for i in range(9)],
    ),
    "gap": ([_on(400), _on(430)], [_on(17 * day) for day in range(100)]),
    "hour": ({"occurred": {"hour_min": 5.0}}, [{"occurred": {"hour_min": 22.0}}, {"occurred": {"hour_min": 1.0}}]),
    "weekday": ({"occurred": {"weekday": "Tuesday"}}, [{"occurred": {"weekday": "Friday"}}]),
    "sex": (_person(sex="female"), [_person(sex="male")]),
    "age": (_person(age={"min": 60, "max": 64}), [_person(age={"min": 30, "max": 34})]),
    "height": (_person(height_cm={"min": 195, "max": 198}), [_person(height_cm={"min": 175, "max": 178})]),
    "build": (_person(build=["athletic"]), [_person(build=["medium"]), _person(build=["slim"])]),
    "hair_colour": (_person(hair={"colour": ["red"]}), [_person(hair={"colour": ["brown"]})]),
    "hair_style": (_person(hair={"style": ["spiky"]}), [_person(hair={"style": ["short"]})]),
    "facial_hair": (_person(facial_hair=["goatee"]), [_person(facial_hair=["stubble"])]),
    "glasses": (_person(glasses=True), [_person(glasses=False)]),
    "eyes": (_person(eyes="hazel"), [_person(eyes="blue"), _person(eyes="brown")]),
    "ethnicity": (_person(ethnicity=["mixed"]), [_person(ethnicity=["white"]), _person(ethnicity=["asian"])]),
    "complexion": (_person(complexion="olive"), [_person(complexion="pale")]),
    "accent": (_person(accent=["west country"]), [_person(accent=["liverpool"])]),
    "accent_other": (_person(accent=["french"]), [_person(accent=["american"])]),
    "marks": (_person(marks=["kestrel tattoo"]), [_person(marks=[f"{word} tattoo"]) for word in _WORDS]),
    "clothing": (_person(clothing=["tartan cape"]), [_person(clothing=[f"{word} hat"]) for word in _WORDS]),
    "names_used": (_person(names_used=["barnaby"]), [_person(names_used=["dave"]), _person(names_used=["john"])]),
    "vehicle": (
        {"vehicles": [{"make": "Saab", "model": "9-3", "colour": ["yellow"]}]},
        [{"vehicles": [{"make": "Ford", "model": "Focus", "colour": ["silver"]}]}],
    ),
    "vehicle_features": (
        {"vehicles": [{"features": ["kestrel sticker"]}]},
        [{"vehicles": [{"features": [f"{word} sticker"]}]} for word in _WORDS],
    ),
    "registration": ({"vehicles": [{"registration": "KP57LMN"}]}, [{"vehicles": [{"registration": "YH05XKT"}]}]),
    "phone": (
        {"identifiers": [{"kind": "phone", "value": "07700900123"}]},
        [{"identifiers": [{"kind": "phone", "value": f"0770090{i:04}"}]} for i in range(1000, 1600)],
    ),
    "account": (
        {"identifiers": [{"kind": "username", "value": "blue_kestrel"}]},
        [{"identifiers": [{"kind": "username", "value": f"user{i}"}]} for i in range(600)],
    ),
    "speech": ({"speech": ["the kestrel always comes home"]}, [{"speech": [f"mind the {word}"]} for word in _WORDS]),
    "narrative": ({"narrative": "A kestrel perched there"}, [{"narrative": f"Some {word} fell"} for word in _WORDS]),
    "sector": ({"place": {"venue": "sauna"}}, [{"place": {"venue": "street"}}, {"place": {"venue": "hotel"}}]),
    "contact_method": ({"contact": {"method": "agency"}}, [{"contact": {"method": "phone"}}]),
    "venue": ({"place": {"venue": "woodland"}}, [{"place": {"venue": "street"}}, {"place": {"venue": "hotel"}}]),
    "offence": ({"offences": ["stalking"]}, [{"offences": ["rape"]}, {"offences": ["robbery"]}]),
    "weapon": ({"weapons": ["axe"]}, [{"weapons": ["knife"]}, {"weapons": ["bottle"]}]),
    "behaviour_other": (
        {"behaviours": {"present": ["hums a hymn"]}},
        [{"behaviours": {"absent": ["hums a hymn"], "present": ["counts the steps"]}}],
    ),
    **{
        f"behaviour_{domain}": _behaviour(domain)
        for domain in sorted({entry.data["domain"] for entry in load("behaviours").entries.values()})
    },
}
"""Entry -> (what two reports agree on, in turn if a list; what the others say), as parts of a report."""

PART_OF_A_PLATE = {"vehicles": [{"registration": "KP57*"}]}
"""The rarity of a plate lies in its characters, not in how many reports hold it."""


def crowd(name: str, sharers: int) -> list[Report]:
    """`CROWD` reports of which the first `sharers` agree on the value that `name` is tried with."""
    shared, others = AGREEMENTS[name]
    if name == "registration" and sharers > 2:
        shared = PART_OF_A_PLATE
    turns = shared if isinstance(shared, list) else [shared]
    parts = [turns[row % len(turns)] if row < sharers else others[row % len(others)] for row in range(CROWD)]
    return [Report.model_validate({"report_id": f"C{row:04}", **part}) for row, part in enumerate(parts)]
