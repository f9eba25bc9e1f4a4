"""The one way the reports of a store are linked: for the commands, for the demo and in the background.

Reports in their current versions, held to the decisions in the store, become suggested links and candidate series,
and these are kept as the latest run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from linkage.linker import Linker, Settings
from linkage.models.model import Model, ModelError
from linkage.models.series import Conflict
from linkage.models.work import THREADS, Work
from linkage.report import Report
from linkage.review.binding import Binding
from linkage.review.echo_marks import AS_TOLD, taken_out, to_leave_out
from linkage.review.series_registry import Name
from linkage.review.series_view import base_rates
from linkage.review.working_name import working_name
from linkage.store import carrying
from linkage.store.carrying import CarryOver, NothingToUpdateError
from linkage.store.connect import StoreError
from linkage.store.echoes import as_linked, echoes
from linkage.store.registered import registered
from linkage.store.runs import Found, Run
from linkage.store.store import Store

Progress = Callable[[str, int, int], None]
"""Called with the stage of the work, how much of it is done, and how much there is."""


class TooFewReportsError(StoreError):
    """There is nothing to link in the store; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person asked of the linker: `top` best partners are listed for each report; `model` holds weights
    learned before; `save_model` is where those in use are written; `echo` how reports that may repeat an alert are
    taken (echo_marks.SETTINGS); `work` is where the work is done, which changes nothing of what is found."""

    top: int = 50
    seed: int = 0
    sensitive: bool = False
    model: Model | None = None
    save_model: Path | None = None
    echo: str = AS_TOLD
    work: Work = THREADS


def choices_of(run: Run | None) -> Choices:
    """The choices that a run was made with, to link again as it did; the defaults without one.

    Weights that were learned are kept, since what they were learned from need not be at hand, but for those of
    another version, which cannot be read.
    """
    if run is None:
        return Choices()
    settings, learned = Settings(**run.record["settings"]), None
    with suppress(ModelError):
        model = Linker.from_record(run.record).model_
        learned = model if model.learned else None
    echo = run.record.get("echo", {}).get("setting", AS_TOLD)
    return Choices(int(run.record.get("top", 50)), settings.seed, settings.sensitive, learned, echo=echo)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found, with the linker that found it, what decisions bound it to, and the run that was kept of it
    (None without a store)."""

    found: Found
    linker: Linker
    binding: Binding
    run: Run | None = None

    @property
    def provisional(self) -> bool:
        """Whether series near what changed were judged alone, so that a whole update is still to come."""
        return bool(self.found.record.get("update", {}).get("provisional"))

    @property
    def conflicts(self) -> list[str]:
        """Decisions that contradict each other, or one incident, in words."""
        return [*(one.words for one in self.binding.conflicts), *map(_words, self.linker.conflicts_)]


def _words(conflict: Conflict) -> str:
    links = ", ".join(f"{a} with {b}" for a, b in conflict.because)
    held = f"these decisions link them: {links}" if links else "they are reports of one incident"
    pair = f"{conflict.report_a} and {conflict.report_b}"
    return f"{pair} were decided to be not linked, but {held}. Look at them again"


def link_store(
    store: Store, choices: Choices, progress: Progress | None = None, labelled: Sequence[Report] | None = None
) -> Linked:
    """Link what the store holds under its decisions, and keep the run in it.

    `labelled` are other reports to learn weights from, in place of those in the store that carry a known series.
    TooFewReportsError with fewer than two reports.
    """
    store.require("link")
    reports = store.reports()
    if len(reports) < 2:
        raise TooFewReportsError(
            "Linking needs at least two reports in the store. Read some into it: linkage import FILE"
        )
    now = carrying.versions(store)
    taken, told = _without_echoes(store, reports, choices)
    linked = link_reports(taken, choices, progress, labelled, store.binding())
    linked.found.record["echo"] = told
    holding = linked.linker.carry()
    return _kept(store, linked, reports, CarryOver(holding, 0, 0, carrying.rows_of(holding.rows, now)))


def update_store(store: Store, progress: Progress | None = None, quick: bool = False) -> Linked:
    """Bring the latest run up to the reports and decisions since, under the weights of the full run it rests on.

    What is found, and kept as a new run, is what all reports would give under these weights. NothingToUpdateError
    where there is no run, or nothing is kept of its weights.

    A `quick` update judges series near what changed alone, with all others as they were, and `provisional` of the
    answer says which series those are; nothing of it enters the next update that is not quick.
    """
    store.require("link")
    run = store.latest_run()
    if run is None:
        raise NothingToUpdateError("Nothing was linked yet. Link all reports: linkage link")
    now, binding, given = carrying.versions(store), store.binding(), store.reports()
    before = {one.report_id: one for one in as_linked(store, given, run.record)}
    kept = carrying.read(store, run.id, before)
    try:
        linker = Linker.from_record(run.record).hold(replace(kept.holding, quick=quick))
    except ModelError as error:
        raise NothingToUpdateError(
            "The latest run was made by another version of linkage, whose weights this one cannot read. Link all "
            "reports: linkage link"
        ) from error
    reports, echo = _without_echoes(store, given, choices_of(run))
    assert kept.holding.frozen is not None
    linked = _found(linker, reports, kept.holding.frozen.top, progress, binding)
    provisional = linked.found.record["series"].pop("provisional", {})
    drift, updates = round(kept.drift(now), 4), kept.updates + (not provisional)
    told: dict[str, Any] = {"of": run.id, "full_run": kept.full_run, "number": updates, "drift": drift}
    told["suggests"] = carrying.suggestion(drift, updates)
    told["provisional"] = provisional
    linked.found.record.update({"update": told, "echo": echo})
    return _kept(store, linked, reports, replace(kept, holding=linker.carry(), updates=updates))


def _without_echoes(store: Store, reports: Sequence[Report], choices: Choices) -> tuple[list[Report], dict[str, Any]]:
    """The reports as the run takes them, and what its record tells: the setting, and which alerts were left out of
    which reports."""
    by_id = {one.report_id: one for one in reports}
    marks = echoes(store, by_id)
    if not marks:
        return list(reports), {"setting": choices.echo, "left_out": {}}
    linker = Linker(Settings(sensitive=choices.sensitive, seed=choices.seed)).take(reports)
    linker.model_ = choices.model or linker.model_
    left_out = to_leave_out(marks, by_id, choices.echo, linker)
    return taken_out(reports, marks, left_out), {"setting": choices.echo, "left_out": left_out}


def _kept(store: Store, linked: Linked, reports: Sequence[Report], kept: CarryOver) -> Linked:
    found = registered(store, linked.found, _namer(reports))
    if near := found.record.get("update", {}).get("provisional"):
        touched = found.series["report_id"].isin(near["reports"])
        near["series"] = sorted(found.series["series_id"][touched].unique())
    run = store.save_run(found)
    carrying.keep(store, run.id, kept)
    return replace(linked, found=found, run=run)


def _namer(reports: Sequence[Report]) -> Name:
    """What makes working names; base rates are counted once, and only where a new series needs one."""
    by_id, rates = {report.report_id: report for report in reports}, cache(lambda: base_rates(reports))
    return lambda members: working_name(members, by_id, rates())


def link_reports(
    reports: Sequence[Report],
    choices: Choices,
    progress: Progress | None = None,
    labelled: Sequence[Report] | None = None,
    binding: Binding | None = None,
) -> Linked:
    """Link `reports`; no store is read or written. OSError where `choices.save_model` cannot be written."""
    linker = Linker(Settings(sensitive=choices.sensitive, seed=choices.seed), choices.work)
    held = binding or Binding()
    if choices.model:
        linker.take(reports).model_ = choices.model
    else:
        linker.fit(reports, labelled=labelled, progress=progress)
    if choices.save_model:
        linker.model_.save(choices.save_model)
    return _found(linker, reports, choices.top, progress, held)


def _found(linker: Linker, reports: Sequence[Report], top: int, progress: Progress | None, held: Binding) -> Linked:
    ties = (held.must_link, held.cannot_link, held.soft_link, held.same_incident, held.other_incident)
    pairs = linker.score(reports, top, progress, *ties)
    series = linker.cluster(pairs, *ties)
    record = {"version": version("linkage"), "top": top, **linker.run_record_}
    return Linked(Found(pairs, series, linker.incidents_, linker.ambiguous_, record), linker, held)
