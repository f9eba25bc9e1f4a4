"""What the person did: behaviour variables by domain, each a three-valued beta-binomial item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linkage.features.evidence import Encode, Evidence, Fitted, Newcomer
from linkage.features.items import (
    ABSENT,
    NOT_RECORDED,
    PRESENT,
    RHO_LIMITS,
    ItemColumn,
    ItemRows,
    prevalence_from,
    rho_of,
    with_usual_ratios,
)
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
    prevalence), unrecorded (share of the recorded rate among reports that are silent). Once learned, an item's rho
    is a parameter of its own, named by `rho_of`.
    """

    domain: str = OTHER

    def fit(
        self, reports: Sequence[Report], parameters: Parameters, base: Sequence[Report] | None = None
    ) -> ItemColumn:
        """Encode the domain's items; items in own words count from two reports on."""
        known = {
            key: entry for key, entry in load("behaviours").entries.items() if entry.data["domain"] == self.domain
        }
        counted = reports if base is None else base
        items = self._items(counted, known)
        column = self._weighed(items, item_states(counted, items), parameters)
        if base is None:
            return with_usual_ratios(column)
        more = self._new_items(reports, items, base)
        two = np.full((max(2, len(base)), len(more)), NOT_RECORDED, dtype=np.int8)
        two[:2] = PRESENT
        added = self._weighed(more, two, parameters)
        joined = ItemColumn(
            [*items, *more],
            [*column.labels, *added.labels],
            item_states(reports, [*items, *more]),
            np.concatenate([column.prevalence, added.prevalence]),
            np.concatenate([column.rho, added.rho]),
        )
        place = {report.report_id: row for row, report in enumerate(base)}
        of_base = np.array([place.get(report.report_id, -1) for report in reports], dtype=np.intp)
        return with_usual_ratios(joined, column, of_base)

    def _new_items(self, reports: Sequence[Report], items: Sequence[str], base: Sequence[Report]) -> list[str]:
        """Items in own words that at least two reports tell and fewer of the base: they weigh as if two told them."""
        if self.domain != OTHER:
            return []
        vocabulary, tally = load("behaviours").entries, Counter(item for report in base for item in told_by(report))
        told = Counter(item for report in reports for item in told_by(report) - vocabulary.keys() - set(items))
        return sorted(item for item, count in told.items() if count > 1 and tally[item] < 2)

    def _weighed(self, items: list[str], state: NDArray[np.int8], parameters: Parameters) -> ItemColumn:
        """Items with their labels, prevalence and rho."""
        known = load("behaviours").entries
        default = np.array([prevalence(known.get(item)) for item in items])
        prevalences = prevalence_from(
            state, default, parameters.get(self.name, "strength"), parameters.get(self.name, "unrecorded")
        )
        learned, scale = parameters.values[self.name], parameters.get(self.name, "scale")
        rhos = [
            learned[rho_of(item)].value if rho_of(item) in learned else scale * consistency(known.get(item))
            for item in items
        ]
        labels = [known[item].label if item in known else item for item in items]
        return ItemColumn(items, labels, state, prevalences, np.clip(np.array(rhos), *RHO_LIMITS))

    def newcomers(self, fitted: Fitted) -> Encode:
        """Lay its items beside those of every row.

        One in own words that so far only one report tells becomes an item with the newcomer, if there is room.
        """
        column, parameters = fitted.column, fitted.parameters
        assert isinstance(column, ItemColumn)
        rows = ItemRows(column)
        lonely = self._lonely(fitted.reports) if len(column.items) < OWN_WORDS else {}

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no behaviour that can be compared."""
            state = item_states([report], column.items)[0]
            new = sorted(item for item in told_by(report) if item in lonely)
            if not (state.any() or new):
                return None
            told = rows.newcomer(state)
            for item in new:
                row, mark = lonely[item]
                pair = item_states([report], [item])[0, 0], mark
                told.weights[row] += self._shared(item, pair, column.n + 1, parameters)
            words = [told.words] if state.any() else []
            return replace(told, words="; ".join([*words, *new]))

        return encode

    def _lonely(self, reports: Sequence[Report]) -> dict[str, tuple[int, int]]:
        """Items in own words that one report tells: its row and state."""
        if self.domain != OTHER:
            return {}
        vocabulary = load("behaviours").entries
        tellers: dict[str, list[int]] = {}
        for row, report in enumerate(reports):
            for item in told_by(report) - vocabulary.keys():
                tellers.setdefault(item, []).append(row)
        once = {item: rows[0] for item, rows in tellers.items() if len(rows) == 1}
        return {item: (row, int(item_states([reports[row]], [item])[0, 0])) for item, row in once.items()}

    def _shared(self, item: str, pair: tuple[int, int], n: int, parameters: Parameters) -> float:
        """Pair weight of an item in own words that two of `n` reports tell with these states."""
        state = np.zeros((n, 1), dtype=np.int8)
        state[:2, 0] = pair
        item_column = self._weighed([item], state, parameters)
        return float(item_column.item_weights(0, 1)[0])

    def _items(self, reports: Sequence[Report], known: dict[str, Entry]) -> list[str]:
        if self.domain != OTHER:
            return sorted(known)
        vocabulary = load("behaviours").entries
        tally: dict[str, int] = {}
        for report in reports:
            for item in told_by(report) - vocabulary.keys():
                tally[item] = tally.get(item, 0) + 1
        repeated = sorted((-count, item) for item, count in tally.items() if count > 1)
        return sorted(item for _, item in repeated[:OWN_WORDS])


def told_by(report: Report) -> set[str]:
    """Keys and own words of what a report says was or was not done."""
    return {*report.behaviours.present, *report.behaviours.absent}


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
