"""Decisions as JSON Lines, to carry them from one store to another: read in twice, they change nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from linkage.review.decision import Decision, DecisionError, validate, validate_named
from linkage.review.standing import require_not_withdrawn

_REFERENCES = ("supersedes", "second_of")
_OWN = ("id", "erased")
_NAMES = frozenset(one.name for one in fields(Decision)) - {*_OWN, *_REFERENCES} | {f"{n}_uid" for n in _REFERENCES}
_READ = TypeAdapter(Decision)


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not taken in, counted from 1, and why."""

    row: int
    reason: str


def written(decisions: Sequence[Decision]) -> Iterator[str]:
    """One JSON object for each decision, oldest first; none for those of which an erasure took the words.

    Other decisions are named by uid, never by number.
    """
    uid = {decision.id: decision.uid for decision in decisions}
    for decision in decisions:
        if decision.erased is not None:
            continue
        row = {name: value for name, value in asdict(decision).items() if name not in (*_OWN, *_REFERENCES)}
        row |= {f"{name}_uid": uid.get(getattr(decision, name)) for name in _REFERENCES}
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)


class Reading:
    """Takes in lines one after another. `known` are the decisions so far, `reports` and `series` what they may name.

    A decision gets its number only where it is kept, so the caller keeps each before it asks for the next.
    """

    def __init__(self, known: Iterable[Decision], reports: Collection[str], series: Collection[str]) -> None:
        self.by_uid = {decision.uid: decision for decision in known}
        self.reports, self.series = reports, series
        self.refused: list[Refused] = []
        self.again = 0

    def decision(self, row: int, line: str) -> Decision | None:
        """The decision of a line, to be kept; None where it is known already or refused."""
        try:
            decision = self._read(line)
            if decision.uid in self.by_uid:
                self.again += 1
                return None
            validate_named(decision, self.reports, self.series)
            earlier = {one.id: one for one in self.by_uid.values() if one.id is not None}
            validate(decision, earlier, supervisor=True)  # who may take back what was settled where it was made
            if decision.judgement == "withdrawn":
                require_not_withdrawn(decision.supersedes, self.by_uid.values())
        except DecisionError as error:
            self.refused.append(Refused(row, str(error)))
            return None
        return decision

    def numbered(self, decision: Decision, number: int) -> None:
        """Note the number that a decision was kept under."""
        self.by_uid[decision.uid] = replace(decision, id=number)

    def _read(self, line: str) -> Decision:
        try:
            row = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise DecisionError("the line is not JSON; write one object a line") from error
        if not isinstance(row, dict):
            raise DecisionError("the line is not a JSON object; write one object a line")
        if unknown := sorted(row.keys() - _NAMES):
            raise DecisionError(f"field {unknown[0][:40]!r} is not one of a decision; take it out")
        if not row.get("uid"):
            raise DecisionError("uid is empty; without it the same decision would be taken in twice")
        values = {name: value for name, value in row.items() if not name.endswith("_uid")}
        for name in _REFERENCES:
            if (uid := row.get(f"{name}_uid")) is not None:
                values[name] = self._number(name, uid)
        try:
            return _taken(_READ.validate_json(json.dumps(values), strict=True))
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "decision"
            raise DecisionError(f"{field} {str(first['input'])[:40]!r}: {first['msg']}") from error

    def _number(self, name: str, uid: Any) -> int:
        old = self.by_uid.get(uid) if isinstance(uid, str) else None
        if old is None or old.id is None:
            raise DecisionError(
                f"{name}_uid {str(uid)[:40]!r} names no decision here; import the one it speaks of first"
            )
        return old.id


def _taken(decision: Decision) -> Decision:
    """A decision that was made elsewhere: when it was made stays with its evidence, since `at` is when it came in."""
    shown: dict[str, Any] = decision.evidence_snapshot or {}
    if decision.at and "made_at" not in shown:
        shown = shown | {"made_at": decision.at}
    return replace(decision, at=None, evidence_snapshot=shown or None)
