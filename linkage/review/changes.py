"""What changed since a moment: reports that came in or changed, what others decided, series new or changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent

AWAY_HOURS = 4.0
"""Hours without a visit after which the next one begins [G]: lunch is the same visit, the next day is another."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after `since` (ISO 8601 in UTC). Reports and series by id, in order; decisions newest first."""

    since: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    decisions: tuple[Decision, ...]
    series_new: tuple[str, ...]
    series_changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """When somebody is there, `at`, and when the visit before ended, `before`; empty where there was none."""

    at: str
    before: str = ""


def changes(
    since: str,
    first_seen: Mapping[str, str],
    touched: Collection[str],
    decisions: Sequence[Decision],
    events: Sequence[SeriesEvent],
    me: str,
) -> Changes:
    """What changed. `touched` are reports of which a version was kept after `since`; `first_seen` tells of those with
    several versions when the first was kept, and the others are new. Decisions by `me` are left out."""
    later = [one for one in events if (one.at or "") > since]
    before = {one.series_id for one in events if (one.at or "") <= since}
    moved = {one.series_id for one in later if one.detail.get("joined") or one.detail.get("left")}
    series = {one.series_id for one in later}
    return Changes(
        since,
        tuple(sorted(name for name in touched if first_seen.get(name, since) >= since)),
        tuple(sorted(name for name in touched if first_seen.get(name, since) < since)),
        tuple(
            sorted(
                (one for one in decisions if (one.at or "") > since and one.analyst != me),
                key=lambda one: -(one.id or 0),
            )
        ),
        tuple(sorted(series - before)),
        tuple(sorted(moved & before)),
    )


def visit(last: Visit | None, now: datetime) -> Visit:
    """This visit, after the one that was kept last."""
    moment = now.astimezone(UTC).isoformat(timespec="microseconds")
    if last is None:
        return Visit(moment)
    away = now - datetime.fromisoformat(last.at) > timedelta(hours=AWAY_HOURS)
    return Visit(moment, last.at if away else last.before)


def days_before(now: datetime, days: int) -> str:
    """So many days ago, as moments are kept."""
    return (now.astimezone(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
