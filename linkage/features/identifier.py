"""Phones, e-mail addresses, usernames and websites used by the reported person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from linkage.features.evidence import Evidence
from linkage.features.parameters import Parameters
from linkage.features.sparse import Compared, value_column
from linkage.features.words import SparseColumn
from linkage.intake.facts.identifier import compatible
from linkage.report import Report


@dataclass(frozen=True)
class IdentifierEvidence(Evidence):
    """The same phone or account in two reports.

    Ratio 1 - s + s/p, with s = `consistency` the chance that one person used the same one both times and p the
    chance that an unrelated report holds it: its count over the reports that hold any, plus `population` others
    that nobody has reported. A partial number has p of at least one in ten to the digits that
    are known, and of a half at most [G].

    Parameters: consistency, population.
    """

    learnable: ClassVar[tuple[str, ...]] = ("consistency",)
    kinds: tuple[str, ...] = ("phone",)

    def fit(self, reports: Sequence[Report], parameters: Parameters) -> SparseColumn:
        """Compare equal and, for phones, partly known values."""
        held = [self._values(report) for report in reports]
        counts = Counter(value for values in held for value in values)
        total = sum(bool(values) for values in held)
        same = parameters.get(self.name, "consistency")
        chance = {value: count / (total + parameters.get(self.name, "population")) for value, count in counts.items()}
        compared: Compared = {
            (value, value): float(np.log10(1 - same + same / chance[value]))
            for value in counts
            if not _partial(value)
        }
        for value in sorted(filter(_partial, counts)):
            digits = sum(character not in "?*" for character in value.split(":", 1)[1].removeprefix("07"))
            for other in sorted(counts):
                if value[:2] == other[:2] and compatible(value.split(":", 1)[1], other.split(":", 1)[1]):
                    by_chance = min(0.5, max(chance[value], chance[other], 10.0**-digits))
                    compared[min(value, other), max(value, other)] = float(np.log10(1 - same + same / by_chance))
        return value_column(held, compared, float(np.log10(1 - same)), lambda a, b: _shared(held[a], held[b], counts))

    def _values(self, report: Report) -> tuple[str, ...]:
        found = {f"{item.kind}:{item.value}" for item in report.identifiers if item.kind in self.kinds}
        return tuple(sorted(found))


def _partial(value: str) -> bool:
    return "?" in value or "*" in value


def _shared(one: tuple[str, ...], other: tuple[str, ...], counts: Counter[str]) -> str:
    return "; ".join(f"in {counts[value]} reports" for value in sorted(set(one) & set(other)))


IDENTIFIERS: list[Evidence] = [
    IdentifierEvidence(
        "phone",
        "Phone",
        "identifier",
        "Phone numbers, full or partial, used by the reported person.",
    ),
    IdentifierEvidence(
        "account",
        "E-mail or username",
        "identifier",
        "E-mail addresses, usernames and websites used.",
        kinds=("email", "username", "website", "other"),
    ),
]
