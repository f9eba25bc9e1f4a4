"""An alert as it is kept: the versions of its words, what became of each, and the state that follows from it.

What follows from consent is derived when it is asked for, so that a consent taken back holds from that moment.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from linkage.errors import LinkageError

PASS, WARN, STOP = "pass", "warn", "stop"
EVENTS: Mapping[str, str] = {
    **dict.fromkeys(("drafted", "edited", "settled"), "draft_alert"),
    **dict.fromkeys(("approved", "second_checked", "sent"), "approve_alert"),
    **dict.fromkeys(("recalled", "withdrawn"), "recall_alert"),
    "echo": "decide",
}
"""What can become of an alert -> the right that it takes. `echo`: a person says that a report repeats it, or not."""
WITH_A_VERSION = ("drafted", "edited", "settled")
"""What makes a new version of the words."""


class AlertError(LinkageError, ValueError):
    """What was asked of an alert cannot be; the message says why and what to do."""


class AlertState(StrEnum):
    """Where an alert stands."""

    DRAFT = "draft"
    STOPPED = "stopped"
    SECOND_CHECK = "second check waiting"
    APPROVED = "approved"
    SENT = "sent"
    RECALLED = "recalled"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value as an alert shows it. `sources` are reports with the words each gave it in; `standing` is agreed (by
    all that tell of it), one (only one report tells it) or differs."""

    field: str
    shown: str
    sources: tuple[tuple[str, str], ...] = ()
    standing: str = "agreed"


@dataclass(frozen=True, slots=True)
class Check:
    """What one rule says of the texts: `verdict` is pass, warn or stop, `words` are those that it objects to, and
    `says` is why, for the person who drafts."""

    rule: str
    verdict: str
    words: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One version of an alert.

    `alert` and `version` are 0 until the store gives them. `reports` are the ids and versions that it was made from;
    `texts` hold email, short (at most 160 characters) and html. `settled` says what was chosen where the reports
    contradict themselves, `held_back` which details (kind, value) were kept out on purpose. `erased` is the tombstone
    of a report by which its words were taken out.
    """

    kind: str
    subject: str
    reports: tuple[tuple[str, int], ...]
    texts: Mapping[str, str]
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    held_back: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    alert: int = 0
    version: int = 0
    who: str = ""
    at: str | None = None
    erased: int | None = None

    @property
    def stops(self) -> tuple[Check, ...]:
        """The checks that keep it from being approved."""
        return tuple(one for one in self.checks if one.verdict == STOP)

    @property
    def report_ids(self) -> tuple[str, ...]:
        """The reports that it was made from."""
        return tuple(report for report, _ in self.reports)


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """What became of one version of an alert; `event` is one of EVENTS, `detail` plain JSON values."""

    alert: int
    version: int
    event: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    who: str = ""
    id: int | None = None
    at: str | None = None


@dataclass(frozen=True, slots=True)
class AlertHistory:
    """All versions of one alert and all that became of them, oldest first."""

    versions: tuple[Alert, ...]
    events: tuple[AlertEvent, ...]

    @property
    def number(self) -> int:
        """The alert's number."""
        return self.versions[0].alert

    @property
    def latest(self) -> Alert:
        """The newest version, in whatever language."""
        return self.versions[-1]

    def current(self, language: str) -> Alert | None:
        """The newest version in a language."""
        return next((one for one in reversed(self.versions) if one.language == language), None)

    def version(self, number: int) -> Alert:
        """A version by its number. AlertError where there is none."""
        found = next((one for one in self.versions if one.version == number), None)
        if found is None:
            raise AlertError(f"alert {self.number} has no version {number}; it has {len(self.versions)}")
        return found

    def of(self, version: int, *names: str) -> list[AlertEvent]:
        """The events of a version that have one of these names."""
        return [one for one in self.events if one.version == version and one.event in names]

    def sent(self) -> list[AlertEvent]:
        """Each time that a version of it went out."""
        return [one for one in self.events if one.event == "sent"]

    def state(self, allowed: Collection[str], language: str | None = None) -> AlertState:
        """Where its newest version (of a language) stands. `allowed` are the reports whose consent, as it is now,
        lets them into an alert."""
        newest = (self.current(language) if language else None) or self.latest
        names = {one.event for one in self.events}
        if "recalled" in names:
            return AlertState.RECALLED
        if self.of(newest.version, "sent"):
            return AlertState.SENT
        if "withdrawn" in names or not _stands(newest, allowed):
            return AlertState.DEAD
        return AlertState.STOPPED if newest.stops else self._approval(newest.version)

    def _approval(self, version: int) -> AlertState:
        approved = self.of(version, "approved")
        if not approved:
            return AlertState.DRAFT
        waits = any(one.detail.get("second") for one in approved) and not self.of(version, "second_checked")
        return AlertState.SECOND_CHECK if waits else AlertState.APPROVED

    def recall_due(self, allowed: Collection[str]) -> bool:
        """Did a version go out that was made from a report whose consent no longer allows it, or that was erased?"""
        if any(one.event == "recalled" for one in self.events):
            return False
        out = [self.version(one.version) for one in self.sent()]
        return any(not _stands(one, allowed) for one in out)


def _stands(alert: Alert, allowed: Collection[str]) -> bool:
    """Is every report that it was made from still there, and allowed?"""
    return alert.erased is None and set(alert.report_ids) <= set(allowed)
