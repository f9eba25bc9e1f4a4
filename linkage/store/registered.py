"""The series of a store: those that a run found under the ids that they keep, and what decisions may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from linkage.review.series_history import Registered, registry
from linkage.review.series_registry import Name, register_run
from linkage.store import decisions
from linkage.store.connect import writing
from linkage.store.runs import Found
from linkage.store.store import Store


def series_of(store: Store) -> dict[str, Registered]:
    """Every series that ever was, by id, as it stands now."""
    return registry(store.series_events())


def registered(store: Store, found: Found, name: Name | None = None) -> Found:
    """What a run found with its series under the ids that they keep, and what changed in the series there are.

    `name` makes a working name for a new series from its members.
    """
    known = series_of(store)
    series, ambiguous, events = register_run(found.series, found.ambiguous, known, store.decisions(), name)
    return replace(found, series=series, ambiguous=ambiguous, events=events)


def series_named(store: Store) -> set[str]:
    """The ids that a decision may name: of every series that is registered, and of the latest run."""
    run = store.latest_run()
    return {*series_of(store), *((one.series_id for one in run.series()) if run else ())}


def take_in_decisions(store: Store, lines: Iterable[str]) -> decisions.TakenIn:
    """Keep decisions that another store wrote (see review.decision_file), all that can be kept in one step.

    Those that are known already change nothing; those that cannot be kept are told with row and reason.
    NotAllowedError for somebody who may not import decisions: they come under the names of those who made them.
    """
    store.require("import_decisions")
    reports, series = store.ids(), series_named(store)
    with writing(store.engine) as connection:
        return decisions.take_in(connection, lines, reports, series)
