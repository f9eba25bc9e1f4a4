"""What sister schemes may search: cleared reports whose consent allows it, under numbers, and nothing else.

The search runs over cleared reports alone, so that neither an answer nor a count tells of any other.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from linkage.report import Report
from linkage.serving.models import AnswerOut, FoundOut, MemberOut, ReasonOut, SearchIn, SeriesOut
from linkage.sharing.clearing import cleared
from linkage.sharing.consent_gate import admitted
from linkage.store import Store
from linkage.store.audit import append
from linkage.store.connect import writing
from linkage.store.exports import REPORT, SERIES, numbers_of
from linkage.store.schema import tombstones

if TYPE_CHECKING:
    from linkage.search import Searcher

PURPOSE = "sister"
TOP = 20
"""Reports of an answer [G]."""
_LEAST = 2  # of a series that may be shared: one alone is no series


@dataclass(frozen=True)
class _State:
    """The reports that may be shared, by their own ids, as they were at a `stamp`."""

    stamp: tuple[str, int, int]
    shared: Mapping[str, Report]
    searcher: Searcher | None


@dataclass
class Sisters:
    """Answers sister schemes; made ready when first asked, and again when a report is new, changed or gone."""

    store: Store
    _state: _State | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def search(self, asked: SearchIn, who: str) -> AnswerOut:
        """What is found, and put down in the audit with its purpose. QuestionError for what cannot be asked."""
        from linkage.search import Question  # takes the memory of the whole engine: only where somebody searches

        plain = asked.model_dump(exclude={"purpose"}, exclude_defaults=True)
        question = Question(**plain | {"behaviour": tuple(asked.behaviour)})
        question.check()
        with self._lock:  # one at a time: each takes a processor
            state = self._ready()
            found = state.searcher.find(question, TOP) if state.searcher else None
        rows = [one for one in found.rows if one.agrees] if found else []
        by_number = {report.report_id: report for report in state.shared.values()}
        answer = [
            FoundOut(
                number=row.report_id,
                score=row.score,
                reasons=[ReasonOut(label=r.label, says=r.says, words=r.words, weight=r.weight) for r in row.reasons],
                report=plain_report(by_number[row.report_id]),
            )
            for row in rows
        ]
        detail = {"question": plain, "purpose": asked.purpose, "told": [one.number for one in answer]}
        self._record(who, "search", detail)
        return AnswerOut(rows=answer, notes=list(found.notes) if found else [], searched=len(state.shared))

    def series(self, purpose: str, who: str) -> list[SeriesOut]:
        """Every series of the latest run of which two reports may be shared; the audit tells what it is for."""
        with self._lock:
            state = self._ready()
        run = self.store.latest_run()
        members = {
            one.series_id: [member for member in one.members if member.report_id in state.shared]
            for one in (run.series() if run else ())
        }
        several = {name: found for name, found in members.items() if len(found) >= _LEAST}
        numbers = numbers_of(self.store, SERIES, several, by=who) if several else {}
        answer = [
            SeriesOut(
                number=numbers[name],
                members=[
                    MemberOut(
                        number=state.shared[one.report_id].report_id,
                        role=one.role,
                        report=plain_report(state.shared[one.report_id]),
                    )
                    for one in found
                ],
            )
            for name, found in several.items()
        ]
        self._record(who, "series read", {"purpose": purpose, "told": [one.number for one in answer]})
        return answer

    def _ready(self) -> _State:
        from linkage.search import Searcher

        store = self.store
        with store.engine.connect() as connection:
            gone = int(connection.execute(select(func.count()).select_from(tombstones)).scalar_one())
        stamp = (store.newest_at(), store.count(), gone)
        if self._state is None or self._state.stamp != stamp:
            found = admitted(store.reports(), PURPOSE).reports
            numbers = numbers_of(store, REPORT, found, by="server") if found else {}
            shared = {name: cleared(report, numbers[name]).report for name, report in found.items()}
            self._state = _State(stamp, shared, Searcher(list(shared.values())) if shared else None)
        return self._state

    def _record(self, who: str, what: str, detail: dict[str, Any]) -> None:
        with writing(self.store.engine) as connection:
            append(connection, who, what, detail)


def plain_report(report: Report) -> dict[str, Any]:
    """A cleared report as plain values, without its number and what it does not hold."""
    return {name: value for name, value in report.to_json().items() if value and name not in ("report_id", "consent")}
