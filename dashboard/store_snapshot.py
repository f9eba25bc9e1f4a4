"""What the pages read: the store, one snapshot of it for each state, and one fitted linker for each run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

import streamlit as st

from dashboard.stamp import PROPOSAL, Stamp, count, stamp_of
from linkage.features.explanation import Explanation
from linkage.features.levels import Level
from linkage.intake.incidents.merge import merge_incident
from linkage.intake.incidents.proposals import IncidentIndex
from linkage.linker import Linker
from linkage.models.cohesion import SeriesExplanation
from linkage.models.membership import MembershipExplanation
from linkage.models.series_inference import Constraints
from linkage.report import Report
from linkage.review.binding import Binding
from linkage.review.new_report import Desk
from linkage.review.run_linker import OldRunError, explain_only, linker_of
from linkage.review.series_view import BaseRates, base_rates
from linkage.store import Overlap, Run, Series, Store, carrying, store_url
from linkage.store.blind import proposals
from linkage.store.echoes import as_linked
from linkage.store.schema import pairs as pair_rows

SYNTHETIC_PREFIX = "SYN-"
ANSWERS = 500
"""Explanations that are remembered."""
Answer = TypeVar("Answer")
ACTOR = "actor"
"""Where the session holds who is at the screen, in a store with accounts."""
_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preparing")


@dataclass(frozen=True)
class StoreSnapshot:
    """One state of the store. `incident_of` names the incident of reports that are told to share one; others stand
    for themselves. `proposed` are pairs that may, with the probability; `counted_as` is `incident_of` with them, as
    they count once in a size until somebody says. `constraints` are the decisions that the run was held to. `stamp`
    changes whenever the content does; `read_to` is when its newest report was kept; `listed_pairs` counts the
    suggested links of the run."""

    stamp: Stamp
    reports: dict[str, Report]
    run: Run | None
    series: dict[str, Series]
    series_of: dict[str, list[str]]
    incident_of: dict[str, str]
    overlaps: list[Overlap]
    rates: BaseRates
    constraints: Constraints = field(default_factory=Constraints)
    read_to: str = ""
    listed_pairs: int = 0
    proposed: dict[tuple[str, str], float] = field(default_factory=dict)
    counted_as: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, repr=False)
    answers: dict[tuple[str, ...], Any] = field(default_factory=dict, repr=False)

    @property
    def synthetic(self) -> str:
        """ "all", "some" or "none" of the reports are invented."""
        invented = sum(name.startswith(SYNTHETIC_PREFIX) for name in self.reports)
        return "none" if not invented else "all" if invented == len(self.reports) else "some"

    @property
    def not_linked(self) -> int:
        """Reports that were kept after the latest run read the store."""
        counts = self.run.record.get("counts", {}) if self.run else {}
        return max(0, len(self.reports) - int(counts.get("reports", len(self.reports))))

    def incidents(self, report_ids: list[str]) -> list[Report]:
        """One report for each incident among these, what several accounts know of it put together."""
        groups: dict[str, list[Report]] = {}
        for name in report_ids:
            if name in self.reports:
                groups.setdefault(self.incident_of.get(name, name), []).append(self.reports[name])
        return [merge_incident(accounts) for accounts in groups.values()]

    def accounts(self, report_id: str) -> list[Report]:
        """All reports that are told to be of one incident with this one, itself among them."""
        incident = self.incident_of.get(report_id, report_id)
        several = [name for name, of in self.incident_of.items() if of == incident and name in self.reports]
        return [self.reports[name] for name in several or [report_id]]

    def size(self, report_ids: Sequence[str]) -> int:
        """How many incidents these reports tell of, where what may be one counts once."""
        return len({self.counted_as.get(name, name) for name in report_ids if name in self.reports})

    def explain(self, a: str, b: str) -> Explanation:
        """The evidence on one pair, up to its probability in the run. KeyError for a report that is not kept."""
        linker, listed = self._linker(), self.run.pair(a, b) if self.run else None
        chance = listed.probability if listed else None
        return self._once(("explain", a, b), lambda: linker.explain(a, b, chance, self.constraints))

    def explain_alone(self, a: str, b: str) -> Explanation:
        """The evidence on one pair without the other reports, for lists. KeyError for a report that is not kept."""
        linker = self._linker()
        return self._once(("alone", a, b), lambda: linker.explain_alone(a, b))

    def levels(self, a: str, b: str) -> list[Level]:
        """How far each comparison of two reports that is not known could move them. KeyError for an unknown id."""
        linker = self._linker()
        return self._once(("levels", a, b), lambda: linker.levels(a, b))

    def member(self, report_id: str, series_id: str | None = None) -> MembershipExplanation:
        """A report's place in a series, its own where none is named, else the one it fits best.

        ValueError where there is no series with another incident.
        """
        linker, here = self._linker(), {name: self._here(one) for name, one in self.series.items()}
        with self.lock:
            return linker.explain_membership(report_id, here, series_id, self.constraints)

    def place(self, report_id: str, series_id: str) -> MembershipExplanation | None:
        """A report's place in a series; None where the series has no other incident."""

        def ask() -> MembershipExplanation | None:
            try:
                return linker.explain_membership(report_id, here, series_id, self.constraints)
            except ValueError:
                return None

        linker, here = self._linker(), {name: self._here(one) for name, one in self.series.items()}
        return self._once(("place", report_id, series_id), ask)

    def members(self, series_id: str) -> list[str]:
        """Reports of a series that are in the store, those that hold it best first."""
        return self._here(self.series[series_id])

    def series_of_reports(self, report_ids: Sequence[str]) -> SeriesExplanation | None:
        """What a series of just these reports would hang on; None where they are of one incident."""

        def ask() -> SeriesExplanation | None:
            try:
                return explain_only(linker, list(report_ids), self.constraints)
            except ValueError:
                return None

        linker = self._linker()
        return self._once(("only", *sorted(report_ids)), ask)

    def whole(self, series_id: str) -> SeriesExplanation:
        """What a series hangs on. ValueError for a series of one incident."""
        linker, members = self._linker(), self._here(self.series[series_id])
        with self.lock:
            return linker.explain_series(members, self.constraints)

    def _once(self, key: tuple[str, ...], ask: Callable[[], Answer]) -> Answer:
        """An answer of the linker, remembered: it stays the same as long as this state of the store is shown."""
        with self.lock:
            if key not in self.answers:
                while len(self.answers) >= ANSWERS:
                    self.answers.pop(next(iter(self.answers)))
                self.answers[key] = ask()
            found: Answer = self.answers[key]
            return found

    def _here(self, one: Series) -> list[str]:
        return [member.report_id for member in one.members if member.report_id in self.reports]

    def _linker(self) -> Linker:
        """The linker of the run; where its weights cannot be read the page says so and ends."""
        try:
            return fitted(self.stamp, self)
        except OldRunError as error:
            st.error(str(error))
            st.stop()


def url() -> str:
    """The store named behind `--store` on the command line, else by LINKAGE_STORE, else the default."""
    words: Iterator[str] = iter(sys.argv[1:])
    for word in words:
        if word == "--store":
            return store_url(next(words, None))
        if word.startswith("--store="):
            return store_url(word.partition("=")[2])
    return store_url()


def opened(address: str) -> Store:
    """The store at an address, in the hands of the person at the screen. Raises StoreError when it cannot be used."""
    return _opened(address).acting(st.session_state.get(ACTOR))


@st.cache_resource(show_spinner=False)
def _opened(address: str) -> Store:
    return Store(address, create=False)


def current_snapshot() -> StoreSnapshot:
    """The store as it is now; read anew only after it changed."""
    return _read(stamp_of(url(), opened(url())))


@st.cache_resource(max_entries=2, show_spinner="Reading the store")
def _read(stamp: Stamp) -> StoreSnapshot:
    store = opened(stamp[0])
    run = store.latest_run()
    held = store.constraints_of(run) if run else None
    read_to = store.newest_at()
    found = _reports(stamp, store)
    series = {one.series_id: one for one in run.series()} if run else {}
    series_of: dict[str, list[str]] = {}
    for name, one in series.items():
        for member in one.members:
            series_of.setdefault(member.report_id, []).append(name)
    incidents = run.incidents() if run else {}
    counted_as = {report: name for name, accounts in incidents.items() for report, _ in accounts}
    now = StoreSnapshot(
        stamp=stamp,
        reports=found,
        run=run,
        series=series,
        series_of=series_of,
        incident_of={one: name for name, rows in incidents.items() for one, basis in rows if basis != PROPOSAL},
        overlaps=run.ambiguous() if run else [],
        rates=base_rates(found.values()),
        constraints=_constraints(held, found) if held else Constraints(),
        read_to=read_to,
        listed_pairs=count(store, pair_rows, pair_rows.c.run_id == run.id) if run else 0,
        proposed=proposals(run, counted_as),
        counted_as=counted_as,
    )
    _last()[stamp[0]] = now
    return now


def _constraints(held: Binding, found: dict[str, Report]) -> Constraints:
    """Decisions as the linker takes them."""
    incidents = (held.same_incident, held.other_incident)
    return Constraints.of(held.must_link, held.cannot_link, found, held.soft_link, *incidents)


@st.cache_resource(show_spinner=False)
def _last() -> dict[str, StoreSnapshot]:
    """What was read last of each store."""
    return {}


def _reports(stamp: Stamp, store: Store) -> dict[str, Report]:
    """All reports; only those that were added are read where that is sure to be all that changed."""
    before = _last().get(stamp[0])
    if before is not None and before.read_to and before.stamp[3] == stamp[3]:
        added = store.added_since(before.read_to)
        if len(added) == stamp[2] - before.stamp[2]:
            return dict(sorted({**before.reports, **{report.report_id: report for report in added}}.items()))
    return {report.report_id: report for report in store.reports()}


@st.cache_resource(max_entries=1, show_spinner="Preparing the evidence; this happens once after each change")
def fitted(stamp: Stamp, _kept: StoreSnapshot) -> Linker:
    """A linker over all reports, with the settings and weights of the run that is shown (`stamp` is its key)."""
    return encoding(stamp, _kept).result()


@st.cache_resource(max_entries=1, show_spinner=False)
def encoding(stamp: Stamp, _kept: StoreSnapshot) -> Future[Linker]:
    """The linker of `fitted`, at work on in the background."""
    del stamp
    return _WORKER.submit(_encoded, _kept)


def _encoded(now: StoreSnapshot) -> Linker:
    linker = linker_of(now.run.record) if now.run else Linker()
    reports, record = list(now.reports.values()), now.run.record if now.run else {}
    if record.get("echo", {}).get("left_out"):
        reports = as_linked(opened(now.stamp[0]), reports, record)
    linker.take(reports, now.constraints)
    if now.run:  # base rates stay those of the run, so that what is told of a pair adds up to what the run says
        current = {one.report_id: one for one in reports}
        linker.hold(carrying.weights(opened(now.stamp[0]), now.run.id, current))
    if now.reports:
        assert linker.prior_ < 0  # asking for the prior makes it encode the reports
    return linker


@st.cache_resource(max_entries=1, show_spinner=False)
def incident_index(stamp: Stamp, _kept: StoreSnapshot) -> IncidentIndex:
    """What finds the reports that may tell of the incident of a new one."""
    del stamp
    return IncidentIndex(_kept.reports.values())


@st.cache_resource(max_entries=1, show_spinner=False)
def desk(stamp: Stamp, _kept: StoreSnapshot) -> Future[Desk]:
    """What lays a new report beside all that are held, at work on in the background while the report is entered."""
    linker = encoding(stamp, _kept)
    return _WORKER.submit(lambda: _laid_out(linker.result(), _kept))  # one worker: the linker is done by then


def _laid_out(linker: Linker, now: StoreSnapshot) -> Desk:
    series = {name: [member.report_id for member in one.members] for name, one in now.series.items()}
    with now.lock:
        return Desk(now.reports, linker, series if now.run else None)


def in_background(ask: Callable[..., object], *names: str) -> None:
    """Let something be worked out while the person reads; what goes wrong is told when it is asked for again."""
    _WORKER.submit(ask, *names)
