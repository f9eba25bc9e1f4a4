"""What was decided on a question, and taking it back: a record of its own, so that the history stays whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from linkage.review.decision import Decision
from linkage.review.standing import in_force, standing

Question = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A decision or withdrawal with what became of it; `stands` says that it is its analyst's answer now."""

    decision: Decision
    became: str
    stands: bool


def history(made: Iterable[Decision], questions: Collection[Question]) -> list[Made]:
    """All that was decided on these questions, the newest first."""
    about = [one for one in made if one.question in questions]
    answers = {one.id for one in standing(about)}
    forces = {one.id for one in in_force(about)}
    by = {one.supersedes: one for one in about if one.supersedes is not None}
    return [Made(one, _became(one, answers, forces, by), one.id in answers) for one in reversed(about)]


def withdrawal(decision: Decision, analyst: str, why: str = "") -> Decision:
    """What takes a decision back."""
    return replace(
        decision,
        analyst=analyst,
        judgement="withdrawn",
        reasons_for=[],
        reasons_against=[],
        note=why,
        supersedes=decision.id,
        second_of=None,
        uid=None,
        id=None,
        at=None,
    )


def _became(one: Decision, answers: set[int | None], forces: set[int | None], by: dict[int, Decision]) -> str:
    if one.judgement == "withdrawn":
        return f"takes back decision {one.supersedes}"
    if one.id in answers:
        return "stands"
    if one.id in forces:
        return "answered anew since"
    after = by.get(one.id or 0)
    if after is None:
        return "does not stand"
    what = "taken back" if after.judgement == "withdrawn" else "replaced"
    return f"{what} by {after.analyst}, {(after.at or '')[:10]}"
