"""What the store tells for the pack: counts, shares with intervals, who may see what, and for how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from linkage.evaluation.groups import GROUPINGS
from linkage.governance.figure import Figure, share
from linkage.report import Report
from linkage.review.people import ROLES, rights
from linkage.review.retention import Rule
from linkage.sharing.consent_gate import purposes
from linkage.sharing.monitoring import Figures, figures
from linkage.sharing.suppression import shown, suppressed
from linkage.store import Store
from linkage.store.runs import Run
from linkage.store.schema import accounts, tombstones

SYNTHETIC_PREFIX = "SYN-"
"""Ids of invented reports begin so."""

FIELDS: Mapping[str, Callable[[Report], object]] = {
    "day of the incident": lambda one: one.occurred.from_ or one.occurred.to,
    "place on the map": lambda one: one.place.lat is not None,
    "perceived ethnicity": lambda one: any(man.ethnicity for man in one.suspects),
    "age": lambda one: any(man.age for man in one.suspects),
    "height": lambda one: any(man.height_cm for man in one.suspects),
    "build": lambda one: any(man.build for man in one.suspects),
    "vehicle": lambda one: bool(one.vehicles),
    "identifier": lambda one: bool(one.identifiers),
    "behaviours": lambda one: bool(one.behaviours.present),
    "kind of reporter": lambda one: one.source.kind,
    "police force area": lambda one: one.place.admin.police_force,
}
"""What the data sheet says is recorded how often."""


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """A store as the pack tells of it: its current reports, its latest run, the figures of `linkage monitor`, and the
    retention rules in force, if a file of them was given."""

    reports: Sequence[Report]
    run: Run | None
    monitored: Figures
    gathered: frozenset[str]
    accounts: Mapping[str, int]
    erased: int
    rules: Sequence[Rule] | None

    @property
    def origin(self) -> str:
        """What figures of the store are taken from."""
        return f"the store, run {self.run.id}" if self.run else "the store"

    @property
    def learned(self) -> str:
        """Where the weights of the latest run come from, and its settings."""
        if self.run is None:
            return "nothing was linked yet"
        record = self.run.record
        origins = Counter(one["origin"] for each in record.get("weights", {}).values() for one in each.values())
        told = ", ".join(f"{count:,} {origin}" for origin, count in sorted(origins.items()))
        labels = record.get("model", {}).get("learned_from") or {}
        known = "; ".join(f"{name} {value}" for name, value in labels.items()) or "no labels"
        settings = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in self.run.settings.items())
        return f"run {self.run.id}: learned from {known}; parameters by origin: {told or 'not recorded'}; {settings}"

    @property
    def synthetic(self) -> bool:
        """Are all reports invented ones?"""
        return bool(self.reports) and all(one.report_id.startswith(SYNTHETIC_PREFIX) for one in self.reports)

    def completeness(self) -> list[tuple[str, Figure]]:
        """The share of reports that tell each of FIELDS; hidden where few do, or few do not."""
        counts = {name: sum(bool(told(one)) for one in self.reports) for name, told in FIELDS.items()}
        return [(name, self._share(count, len(self.reports), "reports")) for name, count in counts.items()]

    def gathered_by(self, grouping: str) -> list[tuple[str, str, Figure]]:
        """Of each group: how many reports there are, and the share that stands in a candidate series. KeyError for an
        unknown grouping."""
        group = GROUPINGS[grouping]
        every = Counter(group(one) for one in self.reports)
        inside = Counter(group(one) for one in self.reports if one.report_id in self.gathered)
        sizes = suppressed(every)
        # neither those inside nor those outside may be few, nor told by what the other groups leave of the total
        parts = [suppressed({name: counts[name] for name in every}) for counts in (inside, every - inside)]
        found = []
        for name, size in sizes.items():
            hidden = size is None or any(part[name] is None for part in parts)
            figure = Figure(why="suppressed: small count", origin=self.origin)
            if not hidden and self.run:
                figure = share(inside[name], every[name], "reports", self.origin)
            found.append((name, shown(size), figure if self.run else Figure(why="nothing was linked yet")))
        return found

    def _share(self, count: int, n: int, over: str) -> Figure:
        if None in suppressed({"with": count, "without": n - count}).values():
            return Figure(why="suppressed: small count", origin=self.origin)
        return share(count, n, over, self.origin)


def store_figures(store: Store, rules: Sequence[Rule] | None) -> StoreFigures:
    """Read what the pack tells of a store."""
    reports, run = store.reports(), store.latest_run()
    gathered = {member.report_id for one in (run.series() if run else ()) for member in one.members}
    with store.engine.connect() as connection:
        roles = select(accounts.c.role, func.count()).where(accounts.c.disabled == 0).group_by(accounts.c.role)
        people = {str(role): int(count) for role, count in connection.execute(roles)}
        erased = int(connection.execute(select(func.count()).select_from(tombstones)).scalar_one())
    return StoreFigures(reports, run, figures(store, reports), frozenset(gathered), people, erased, rules)


def may_do() -> list[list[str]]:
    """One row for each thing that can be done: its words, and for each role whether it may."""
    rows = []
    for right in rights().values():
        least = ROLES.index(right.least)
        rows.append([right.words, *("yes" if place >= least else "no" for place in range(len(ROLES)))])
    return rows


def leaves_for() -> list[list[str]]:
    """One row for each purpose for which a report may leave: its words, and the consents that it needs."""
    return [[one.words, " and ".join(one.needs)] for one in purposes().values()]


def rule_rows(rules: Collection[Rule]) -> list[list[str]]:
    """The retention rules in words."""
    return [[one.name, _conditions(one), f"{one.older_than_days:,} days", one.age, one.reason] for one in rules]


def _conditions(rule: Rule) -> str:
    told = [f"type {', '.join(rule.report_type)}"] if rule.report_type else []
    told += [f"consent to {name}: {'yes' if wanted else 'no'}" for name, wanted in rule.consent.items()]
    if rule.decided is not None:
        told.append("a decision names it" if rule.decided else "no decision names it")
    return "; ".join(told) or "every report"
