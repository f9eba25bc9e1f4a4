"""The catalogue: every kind of evidence there is. What a new one takes stands in docs/reference/learning.md."""

from __future__ import annotations

from linkage.features.behaviour import BEHAVIOURS
from linkage.features.evidence import Evidence
from linkage.features.identifier import IDENTIFIERS
from linkage.features.person import PERSON
from linkage.features.setting import PLACE_TIME, SETTING
from linkage.features.speech import SPEECH
from linkage.features.vehicle import VEHICLE

CATALOGUE: list[Evidence] = [*PLACE_TIME, *PERSON, *VEHICLE, *IDENTIFIERS, *SPEECH, *SETTING, *BEHAVIOURS]
"""In the order in which analysts see it."""
