"""Phones, e-mail addresses, usernames and websites used by the reported person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from linkage.features.evidence import Encode, Evidence, Fitted
from linkage.features.newcomer import Newcomer
from linkage.features.parameters import Parameters
from linkage.features.partial import Spread, partial
from linkage.features.readings import Readings
from linkage.features.sparse import Compared, Holders, SparseColumn, value_column
from linkage.intake.values.vehicles.registration import fits_pattern
from linkage.report import Identifier, Report

KIND_WORDS = {"email": "e-mail", "username": "username", "website": "website"}
"""What is said before a value that does not tell its kind by itself."""


InPart = tuple[dict[tuple[str, str], float], dict[str, str]]
"""Likelihood ratios of two values that can be one and are not both full, and partial ones in words."""


@dataclass(frozen=True, eq=False)
class IdentifierReadings(Readings[tuple[str, ...]]):
    """The distinct values of each report as "kind:value", sorted; they are of these `kinds`."""

    kinds: tuple[str, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many reports hold each value."""
        return Counter(value for values in self.rows for value in values)

    @cached_property
    def in_part(self) -> InPart:
        """Values that are known in part, among these reports."""
        return self.in_part_among(self)

    def in_part_among(self, counted: IdentifierReadings) -> InPart:
        """Values that are known in part, as rare as they are among the full ones of `counted`."""
        ratios: dict[tuple[str, str], float] = {}
        known: dict[str, str] = {}
        for kind in self.kinds:
            values = sorted(_text(value) for value in self.counts if _kind(value) == kind)
            full = sorted(_text(value) for value in counted.counts if _kind(value) == kind and not partial(value))
            spread = Spread(full, kind == "phone")
            for one, other, ratio in _partial_pairs(values, spread):
                ratios[f"{kind}:{min(one, other)}", f"{kind}:{max(one, other)}"] = ratio
            known |= {f"{kind}:{value}": spread.described(value) for value in values if partial(value)}
        return ratios, known


@dataclass(frozen=True)
class IdentifierEvidence(Evidence):
    """The same phone or account in two reports.

    Ratio 1 - s + s/p, with s = `consistency` the chance that one person used the same one both times and p the
    chance that an unrelated report holds it: its count over the reports that hold any, plus `population` others
    that nobody has reported. Where a part is not known, p is at least what the full values at hand say of the known
    part (`partial.Spread`).

    Parameters: consistency, population.
    """

    learnable: ClassVar[tuple[str, ...]] = ("consistency",)
    kinds: tuple[str, ...] = ("phone",)

    def readings(self, reports: Sequence[Report]) -> IdentifierReadings:
        """The values of each report, as "kind:value"."""
        return IdentifierReadings(tuple(self._held(report) for report in reports), self.kinds)

    def fit_readings(
        self, read: Readings[Any], parameters: Parameters, base: Readings[Any] | None = None
    ) -> SparseColumn:
        """Compare equal values, and partly known ones with all that they can be."""
        assert isinstance(read, IdentifierReadings)
        counted = read if base is None else base
        assert isinstance(counted, IdentifierReadings)
        held, counts, told = read.rows, read.counts, counted.counts
        same = parameters.get(self.name, "consistency")
        others = sum(map(bool, counted.rows)) + parameters.get(self.name, "population")
        chance = {value: max(1, told[value]) / others for value in counts}
        # two reports that share a value are two that hold it, whatever was counted
        ratios = {(value, value): others / max(2, told[value]) for value in counts if not partial(value)}
        in_part, known = read.in_part if counted is read else read.in_part_among(counted)
        ratios |= {keys: min(ratio, 1 / max(chance[key] for key in keys)) for keys, ratio in in_part.items()}
        compared: Compared = {keys: float(np.log10(1 - same + same * ratio)) for keys, ratio in ratios.items()}

        def explain(a: int, b: int) -> str:
            """What rows a and b share, or in how many reports each shared value stands, joined by semicolons."""
            shared = [
                known.get(one) or known.get(other) or f"in {counts[one]} reports"
                for one in held[a]
                for other in held[b]
                if (min(one, other), max(one, other)) in compared
            ]
            return "; ".join(dict.fromkeys(shared))

        column = value_column(held, compared, float(np.log10(1 - same)), explain)
        return replace(column, words=["; ".join(map(_said, values)) or "not known" for values in held])

    def newcomers(self, fitted: Fitted) -> Encode:
        """Compare its values with equal ones and with all that they or their parts can be."""
        column, reports, parameters = fitted.column, fitted.reports, fitted.parameters
        assert isinstance(column, SparseColumn)
        holders = Holders(column, [self._held(report) for report in reports])
        counts, same = holders.counts, parameters.get(self.name, "consistency")
        others = int(column.recorded.sum()) + 1 + parameters.get(self.name, "population")
        kinds = {kind: _Held([key for key in holders.values if _kind(key) == kind], kind) for kind in self.kinds}

        def compared(key: str) -> Iterator[tuple[int, float]]:
            """Places of the held values that a key agrees with, each with its ratio; values told in part too."""
            at = holders.place.get(key)
            common = (int(counts[at]) + 1 if at is not None else 1) / others
            if at is not None and not partial(key):
                yield at, 1.0 / common
            for other, ratio in kinds[_kind(key)].fitting(_text(key)):
                there = holders.place[f"{_kind(key)}:{other}"]
                yield there, min(ratio, 1.0 / max(common, (int(counts[there]) + (there == at)) / others))

        def encode(report: Report) -> Newcomer | None:
            """The weight beside every report; None where it tells no identifier of these kinds."""
            own = self._held(report)
            found = [(at, float(np.log10(1 - same + same * ratio))) for key in own for at, ratio in compared(key)]
            return holders.newcomer(own, found, "; ".join(map(_said, own)))

        return encode

    def _held(self, report: Report) -> tuple[str, ...]:
        return tuple(sorted({_key(item) for item in report.identifiers if item.kind in self.kinds}))


class _Held:
    """Held values of one kind, to find those that another one can be where one of the two is known in part."""

    def __init__(self, keys: Sequence[str], kind: str) -> None:
        values = [_text(key) for key in keys]
        self.parts = [value for value in values if partial(value)]
        self.full = {value for value in values if not partial(value)}
        self.spread = Spread([value for value in values if not partial(value)], kind == "phone")
        for value in self.parts:
            self.spread.described(value)

    def fitting(self, value: str) -> Iterator[tuple[str, float]]:
        """Held values that `value` can be, with the likelihood ratio of the two."""
        near = [other for other in self.parts if _may_be_one(value, other) and fits_pattern(value, other)]
        if partial(value):
            yield from ((other, self.spread.to_partial(*sorted((value, other)))) for other in near)
            yield from ((full, self.spread.to_full(value)) for full in self.spread.fitting(value))
        elif value in self.full:
            yield from ((other, self.spread.to_full(other)) for other in near)
        else:
            yield from ((other, self.spread.to_new(other)) for other in near)


def _partial_pairs(values: Sequence[str], spread: Spread) -> Iterator[tuple[str, str, float]]:
    """Every two values that can be one and are not both full, with their likelihood ratio, each pair once."""
    parts, held, counted = [value for value in values if partial(value)], set(values), set(spread.full)
    new = [value for value in values if not partial(value) and value not in counted]
    for at, one in enumerate(parts):
        for full in spread.fitting(one):
            if full in held:
                yield one, full, spread.to_full(one)
        for full in new:
            if _may_be_one(one, full) and fits_pattern(one, full):
                yield one, full, spread.to_new(one)
        for other in parts[at:]:
            if _may_be_one(one, other) and fits_pattern(one, other):
                yield one, other, spread.to_partial(one, other)


def _may_be_one(one: str, other: str) -> bool:
    """False where the first or the last characters differ: saves a dearer look."""
    return all(a == b or "?" in (a, b) or "*" in (a, b) for a, b in ((one[0], other[0]), (one[-1], other[-1])))


def _key(item: Identifier) -> str:
    return f"{item.kind}:{item.value}"


def _kind(key: str) -> str:
    return key.split(":", 1)[0]


def _text(key: str) -> str:
    return key.split(":", 1)[1]


def _said(key: str) -> str:
    """The value as a person reads it, with its kind where that cannot be told from it."""
    return f"{KIND_WORDS.get(_kind(key), '')} {_text(key)}".strip()


IDENTIFIERS: list[Evidence] = [
    IdentifierEvidence(
        "phone",
        "Phone",
        "identifier",
        "Phone numbers used by the reported person; a partial one says as much as its part is rare among full ones.",
    ),
    IdentifierEvidence(
        "account",
        "E-mail or username",
        "identifier",
        "E-mail addresses, usernames and websites used.",
        kinds=("email", "username", "website", "other"),
    ),
]
