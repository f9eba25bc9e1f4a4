"""What whoever acts on a store has still to decide blind, for commands: the rule itself is in review.blind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from linkage.intake.incidents.comparison import PROPOSED
from linkage.report import Report
from linkage.review.blind import Blind, Pair, blind_for
from linkage.review.blind_sets import BlindSets
from linkage.review.labels import drawn_of_run
from linkage.review.outcome import outcomes
from linkage.review.people import may
from linkage.review.reopen import Version, reopened
from linkage.store.runs import Run
from linkage.store.schema import reports as report_rows

if TYPE_CHECKING:
    from linkage.store.store import Store

_DRAWN_BY = ("report_a", "report_b", "probability")
"""Columns of a run's pairs that the draw goes by."""


def blind_here(store: Store) -> Blind:
    """What the person who acts decides blind as the store stands. In a store without accounts no drawn pair is hidden
    from commands: whoever holds its file may ask it anything, and the pages ask for those before they show them.

    Nothing is weighed: that a strength moved, for which an answer that was left open is open again on pages, is not
    asked, so that a command may hide such a pair still.
    """
    actor = store.actor
    if not may(actor, "second_check"):
        return Blind(actor.name)
    made, run = store.decisions(), store.latest_run()
    about = {name for one in made for name in one.reports}
    twice = {name: found for name, found in versions(store, about).items() if len(found) > 1}
    found = outcomes(made, reopened(made, twice, {}), store.binding().conflicts)
    return blind_for(actor, drawn_here(store, run) if run and not actor.local else (), found)


def drawn_here(store: Store, run: Run) -> list[Pair]:
    """The pairs that a run draws at random, without those that it asks about as one incident first."""
    import pandas as pd

    pairs = pd.DataFrame([asdict(pair) for pair in run.top_pairs(None)], columns=[*_DRAWN_BY])
    counted_as = {report: name for name, accounts in run.incidents().items() for report, _ in accounts}
    first = proposals(run, counted_as)
    return [pair for pair in drawn_of_run(pairs, list(store.ids()), run.id) if pair not in first]


def sets_here(blind: Blind, run: Run) -> BlindSets:
    """What takes out of the series of a run what would tell the strength of a pair that is decided blind."""
    groups = run.incidents().items()
    return BlindSets(blind.pairs, {one: name for name, rows in groups for one, basis in rows if basis != "proposed"})


def versions(store: Store, report_ids: Collection[str]) -> dict[str, list[Version]]:
    """Every version of these reports with when it was kept, oldest first."""
    columns = (report_rows.c.report_id, report_rows.c.imported_at, report_rows.c.body)
    twice = select(report_rows.c.report_id).where(report_rows.c.version > 1)
    query = select(*columns).where(report_rows.c.report_id.in_(twice)).order_by(report_rows.c.version)
    found: dict[str, list[Version]] = {}
    with store.engine.connect() as connection:
        for name, at, body in connection.execute(query):
            if name in report_ids:
                found.setdefault(name, []).append(Version(at, Report.model_validate_json(body)))
    return found


def proposals(run: Run | None, counted_as: dict[str, str]) -> dict[Pair, float]:
    """Pairs that a run proposes as one incident, with the probability."""
    rows = run.record.get("same_incident", []) if run else []
    found = {(row["report_a"], row["report_b"]): float(row["probability"]) for row in rows}
    likely = {pair: chance for pair, chance in found.items() if chance >= PROPOSED}
    return {(a, b): p for (a, b), p in likely.items() if a in counted_as and counted_as[a] == counted_as.get(b)}
