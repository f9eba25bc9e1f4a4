"""What an explained series and an explained place in one say, in plain words with the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkage.models.cohesion import LeftOut, SeriesExplanation, Split
from linkage.models.membership import Option
from linkage.models.set_weights import SetPart
from linkage.review.strength import LEAST_SHOWN, signed

EVEN = 0.18
"""Log10 odds under which two things are about equally likely: less than one and a half to one [G]."""

_APART = "It falls apart as it stands"
NAMED = 4
"""Reports of a side or comparisons of a group that are named one by one."""
FEW = 3
"""Reports and kinds of evidence that one line names [G]."""


@dataclass(frozen=True, slots=True)
class PartSides:
    """Parts by what they say, the heaviest first: for and against."""

    supports: list[SetPart]
    against: list[SetPart]


def part_sides(parts: Iterable[SetPart]) -> PartSides:
    """Parts that weigh something, by the side they speak for."""
    ordered = sorted(parts, key=lambda part: (-abs(part.weight), part.label))
    return PartSides(
        [part for part in ordered if part.weight >= LEAST_SHOWN],
        [part for part in ordered if part.weight <= -LEAST_SHOWN],
    )


def times_words(log10_odds: float) -> str:
    """How many times likelier, from log10 odds of either sign: "about 35 times"."""
    times = 10 ** min(abs(log10_odds), 9.0)
    if times > 1000:
        return "over 1,000 times"
    return f"about {float(f'{times:.2g}'):g} times"


def reports_words(reports: Sequence[str]) -> str:
    """Reports by their ids, or how many where they are many."""
    if len(reports) > NAMED:
        return f"{len(reports)} reports"
    return reports[0] if len(reports) == 1 else f"{', '.join(reports[:-1])} and {reports[-1]}"


def whole_words(split: Split) -> str:
    """Kept whole against its best split, in one sentence."""
    parted = f"{reports_words(split.second)} apart from {reports_words(split.first)}"
    how = "its best split" if split.exact else "the best split that was found"
    if abs(split.strength) < EVEN:
        return f"One series and {how}, {parted}, are about equally likely."
    if split.strength > 0:
        return f"One series is {times_words(split.strength)} likelier than {how}: {parted}."
    return f"Two series are {times_words(split.strength)} likelier than one: {parted}."


def hangs_on_words(explanation: SeriesExplanation) -> list[str]:
    """Without which reports and which evidence it would fall apart, in a few sentences."""
    members = [(reports_words(one.reports), one.whole) for one in explanation.members_left_out]
    groups = [(group_words(one.group, explanation.parts), one.whole) for one in explanation.groups_left_out]
    if explanation.split.strength <= -EVEN:  # to name what it would fall apart without would name nearly everything
        mended = [words for words, whole in (*members, *groups) if whole is not None and whole >= EVEN]
        without = f"; without one of these it would hold: {'; '.join(mended)}" if mended else ""
        return [f"{_APART}{without}."]
    told = _losses("reports", members) if len(members) > 2 else []
    return [*told, *_losses("kinds of evidence", groups)]


def hangs_on_line(explanation: SeriesExplanation) -> str:
    """The reports and the kinds of evidence without which it would fall apart, the first few of each, in one line."""
    if explanation.split.strength <= -EVEN:
        return f"nothing more: {_APART[0].lower()}{_APART[1:]}"
    members = [reports_words(one.reports) for one in explanation.members_left_out if one.falls_apart]
    groups = [group_words(one.group, explanation.parts) for one in explanation.groups_left_out if one.falls_apart]
    found = [_few(members) if len(explanation.members_left_out) > 2 else "", _few(groups)]
    return "; ".join(filter(None, found)) or "no single report and no single kind of evidence"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return ", ".join(names[:FEW]) + more


def _losses(things: str, left: Sequence[tuple[str, float | None]]) -> list[str]:
    """What it would fall apart without, and without what one series and two would be equally likely."""
    fallen = [words for words, whole in left if whole is None or whole <= -EVEN]
    even = [words for words, whole in left if whole is not None and abs(whole) < EVEN]
    told = [
        f"If one of these {things} were taken away, it would {outcome}: {'; '.join(words)}."
        for words, outcome in ((fallen, "fall apart"), (even, "be about as likely two series as one"))
        if words
    ]
    return told or [f"It would hold without any one of its {things}."]


def group_words(group: str, parts: Iterable[SetPart]) -> str:
    """A group by the comparisons of it that weigh something here, the heaviest first."""
    inside = [part for part in parts if part.group == group]
    weighty = [part for part in inside if abs(part.weight) >= LEAST_SHOWN] or inside
    labels = [part.label.lower() for part in sorted(weighty, key=lambda part: (-abs(part.weight), part.label))]
    more = f" and {len(labels) - NAMED} more" if len(labels) > NAMED else ""
    return ", ".join(labels[:NAMED]) + more


def option_words(option: Option) -> str:
    """A place for a report: a series, a report that is in none, or standing alone."""
    if option.reports:
        return f"with {reports_words(option.reports)}, in no series"
    if option.series_id is None:
        return "standing alone"
    return f"series {option.series_id}" if option.series_id else "this series"


def left_words(one: LeftOut) -> str:
    """What a series is without something: its strength as a whole, in a word and a number."""
    if one.whole is None:
        return "one report is left"
    word = "about even" if abs(one.whole) < EVEN else "holds" if one.whole > 0 else "falls apart"
    return f"{word} {signed(one.whole)}"


def provisional_words(record: Mapping[str, Any]) -> str:
    """Which series of a run are provisional, by its record; empty where none is."""
    told = record.get("update", {}).get("provisional") or {}
    if not told:
        return ""
    names, count = told["near"], len(told["series"])
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    near = f"near {', '.join(names[:NAMED])}{more}" if names else "near what is gone"
    which = {0: "What is believed of series", 1: "One series"}.get(count, f"{count} series")
    return f"{which} {near} {'is' if count < 2 else 'are'} provisional until the next update"
