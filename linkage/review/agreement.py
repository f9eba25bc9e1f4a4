"""How far two analysts agree: what blind second checks say of the first ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linkage.review.decision import Decision
from linkage.review.standing import in_force
from linkage.wilson import wilson

ANSWERS = ("link", "not_linked", "same_incident")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of `both` questions that two analysts answered, the second blind, they gave one answer on `agreed`."""

    both: int
    agreed: int

    @property
    def words(self) -> str:
        """The finding in a sentence, with its 95 % interval (Wilson 1927 [M])."""
        if not self.both:
            return "No question was answered by two analysts yet, so how far they agree is not known"
        low, high = wilson(self.agreed, self.both)
        return (
            f"of {self.both:,} questions that a second analyst answered blind, the answer was the same on "
            f"{self.agreed:,} ({low:.0%} to {high:.0%} of all)"
        )


def agreement(decisions: Iterable[Decision]) -> Agreement:
    """Agreement over blind second checks in force; an answer that is left open on either side tells nothing."""
    valid = in_force(decisions)
    by_id = {one.id: one for one in valid}
    pairs = [(by_id[one.second_of], one) for one in valid if one.blind and one.second_of in by_id]
    told = [(a, b) for a, b in pairs if a.judgement in ANSWERS and b.judgement in ANSWERS and a.analyst != b.analyst]
    return Agreement(len(told), sum(a.judgement == b.judgement for a, b in told))
