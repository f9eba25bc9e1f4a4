"""Answers questions over one set of reports: conditions are laid beside every report, and their parts add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.disk_cache import uncollected
from linkage.features.behaviour import BehaviourEvidence
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import MILLIBAN, Column, Evidence
from linkage.features.latent import LatentEvidence
from linkage.features.parameters import Parameters, elicited
from linkage.report import Report
from linkage.search.accounts import IndexedAccounts
from linkage.search.answer import LISTED, Found, Row, Summed, best_rows, summed
from linkage.search.condition import AGREES, DIFFERS, NOT_KNOWN, SAYS, Condition, Detail
from linkage.search.facets import FACETS, Narrow, facets, is_facet, narrowed
from linkage.search.facts import fact_conditions
from linkage.search.group_composition import Peopled, group_condition
from linkage.search.index import WordIndex
from linkage.search.latent import Laid
from linkage.search.notes import notes
from linkage.search.query import Query
from linkage.search.question import MUST, Question, QuestionError
from linkage.search.reading import read_question
from linkage.search.report_index import EVIDENCE, FACET, PIECES, ReportIndex
from linkage.search.value_index import ValueIndex
from linkage.search.where_when import (
    Dated,
    Located,
    elsewhere_condition,
    hours_condition,
    place_condition,
    time_condition,
)
from linkage.search.worded import Worded

FACETED = 1_000
"""Most listed reports that facets are counted over [G]: more cost time and change no share."""


class Searcher:
    """Fits what a question needs on first use and keeps it.

    `vectors` is the file that keeps the vectors of the extra `semantic`, for questions that ask for it; `index` is
    that of these reports, which are read for one where it is not given. With one, only reports that are shown, quoted
    or compared with are looked at.
    """

    def __init__(
        self,
        reports: Sequence[Report],
        parameters: Parameters | None = None,
        vectors: Path | None = None,
        index: ReportIndex | None = None,
    ) -> None:
        self.reports = reports
        self.index = index or ReportIndex.of(reports)
        self._row_of = {report_id: row for row, report_id in enumerate(self.index.ids)}
        self._parameters = parameters or elicited()
        self._columns: dict[str, Column] = {}
        self._paired: dict[str, Column] = {}
        self._laid: dict[str, Laid] = {}
        self._accounts = IndexedAccounts(self.index)
        words = WordIndex(reports, self.index.words, self.index.numbers[PIECES])
        self._worded = Worded(words, self._accounts.state, vectors)
        self._values = ValueIndex(reports, self.index)
        self._when, self._people = Dated(reports, self.index.numbers), Peopled(self.index)
        self._facets = {name: self.index.values[f"{FACET}{name}"] for name in FACETS}

    @cached_property
    def by_id(self) -> Mapping[str, Report]:
        """The reports by their numbers; each is looked at only when it is asked for."""
        return _ById(self.reports, self._row_of)

    @cached_property
    def _where(self) -> Located:
        return Located(self.reports, self.index.numbers)

    def find(
        self, question: Question, top: int = 20, today: date | None = None, narrow: Narrow = (), start: int = 0
    ) -> Found:
        """The `top` best reports from place `start` on. QuestionError for a question that cannot be understood.

        Nothing is found when no report agrees with enough to be listed. Otherwise those reports stand first, then
        those that agree with less or say nothing about it, then those that differ. `narrow` leaves of the listed
        those with some values of facets, and then nothing else is found.
        """
        if unknown := [name for name, _ in narrow if not is_facet(name)]:
            raise QuestionError(f"There is nothing called {unknown[0]!r} to narrow a list by")
        with uncollected():  # the first question makes much that stays
            return self._find(question, top, today, narrow, start)

    def _find(self, question: Question, top: int, today: date | None, narrow: Narrow, start: int) -> Found:
        asked = read_question(question, today)
        conditions, without = self._parted(question, asked)
        failed = self._failed(conditions, question)
        n = len(failed)
        sums = summed(conditions, n)
        every = sums.listed & ~failed
        listed = every & narrowed(self._facets, n, narrow) if narrow else every
        order = best_rows(sums.total, listed, start + top)
        if len(order) < start + top and len(order) and not narrow:
            rest = best_rows(sums.total, ~(listed | failed), start + top - len(order))
            order = np.concatenate([order, rest])
        return Found(
            rows=[self._row(int(row), sums, conditions) for row in order[start:]],
            asked=[one.part for one in conditions if one.asked],
            agreeing=int(np.count_nonzero(listed)),
            partly=int(np.count_nonzero(sums.agrees & ~sums.listed & ~failed)),
            differing=int(np.count_nonzero(sums.differs & ~sums.agrees & ~sums.listed & ~failed)),
            silent=int(np.count_nonzero(~sums.agrees & ~sums.differs & ~failed)),
            left_out=int(np.count_nonzero(failed & ~self.apart(question))),
            total=n,
            facets=facets(self._facets, n, np.flatnonzero(every)[:FACETED], narrow),
            notes=[] if without else list(notes(question, asked, conditions, question.words.strip() in self._row_of)),
            without=without,
            unnarrowed=int(np.count_nonzero(every)),
        )

    def why_not(self, question: Question, report_id: str, top: int = 20, today: date | None = None) -> str:
        """Why a report is not among the best `top`, in words. QuestionError for a report that is not there."""
        row = self._at(report_id)
        conditions = self.conditions(question, today)
        if self.apart(question)[row]:
            hidden = f"is not compared with {question.like}: you have still to decide them, scores hidden."
            same = question.like == report_id
            return f"{report_id} {'is the report that the others are compared with.' if same else hidden}"
        failing = [one for one in conditions if one.fails(_is_must(one, question))[row]]
        if failing:
            told = [f"{one.label} ({one.asked}): {one.reason(row).words}" for one in failing]
            return f"{report_id} is left out. {'; '.join(told)}."
        sums = summed(conditions, len(self.index.ids))
        if not sums.agrees[row]:
            return f"{report_id} agrees with nothing that was asked. {self._told(row, conditions)}"
        if not sums.listed[row]:
            return (
                f"{report_id} agrees with too little of what was asked: its score is {sums.total[row]:+.2f}, and "
                f"{LISTED * sums.whole:+.2f} is needed. {self._told(row, conditions)}"
            )
        better = int(((sums.total > sums.total[row]) & sums.listed & ~self._failed(conditions, question)).sum())
        place = f"number {better + 1:,} by its score of {sums.total[row]:+.2f}"
        if better < top:
            return f"{report_id} is listed: it is {place}. {self._told(row, conditions)}".strip()
        return f"{report_id} is {place}; {top:,} are asked for. {self._told(row, conditions)}".strip()

    def conditions(self, question: Question, today: date | None = None) -> list[Condition]:
        """Every condition of a question over the reports."""
        return self._parted(question, read_question(question, today))[0]

    def _parted(self, question: Question, asked: Query) -> tuple[list[Condition], list[str]]:
        """The conditions that count, and the parts of the question that were taken out of it."""
        found = fact_conditions(
            asked, self._values, self._column, self._accounts.state, self._laid_out, self._parameters
        )
        if asked.circles:
            found.append(place_condition(asked.circles, self._where, question.regions))
        found += [elsewhere_condition(one, self._where) for one in asked.elsewhere]
        if asked.company:
            found.append(group_condition(asked.company, self._people))
        if asked.windows:
            found.append(time_condition(asked.windows, self._when, question.unsure))
        if asked.hours:
            found.append(hours_condition(asked.hours, self._when, question.unsure))
        out = [one for one in found if one.part in question.without]
        asked.pass_words(question.without)
        there = [one for one in found if one.part not in question.without]
        worded = self._worded.conditions(asked, there, question.words_as, frozenset(one.name for one in out))
        _check_musts(question, found + worded)
        out += [one for one in worded if one.asked and one.part in question.without]
        there += [one for one in worded if not (one.asked and one.part in question.without)]
        if not any(one.asked for one in there):
            there = []  # words that only add to what is asked ask for nothing by themselves
        return there + (self._like(question.like) if question.like else []), [one.part for one in out if one.asked]

    def _like(self, report_id: str) -> list[Condition]:
        """The pair evidence of linking with one report; sensitive evidence carries no weight here either."""
        row = self._at(report_id)
        every = np.arange(len(self.index.ids))
        return [
            self._pair_condition(evidence, row, every)
            for evidence in CATALOGUE
            if not evidence.sensitive and bool(self._pairs_of(evidence).known()[row])
        ]

    def _pair_condition(self, evidence: Evidence, row: int, every: NDArray[np.intp]) -> Condition:
        column = self._pairs_of(evidence)
        weights = column.millibans(np.full(len(every), row), every, 1.0) / MILLIBAN
        known = column.known() & (every != row)
        says = np.where(known, np.where(weights > 0, AGREES, DIFFERS), NOT_KNOWN).astype(np.int8)

        def detail(other: int) -> Detail:
            """Whether another row agrees, what it tells, and how rare that is."""
            found = column.describe(row, other)
            return found.says, found.words_b, found.rarity

        return Condition(
            "like", evidence.label, "", weights, says, lambda _: "", quiet=True, count="-", detail=detail
        )

    def _failed(self, conditions: list[Condition], question: Question) -> NDArray[np.bool_]:
        failed = np.zeros(len(self.index.ids), dtype=bool)
        for condition in conditions:
            failed |= condition.fails(_is_must(condition, question))
        return failed | self.apart(question)

    def apart(self, question: Question) -> NDArray[np.bool_]:
        """Rows that are no answer whatever they say: the report that is compared with, and those that are not."""
        out = np.zeros(len(self.index.ids), dtype=bool)
        for name in {question.like, *question.apart} & self._row_of.keys() if question.like else ():
            out[self._row_of[name]] = True
        return out

    def _row(self, row: int, sums: Summed, conditions: list[Condition]) -> Row:
        reasons = [condition.reason(row) for condition in conditions]
        shown = [
            reason
            for condition, reason in zip(conditions, reasons, strict=True)
            if not condition.quiet or reason.says != SAYS[NOT_KNOWN]
        ]
        shown.sort(key=lambda one: (one.says == SAYS[NOT_KNOWN], -abs(one.weight)))
        score = round(float(sums.total[row]), 3)
        return Row(self.index.ids[row], score, shown, bool(sums.listed[row]))

    def _told(self, row: int, conditions: list[Condition]) -> str:
        reasons = [condition.reason(row) for condition in conditions]
        against = [f"{one.label} differs ({one.words})" for one in reasons if one.says == "differs"]
        missing = [
            _missing(condition)
            for condition, one in zip(conditions, reasons, strict=True)
            if one.says == "not known" and condition.asked
        ]
        told = [*against, *missing]
        return f"{'; '.join(told)}." if told else ""

    def _column(self, evidence: BehaviourEvidence) -> Column:
        """Behaviours as they are asked about: what is told is told, however surely it was read."""
        if evidence.name not in self._columns:
            self._columns[evidence.name] = evidence.fit_readings(self._accounts, self._parameters)
        return self._columns[evidence.name]

    def _pairs_of(self, evidence: Evidence) -> Column:
        """Any evidence as linking compares two reports."""
        if evidence.name not in self._paired:
            self._paired[evidence.name] = evidence.fit(self._every, self._parameters)
        return self._paired[evidence.name]

    @cached_property
    def _every(self) -> list[Report]:
        """All reports at hand, for who compares with one of them."""
        return list(self.reports)

    def _laid_out(self, evidence: LatentEvidence) -> Laid:
        if evidence.name not in self._laid:
            told = self.index.values[f"{EVIDENCE}{evidence.name}"]
            self._laid[evidence.name] = Laid(evidence, told, self._parameters)
        return self._laid[evidence.name]

    def _at(self, report_id: str) -> int:
        if report_id not in self._row_of:
            raise QuestionError(f"There is no report {report_id!r} among the {len(self.index.ids):,}")
        return self._row_of[report_id]


class _ById(Mapping[str, Report]):
    def __init__(self, reports: Sequence[Report], row_of: Mapping[str, int]) -> None:
        self._reports, self._row_of = reports, row_of

    def __getitem__(self, report_id: str) -> Report:
        return self._reports[self._row_of[report_id]]

    def __contains__(self, report_id: object) -> bool:
        return report_id in self._row_of

    def __iter__(self) -> Iterator[str]:
        return iter(self._row_of)

    def __len__(self) -> int:
        return len(self._row_of)


def _missing(condition: Condition) -> str:
    """What a report does not say; of several behaviours, which."""
    if condition.label == "Words":
        return f"no word “{condition.asked}”"
    which = f" ({condition.asked})" if condition.field == "behaviour" else ""
    return f"{condition.label}{which} not known"


def _is_must(condition: Condition, question: Question) -> bool:
    """Is it a part that has to be? Words that only add to what is found are not."""
    return condition.field in question.must and bool(condition.asked)


def _check_musts(question: Question, conditions: Sequence[Condition]) -> None:
    """Raise QuestionError for a must on a part that nothing was asked of: it would leave out nothing."""
    there = {one.field for one in conditions if one.asked} & MUST
    if missing := sorted(question.must - there):
        asked = f"asked were: {', '.join(sorted(there))}" if there else "nothing that can be a must was asked"
        raise QuestionError(f"The must {missing[0]!r} names nothing that was asked; {asked}")


def search(reports: Sequence[Report], question: Question, top: int = 20) -> list[Row]:
    """The best `top` reports for one question; see `Searcher.find`. Keep a `Searcher` to ask more than one."""
    return Searcher(reports).find(question, top).rows


def why_not(reports: Sequence[Report], question: Question, report_id: str) -> str:
    """Why a report is not among the answers to one question; see `Searcher.why_not`."""
    return Searcher(reports).why_not(question, report_id)
