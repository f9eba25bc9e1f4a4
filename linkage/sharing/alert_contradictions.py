"""Where reports contradict themselves or each other, so that a person has to settle what an alert tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from linkage.report import Report
from linkage.review.facts import WEEKDAYS
from linkage.sharing import alert_values as values
from linkage.sharing.alert_facts import LEAVE_OUT
from linkage.sharing.alert_rules import rules


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field that cannot be told as it stands: why, and the `choices` between which a person settles it."""

    field: str
    why: str
    choices: tuple[str, ...]


def contradictions(reports: Sequence[Report]) -> list[Contradiction]:
    """Every contradiction, one a field, in the order of the alert."""
    found = [*_days(reports), *_sexes(reports), *_builds(reports)]
    found += [*_apart(reports, "age", rules()["contradictions"]["age_gap"])]
    found += [*_apart(reports, "height", rules()["contradictions"]["height_gap"])]
    return list({one.field: one for one in reversed(found)}.values())[::-1]


def _days(reports: Sequence[Report]) -> Iterator[Contradiction]:
    for report in reports:
        days, weekday = report.occurred.days, report.occurred.weekday
        if days is None or not weekday or days[1] - days[0] > 1:
            continue
        possible = {WEEKDAYS[date.fromordinal(one).weekday()] for one in range(days[0], days[1] + 1)}
        if weekday not in possible:
            shown = values.when(report.occurred)
            month = f"a {weekday} in {date.fromordinal(days[0]):%B %Y}"
            why = f"{report.report_id} says {weekday}, but the date is a {' or '.join(sorted(possible))}"
            field = "when" if len(reports) == 1 else f"when.{report.report_id}"
            yield Contradiction(field, why, (shown, month, LEAVE_OUT))


def _sexes(reports: Sequence[Report]) -> Iterator[Contradiction]:
    found = {one.suspects[0].sex for one in reports if one.suspects and one.suspects[0].sex}
    if len(found) > 1:
        yield Contradiction(
            "sex", f"the reported person is {' and '.join(sorted(found))}", (*sorted(found), LEAVE_OUT)
        )


def _builds(reports: Sequence[Report]) -> Iterator[Contradiction]:
    people = [(one.report_id, one.suspects[0].build) for one in reports if one.suspects]
    found = {build for _, builds in people for build in builds}
    for pair in rules()["contradictions"]["builds"]:
        if set(pair) <= found:
            said = "; ".join(
                f"{name} says {' and '.join(builds)}" for name, builds in people if set(builds) & set(pair)
            )
            yield Contradiction("build", said, (*sorted(found), LEAVE_OUT))
            return


def _apart(reports: Sequence[Report], field: str, gap: float) -> Iterator[Contradiction]:
    people = [(one.report_id, one.suspects[0]) for one in reports if one.suspects]
    told = [(name, one.age if field == "age" else one.height_cm) for name, one in people]
    spans = [(name, span) for name, span in told if span is not None]
    lows = [(span.min, name) for name, span in spans if span.min is not None]
    highs = [(span.max, name) for name, span in spans if span.max is not None]
    if lows and highs and (low := max(lows))[0] - (high := min(highs))[0] >= gap:
        shown = values.age if field == "age" else values.height
        choices = dict.fromkeys(shown(span) for _, span in spans)
        by_name = {name: shown(span) for name, span in spans}
        why = f"{high[1]} says {by_name[high[1]]}, {low[1]} says {by_name[low[1]]}"
        yield Contradiction(field, why, (*choices, LEAVE_OUT))
