"""What became of each question that was decided on: done, to be checked, waiting, or open again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from linkage.review.binding import Conflict
from linkage.review.decision import Decision
from linkage.review.standing import checked, standing


class State(StrEnum):
    """Where a suggestion stands in the inbox: one tab each."""

    TODO = "todo"
    SECOND = "second"
    WAITING = "waiting"
    REOPENED = "reopened"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a question stands. `decisions` are those standing on it; `judgement`, `by` and `at` are of the latest.

    `reopened` says why it is open again; `second_of` is the decision that waits for a second check, by `first_by`.
    """

    state: State
    judgement: str
    by: str
    at: str
    decisions: tuple[int, ...]
    reopened: tuple[str, ...] = ()
    second_of: int | None = None
    first_by: str | None = None


def outcomes(
    decisions: Iterable[Decision],
    reopened: Mapping[int, Sequence[str]] | None = None,
    conflicts: Iterable[Conflict] = (),
) -> dict[tuple[str, ...], Outcome]:
    """The outcome of each question on which a decision stands.

    `reopened` says of decisions, by number, why they are open again; `conflicts` are those of the binding.
    """
    made = list(decisions)
    why: dict[int, list[str]] = defaultdict(list)
    for number, reasons in (reopened or {}).items():
        why[number] += reasons
    for conflict in conflicts:
        for number in conflict.decisions:
            why[number].append(conflict.words)
    twice = {first.question for first, _ in checked(made)}
    asked: dict[tuple[str, ...], list[Decision]] = defaultdict(list)
    for decision in standing(made):
        asked[decision.question].append(decision)
    return {question: _outcome(given, why, question in twice) for question, given in asked.items()}


def _outcome(given: Sequence[Decision], why: Mapping[int, Sequence[str]], twice: bool) -> Outcome:
    """The outcome of the decisions that stand on one question, oldest first."""
    last = given[-1]
    numbers = tuple(one.id for one in given if one.id is not None)
    reasons = tuple(dict.fromkeys(words for number in numbers for words in why.get(number, ())))
    answers = {one.judgement for one in given}
    first = next((one for one in given if one.judgement == "link"), None)
    if reasons:
        return Outcome(State.REOPENED, last.judgement, last.analyst, last.at or "", numbers, reasons)
    if first is not None and not twice and "not_linked" not in answers:
        return Outcome(
            State.SECOND, last.judgement, last.analyst, last.at or "", numbers, (), first.id, first.analyst
        )
    waits = answers <= {"unsure", "needs_info"}
    return Outcome(State.WAITING if waits else State.DONE, last.judgement, last.analyst, last.at or "", numbers)
