"""Which decisions stand: an analyst's latest on each question, without what was withdrawn or replaced."""

from __future__ import annotations

from collections.abc import Iterable

from linkage.review.decision import Decision, DecisionError


def in_force(made: Iterable[Decision]) -> list[Decision]:
    """Decisions that no other in force takes the place of, oldest first; withdrawals themselves are left out.

    Taking back a decision restores the one that it had replaced, and taking back a withdrawal restores what that
    withdrew: each record is in force unless a later one in force supersedes it.
    """
    return [decision for decision in _not_replaced(made) if decision.judgement != "withdrawn"]


def require_not_withdrawn(number: int | None, made: Iterable[Decision]) -> None:
    """Raise DecisionError where a withdrawal in force has taken back the decision of this number already: a second
    one would outlive the first, so that taking that back restored nothing."""
    for one in _not_replaced(made):
        if one.judgement == "withdrawn" and one.supersedes == number:
            raise DecisionError(
                f"supersedes {number} is withdrawn already, by decision {one.id} of {one.analyst}: nothing is "
                f"changed; to restore it, withdraw decision {one.id}"
            )


def _not_replaced(made: Iterable[Decision]) -> list[Decision]:
    """Decisions and withdrawals that no other in force takes the place of, oldest first."""
    ordered, replaced = sorted(made, key=_order), set[int]()
    found = []
    for decision in reversed(ordered):
        if decision.id is not None and decision.id in replaced:
            continue
        if decision.supersedes is not None:
            replaced.add(decision.supersedes)
        found.append(decision)
    return found[::-1]


def standing(made: Iterable[Decision]) -> list[Decision]:
    """Each analyst's latest decision in force on each question, oldest first."""
    latest = {(decision.analyst, decision.question): decision for decision in in_force(made)}
    return sorted(latest.values(), key=_order)


def checked(made: Iterable[Decision]) -> list[tuple[Decision, Decision]]:
    """First decision and the blind second check that agrees with it, by another analyst.

    Both are in force, and neither analyst has since answered the question otherwise.
    """
    valid = in_force(made)
    by_id = {decision.id: decision for decision in valid}
    latest = {(decision.analyst, decision.question): decision.judgement for decision in valid}
    found = []
    for second in valid:
        first = by_id.get(second.second_of) if second.second_of is not None else None
        if first is None or not second.blind or first.analyst == second.analyst:
            continue
        answers = {latest[one.analyst, one.question] for one in (first, second)}
        if first.question == second.question and answers == {first.judgement} == {second.judgement}:
            found.append((first, second))
    return found


def _order(decision: Decision) -> tuple[int, str]:
    return decision.id or 0, decision.at or ""
