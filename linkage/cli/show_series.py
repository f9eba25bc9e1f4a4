"""How an explained series, and a report's place in one, look at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from linkage.cli.console import counted
from linkage.models.cohesion import LeftOut, SeriesExplanation
from linkage.models.membership import MembershipExplanation
from linkage.models.set_weights import SetPart
from linkage.review.series_words import (
    group_words,
    hangs_on_words,
    left_words,
    option_words,
    part_sides,
    reports_words,
    whole_words,
)
from linkage.review.strength import strength_word

PLACES = 5
"""Places a report could take that are listed."""


def membership_tables(found: MembershipExplanation) -> Iterator[Any]:
    """A report's place in a series: what carries it, what would be left without, and where else it could belong."""
    moves = f" (with {reports_words(found.together)}, of one incident or decided)" if found.together else ""
    yield (
        f"Report {found.report_id}{moves} with the {counted(len(found.members), 'other report')} of series "
        f"{found.series_id}: "
        f"{strength_word(found.strength)} {found.strength:+.3f} (log10 odds against standing alone), "
        f"probability {found.probability:.4f}, all other reports staying where they are."
    )
    yield from _evidence(found.parts)
    yield _sum("Starting belief for joining a series of this size", found.prior, found.weight, found.strength)
    yield _table(
        "Without a member, those that carry most first",
        ("member", "with it alone", "without it"),
        [
            (", ".join(one.reports), f"{one.by_itself:+.3f}", _left(one.strength, "nobody is left"))
            for one in found.members_left_out
        ],
    )
    yield _table(
        "Without a group of evidence",
        ("evidence", "its weight", "without it"),
        [
            (group_words(one.group, found.parts), f"{one.weight:+.3f}", f"{one.strength:+.3f}")
            for one in found.groups_left_out
        ],
    )
    if not found.options:
        yield "Where it could belong is hidden: one place is with a report that you have still to decide blind."
        return
    yield _table(
        "Places it could take",
        ("place", "strength", "probability"),
        [(option_words(one), f"{one.strength:+.3f}", f"{one.probability:.4f}") for one in found.options[:PLACES]],
    )
    best = found.best_alternative
    yield f"Best alternative: {option_words(best)}, {best.strength:+.3f}, probability {best.probability:.4f}."


def series_tables(found: SeriesExplanation, series_id: str) -> Iterator[Any]:
    """What a series hangs on: its evidence, the whole against its best split, and what would be left without each."""
    yield (
        f"Series {series_id}, {len(found.reports)} reports: {found.strength:+.3f} (log10 odds of one person against "
        "as many people as incidents)."
    )
    yield whole_words(found.split)
    yield from hangs_on_words(found)
    split = found.split
    yield f"\nWhole ({split.strength:+.3f} log10 odds) against {reports_words(split.second)} apart, by comparison:"
    yield from _evidence(split.parts)
    yield _sum("Starting belief for one series and not two", split.prior, split.weight, split.strength)
    if not split.exact:
        yield "The best split was searched for, not every split tried: a better one may exist."
    yield "\nThe whole series, by comparison:"
    yield from _evidence(found.parts)
    yield _sum("Starting belief for a series of this size", found.prior, found.weight, found.strength)
    yield _left_out("Without a report, those most missed first", "report", found.members_left_out, found.parts)
    yield _left_out("Without a group of evidence", "evidence", found.groups_left_out, found.parts)


def _evidence(parts: Iterable[SetPart]) -> Iterator[Any]:
    sides = part_sides(parts)
    for title, side in (("For", sides.supports), ("Against", sides.against)):
        rows = [(part.label, f"{part.weight:+.3f}") for part in side]
        yield _table(f"{title}: {counted(len(side), 'comparison')}", ("comparison", "weight"), rows)


def _left_out(title: str, head: str, left: Sequence[LeftOut], parts: Sequence[SetPart]) -> Table:
    rows = [
        (", ".join(one.reports) or group_words(one.group, parts), f"{one.carries:+.3f}", left_words(one))
        for one in left
    ]
    return _table(title, (head, "carries", "the rest, whole against split"), rows)


def _left(strength: float | None, nobody: str) -> str:
    return nobody if strength is None else f"{strength:+.3f}"


def _sum(start: str, prior: float, weight: float, strength: float) -> str:
    return f"{start} {prior:+.3f}, evidence {weight:+.3f}, together {strength:+.3f}."


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    table = Table(title=escape(title), title_justify="left", show_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left")
    for row in rows:
        table.add_row(*map(escape, row))
    return table
