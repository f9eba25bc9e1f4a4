"""Registrations, full and partial, with wildcards and misread characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from linkage.features.evidence import Encode, Evidence, Fitted
from linkage.features.newcomer import Newcomer
from linkage.features.parameters import Parameters
from linkage.features.plate_compare import PlateComparison, compare
from linkage.features.plate_pairs import Plates, compare_all
from linkage.features.readings import Readings
from linkage.features.sparse import Holders, SparseColumn, value_column
from linkage.report import Report


@dataclass(frozen=True, eq=False)
class PlateReadings(Readings[tuple[str, ...]]):
    """The distinct plates of each report, sorted."""

    @cached_property
    def counts(self) -> Counter[str]:
        """How many reports have each plate."""
        return Counter(plate for plates in self.rows for plate in plates)

    @cached_property
    def compared(self) -> dict[tuple[str, str], PlateComparison]:
        """Every plate with itself, and every two that agree in part, in sorted order."""
        distinct = sorted(self.counts)
        found = {(plate, plate): compare(plate, plate) for plate in distinct}
        return found | {
            (min(distinct[i], distinct[j]), max(distinct[i], distinct[j])): comparison
            for i, j, comparison in compare_all(distinct)
        }


@dataclass(frozen=True)
class RegistrationEvidence(Evidence):
    """Two readings of a plate against two different plates.

    With `consistency` s the chance that both incidents show the same plate, and R = 10^information the rarity of the
    agreed characters, the ratio is 1 - s + s R e^d, e = `misread` being the chance that one character was misread
    and d the number that differ or agree only if misread.

    Parameters: consistency, misread.
    """

    learnable: ClassVar[tuple[str, ...]] = ("consistency",)

    def readings(self, reports: Sequence[Report]) -> PlateReadings:
        """The plates of each report."""
        return PlateReadings(tuple(_plates(report) for report in reports))

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> SparseColumn:
        """Compare all plates that agree in part."""
        del base  # how rare the agreed characters are is known beforehand: nothing is counted
        assert isinstance(read, PlateReadings)
        held, counts = read.rows, read.counts
        same, misread = parameters.get(self.name, "consistency"), parameters.get(self.name, "misread")
        compared = {plates: plate_weight(found, same, misread) for plates, found in read.compared.items()}
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
