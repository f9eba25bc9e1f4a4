"""What the public calls take, and when: a wrong argument is one error that names it, its value and what would do."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sized
from datetime import date, datetime
from numbers import Integral, Real
from types import NoneType
from typing import TYPE_CHECKING, Any

from linkage.errors import LinkageError
from linkage.report import Report

_SHOWN = 60
"""Letters of a wrong value that an error shows [G]."""


class ArgumentError(LinkageError, ValueError):
    """An argument that cannot be used. The message names it, what it was and what would do."""


class UnknownReportError(ArgumentError, KeyError):
    """An id that names nothing at hand; a KeyError as well, as for any name that is not there."""

    def __str__(self) -> str:
        return str(self.args[0])


class NotScoredError(ArgumentError, AttributeError):
    """Something is asked that only scored reports can answer."""


def shown(value: object) -> str:
    """A wrong value as an error shows it: in one line, and not all of a long one."""
    said = f"a frame of {len(value)} rows" if hasattr(value, "iloc") and isinstance(value, Sized) else repr(value)
    said = " ".join(said.split())
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 3]}..."


def refuse(name: str, value: object, cure: str) -> ArgumentError:
    """The error for a value that an argument cannot have."""
    return ArgumentError(f"{name}={shown(value)} cannot be used: {cure}")


def whole(name: str, value: Any, least: int) -> int:
    """A whole number from `least` on. Raises ArgumentError for anything else."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        raise refuse(name, value, f"give a whole number, {least} or more")
    return int(value)


def number(name: str, value: Any, least: float, most: float = math.inf) -> float:
    """A number from `least` to `most`. Raises ArgumentError for anything else, NaN too."""
    wide = f"from {least:g} to {most:g}" if math.isfinite(most) else f"{least:g} or more"
    if isinstance(value, bool) or not isinstance(value, Real) or not least <= float(value) <= most:
        raise refuse(name, value, f"give a number, {wide}")
    return float(value)


def one_of(name: str, value: Any, kind: type | tuple[type, ...], cure: str) -> None:
    """Raise ArgumentError unless the value is of this kind."""
    if not isinstance(value, kind):
        raise refuse(name, value, cure)


def listed(name: str, value: Any, kind: type | tuple[type, ...], cure: str) -> list[Any]:
    """The values of a list of one kind. Raises ArgumentError for words, for no list and for another kind of value."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable) or hasattr(value, "columns"):
        raise refuse(name, value, cure)  # a frame would be the names of its columns
    values = list(value)
    for at, one in enumerate(values):
        one_of(f"{name}[{at}]", one, kind, cure)
    return values


def pairs_of(name: str, value: Any) -> list[tuple[str, str]]:
    """Pairs of report ids. Raises ArgumentError for anything else."""
    cure = f'give pairs of report ids, for example {name}=[("A1", "B2")]'
    pairs = listed(name, value, object, cure)
    for at, pair in enumerate(pairs):
        ends = listed(f"{name}[{at}]", pair, str, cure)
        if len(ends) != 2:
            raise refuse(f"{name}[{at}]", pair, cure)
        if ends[0] == ends[1]:
            raise refuse(f"{name}[{at}]", pair, "a pair is of two reports; give the ids of two")
        pairs[at] = (str(ends[0]), str(ends[1]))
    return pairs


def reports_of(name: str, value: Any) -> list[Report]:
    """Reports; no two differ under one id. Raises ArgumentError for anything else; an empty list is one."""
    cure = "give a list of reports (linkage.Report), as read_reports(path).reports gives them"
    reports: list[Report] = listed(name, value, Report, cure)
    seen = dict[str, int]()
    for at, report in enumerate(reports):
        if (first := seen.setdefault(report.report_id, at)) != at and reports[first] != report:
            cure = f"{name}[{first}] is another report of this id; give each an id of its own"
            raise refuse(f"{name}[{at}].report_id", report.report_id, cure)
    return reports


def iso_date(name: str, value: Any) -> None:
    """Raise ArgumentError unless the value is None or an ISO 8601 date, or date-time, in words."""
    cure = 'give an ISO 8601 date in words, for example "2025-03-01", or None'
    one_of(name, value, (str, NoneType), cure)
    try:
        if value is not None:
            datetime.fromisoformat(value)
            date.fromisoformat(value[:10])
    except ValueError:
        raise refuse(name, value, cure) from None


def known(name: str, value: Any, reports: Collection[str]) -> str:
    """A report id that is at hand. Raises UnknownReportError for one that is not, ArgumentError for no id."""
    one_of(name, value, str, "give the id of a report")
    if value not in reports:
        raise UnknownReportError(
            f"{name}={shown(value)} names none of the {len(reports):,} reports at hand: give the id of one of them, "
            "or take up its report first (fit, take or score)"
        )
    return str(value)


def known_apart(given: Mapping[str, Any], reports: Collection[str]) -> list[str]:
    """Ids of different reports at hand, by the arguments that name them (by id or as reports), in order. Raises as
    `known`, and ArgumentError for one report given twice."""
    first = dict[str, str]()
    for name, one in given.items():
        report = known(name, id_of(one), reports)
        if (other := first.setdefault(report, name)) != name:
            raise refuse(name, report, f"{other} is the same report; give the id of another one")
    return list(first)


def id_of(report: Any) -> Any:
    """The id of a report; anything else as it is, for `known` to judge."""
    return report.report_id if isinstance(report, Report) else report


def newly_given(given: Mapping[str, Any], reports: Mapping[str, Report]) -> list[Report]:
    """Those given as reports that are not at hand. Raises as `known_apart`, and ArgumentError for a report that
    differs from the one at hand under its id."""
    new = {one.report_id: one for one in given.values() if isinstance(one, Report) and one.report_id not in reports}
    at_hand = {**reports, **new}
    known_apart(given, at_hand)
    for name, one in given.items():
        if isinstance(one, Report) and at_hand[one.report_id] != one:
            cure = "another report of this id is at hand; give its id alone, or give this one an id of its own"
            raise refuse(f"{name}.report_id", one.report_id, cure)
    return list(new.values())


MADE = {
    "score": ("incidents_", "same_incident_", "prior_", "run_record_"),
    "cluster": ("ambiguous_", "conflicts_"),
}
"""Which call makes what."""


class Unscored:
    """What says of a result that is not there yet what makes it."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Raises NotScoredError, which is an AttributeError."""
            made = [maker for maker, names in MADE.items() if name in names]
            cure = f"call {made[0]} first" if made else "there is nothing of this name"
            raise NotScoredError(f"{type(self).__name__}.{name} is not there: {cure}")
