"""What may be asked."""

from __future__ import annotations

from dataclasses import dataclass, fields

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
    }
)
"""Parts of a question that may be a must, wherever in the question they were written."""


class QuestionError(ValueError):
    """A part of a question that cannot be understood; the message says which and what to write."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, each part in the words of whoever asks.

    `words` is the one box: facts and words together. `registration` may hold `?` for one unknown character and `*`
    for any number. A behaviour with a leading "-" or "not" should not have happened. `near` and `within_km` (km),
    `from_` and `to` leave out what certainly lies outside. `like` is the id of a report. `must` names parts
    (`MUST`) that a report has to say and agree with.
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
    like: str = ""
    must: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Is nothing asked?"""
        return not any(getattr(self, part.name) for part in fields(self) if part.name not in ("within_km", "must"))

    def check(self) -> None:
        """Raise QuestionError for a question that cannot be asked."""
        if self.empty:
            raise QuestionError("Nothing is asked. Give some words, for example: silver 4x4 stocky near Manchester")
        if unknown := sorted(self.must - MUST):
            raise QuestionError(f"{unknown[0]!r} cannot be a must; these can: {', '.join(sorted(MUST))}")
        if self.within_km is not None and not self.near:
            raise QuestionError("A distance needs a place: say near which town or postcode")
        if self.within_km is not None and self.within_km <= 0:
            raise QuestionError("The distance must be more than 0 km")
