"""All columns of the catalogue over one set of reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import MILLIBAN, Column, Detail, Evidence
from linkage.features.explanation import EvidencePart
from linkage.features.packing import Packed, pack
from linkage.features.parameters import Parameters
from linkage.features.place import PlaceColumn
from linkage.features.readings import Readings
from linkage.features.time import GapColumn
from linkage.report import Report


@dataclass(frozen=True)
class EvidenceTable:
    """Fitted columns in catalogue order; `tempers` scale each group's weights (1 where not given).

    Sensitive evidence carries no weight unless `sensitive` is set: it is still encoded, so that it can be shown.
    """

    evidence: Sequence[Evidence]
    columns: Sequence[Column]
    tempers: Mapping[str, float] = field(default_factory=dict)
    sensitive: bool = False

    @property
    def names(self) -> list[str]:
        """Names of the comparisons, in order."""
        return [evidence.name for evidence in self.evidence]

    def column(self, name: str) -> Column:
        """The column of one comparison. ValueError for a name that is not in the catalogue."""
        return self.columns[self.names.index(name)]

    def place(self) -> PlaceColumn:
        """The place column, for distances."""
        found = self.column("place")
        assert isinstance(found, PlaceColumn)
        return found

    def far_weight(self) -> float:
        """Place weight (tempered log10 LR) of two reports so far apart that only chance or travel joins them.

        Added to the prior of any pair it is the prior of a pair in the far lane, which is ranked without place.
        """
        place = next(kind for kind in self.evidence if kind.name == "place")
        return self.temper(place) * float(np.log10(max(self.place().elsewhere, 1e-9)))

    def gap(self) -> GapColumn:
        """The time-gap column, for days."""
        found = self.column("gap")
        assert isinstance(found, GapColumn)
        return found

    def temper(self, evidence: Evidence) -> float:
        """What one comparison's weight is multiplied by."""
        if evidence.sensitive and not self.sensitive:
            return 0.0
        return float(self.tempers.get(evidence.group, 1.0))

    def column_tempers(self) -> NDArray[np.float64]:
        """What each comparison's weight is multiplied by, shape (comparisons,)."""
        return np.array([self.temper(kind) for kind in self.evidence])

    def with_tempers(self, tempers: Mapping[str, float]) -> EvidenceTable:
        """The same columns under other tempers."""
        return replace(self, tempers=dict(tempers))

    def pack(self) -> Packed:
        """Arrays for the pair kernel."""
        pieces = [
            column.piece(self.temper(evidence)) for evidence, column in zip(self.evidence, self.columns, strict=True)
        ]
        return pack(pieces, self.columns[0].n)

    def parts(self, left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.int64]:
        """Millibans of every comparison for listed pairs, shape (pairs, comparisons)."""
        return np.stack(
            [
                column.millibans(left, right, self.temper(evidence))
                for evidence, column in zip(self.evidence, self.columns, strict=True)
            ],
            axis=1,
        )

    def explained(self, a: int, b: int) -> list[EvidencePart]:
        """Every comparison of rows a and b with its words, rarity and tempered weight."""
        weights = self.parts(np.array([a]), np.array([b]))[0]
        return [
            EvidencePart(
                evidence.name,
                evidence.group,
                evidence.label,
                detail.words_a,
                detail.words_b,
                detail.says,
                detail.rarity,
                int(weight) / MILLIBAN,
                evidence.sensitive,
                None if sd is None else sd * self.temper(evidence),
            )
            for evidence, detail, weight, sd in zip(
                self.evidence, self.details(a, b), weights, self._sampling(a, b), strict=True
            )
        ]

    def _sampling(self, a: int, b: int) -> list[float | None]:
        return [column.sampling_sd(a, b) for column in self.columns]

    def details(self, a: int, b: int) -> list[Detail]:
        """Every comparison of rows a and b in words."""
        return [column.describe(a, b) for column in self.columns]


@dataclass(frozen=True)
class TableReadings:
    """Reports, and what they say of every kind of evidence: read when first asked for, then fitted as often as need
    be."""

    reports: Sequence[Report]
    by_source: dict[str, Readings[Any]] = field(default_factory=dict)

    def of(self, kind: Evidence) -> Readings[Any]:
        """What the reports say of one kind of evidence."""
        if kind.source not in self.by_source:
            self.by_source[kind.source] = kind.readings(self.reports)
        return self.by_source[kind.source]

    def take(self, rows: Sequence[int]) -> TableReadings:
        """What some of the reports say, in the order of `rows`, of all kinds of the catalogue."""
        return TableReadings(
            [self.reports[row] for row in rows], {kind.source: self.of(kind).take(rows) for kind in CATALOGUE}
        )

    def fit(self, kind: Evidence, parameters: Parameters) -> Column:
        """One kind's column over the reports."""
        return kind.fit_readings(self.of(kind), parameters)

    def table(self, parameters: Parameters, sensitive: bool) -> EvidenceTable:
        """Every column of the catalogue over the reports."""
        return EvidenceTable(CATALOGUE, [self.fit(kind, parameters) for kind in CATALOGUE], {}, sensitive)


def fit_table(
    reports: Sequence[Report],
    parameters: Parameters,
    sensitive: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    base: Sequence[Report] | None = None,
) -> EvidenceTable:
    """Fit every column of the catalogue to the reports; row i is reports[i]. Base rates are those of `base`, by
    default of the reports themselves."""
    read, counted = TableReadings(reports), None if base is None else TableReadings(base)
    columns: list[Column] = []
    for index, kind in enumerate(CATALOGUE):
        columns.append(kind.fit_readings(read.of(kind), parameters, None if counted is None else counted.of(kind)))
        if progress:
            progress("evidence", index + 1, len(CATALOGUE))
    return EvidenceTable(CATALOGUE, columns, {}, sensitive)
