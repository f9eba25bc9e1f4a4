"""What the person did: behaviours by domain, each a hidden propensity that reports tell, deny or leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.accounts import AccountReadings, accounts_of
from linkage.features.evidence import Encode, Evidence, Fitted
from linkage.features.item_states import ABSENT, PRESENT, WITHHELD, settled, sureness
from linkage.features.items import RHO_LIMITS, ItemColumn, rho_of
from linkage.features.newcomer import Newcomer
from linkage.features.parameters import Parameters
from linkage.features.readings import Readings
from linkage.features.telling import MOST_TOLD, shares_denied, shares_told, tells
from linkage.report import Report
from linkage.vocabulary import Entry, load

OTHER = "other"
"""Domain of behaviours that stand in people's own words."""

OWN_WORDS = 400
"""Most behaviours in own words that are compared, the commonest [G]: each costs every pair a little, and a long tail
of phrases is mostly misspellings. The rest stays in the reports and can be searched."""

OWN_WORDS_TOLD = 0.5
"""Share of those who would tell of a listed behaviour that tell of one in the very words of another reporter [G]."""

PREVALENCES = (0.002, 0.95)
"""Least and greatest prevalence of an item [G]: rarer ones are known from too few reports, and nothing is always
done."""


@dataclass(frozen=True)
class BehaviourEvidence(Evidence):
    """All behaviours of one domain.

    Parameters: scale (multiplies each item's own rho from the vocabulary) and strength (reports' worth of default
    prevalence); what the fullest reports tell of what was done is `share` of `telling`. Once learned, an item's rho
    is a parameter of its own, named by `rho_of`. Silence says less of behaviours in own words, and nothing of what no
    report tells, or but one in own words: nobody can tell what is in no list.
    """

    domain: str = OTHER

    @property
    def source(self) -> str:
        """All domains read the same."""
        return "behaviours"

    def readings(self, reports: Sequence[Report]) -> AccountReadings:
        """What reports say of behaviours, of every domain."""
        return accounts_of(reports)

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> ItemColumn:
        """Encode the domain's items; those in own words are the commonest, and all that the base does not know."""
        assert isinstance(read, AccountReadings)
        counted = read if base is None else base
        assert isinstance(counted, AccountReadings)
        items = self._items(counted)
        more = [] if base is None else self._new_items(read, items, counted)
        return self._column(read, counted, [*items, *more], parameters)

    def _column(
        self, read: AccountReadings, counted: AccountReadings, items: list[str], parameters: Parameters
    ) -> ItemColumn:
        """These items over the rows `read`, with base rates from those `counted`."""
        known, level, state = load("behaviours").entries, counted.level, counted.states(items)
        sure = sureness(parameters.get("telling", "reliance"))
        share = shares_told(parameters.get("telling", "share") * (OWN_WORDS_TOLD if self.domain == OTHER else 1.0))
        tellers = (settled(state) == PRESENT).sum(axis=0)
        told = share[:, None] * (tellers >= (2 if self.domain == OTHER else 1))
        prevalence = self._prevalence(items, state, share[level], sure, parameters)
        # no more is denied than would be told, or silence would speak for what the other tells
        denied = np.minimum(shares_denied((state == ABSENT).sum(axis=0), level, prevalence), told)
        learned, scale = parameters.values[self.name], parameters.get(self.name, "scale")
        rhos = [
            learned[rho_of(item)].value if rho_of(item) in learned else scale * consistency(known.get(item))
            for item in items
        ]
        labels = [known[item].label if item in known else item for item in items]
        rho = np.clip(np.array(rhos), *RHO_LIMITS)
        if read is not counted:
            level, state = read.level_among(counted), read.states(items)
        return ItemColumn(items, labels, state, prevalence, rho, level, told, denied, sure)

    def _prevalence(
        self,
        items: list[str],
        state: NDArray[np.int8],
        share: NDArray[np.float64],
        sure: NDArray[np.float64],
        parameters: Parameters,
    ) -> NDArray[np.float64]:
        """Share of incidents in which each item was done (items,): of those that tell it, over what is told of things
        done; shrunk to the defaults. `share` (reports,) is what each report tells of things done, `sure` (states,)
        how surely it is told; what is withheld is no sample. An item in own words counts as if two told it, so that
        a second teller finds it."""
        known, strength = load("behaviours").entries, parameters.get(self.name, "strength")
        default = np.array([prevalence(known.get(item)) for item in items])
        told = sure[state].sum(axis=0)
        told = np.maximum(told, 2) if self.domain == OTHER else told
        usual = fsum(share) / np.count_nonzero(share) if share.any() else MOST_TOLD
        # the same in whatever order the reports come, to the last bit
        chances = fsum(share) - np.array([fsum(share[rows]) for rows in (state == WITHHELD).T]) + strength * usual
        found: NDArray[np.float64] = (told + strength * usual * default) / np.maximum(chances, 1e-9)
        return np.clip(found, *PREVALENCES)

    def _new_items(self, read: AccountReadings, items: Sequence[str], base: AccountReadings) -> list[str]:
        """Items in own words that reports tell and none of the base: they weigh as if two told them."""
        if self.domain != OTHER:
            return []
        told = read.tally.keys() - load("behaviours").entries.keys() - set(items)
        return sorted(item for item in told if not base.tally[item])

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay what it tells, denies and leaves out beside every row."""
        column = fitted.column
        assert isinstance(column, ItemColumn)
        held = self.readings(fitted.reports)

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no behaviour at all."""
            if not tells(report):
                return None
            own = self.readings([report])
            return column.newcomer(own.states(column.items)[0], int(own.level_among(held)[0]))

        return encode

    def _items(self, counted: AccountReadings) -> list[str]:
        vocabulary = load("behaviours").entries
        if self.domain != OTHER:
            return sorted(key for key, entry in vocabulary.items() if entry.data["domain"] == self.domain)
        commonest = sorted((-count, item) for item, count in counted.tally.items() if item not in vocabulary)
        return sorted(item for _, item in commonest[:OWN_WORDS])


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
        f"Behaviour, {label.lower()}: told, denied, not mentioned, or not known.",
        domain=domain,
    )
    for domain, label in DOMAINS.items()
]
