"""Errors and calibration by stratum: distance, length of series, who reports, how much is told, group and area.

A stratum is either of pairs (how far apart their places are, whether they look alike) or of reports; then a pair
belongs to it when at least one of its reports does, so that a pair of two kinds counts for both. Figures have no
intervals: each stands beside what it was counted from. `groups.py` has intervals for perceived groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.groups import EVEN, FEW_LINKS, GROUPINGS, NOT_RECORDED
from linkage.evaluation.ranking import FAR_KM, LinkRanks, Ranking, link_ranks
from linkage.evaluation.run_evaluation import KINDS, NEAR_KM, kinds_in_words
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs
from linkage.report import Report

Flags = NDArray[np.bool_]

DISTANCES = (NEAR_KM, 20.0, FAR_KM, 150.0)
"""Kilometres that part the pairs [G]; 20 and 50 are where the calibration begins to count the distance."""

LENGTHS = {2: "two incidents", 5: "three to five", 10_000: "six or more"}
"""Incidents that a series has at most -> words [G]."""

BANDS = ((0.1, 0.3), (0.3, 0.5), (0.5, 0.8), (0.8, 1.0))
"""Probabilities within which what is said is held against what is true: the last band holds 1 [G]."""

COMMON_MAKE = 0.01
"""Share of the reports that tell of a car of one make from which the make is a common one [G]."""


@dataclass(frozen=True)
class Stratum:
    """Which `pairs` (pairs,) are counted, and whose lists are read: the `asking` reports (reports,)."""

    by: str
    group: str
    pairs: Flags
    asking: Flags


@dataclass(frozen=True)
class Band:
    """`n` pairs said to be linked with a probability from `low`, `said` their mean and `linked` how many are."""

    low: float
    high: float
    n: int
    said: float
    linked: int

    @property
    def share(self) -> float:
        """Share of links; nan without a pair."""
        return self.linked / self.n if self.n else float("nan")

    def with_more(self, other: Band) -> Band:
        """This and the same band of other pairs."""
        n = self.n + other.n
        said = sum(one.n * one.said for one in (self, other) if one.n) / n if n else float("nan")
        return replace(self, n=n, said=said, linked=self.linked + other.linked)


@dataclass(frozen=True)
class Row:
    """What was counted in one stratum: asking `reports`, `links`, and those of them `found`, said over one half.

    `asked` is how often a link is sought in the list of an asking report, `first` how often it is among the first ten
    (ties in random order); `expected` is the sum of all probabilities. Shares are nan below `FEW_LINKS` links.
    """

    by: str
    group: str
    reports: int
    links: int
    found: int
    asked: int
    first: float
    expected: float
    bands: tuple[Band, ...]

    @property
    def first_ten(self) -> float:
        """Recall in the first ten of a report's list."""
        return self._share(self.first, self.asked)

    @property
    def found_share(self) -> float:
        """Share of links said over one half."""
        return self._share(self.found, self.links)

    @property
    def expected_over_true(self) -> float:
        """Links expected for each true one."""
        return self._share(self.expected, self.links)

    def _share(self, part: float, whole: float) -> float:
        return part / whole if self.links >= FEW_LINKS and whole else float("nan")

    def with_more(self, other: Row) -> Row:
        """This and the same stratum of another world, counted together."""
        bands = tuple(one.with_more(more) for one, more in zip(self.bands, other.bands, strict=True))
        counts = ("reports", "links", "found", "asked", "first", "expected")
        return replace(self, bands=bands, **{name: getattr(self, name) + getattr(other, name) for name in counts})


def pooled(worlds: Sequence[Sequence[Row]]) -> list[Row]:
    """Strata of several worlds, each counted over all of them."""
    found: dict[tuple[str, str], Row] = {}
    for row in (row for world in worlds for row in world):
        key = (row.by, row.group)
        found[key] = found[key].with_more(row) if key in found else row
    order = {by: place for place, by in enumerate(dict.fromkeys(by for by, _ in found))}
    return sorted(found.values(), key=lambda row: order[row.by])


def rows(pairs: EvaluatedPairs, scores: Scores) -> list[Row]:
    """All strata, everything first. ValueError when the scores state no probability."""
    if scores.probability is None:
        raise ValueError("strata need probabilities, and this way of linking states none")
    level = Ranking.of(pairs.linked, scores.value).level
    ranks = link_ranks(pairs.left, pairs.right, pairs.linked, level)
    return [_row(one, pairs, scores.probability, ranks) for one in strata(pairs)]


def strata(pairs: EvaluatedPairs) -> Iterator[Stratum]:
    """Every stratum of these pairs that has a pair."""
    yield Stratum("all", "all pairs", np.ones(len(pairs), np.bool_), np.ones(len(pairs.reports), np.bool_))
    for by, of_pairs in {"distance": distance_bands, "look-alikes": look_alikes}.items():
        for group, chosen in of_pairs(pairs).items():
            yield Stratum(by, group, chosen, np.ones(len(pairs.reports), np.bool_))
    for by, of_reports in REPORT_GROUPS.items():
        labels = np.array(of_reports(pairs), dtype=object)
        for group in sorted({label for label in labels if label}, key=lambda one: (one == NOT_RECORDED, one)):
            asking = np.asarray(labels == group, dtype=np.bool_)
            yield Stratum(by, group, asking[pairs.left] | asking[pairs.right], asking)


def distance_bands(pairs: EvaluatedPairs) -> dict[str, Flags]:
    """Pairs by how far apart their places are."""
    edges = [0.0, *DISTANCES, np.inf]
    names = [f"{low:g} to {high:g} km" for low, high in pairwise(edges[:-1])]
    found = {
        name: (pairs.km >= low) & (pairs.km < high)
        for name, low, high in zip([*names, f"over {edges[-2]:g} km"], edges[:-1], edges[1:], strict=True)
    }
    return {f"over {FAR_KM:g} km, all": pairs.km > FAR_KM, **found, "distance not known": np.isnan(pairs.km)}


def look_alikes(pairs: EvaluatedPairs) -> dict[str, Flags]:
    """Pairs of one town with a car of one common make: what different people share most easily."""
    makes = [{car.make for car in one.vehicles if car.make} for one in pairs.reports]
    told = Counter(make for own in makes for make in own)
    places: dict[tuple[str, str], list[int]] = {}
    for row, (one, own) in enumerate(zip(pairs.reports, makes, strict=True)):
        for make in own:
            if one.place.town and told[make] >= COMMON_MAKE * len(makes):
                places.setdefault((one.place.town, make), []).append(row)
    alike = {pair for members in places.values() for pair in combinations(members, 2)}
    both = zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    return {"one town, one common make": np.fromiter((pair in alike for pair in both), np.bool_, len(pairs))}


def lengths(pairs: EvaluatedPairs) -> list[str]:
    """For each report, how long its person's series is; nothing for one-offs."""
    incident = np.arange(len(pairs.reports)) if pairs.incident is None else pairs.incident
    own: dict[int, set[int]] = {}
    for person, one in zip(pairs.person.tolist(), incident.tolist(), strict=True):
        own.setdefault(person, set()).add(one)
    sizes = [len(own[person]) for person in pairs.person.tolist()]
    return ["" if size < 2 else next(words for most, words in LENGTHS.items() if size <= most) for size in sizes]


def reach_of_links(pairs: EvaluatedPairs) -> list[str]:
    """For each report with a link, whether its links are all far, partly, or none of them; unknown counts as near."""
    size, far = len(pairs.reports), pairs.linked & (pairs.km > FAR_KM)

    def counted(chosen: Flags) -> NDArray[np.int64]:
        """Chosen pairs of each report."""
        return np.bincount(np.concatenate([pairs.left[chosen], pairs.right[chosen]]), minlength=size)

    return [
        "" if not every else "all far" if over == every else "some far" if over else "none far"
        for over, every in zip(counted(far).tolist(), counted(pairs.linked).tolist(), strict=True)
    ]


def completeness(pairs: EvaluatedPairs) -> list[str]:
    """For each report, how many kinds of fact it tells."""
    return [kinds_in_words(sum(kind(one) for kind in KINDS.values())) for one in pairs.reports]


def _by(of: Callable[[Report], str]) -> Callable[[EvaluatedPairs], Sequence[str]]:
    return lambda pairs: [of(one) for one in pairs.reports]


REPORT_GROUPS: dict[str, Callable[[EvaluatedPairs], Sequence[str]]] = {
    "length of the series": lengths,
    "links over 50 km": reach_of_links,
    "what is told": completeness,
    **{name: _by(of) for name, of in GROUPINGS.items()},
}
"""What reports are parted by: the group of each report, nothing for those that are in none."""


def _row(one: Stratum, pairs: EvaluatedPairs, probability: NDArray[np.float64], ranks: LinkRanks) -> Row:
    links = one.pairs & pairs.linked
    asked = one.asking[ranks.query] & links[ranks.pair]
    return Row(
        by=one.by,
        group=one.group,
        reports=int(one.asking.sum()),
        links=int(links.sum()),
        found=int((links & (probability > EVEN)).sum()),
        asked=int(asked.sum()),
        first=float(ranks.among_first()[asked].sum()),
        expected=float(probability[one.pairs].sum()),
        bands=tuple(_band(low, high, one.pairs, pairs.linked, probability) for low, high in BANDS),
    )


def _band(low: float, high: float, chosen: Flags, linked: Flags, probability: NDArray[np.float64]) -> Band:
    here = chosen & (probability >= low) & ((probability < high) | (high == 1.0))
    said = float(probability[here].mean()) if here.any() else float("nan")
    return Band(low, high, int(here.sum()), said, int((here & linked).sum()))
