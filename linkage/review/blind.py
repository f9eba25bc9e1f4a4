"""What somebody has still to decide with all scores hidden: pairs drawn at random, and what waits for their second
check. The one rule for pages and commands; what is not theirs to decide spoils nothing."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from linkage.review.decision import Decision
from linkage.review.outcome import Outcome, State
from linkage.review.people import Actor, may

Question = tuple[str, ...]
"""Kind and both sides, as decisions name it (see Decision.question)."""
Pair = tuple[str, str]
SECOND_WORDS = "a second check is made without knowing the first"
DRAWN_WORDS = "drawn at random, to measure what the order misses"


@dataclass(frozen=True, slots=True)
class Blind:
    """What `who` decides blind. `second` are questions that wait for their second check, each with the number of the
    first decision; `drawn` are those drawn at random only."""

    who: str = ""
    second: Mapping[Question, int | None] = field(default_factory=dict)
    drawn: frozenset[Question] = frozenset()

    def __contains__(self, question: object) -> bool:
        return question in self.second or question in self.drawn

    @property
    def pairs(self) -> frozenset[Pair]:
        """The pairs of reports among them, the smaller id first."""
        return frozenset((one[1], one[2]) for one in (*self.second, *self.drawn) if one[0] == "pair")

    def partners(self, report: str) -> frozenset[str]:
        """The reports that make such a pair with one."""
        return frozenset(b if a == report else a for a, b in self.pairs if report in (a, b))

    def why(self, question: Question) -> str:
        """Why no score of it is told, in words; empty for a question that is not among them."""
        return SECOND_WORDS if question in self.second else DRAWN_WORDS if question in self.drawn else ""

    def how(self, question: Question) -> str:
        """The command that decides it."""
        first = self.second.get(question)
        return f"linkage decide {shlex.join(question)} JUDGEMENT{'' if first is None else f' --second-of {first}'}"

    def refusal(self, question: Question) -> str:
        """Why nothing of it is told, and how it is decided, in one line; empty for one that is not among them."""
        if question not in self:
            return ""
        about = " and ".join(question[1:])
        return f"Scores of {about} are hidden: {self.why(question)}. To decide: {self.how(question)}"

    def shown(self, made: Iterable[Decision]) -> list[Decision]:
        """Decisions without those of others on what is decided blind."""
        return [one for one in made if one.analyst == self.who or one.question not in self]

    def carried(self, made: Iterable[Decision]) -> list[Decision]:
        """Decisions without any on what is decided blind, their own too: what stays names none that is missing."""
        return [one for one in made if one.question not in self]


def hidden_from(actor: Actor, drawn: bool, state: State | None, by: str | None, first_by: str | None) -> bool:
    """Whether somebody may see no score of a question yet: it is decided blind, by them, and they have not. `by` is
    who answered it last, `first_by` who made the first check. Who decides nothing (a viewer) sees it."""
    return (drawn or state == State.SECOND) and actor.name not in (by, first_by) and may(actor, "second_check")


def blind_for(actor: Actor, drawn: Iterable[Pair], outcomes: Mapping[Question, Outcome]) -> Blind:
    """What somebody decides blind among pairs drawn at random and what was decided so far."""
    asked: set[Question] = {("pair", min(pair), max(pair)) for pair in drawn}
    second: dict[Question, int | None] = {}
    for question, one in outcomes.items():
        if hidden_from(actor, False, one.state, one.by, one.first_by):
            second[question] = one.second_of
    left = {one for one in asked - second.keys() if hidden_from(actor, True, None, *_by(outcomes.get(one)))}
    return Blind(actor.name, second, frozenset(left))


def _by(outcome: Outcome | None) -> tuple[str | None, str | None]:
    return (outcome.by, outcome.first_by) if outcome else (None, None)
