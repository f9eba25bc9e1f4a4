"""Which decisions are open again, and why: a report changed, the strength moved, or time passed.

*Unsure* and *needs information* return for all three. *Link*, *not linked* and *same incident* return when a report
that they rest on changed. Nothing binds less for it: a decision binds until another takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.facts import ATTRIBUTES, RANGES, label_of, range_words
from linkage.review.settings import Settings, settings
from linkage.review.standing import standing
from linkage.review.strength import signed
from linkage.review.summary import NOT_MENTIONED, date_words

_LEFT_OPEN = ("unsure", "needs_info")
CHANGES_NAMED = 4
"""Changed items of a report that are named one by one [G]."""


@dataclass(frozen=True, slots=True)
class Version:
    """A report as it stood from `at` (ISO 8601) on."""

    at: str
    report: Report


@dataclass(frozen=True, slots=True)
class Change:
    """An item of a report that is not as it was: what it was and what it is, in words; `masked` values are shown in
    part until asked for."""

    label: str
    before: str
    after: str
    masked: bool = False

    @property
    def words(self) -> str:
        """The change in words; masked values are not told."""
        return f"{self.label} changed" if self.masked else f"{self.label}: {self.before} -> {self.after}"


def changes(before: Report, after: Report) -> list[Change]:
    """What two versions of a report say differently, item by item."""
    found = []
    masked = {attribute.label: attribute.masked for attribute in ATTRIBUTES}
    old, new = _items(before), _items(after)
    for label in dict.fromkeys([*old, *new]):
        one, other = old.get(label, ""), new.get(label, "")
        if one != other:
            found.append(Change(label, one or NOT_MENTIONED, other or NOT_MENTIONED, masked.get(label, False)))
    if before.narrative != after.narrative:
        found.append(Change("Text", "earlier wording", "new wording"))
    return found


def reopened(
    decisions: Iterable[Decision],
    versions: Mapping[str, Sequence[Version]],
    strengths: Mapping[tuple[str, ...], float],
    now: datetime | None = None,
    by: Settings | None = None,
) -> dict[int, tuple[str, ...]]:
    """Standing decisions that are open again, by number, each with the reasons in words.

    `versions` are those of reports that have more than one, oldest first; `strengths` the log10 odds of today of each
    question, as far as they are known, on the scale of `Decision.score`.
    """
    by, now = by or settings(), now or datetime.now(UTC)
    found = {}
    for decision in standing(decisions):
        why = list(_changed(decision, versions))
        if decision.judgement in _LEFT_OPEN:
            why += _moved(decision, strengths.get(decision.question), by)
            why += _passed(decision, now, by)
        if why and decision.id is not None:
            found[decision.id] = tuple(why)
    return found


def _changed(decision: Decision, versions: Mapping[str, Sequence[Version]]) -> Iterable[str]:
    """What changed in the reports that were decided on; of series only the report that was."""
    about = decision.side("left") if decision.kind == "report_series" else tuple(sorted(decision.reports))
    for report_id in about:
        history = versions.get(report_id, ())
        later = [one for one in history if one.at > (decision.at or "")]
        earlier = [one for one in history if one.at <= (decision.at or "")]
        if not later or not earlier:
            continue
        told = [change.words for change in changes(earlier[-1].report, later[-1].report)]
        if told:
            more = f" and {len(told) - CHANGES_NAMED} more" if len(told) > CHANGES_NAMED else ""
            yield f"report {report_id} changed: {'; '.join(told[:CHANGES_NAMED])}{more}"


def _moved(decision: Decision, strength: float | None, by: Settings) -> Iterable[str]:
    if strength is None or decision.score is None:
        return
    if abs(strength - decision.score) > by.strength_moved:
        yield f"strength moved {signed(decision.score, 1)} -> {signed(strength, 1)}"


def _passed(decision: Decision, now: datetime, by: Settings) -> Iterable[str]:
    if not decision.at:
        return
    at = datetime.fromisoformat(decision.at)
    days = (now - (at if at.tzinfo else at.replace(tzinfo=UTC))).days
    if days >= by.after_days:
        yield f"{days} days have passed since {decision.judgement.replace('_', ' ')}"


def _items(report: Report) -> dict[str, str]:
    """What a report says, in words, by what it is about; only what it does say."""
    listed: dict[str, Any] = {attribute.label: "; ".join(attribute.read(report)) for attribute in ATTRIBUTES}
    listed |= {one.label: "; ".join(range_words(value, one.unit) for value in one.read(report)) for one in RANGES}
    happened, place = report.behaviours, report.place
    listed |= {
        "Date": "" if report.occurred.from_ is None else date_words(report),
        "Place": place.text or place.town or place.postcode or "",
        "Did": "; ".join(label_of("behaviours", key) for key in happened.present),
        "Said not to have happened": "; ".join(label_of("behaviours", key) for key in happened.absent),
        "Follows report": report.follows or "",
    }
    return {label: words for label, words in listed.items() if words}
