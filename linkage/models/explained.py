"""From report ids to explained series: their units, and the series a report could join."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.arguments import UnknownReportError, known, listed, one_of, refuse, shown
from linkage.features.evidence import MILLIBAN
from linkage.features.explanation import ContextPart
from linkage.features.parameters import Parameters
from linkage.features.set_packing import pack_sets
from linkage.models.cohesion import SeriesExplanation, explain_series
from linkage.models.context import context, decided
from linkage.models.frames import frame_of
from linkage.models.membership import MembershipExplanation, explain_membership
from linkage.models.series_inference import CANDIDATE, Constraints
from linkage.models.set_weights import SetWeights

if TYPE_CHECKING:
    from linkage.models.scored import Scored

SeriesLike = pd.DataFrame | Mapping[str, Sequence[str]] | Sequence[str]
"""Series as a frame like series.csv, as members by series id, or the members of one."""


class Explainer:
    """Explains series of scored reports, under one scale of the evidence and one set of constraints."""

    def __init__(self, scored: Scored, parameters: Parameters, scale: float, constraints: Constraints) -> None:
        self.scored, self.scale, self.constraints = scored, scale, constraints
        layout = scored.layout(parameters, constraints)
        self.unit = layout.unit
        self._apart = layout.held_apart | {(b, a) for a, b in layout.held_apart}
        self._names: dict[int, tuple[str, ...]] = {}
        for row, unit in enumerate(self.unit.tolist()):
            self._names[unit] = tuple(sorted({*self._names.get(unit, ()), *scored.rows[row]}))
        table = scored.table
        self._sets = SetWeights(
            pack_sets([column.set_piece() for column in table.columns], len(scored.rows)),
            table.evidence,
            scale * scored.series_tempers,
            layout.prior,
            self.unit,
            layout.ties,
        )

    def membership(self, report: str, series: SeriesLike, series_id: str | None = None) -> MembershipExplanation:
        """Explain a report's place in `series_id`, else in the series that names it, else in the one it fits best."""
        unit, named = self._unit("report", report), members_by_series(series)
        others = {name: self._units(f"series[{name!r}]", members) for name, members in named.items()}
        places = {name: [one for one in units if one != unit] for name, units in others.items()}
        one_of("at", series_id, (str, NoneType), "give the id of a series, or None")
        if series_id is not None and series_id not in named:
            raise UnknownReportError(
                f"at={shown(series_id)} names none of the series: give one of {shown(list(named))}"
            )
        own = [name for name, members in named.items() if report in members]
        open_to = {name: units for name, units in places.items() if units and self._may_join(unit, units)}
        if series_id is None and not own and not open_to:
            raise refuse("series", series, f"there is none in it that {report} may join; name one with at, or others")
        home = series_id if series_id is not None else own[0] if own else self._likeliest(unit, open_to)
        if not places[home]:
            cure = f"there is no other incident than that of {report} in it; name a series of several incidents"
            raise refuse("at" if home else "series", home or series, cure)
        near = self._near(unit)
        options = {home: places[home]} | {name: units for name, units in open_to.items() if near & set(units)}
        lone = set() if "" in named else near.difference([unit], *others.values())
        free = [one for one in sorted(lone) if self._may_join(unit, [one])]
        return explain_membership(self._sets, self.scale, self._names, report, unit, options, home, free)

    def series(self, members: Iterable[str]) -> SeriesExplanation:
        """Explain the series of these reports."""
        units = self._units("members", listed("members", members, str, "give a list of report ids"))
        if len(units) < 2:
            raise refuse("members", members, "a series has at least two incidents; give reports of several")
        return explain_series(self._sets, self.scale, self._names, units)

    def pair(self, a: str, b: str, strength: float, final: float) -> tuple[ContextPart, ...]:
        """What adds up from the strength of a pair alone to its final log10 odds, other reports named."""
        one, other = self._unit("a", a), self._unit("b", b)
        if one == other or not self._may_join(one, [other]):
            return decided(strength, final)
        tied = self._ties([one, other])
        near = np.flatnonzero(tied > CANDIDATE)
        near = near[np.argsort(-tied[near], kind="stable")]
        others = [unit for unit in near.tolist() if unit not in (one, other)]
        return context(self._sets, self._names, (one, other), others, self._apart, (strength, final))

    def _unit(self, name: str, report: str) -> int:
        return int(self.unit[self.scored.row_of[known(name, report, self.scored.row_of)]])

    def _units(self, name: str, reports: Sequence[str]) -> list[int]:
        return sorted({self._unit(f"{name}[{at}]", report) for at, report in enumerate(reports)})

    def _may_join(self, unit: int, units: Sequence[int]) -> bool:
        return not any((unit, other) in self._apart for other in units)

    def _likeliest(self, unit: int, places: Mapping[str, Sequence[int]]) -> str:
        return max(sorted(places), key=lambda name: self._sets.joining(unit, places[name]).strength)

    def _near(self, unit: int) -> set[int]:
        """Units with a candidate pair of this one: those whose series the sampler weighs."""
        return set(np.flatnonzero(self._ties([unit]) > CANDIDATE).tolist())

    def _ties(self, units: Sequence[int]) -> NDArray[np.float64]:
        """Strength of the strongest pair of rows of these units with every unit, log10 odds, shape (units,)."""
        mine, rows = self._sets.rows(units), len(self.unit)
        left, right = np.repeat(mine, rows), np.tile(np.arange(rows), len(mine))
        weights = self.scored.table.parts(left, right).sum(axis=1) / MILLIBAN
        found = np.full(int(self.unit.max()) + 1, -np.inf)
        np.maximum.at(found, self.unit[right], self.scored.prior + weights)
        return found


def members_by_series(series: SeriesLike) -> dict[str, list[str]]:
    """Report ids of each series, by its id; a bare list of members is a series without a name."""
    if isinstance(series, pd.DataFrame):
        frame_of("series", series, ("series_id", "report_id"), "cluster")
        found: dict[str, list[str]] = {}
        for name, report in zip(series["series_id"], series["report_id"], strict=True):
            found.setdefault(str(name), []).append(str(report))
        return found
    cure = "give a frame as cluster gives it, lists of report ids by series id, or ids of reports"
    if isinstance(series, Mapping):
        listed("series", list(series), str, cure)
        return {name: listed(f"series[{name!r}]", members, str, cure) for name, members in series.items()}
    return {"": listed("series", series, str, cure)}
