"""Strength and probability in words, always with the number beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from linkage.features.explanation import EvidencePart, Explanation
from linkage.models.prior import probability_of as probabilities_of

_BANDS = ((2.0, "very strong"), (1.0, "strong"), (0.0, "moderate"), (-1.0, "weak"))
"""Lowest log10 odds of each word [G]: moderate is more likely than not, strong ten to one, very strong a hundred."""

SIGNS: Mapping[str, str] = {"agrees": "+", "close": "~", "differs": "-", "not mentioned": "o", "not known": "?"}
"""A sign beside every word, so that nothing rests on colour."""

NOT_KNOWN, NOT_MENTIONED = "not known", "not mentioned"
"""What a comparison says where a side tells nothing of what happened, and where it tells of that but not of this."""

SILENCE = (
    "Not mentioned: one report tells this, the other tells what happened but does not mention it, or neither does. "
    "People leave out much, so each such thing weighs little; it is not the same as saying that it did not happen."
)
"""What "not mentioned" means, wherever it is shown."""


def strength_word(log10_odds: float) -> str:
    """The word for a strength in log10 odds: very strong, strong, moderate, weak or very weak."""
    return next((word for least, word in _BANDS if log10_odds >= least), "very weak")


def signed(value: float, digits: int = 2) -> str:
    """A weight or strength with its sign; what rounds to nothing has none."""
    rounded = round(value, digits)
    return f"{rounded:+.{digits}f}" if rounded else f"{0:.{digits}f}"


def strength_words(log10_odds: float, digits: int = 2) -> str:
    """A strength in a word with its number beside it; the word is that of the number as it is shown."""
    return f"{strength_word(round(log10_odds, digits))} {signed(log10_odds, digits)}"


def alone_words(log10_odds: float, digits: int = 2) -> str:
    """A report's strength beside a series, without a word: it weighs the series against standing alone, while the
    chance beside it counts every place that the report could take."""
    return f"{signed(log10_odds, digits)} against standing alone"


def interval_words(explanation: Explanation) -> str:
    """Where the strength of a pair alone would lie if its base rates were counted in other reports, and what that
    leaves out."""
    found = explanation.interval
    left_out = f"; {', '.join(found.without).lower()} not in it" if found.without else ""
    ends = interval_ends(explanation)
    return f"at most {ends} in nine of ten counts of as many reports{left_out}, nor how unsure elicited numbers are"


def interval_ends(explanation: Explanation, digits: int = 2) -> str:
    """Both ends of the interval of a pair's strength (log10 odds)."""
    found = explanation.interval
    return f"{signed(found.low, digits)} to {signed(found.high, digits)}"


def counted(number: int, thing: str) -> str:
    """A number of things, as "1 report" or "12 reports"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def chance_words(probability: float) -> str:
    """A probability as a count out of ten, or out of a hundred where it is small; never certainty."""
    if probability >= 0.95:
        return "more than 9 in 10"
    if probability >= 0.095:
        return f"about {round(probability * 10)} in 10"
    if probability >= 0.01:
        return f"about {round(probability * 100)} in 100"
    return "fewer than 1 in 100"


def percent(probability: float) -> str:
    """A probability in per cent, never 0 or 100."""
    return "over 99 %" if probability > 0.99 else "under 1 %" if probability < 0.01 else f"{probability:.0%}"


def probability_of(log10_odds: float) -> float:
    """Probability of a strength in log10 odds."""
    return float(probabilities_of(np.array([log10_odds]))[0])


@dataclass(frozen=True, slots=True)
class Sides:
    """The evidence of a pair by what it says, the heaviest first: for, against, without weight, not mentioned with
    next to no weight (with more it speaks for a side), and not known."""

    supports: list[EvidencePart]
    against: list[EvidencePart]
    neutral: list[EvidencePart]
    silent: list[EvidencePart]
    unknown: list[EvidencePart]


LEAST_SHOWN = 0.05
"""A weight that rounds to 0.0 speaks for neither side."""

LEAST_SIGNED = 0.005
"""A weight that rounds to 0.00 has no sign of its own."""

AS_USUAL, UNUSUAL = "as often happens with others", "less than is usual"
"""Why what agrees can speak against a link, and what differs for it."""


def side_of(says: str, weight: float) -> tuple[str, str]:
    """Whose sign of `SIGNS` stands beside a comparison, and what is to be added to what it says: the sign goes by the
    weight, so that it never contradicts the side that the comparison speaks for."""
    if says in ("agrees", "close") and weight <= -LEAST_SIGNED:
        return "differs", AS_USUAL
    if says == "differs" and weight >= LEAST_SIGNED:
        return "close", UNUSUAL
    return says, ""


def sides(explanation: Explanation) -> Sides:
    """Sort the parts of an explanation by the side they speak for; what rounds to 0.0 speaks for neither."""
    ordered = sorted(explanation.parts, key=lambda part: (-abs(part.weight), part.label))
    known = [part for part in ordered if part.says != NOT_KNOWN]
    light = [part for part in known if abs(part.weight) < LEAST_SHOWN]
    return Sides(
        supports=[part for part in known if part.weight >= LEAST_SHOWN],
        against=[part for part in known if part.weight <= -LEAST_SHOWN],
        neutral=[part for part in light if part.says != NOT_MENTIONED],
        silent=[part for part in light if part.says == NOT_MENTIONED],
        unknown=[part for part in ordered if part.says == NOT_KNOWN],
    )


def gave_a_value(explanation: Explanation) -> list[EvidencePart]:
    """The comparisons that both reports say something of, in the order of the catalogue."""
    return [part for part in explanation.parts if part.says not in (NOT_KNOWN, NOT_MENTIONED)]


def without(explanation: Explanation, most: int = 3) -> list[tuple[EvidencePart, float]]:
    """The heaviest parts for a link, each with the strength (log10 odds) that is left without it."""
    return [(part, explanation.strength - part.weight) for part in sides(explanation).supports[:most]]
