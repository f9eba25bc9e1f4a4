"""One judgement by one analyst, and what makes it a sound one."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from linkage.errors import LinkageError

KINDS = ("pair", "report_series", "merge", "split", "same_incident")
JUDGEMENTS = ("link", "not_linked", "unsure", "needs_info", "same_incident", "withdrawn")
STREAMS = ("queue", "random", "second", "command", "import")
"""Where it was taken: from the inbox, on a pair drawn at random, as a second check, by command, in another store."""

_OPEN = ("unsure", "needs_info", "withdrawn")
TAKES: Mapping[str, tuple[str, ...]] = {
    "pair": ("link", "not_linked", *_OPEN),
    "report_series": ("link", "not_linked", *_OPEN),
    "merge": ("link", "not_linked", *_OPEN),
    "split": ("not_linked", *_OPEN),
    "same_incident": ("same_incident", "not_linked", *_OPEN),
}
"""The judgements that each kind of question can be answered with."""

_SCOPE_FORM = '{"left": [report ids], "right": [report ids]}'

OF_SERIES = ("report_series", "merge", "split")
"""Kinds that name a series; they bind the members that are in their scope."""


class DecisionError(LinkageError, ValueError):
    """A decision that cannot be recorded as it is; the message names field, value and cure."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement by one analyst. `id`, `uid` and `at` are given by the store where they are not set.

    `left` and `right` are report ids (`pair`, `same_incident`), a report and a series (`report_series`), two series
    (`merge`), or a series and the reports that leave it (`split`). `scope` holds the report ids that are meant on
    each side, as they stood when it was decided: {"left": [...], "right": [...]}, those that hold the series best
    first. `supersedes` names an earlier decision this one takes the place of: undoing is a new record with
    judgement `withdrawn`. `second_of` names the decision this one is the second check of, taken `blind`. `stream` is
    one of STREAMS; `uid` stays the same wherever the decision is copied to. `erased` is the tombstone of a report by
    which words were taken out of the record.
    """

    analyst: str
    kind: str
    left: str
    right: str
    judgement: str
    reasons_for: list[str] = field(default_factory=list)
    reasons_against: list[str] = field(default_factory=list)
    note: str = ""
    blind: bool = False
    score: float | None = None
    band: str | None = None
    model_version: str | None = None
    features_hash: str | None = None
    evidence_snapshot: dict[str, Any] | None = None
    supersedes: int | None = None
    second_of: int | None = None
    scope: dict[str, list[str]] | None = None
    stream: str = "queue"
    uid: str | None = None
    erased: int | None = None
    id: int | None = None
    at: str | None = None

    @property
    def question(self) -> tuple[str, ...]:
        """What is decided on, whatever the answer: the same for two decisions on one pair, however it is named."""
        sides = (self.left, self.right)
        return (self.kind, *(sides if self.kind in ("report_series", "split") else sorted(sides)))

    def side(self, name: str) -> tuple[str, ...]:
        """The reports that are meant on one side, left or right."""
        if self.scope is not None and name in self.scope:
            return tuple(self.scope[name])
        one = self.left if name == "left" else self.right
        named = self.kind in ("pair", "same_incident") or (self.kind == "report_series" and name == "left")
        return (one,) if named else ()

    @property
    def reports(self) -> set[str]:
        """Every report that it is about."""
        return {*self.side("left"), *self.side("right")}


def new_uid() -> str:
    """A name for a decision that no other has (UUID 4)."""
    return str(uuid.uuid4())


def validate(decision: Decision, earlier: Mapping[int, Decision], supervisor: bool = False) -> None:
    """Raise DecisionError for a decision that says nothing that could bind, or may not be made.

    `earlier` are the decisions recorded so far, by number; `supervisor` says that the analyst may withdraw others'.
    """
    _validate_words(decision)
    _validate_scope(decision)
    _validate_reasons(decision)
    _validate_supersedes(decision, earlier, supervisor)
    _validate_second(decision, earlier)


def validate_named(decision: Decision, reports: Collection[str], series: Collection[str]) -> None:
    """Raise DecisionError where a decision names a report or series that is not known."""
    _validate_form(decision)
    unknown = sorted(one for one in decision.reports if one not in reports)
    if unknown:
        raise DecisionError(f"there is no report {unknown[0]!r} in the store; import it first, or check its number")
    named = {"report_series": ("right",), "merge": ("left", "right"), "split": ("left",)}.get(decision.kind, ())
    for name in named:
        if (one := getattr(decision, name)) not in series:
            raise DecisionError(f"there is no series {one!r} in the store; linkage decisions --series lists them")


def _validate_words(decision: Decision) -> None:
    for name, known in (("kind", KINDS), ("judgement", JUDGEMENTS), ("stream", STREAMS)):
        if (value := getattr(decision, name)) not in known:
            raise DecisionError(f"{name} {value!r} is not one of {', '.join(known)}")
    if decision.judgement not in (allowed := TAKES[decision.kind]):
        raise DecisionError(f"{decision.kind} cannot be judged {decision.judgement!r}: use {', '.join(allowed)}")
    for name in ("analyst", "left", "right"):
        if not getattr(decision, name).strip():
            raise DecisionError(f"{name} is empty; it has to name somebody or something")
    if decision.left == decision.right:
        raise DecisionError(f"{decision.left!r} stands on both sides; name two different things")


def _validate_form(decision: Decision) -> None:
    if decision.scope is not None and not _is_scope(decision.scope):
        raise DecisionError(f"scope {decision.scope!r} is not of the form {_SCOPE_FORM}")


def _validate_scope(decision: Decision) -> None:
    _validate_form(decision)
    left, right = decision.side("left"), decision.side("right")
    if both := sorted(set(left) & set(right)):
        raise DecisionError(f"report {both[0]!r} stands on both sides of the scope; it can be on one only")
    if decision.kind in OF_SERIES and decision.judgement in ("link", "not_linked") and not (left and right):
        raise DecisionError(
            f"scope names no members on one side, so that the {decision.kind} decision would bind nothing; "
            f"give it as {_SCOPE_FORM}"
        )


def _is_scope(scope: object) -> bool:
    return isinstance(scope, dict) and all(
        name in ("left", "right") and isinstance(ids, list) and all(isinstance(one, str) for one in ids)
        for name, ids in scope.items()
    )


def _validate_reasons(decision: Decision) -> None:
    if decision.kind == "same_incident":
        return  # both answers are seen from day, place and words at once, and are reviewed several at a time
    needed = {"link": "reasons_for", "not_linked": "reasons_against"}.get(decision.judgement)
    if needed and not any(reason.strip() for reason in getattr(decision, needed)):
        option = f"--{needed.removeprefix('reasons_')}"
        raise DecisionError(f"{needed} is empty: {decision.judgement} needs at least one reason ({option})")


def _validate_supersedes(decision: Decision, earlier: Mapping[int, Decision], supervisor: bool) -> None:
    if decision.supersedes is None:
        if decision.judgement == "withdrawn":
            raise DecisionError("supersedes is empty: withdrawn needs the number of the decision that it takes back")
        return
    old = earlier.get(decision.supersedes)
    if old is None:
        raise DecisionError(f"supersedes {decision.supersedes} names no decision; list them with linkage decisions")
    if old.question != decision.question:
        raise DecisionError(
            f"supersedes {decision.supersedes} is about {old.kind} {old.left}, {old.right}, not about "
            f"{decision.kind} {decision.left}, {decision.right}"
        )
    if old.analyst != decision.analyst and not supervisor:
        raise DecisionError(
            f"supersedes {decision.supersedes} is {old.analyst}'s decision: only they or a supervisor may take it "
            "back; record a decision of your own beside it"
        )


def _validate_second(decision: Decision, earlier: Mapping[int, Decision]) -> None:
    if decision.second_of is None:
        return
    first = earlier.get(decision.second_of)
    if first is None:
        raise DecisionError(f"second_of {decision.second_of} names no decision; list them with linkage decisions")
    if first.question != decision.question:
        raise DecisionError(f"second_of {decision.second_of} is about {first.kind} {first.left}, {first.right}")
    if first.analyst == decision.analyst:
        raise DecisionError(f"second_of {decision.second_of} is {decision.analyst}'s own: somebody else has to check")
