"""Why a report stands in a series: what carries it, what it would be without, and where else it could belong.

The sampler moves one report at a time: it weighs the report's joining each series against its standing alone, all
other reports staying where they are. The strength here is that weighing, as log10 odds:

    strength = prior of joining a series of k incidents + sum of the parts, one for each comparison
    part     = scale * temper * (weight of members and report - weight of members - weight of the report alone)

The probabilities over all series and none are the softmax of the strengths (standing alone has 0). They say what
the report would do were all others settled; the final probability of a pair also counts what is open about them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from linkage.models.set_weights import GroupLeftOut, SetPart, SetWeights

Named = Mapping[int, tuple[str, ...]]
"""Reports of each unit."""


@dataclass(frozen=True, slots=True)
class MemberLeftOut:
    """A member, as the `reports` that stay together with it. Strengths are log10 odds against standing alone.

    `by_itself` is the strength with this member only; `strength` the one with all but this member, None where
    nobody is left.
    """

    reports: tuple[str, ...]
    by_itself: float
    strength: float | None


@dataclass(frozen=True, slots=True)
class Option:
    """A place for a report: a series; the `reports` of an incident that is in none; or standing alone (neither).

    `strength` is in log10 odds against standing alone. The probabilities of all options add up to 1.
    """

    series_id: str | None
    strength: float
    probability: float
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MembershipExplanation:
    """Why a report belongs, or not, to a series: prior + the parts' weights = strength (log10 odds).

    The odds are against standing alone, all other reports staying where they are. `together` are the reports that
    move with it (one incident, or decided); `members` all others; `series_id` is empty for a bare list of members.
    `members_left_out` and `groups_left_out` say what the strength would be without each, those that carry most first;
    `options` every place it could take, likeliest first; `best_alternative` the best of them but this series. `scale`
    is what the run scaled evidence by.
    """

    report_id: str
    together: tuple[str, ...]
    series_id: str
    members: tuple[str, ...]
    scale: float
    prior: float
    weight: float
    strength: float
    probability: float
    parts: tuple[SetPart, ...]
    members_left_out: tuple[MemberLeftOut, ...]
    groups_left_out: tuple[GroupLeftOut, ...]
    options: tuple[Option, ...]
    best_alternative: Option

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)


def explain_membership(
    sets: SetWeights,
    scale: float,
    names: Named,
    report: str,
    unit: int,
    series: Mapping[str, Sequence[int]],
    at: str,
    lone: Sequence[int] = (),
) -> MembershipExplanation:
    """Explain a report's place in the series `at`.

    `series` are the series it could join as units, its own not among them, and `lone` units of no series.
    """
    members = series[at]
    gain = sets.joining(unit, members)
    strength = {name: sets.joining(unit, others).strength for name, others in series.items()}
    options = options_of(strength, {names[one]: sets.joining(unit, [one]).strength for one in lone})
    here = next(option for option in options if option.series_id == at)
    left_out = [_left_out(sets, unit, members, one, names) for one in members]
    return MembershipExplanation(
        report_id=report,
        together=tuple(name for name in names[unit] if name != report),
        series_id=at,
        members=tuple(name for one in members for name in names[one]),
        scale=scale,
        prior=gain.prior,
        weight=gain.strength - gain.prior,
        strength=gain.strength,
        probability=here.probability,
        parts=sets.named_parts(gain.parts),
        members_left_out=tuple(sorted(left_out, key=_most_missed)),
        groups_left_out=sets.without_groups(gain),
        options=tuple(options),
        best_alternative=next(option for option in options if option is not here),
    )


def options_of(series: Mapping[str, float], lone: Mapping[tuple[str, ...], float] | None = None) -> list[Option]:
    """Probability of each place by its strength (log10 odds against standing alone), and of none; best first."""
    places: list[tuple[str | None, tuple[str, ...]]] = [*((name, ()) for name in series)]
    places += [(None, reports) for reports in lone or {}]
    odds = np.array([*series.values(), *(lone or {}).values(), 0.0])
    chance = 10.0 ** (odds - odds.max())
    shares = (chance / chance.sum()).tolist()
    found = [
        Option(series_id, strength, share, reports)
        for (series_id, reports), strength, share in zip([*places, (None, ())], odds.tolist(), shares, strict=True)
    ]
    return sorted(found, key=lambda one: (-one.strength, one.series_id is not None, one.series_id or "", one.reports))


def _left_out(sets: SetWeights, unit: int, members: Sequence[int], one: int, names: Named) -> MemberLeftOut:
    rest = [other for other in members if other != one]
    without = sets.joining(unit, rest).strength if rest else None
    return MemberLeftOut(names[one], sets.joining(unit, [one]).strength, without)


def _most_missed(one: MemberLeftOut) -> tuple[float, tuple[str, ...]]:
    return (-np.inf if one.strength is None else one.strength, one.reports)
