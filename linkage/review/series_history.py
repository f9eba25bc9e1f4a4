"""The series there are, folded from their history: members, state and name as they stood after any step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from linkage.errors import LinkageError
from linkage.review.series_event import SeriesEvent

NAMING = ("formed", "split", "renamed")
"""Events that give a series its name."""


class SeriesState(StrEnum):
    """What people made of a series."""

    PROPOSED = "proposed"
    UNDER_REVIEW = "under_review"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CLOSED = "closed"


class SeriesError(LinkageError, ValueError):
    """What a person asks of a series cannot be; the message says why."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A series as it stands: `members` sorted; `named` says that a person gave the name; `found` that the last
    linking found it; `merged_into` names the series that took it up."""

    series_id: str
    members: tuple[str, ...] = ()
    state: SeriesState = SeriesState.PROPOSED
    name: str = ""
    named: bool = False
    found: bool = True
    merged_into: str | None = None

    @property
    def of_people(self) -> bool:
        """A person named or confirmed it, so that it stays though linking no longer finds it."""
        return self.named or self.state == SeriesState.CONFIRMED


@dataclass(frozen=True, slots=True)
class Step:
    """One step in which a series got or lost members: who and what led to it, and who was in it then."""

    number: int
    event: SeriesEvent
    joined: tuple[str, ...]
    left: tuple[str, ...]
    members: tuple[str, ...]

    @property
    def words(self) -> str:
        """What happened, in a sentence."""
        said = [f"{', '.join(self.joined)} came in"] if self.joined else []
        said += [f"{', '.join(self.left)} went out"] if self.left else []
        other = self.event.detail.get("series")
        how = {
            "merged": f"merged with {other}",
            "split": f"split from {other}",
            "formed": "formed",
        }.get(self.event.event, "")
        why = f"decision {self.event.decision}" if self.event.decision is not None else ""
        return "; ".join(filter(None, [how, *said, why]))


def registry(events: Iterable[SeriesEvent]) -> dict[str, Registered]:
    """Every series that ever was, by id, as it stands after these events (oldest first)."""
    found: dict[str, Registered] = {}
    for event in events:
        before = found.get(event.series_id, Registered(event.series_id))
        found[event.series_id] = _after(before, event)
    return found


def steps(events: Iterable[SeriesEvent], series_id: str) -> list[Step]:
    """The steps in which one series was built, oldest first, counted from 1."""
    now = Registered(series_id)
    found: list[Step] = []
    for event in events:
        if event.series_id != series_id:
            continue
        before, now = now, _after(now, event)
        if before.members != now.members:
            joined = tuple(one for one in now.members if one not in before.members)
            left = tuple(one for one in before.members if one not in now.members)
            found.append(Step(len(found) + 1, event, joined, left, now.members))
    return found


def replay(events: Sequence[SeriesEvent], series_id: str, step: int) -> Registered:
    """A series as it stood right after one of its steps, counted from 1. SeriesError where there is no such step."""
    taken = steps(events, series_id)
    if not 1 <= step <= len(taken):
        raise SeriesError(f"series {series_id} was built in {len(taken)} steps; there is no step {step}")
    own = [event for event in events if event.series_id == series_id]
    last = own.index(taken[step - 1].event)
    return registry(own[: last + 1])[series_id]


def named_when(events: Sequence[SeriesEvent], series_id: str) -> tuple[str, ...]:
    """The reports that a series held when it got the name that it has; none where it has no name."""
    own = [event for event in events if event.series_id == series_id]
    named = [at for at, event in enumerate(own) if event.event in NAMING and event.detail.get("name")]
    return registry(own[: named[-1] + 1])[series_id].members if named else ()


def renamed(series: Registered, name: str) -> SeriesEvent:
    """The event of a person naming a series. SeriesError for no name, and for a series that is merged."""
    words = " ".join(name.split())
    if not words or len(words) > 120:
        raise SeriesError(f"name {name[:40]!r} is empty or too long; give one to 120 characters")
    _require_own(series)
    return SeriesEvent(series.series_id, "renamed", {"name": words, "before": series.name})


def moved_to(series: Registered, state: str, reason: str) -> SeriesEvent:
    """The event of a person changing the state of a series. SeriesError for an unknown state, and without reason."""
    if state not in set(SeriesState):
        raise SeriesError(f"state {state!r} is not one of {', '.join(SeriesState)}")
    if not reason.strip():
        raise SeriesError("reason is empty; say why the state changes")
    _require_own(series)
    return SeriesEvent(series.series_id, "state", {"state": state, "before": series.state, "reason": reason.strip()})


def _require_own(series: Registered) -> None:
    if series.merged_into:
        raise SeriesError(f"series {series.series_id} is merged into {series.merged_into}; change that one")


def _after(before: Registered, event: SeriesEvent) -> Registered:
    """A series after one more event."""
    detail = event.detail
    members = {*before.members, *detail.get("joined", ())} - set(detail.get("left", ()))
    after = replace(before, members=tuple(sorted(members)))
    if "state" in detail:
        after = replace(after, state=SeriesState(detail["state"]))
    if event.event in NAMING and "name" in detail:
        after = replace(after, name=detail["name"], named=event.event == "renamed")
    if event.event in ("lost", "found"):
        after = replace(after, found=event.event == "found")
    if event.event == "merged_into":
        after = replace(after, merged_into=detail["series"], state=SeriesState.CLOSED, found=False)
    if event.event == "dissolved":
        after = replace(after, state=SeriesState.CLOSED, found=False)
    return after
