"""What the person did: behaviour variables by domain, each a three-valued beta-binomial item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from linkage.features.evidence import Evidence
from linkage.features.items import ABSENT, PRESENT, ItemColumn, prevalence_from
from linkage.features.parameters import Parameters
from linkage.report import Report
from linkage.vocabulary import Entry, load

OTHER = "other"
"""Domain of behaviours that stand in people's own words."""

OWN_WORDS = 400
"""Most behaviours in own words that are compared, the commonest [G]: each costs every pair a little, and a long tail
of phrases is mostly misspellings. The rest stays in the reports and can be searched."""


@dataclass(frozen=True)
class BehaviourEvidence(Evidence):
    """All behaviours of one domain.

    Parameters: scale (multiplies each item's own rho from the vocabulary), strength (reports' worth of default
    prevalence), unrecorded (share of the recorded rate among reports that are silent).
    """

    domain: str = OTHER
    learnable: ClassVar[tuple[str, ...]] = ("scale",)

    def fit(self, reports: Sequence[Report], parameters: Parameters) -> ItemColumn:
        """Encode the domain's items; items in own words count from two reports on."""
        known = {
            key: entry for key, entry in load("behaviours").entries.items() if entry.data["domain"] == self.domain
        }
        items = self._items(reports, known)
        state = item_states(reports, items)
        default = np.array([prevalence(known.get(item)) for item in items])
        prevalences = prevalence_from(
            state, default, parameters.get(self.name, "strength"), parameters.get(self.name, "unrecorded")
        )
        scale = parameters.get(self.name, "scale")
        rhos = np.clip(scale * np.array([consistency(known.get(item)) for item in items]), 0.001, 0.9)
        labels = [known[item].label if item in known else item for item in items]
        return ItemColumn(items, labels, state, prevalences, rhos)

    def _items(self, reports: Sequence[Report], known: dict[str, Entry]) -> list[str]:
        if self.domain != OTHER:
            return sorted(known)
        vocabulary = load("behaviours").entries
        tally: dict[str, int] = {}
        for report in reports:
            for item in {*report.behaviours.present, *report.behaviours.absent} - vocabulary.keys():
                tally[item] = tally.get(item, 0) + 1
        repeated = sorted((-count, item) for item, count in tally.items() if count > 1)
        return sorted(item for _, item in repeated[:OWN_WORDS])


def item_states(reports: Sequence[Report], items: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.int8]]:
    """Three-valued states, shape (reports, items). An item both present and absent counts as present."""
    place = {item: column for column, item in enumerate(items)}
    state = np.zeros((len(reports), len(items)), dtype=np.int8)
    for row, report in enumerate(reports):
        for names, mark in ((report.behaviours.absent, ABSENT), (report.behaviours.present, PRESENT)):
            for item in names:
                if item in place:
                    state[row, place[item]] = mark
    return state


def prevalence(entry: Entry | None) -> float:
    """Default prevalence; .05 [G] for an item in a reporter's own words."""
    return float(entry.data.get("prevalence", 0.05)) if entry else 0.05


def consistency(entry: Entry | None) -> float:
    """Default intra-person correlation; .2 [G], the mean of the domains, for an item in own words."""
    return float(entry.data.get("consistency", 0.2)) if entry else 0.2


DOMAINS: dict[str, str] = {
    "contact_approach": "Contact and approach",
    "deception": "Deception",
    "control": "Control",
    "vehicle_use": "Use of a vehicle",
    "violence": "Violence",
    "weapon": "Weapon use",
    "sexual": "Sexual acts",
    "theft_payment": "Theft and payment",
    "speech_manner": "Speech and manner",
    "precaution": "Precautions",
    "departure": "Departure",
    "afterwards": "Afterwards",
    OTHER: "Other behaviour",
}

BEHAVIOURS: list[Evidence] = [
    BehaviourEvidence(
        f"behaviour_{domain}",
        label,
        f"behaviour_{domain}",
        f"Behaviour, {label.lower()}: present, absent or not recorded.",
        domain=domain,
    )
    for domain, label in DOMAINS.items()
]
