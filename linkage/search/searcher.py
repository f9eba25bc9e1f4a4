"""Answers questions over one set of reports: conditions are laid beside every report, and their parts add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import MILLIBAN, Column, Evidence
from linkage.features.parameters import Parameters, elicited
from linkage.report import Report
from linkage.search.asked import Asked
from linkage.search.condition import (
    AGREES,
    CLOSE,
    DIFFERS,
    NOT_KNOWN,
    SAYS,
    Condition,
    Detail,
    Reason,
)
from linkage.search.facts import fact_conditions
from linkage.search.loose import DENIED
from linkage.search.question import Question, QuestionError
from linkage.search.reading import read_question
from linkage.search.where_when import Dated, Located, place_condition, time_condition
from linkage.search.words import Told, WordIndex
from linkage.vocabulary.english import stem, words

TELLING = 0.15
"""Least weight of an agreement that puts a report among the answers [G]."""

_LABEL_OF = {
    "height_cm": "Height",
    "hair": "Hair style",
    "ethnicity": "Perceived ethnicity",
    "complexion": "Perceived complexion",
    "behaviours": "Behaviour",
    "weapons": "Weapon",
}
"""Condition in which a word read as this kind of fact is compared, where the names differ."""


@dataclass(frozen=True, slots=True)
class Row:
    """One report: `score` is the sum of the reasons' weights, log10 of a likelihood ratio."""

    report_id: str
    score: float
    reasons: list[Reason]

    @property
    def agrees(self) -> bool:
        """Does it agree with anything that was asked?"""
        return any(reason.says in ("agrees", "close") for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Found:
    """An answer. `asked` says how the question was read; `agreeing` reports agree with some of it, `silent` ones
    neither agree nor differ, `left_out` fail a condition."""

    rows: list[Row]
    asked: list[str]
    agreeing: int
    silent: int
    left_out: int
    total: int


class Searcher:
    """Fits what a question needs on first use and keeps it: the first question takes seconds, later ones do not."""

    def __init__(self, reports: Sequence[Report], parameters: Parameters | None = None) -> None:
        self.reports = list(reports)
        self._row_of = {report.report_id: row for row, report in enumerate(self.reports)}
        self._parameters = parameters or elicited()
        self._columns: dict[str, Column] = {}
        self._index: WordIndex | None = None
        self._where, self._when = Located(self.reports), Dated(self.reports)

    def find(self, question: Question, top: int = 20, today: date | None = None) -> Found:
        """The best `top` reports. QuestionError for a question that cannot be understood.

        Nothing is found when no report agrees with any part. Otherwise reports that agree stand first, then those
        that say nothing about it, then those that differ.
        """
        conditions = self.conditions(question, today)
        failed = self._failed(conditions, question)
        total, agrees, differs = self._summed(conditions)
        agreeing = agrees & ~failed
        order = np.lexsort((np.arange(len(total)), -total, ~agrees))
        order = order[~failed[order]][:top] if agreeing.any() else order[:0]
        return Found(
            rows=[self._row(int(row), float(total[row]), conditions) for row in order],
            asked=[f"{condition.label}: {condition.asked}" for condition in conditions if condition.asked],
            agreeing=int(agreeing.sum()),
            silent=int((~agrees & ~differs & ~failed).sum()),
            left_out=int(failed.sum()) - bool(question.like),
            total=len(self.reports),
        )

    def why_not(self, question: Question, report_id: str, top: int = 20, today: date | None = None) -> str:
        """Why a report is not among the best `top`, in words. QuestionError for a report that is not there."""
        row = self._at(report_id)
        conditions = self.conditions(question, today)
        if question.like == report_id:
            return f"{report_id} is the report that the others are compared with."
        failing = [one for one in conditions if one.fails(one.field in question.must)[row]]
        if failing:
            told = [f"{one.label} ({one.asked}): {one.reason(row).words}" for one in failing]
            return f"{report_id} is left out. {'; '.join(told)}."
        failed = self._failed(conditions, question)
        total, agrees, _ = self._summed(conditions)
        if not agrees[row]:
            return f"{report_id} agrees with nothing that was asked. {self._told(row, conditions)}"
        better = int(((total > total[row]) & agrees & ~failed).sum())
        place = f"{report_id} is number {better + 1:,}"
        return f"{place} by its score of {total[row]:+.2f}; {top:,} are asked for. {self._told(row, conditions)}"

    def conditions(self, question: Question, today: date | None = None) -> list[Condition]:
        """Every condition of a question over the reports."""
        asked = read_question(question, today)
        found = fact_conditions(asked, self.reports, self._column, self._parameters)
        if asked.circle:
            found.append(place_condition(asked.circle, self._where))
        if asked.window:
            found.append(time_condition(asked.window, self._when))
        found += self._word_conditions(asked, found)
        return found + (self._like(question.like) if question.like else [])

    def _word_conditions(self, asked: Asked, facts: list[Condition]) -> list[Condition]:
        """A word that was read as a fact counts as a word only where the report does not say that fact."""
        if self._index is None:
            self._index = WordIndex(self.reports)
        told: dict[str, Told] = {}
        for one in facts:
            known, most = told.get(one.label, Told(np.zeros(len(self.reports), dtype=bool), 0.0))
            told[one.label] = Told(known | (one.says != NOT_KNOWN), max(most, float(one.weights.max(initial=0.0))))
        found: list[Condition] = []
        quoted = {word for phrase in asked.phrases for word in phrase.split()}
        for word, kind in dict.fromkeys(asked.words):
            bare = word.strip('"“”.')
            if bare in quoted or stem(bare.lower()) in words("search", "naming") or _is_no_word(bare, kind):
                continue
            name = (kind or "").split(".")[0]
            label = _LABEL_OF.get(name, name.replace("_", " ").capitalize())
            found += self._index.word(bare, told.get(label) if kind else None)
        return found + [self._index.phrase(phrase) for phrase in asked.phrases]

    def _like(self, report_id: str) -> list[Condition]:
        """The pair evidence of linking with one report; sensitive evidence carries no weight here either."""
        row = self._at(report_id)
        every = np.arange(len(self.reports))
        return [
            self._pair_condition(evidence, row, every)
            for evidence in CATALOGUE
            if not evidence.sensitive and bool(self._column(evidence).known()[row])
        ]

    def _pair_condition(self, evidence: Evidence, row: int, every: NDArray[np.intp]) -> Condition:
        column = self._column(evidence)
        weights = column.millibans(np.full(len(every), row), every, 1.0) / MILLIBAN
        known = column.known() & (every != row)
        says = np.where(known, np.where(weights > 0, AGREES, DIFFERS), NOT_KNOWN).astype(np.int8)

        def detail(other: int) -> Detail:
            found = column.describe(row, other)
            return found.says, found.words_b, found.rarity

        return Condition(
            "like", evidence.label, "", weights, says, lambda _: "", quiet=True, count="-", detail=detail
        )

    def _failed(self, conditions: list[Condition], question: Question) -> NDArray[np.bool_]:
        failed = np.zeros(len(self.reports), dtype=bool)
        for condition in conditions:
            failed |= condition.fails(condition.field in question.must)
        if question.like:
            failed[self._at(question.like)] = True
        return failed

    def _summed(
        self, conditions: list[Condition]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
        """Score of every report, whether any condition agrees (or is close), and whether any differs."""
        total = np.zeros(len(self.reports))
        agrees, differs = np.zeros(len(total), dtype=bool), np.zeros(len(total), dtype=bool)
        alike = np.zeros(len(total))
        # what nearly every report shows ("male") is an agreement only when nothing else is asked
        most = max((float(one.weights.max(initial=0.0)) for one in conditions if one.field != "like"), default=0.0)
        telling = min(TELLING, most)
        for condition in conditions:
            total += condition.weights
            if condition.field == "like":
                alike += condition.weights
                continue
            shown = (condition.says == AGREES) | (condition.says == CLOSE)
            agrees |= shown & (condition.weights > 0) & (condition.weights >= telling)
            differs |= condition.says == DIFFERS
        return total, agrees | (alike > 0), differs | (alike < 0)

    def _row(self, row: int, score: float, conditions: list[Condition]) -> Row:
        reasons = [condition.reason(row) for condition in conditions]
        shown = [
            reason
            for condition, reason in zip(conditions, reasons, strict=True)
            if not condition.quiet or reason.says != SAYS[NOT_KNOWN]
        ]
        shown.sort(key=lambda one: (one.says == SAYS[NOT_KNOWN], -abs(one.weight)))
        return Row(self.reports[row].report_id, round(score, 3), shown)

    def _told(self, row: int, conditions: list[Condition]) -> str:
        reasons = [condition.reason(row) for condition in conditions]
        against = [f"{one.label} differs ({one.words})" for one in reasons if one.says == "differs"]
        missing = [
            f"{condition.label} not known" if condition.label != "Words" else f"no word “{condition.asked}”"
            for condition, one in zip(conditions, reasons, strict=True)
            if one.says == "not known"
        ]
        told = [*against, *missing]
        return f"{'; '.join(told)}." if told else ""

    def _column(self, evidence: Evidence) -> Column:
        if evidence.name not in self._columns:
            self._columns[evidence.name] = evidence.fit(self.reports, self._parameters)
        return self._columns[evidence.name]

    def _at(self, report_id: str) -> int:
        if report_id not in self._row_of:
            raise QuestionError(f"There is no report {report_id!r} among the {len(self.reports):,}")
        return self._row_of[report_id]


def _is_no_word(word: str, kind: str | None) -> bool:
    """Plates and identifiers are compared as such, and what is denied is not looked for."""
    absent = kind is not None and kind.startswith("behaviours.absent")
    return absent or kind in (DENIED, "identifier", "registration", "dates") or not {"?", "*"}.isdisjoint(word)


def search(reports: Sequence[Report], question: Question, top: int = 20) -> list[Row]:
    """The best `top` reports for one question; see `Searcher.find`. Keep a `Searcher` to ask more than one."""
    return Searcher(reports).find(question, top).rows


def why_not(reports: Sequence[Report], question: Question, report_id: str) -> str:
    """Why a report is not among the answers to one question; see `Searcher.why_not`."""
    return Searcher(reports).why_not(question, report_id)
