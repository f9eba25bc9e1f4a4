"""Standing queries: what a search, a report, a series or a part of a number found since it was looked at last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from linkage.errors import LinkageError

KINDS = ("search", "report", "series", "identifier")


class WatchError(LinkageError, ValueError):
    """A watch that cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Watch:
    """A standing query. `about` is the name of a kept search, a report's number, a series' id or a part of a phone
    number, an account or a plate; `purpose` is what it is for."""

    name: str
    kind: str
    about: str
    purpose: str = ""
    who: str = ""
    at: str = ""

    def check(self) -> None:
        """Raise WatchError where it cannot be kept."""
        if not self.name.strip():
            raise WatchError("A watch needs a name")
        if self.kind not in KINDS:
            raise WatchError(f"{self.kind!r} is no kind of watch: one of {', '.join(KINDS)}")
        if not self.about.strip():
            raise WatchError(f"A watch on a {self.kind} needs to say which")


@dataclass(frozen=True, slots=True)
class Digest:
    """What a watch found: reports that are `new`, those that `changed`, and those that are `lost` from the answer.
    `first` is true where there was nothing to compare with: then nothing is new."""

    watch: Watch
    found: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    first: bool = False
    problem: str = ""

    @property
    def quiet(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.new or self.changed or self.lost or self.problem)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a watch found when it was run last: report -> fingerprint of what it said."""

    name: str
    results: Mapping[str, str] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"name": self.name, "results": dict(self.results)}

    def only(self, reports: Collection[str]) -> dict[str, str]:
        """What was found of these reports."""
        return {name: mark for name, mark in self.results.items() if name in reports}

    def without(self, reports: Collection[str]) -> Seen:
        """The same as though these reports had not been found."""
        return replace(self, results={name: mark for name, mark in self.results.items() if name not in reports})


def digest(watch: Watch, before: Seen | None, now: Mapping[str, str]) -> Digest:
    """Compare an answer with the one before."""
    if before is None:
        return Digest(watch, len(now), first=True)
    was = before.results
    return Digest(
        watch,
        len(now),
        tuple(name for name in now if name not in was),
        tuple(name for name, mark in now.items() if was.get(name, mark) != mark),
        tuple(sorted(set(was) - set(now))),
    )
