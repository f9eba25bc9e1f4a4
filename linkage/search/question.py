"""What may be asked."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

from linkage.errors import LinkageError

MUST = frozenset(
    {
        "words",
        "vehicle",
        "registration",
        "person",
        "behaviour",
        "weapon",
        "identifier",
        "setting",
        "near",
        "dates",
        "day_part",
    }
)
"""Parts of a question that may be a must, wherever in the question they were written."""

EXACT, NEAR, SIMILAR, SENTENCES = "exact", "near", "similar", "sentences"
WORDS_AS = {
    EXACT: "the words themselves, in any inflection",
    NEAR: "misspelt words too",
    SIMILAR: "words and phrases of like meaning too",
    SENTENCES: "sentences of like meaning too, by the extra `semantic`",
}
"""How words are looked for; each way includes those before it."""

NEAR_KM = 30.0
"""Radius of a place asked for without one [G]."""

_SWITCHES = ("within_km", "must", "words_as", "regions", "unsure", "without", "apart")


class QuestionError(LinkageError, ValueError):
    """A part of a question that cannot be understood; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, each part in the words of whoever asks.

    `words` is the one box: facts and words together. `registration` may hold `?` for one unknown character and `*`
    for any number. A behaviour should have happened; with a leading "+" it must have, with "-" it must not have (a
    report in which it did is left out), with "not" it should not have. `near` and `within_km` (km), `from_`, `to` and
    `day_part` leave out what certainly lies outside; `regions` keeps reports whose place is known only by region or
    not at all, `unsure` those whose date or hour is unsure or not known. `like` is the id of a report. `must` names
    parts (`MUST`) that a report has to say and agree with. `words_as` is one of `WORDS_AS`. `without` are parts of
    the question as it was understood ("Place: within 15 km of Leeds") that do not count. `apart` are reports that are
    not compared with `like`, as whoever asks is to see no score of them yet; they are not kept with the question.
    """

    words: str = ""
    vehicle: str = ""
    registration: str = ""
    person: str = ""
    behaviour: tuple[str, ...] = ()
    near: str = ""
    within_km: float | None = None
    from_: str = ""
    to: str = ""
    day_part: str = ""
    identifier: tuple[str, ...] = ()
    like: str = ""
    must: frozenset[str] = frozenset()
    words_as: str = SIMILAR
    regions: bool = True
    unsure: bool = True
    without: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Is nothing asked?"""
        return not any(getattr(self, part.name) for part in fields(self) if part.name not in _SWITCHES)

    def check(self) -> None:
        """Raise QuestionError for a question that cannot be asked."""
        if self.empty:
            raise QuestionError("Nothing is asked. Give some words, for example: silver 4x4 stocky near Manchester")
        if unknown := sorted(self.must - MUST):
            raise QuestionError(f"{unknown[0]!r} cannot be a must; these can: {', '.join(sorted(MUST))}")
        if self.words_as not in WORDS_AS:
            raise QuestionError(f"Words cannot be looked for as {self.words_as!r}; write {', '.join(WORDS_AS)}")
        if self.within_km is not None and not self.near:
            raise QuestionError("A distance needs a place: say near which town or postcode")
        if self.within_km is not None and not 0 < self.within_km < math.inf:  # which NaN is not either
            raise QuestionError(f"The distance must be more than 0 km; {self.within_km:g} was given")

    def plain(self) -> dict[str, Any]:
        """The question as plain JSON values, without the parts that are as they are by default."""
        values = asdict(self) | {"must": sorted(self.must)}
        given = [part for part in fields(self) if part.name != "apart" and getattr(self, part.name) != part.default]
        kept = {part.name: values[part.name] for part in given}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Question:
        """The question that `plain` gave. Parts that this version does not know are passed over."""
        known = {part.name for part in fields(cls)}
        values = {name: value for name, value in plain.items() if name in known}
        lists = {name: tuple(values[name]) for name in ("behaviour", "identifier", "without") if name in values}
        return cls(**(values | lists | ({"must": frozenset(values["must"])} if "must" in values else {})))
