"""Registrations, full and partial, with wildcards and misread characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from linkage.features.evidence import Encode, Evidence, Fitted, Newcomer
from linkage.features.parameters import Parameters
from linkage.features.sparse import Holders, value_column
from linkage.features.words import SparseColumn
from linkage.intake.facts.plate_pairs import Plates, compare_all
from linkage.intake.facts.registration import PlateComparison, compare
from linkage.report import Report


@dataclass(frozen=True)
class RegistrationEvidence(Evidence):
    """Two readings of a plate against two different plates.

    With `consistency` s the chance that both incidents show the same plate, and R = 10^information the rarity of the
    agreed characters, the ratio is 1 - s + s R e^d, e = `misread` being the chance that one character was misread
    and d the number that differ or agree only if misread.

    Parameters: consistency, misread.
    """

    learnable: ClassVar[tuple[str, ...]] = ("consistency",)

    def fit(
        self, reports: Sequence[Report], parameters: Parameters, base: Sequence[Report] | None = None
    ) -> SparseColumn:
        """Compare all plates that agree in part."""
        del base  # how rare the agreed characters are is known beforehand: nothing is counted
        held = [_plates(report) for report in reports]
        counts = Counter(plate for plates in held for plate in plates)
        distinct = sorted(counts)
        same, misread = parameters.get(self.name, "consistency"), parameters.get(self.name, "misread")
        compared = {(plate, plate): plate_weight(compare(plate, plate), same, misread) for plate in distinct}
        compared |= {
            (min(distinct[i], distinct[j]), max(distinct[i], distinct[j])): plate_weight(found, same, misread)
            for i, j, found in compare_all(distinct)
        }
        return value_column(held, compared, float(np.log10(1 - same)), lambda a, b: _shared(held[a], held[b], counts))

    def newcomers(self, fitted: Fitted) -> Encode:
        """Compare its plates with all that are held, seen or not."""
        column, reports, parameters = fitted.column, fitted.reports, fitted.parameters
        assert isinstance(column, SparseColumn)
        holders = Holders(column, [_plates(report) for report in reports])
        plates = Plates(holders.values)
        same, misread = parameters.get(self.name, "consistency"), parameters.get(self.name, "misread")

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report, by its plates and those that are near them."""
            own = _plates(report)
            found = [
                (at, plate_weight(comparison, same, misread))
                for plate in own
                for at, comparison in plates.near(plate)
            ]
            return holders.newcomer(own, found)

        return encode


def plate_weight(found: PlateComparison, same: float, misread: float) -> float:
    """log10 of 1 - s + s 10^information misread^(characters that differ or are confused), information to 12 [G]."""
    errors = found.differing + found.confused
    return float(np.log10(1 - same + same * 10.0 ** min(found.information, 12.0) * misread**errors))


def _plates(report: Report) -> tuple[str, ...]:
    return tuple(sorted({vehicle.registration for vehicle in report.vehicles if vehicle.registration}))


def _shared(one: tuple[str, ...], other: tuple[str, ...], counts: Counter[str]) -> str:
    both = sorted(set(one) & set(other))
    return "; ".join(f"{plate}: in {counts[plate]} reports" for plate in both)
