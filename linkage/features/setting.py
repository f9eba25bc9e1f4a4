"""The setting: how contact was made, the kind of place, hour and weekday, offences and weapons."""

from __future__ import annotations

from linkage.features.category import CategoryEvidence
from linkage.features.evidence import Evidence
from linkage.features.listed import ListedEvidence
from linkage.features.number import HourEvidence
from linkage.features.place import PlaceEvidence
from linkage.features.sector import sector_of
from linkage.features.time import GapEvidence, weekday_choices

PLACE_TIME: list[Evidence] = [
    PlaceEvidence("place", "Place", "place", "Distance between the incidents against how dense reports are there."),
    GapEvidence("gap", "Time gap", "time", "Days between the incidents against the gaps of all reports."),
    HourEvidence("hour", "Hour of day", "time_of_day", "Clock time of the incident."),
    CategoryEvidence(
        "weekday",
        "Weekday",
        "time_of_day",
        "Day of the week.",
        read_choices=weekday_choices,
    ),
]

SETTING: list[Evidence] = [
    CategoryEvidence(
        "sector",
        "Sector",
        "sector",
        "Street, indoor, parlour or online, as the kind of place and the way of contact tell: whom a person seeks.",
        read_choices=lambda r: [[found] if (found := sector_of(r)) else []],
    ),
    CategoryEvidence(
        "contact_method",
        "Contact method",
        "setting",
        "How contact was made.",
        read_choices=lambda r: [[r.contact.method] if r.contact.method else []],
        vocabulary="contact_methods",
    ),
    CategoryEvidence(
        "venue",
        "Kind of place",
        "setting",
        "Kind of place in which it happened.",
        read_choices=lambda r: [[r.place.venue] if r.place.venue else []],
        vocabulary="venues",
    ),
    ListedEvidence(
        "offence",
        "Offence",
        "setting",
        "What was done in terms of offences.",
        read_keys=lambda r: r.offences,
        vocabulary="offences",
    ),
    ListedEvidence(
        "weapon", "Weapon", "weapon", "Weapons shown or used.", read_keys=lambda r: r.weapons, vocabulary="weapons"
    ),
]
