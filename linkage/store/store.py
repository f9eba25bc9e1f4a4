"""`Store`: the one door to what is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from linkage.disk_cache import uncollected
from linkage.errors import LinkageError
from linkage.intake.reject import Reject
from linkage.report import Report
from linkage.review.binding import Binding, binding
from linkage.review.decision import Decision
from linkage.review.people import may, require_decision
from linkage.review.series_event import SeriesEvent
from linkage.review.standing import require_not_withdrawn
from linkage.store import (
    audit,
    backup,
    decisions,
    erasing,
    imports,
    numbering,
    originals,
    runs,
    scrubbing,
    series_events,
    sqlite_file,
)
from linkage.store.acting import Acting
from linkage.store.connect import StoreError, open_engine, snapshot, store_url, use_write_ahead_log, writing
from linkage.store.schema import reports
from linkage.store.signing import load_key, named_key, sign
from linkage.store.verify import Fault, verify

if TYPE_CHECKING:
    from linkage.store.row_memory import RowMemory

Answer = TypeVar("Answer")


class ReportTakenError(LinkageError):
    """There is a report of that number already; the message says so."""


class Store(Acting):
    """Reports, runs, decisions and the audit at one database URL (SQLite or PostgreSQL).

    Opening brings the schema up to date. In a store without accounts `who` signs what is done: by default the account
    name of the person at the machine; in one with accounts whoever signed in (`acting`), and each method that changes
    something raises NotAllowedError for who may not. With `write` false it is only read, and may be one that cannot
    be written to. Raises `StoreError` when the database cannot be used. Safe to share between threads.
    """

    def __init__(
        self, url: str | None = None, *, create: bool = True, who: str | None = None, write: bool = True
    ) -> None:
        super().__init__(open_engine(store_url(url), create, write), who)
        if write:
            use_write_ahead_log(self.engine)
            scrubbing.finish(self.engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # reports

    def import_batch(
        self,
        batch: imports.ReadBatch,
        file: str = "",
        masked: Mapping[str, str] | None = None,
        memory: RowMemory | None = None,
    ) -> imports.ImportResult:
        """Keep what was read from `file`. The same batch a second time changes nothing, the audit included.

        `masked` gives the narrative as it came of each report in which details were masked; it is kept, encrypted,
        where LINKAGE_ORIGINALS_KEY names a key. `memory` keeps the marks of the rows that were read.
        """
        self.require("import")
        who, key = self.who, originals.named_key()
        with writing(self.engine) as connection:
            found, rejects = imports.without_erased(batch, erasing.erased_ids(connection), file)
            known = memory.version_of if memory else imports.not_known
            kept, written, versions = imports.add_reports(connection, found, file, known)
            refused, unheard = imports.add_rejects(connection, rejects)
            before = originals.add(connection, found, masked, key) if masked and key else {}
            marks = memory.keep(connection, versions) if memory else {}
            if written or unheard or before or marks:
                counts = {"new": kept.new, "changed": kept.changed, "refused": len(unheard)}
                counts |= {"originals": len(before)} if before else {}
                audit.append(connection, who, "import", {"file": file, **counts}, written | unheard | before | marks)
        return kept + refused

    def without_erased(self, batch: imports.ReadBatch, file: str) -> tuple[list[Report], list[Reject]]:
        """Reports and refusals of a batch as this store takes them: an erased report is a refusal."""
        return imports.without_erased(batch, self._with(erasing.erased_ids), file)

    def with_distinct_ids(
        self, batch: imports.ReadBatch, made_ids: Collection[str]
    ) -> tuple[list[Report], list[str]]:
        """The reports of a batch, with a new id for each alert that was only numbered by its file (`made_ids`) where
        this store keeps another alert's words under that id; and a note on each that got one or has changed."""
        files = sorted({file for file in map(numbering.file_of, made_ids) if file})
        found = [one for file in files for one in self._with(partial(imports.words_under, beginning=f"{file}-"))]
        kept = [one for one in found if numbering.file_of(one[0]) in files]
        return numbering.with_distinct_ids(batch.reports, made_ids, kept)

    def ids(self) -> set[str]:
        """The id of every report."""
        return {report_id for (report_id,) in self._read(select(reports.c.report_id).distinct())}

    def enter(self, report: Report, by: str) -> None:
        """Keep a report that a person entered; `by` says how, in place of a file. ReportTakenError when its number is
        taken or was erased: it is never made a new version of another report."""
        self.require("enter_report")
        who = self.who
        with writing(self.engine) as connection:
            if report.report_id in erasing.erased_ids(connection):
                raise ReportTakenError(f"{report.report_id} was erased; give the report a number that no other had")
            if connection.execute(select(reports.c.version).where(reports.c.report_id == report.report_id)).first():
                raise ReportTakenError(f"{report.report_id} is taken; give the report a number that no other has")
            written = imports.add_reports(connection, [report], by).seals
            audit.append(connection, who, "enter", {"report_id": report.report_id, "by": by}, written)

    def reports(self) -> list[Report]:
        """Every report in its current version, by id."""
        bodies = self._read(_current())
        with uncollected():
            found = [Report.model_validate_json(body) for (body,) in bodies]
        return sorted(found, key=lambda report: report.report_id)

    def added_since(self, at: str) -> list[Report]:
        """Every version that was kept after this moment (ISO 8601, as `newest_at` gives it), oldest first."""
        rows = self._read(select(reports.c.body).where(reports.c.imported_at > at).order_by(reports.c.imported_at))
        return [Report.model_validate_json(body) for (body,) in rows]

    def newest_at(self) -> str:
        """When the newest version was kept; empty where there is none."""
        return str(self._read(select(func.max(reports.c.imported_at)))[0][0] or "")

    def report(self, report_id: str) -> Report | None:
        """One report in its current version, or None."""
        rows = self._read(_current().where(reports.c.report_id == report_id))
        return Report.model_validate_json(rows[0][0]) if rows else None

    def history(self, report_id: str) -> list[Report]:
        """All versions of a report, oldest first."""
        query = select(reports.c.body).where(reports.c.report_id == report_id).order_by(reports.c.version)
        return [Report.model_validate_json(body) for (body,) in self._read(query)]

    def count(self) -> int:
        """How many reports there are."""
        return int(self._read(select(func.count(func.distinct(reports.c.report_id))))[0][0])

    # runs

    def save_run(self, found: runs.Found) -> runs.Run:
        """Keep what a run found, as the latest run."""
        self.require("link")
        who = self.who
        with writing(self.engine) as connection:
            runs.save(connection, found, who)
        latest = self.latest_run()
        assert latest is not None
        return latest

    def latest_run(self) -> runs.Run | None:
        """The run that was kept last, or None when nothing was linked yet."""
        return runs.latest(self.engine)

    # decisions

    def record_decision(self, decision: Decision, supervisor: bool = False) -> int:
        """Keep an analyst's decision; returns its number. `supervisor` lets it take back somebody else's, in a store
        with accounts where the person is one.

        Raises DecisionError (a ValueError) for one that cannot be recorded as it is; the message says why;
        NotAllowedError for who may not decide, or not in that name.
        """
        actor = self.actor_now()
        require_decision(actor, decision)
        above = may(actor, "withdraw_other") and (supervisor or not actor.local)
        with writing(self.engine) as connection:
            if decision.judgement == "withdrawn":
                require_not_withdrawn(decision.supersedes, decisions.read(connection))
            return decisions.record(connection, decision, above)

    def decisions(self) -> list[Decision]:
        """Every decision, oldest first."""
        return self._with(decisions.read)

    def binding(self) -> Binding:
        """What the decisions made so far bind the next run to."""
        return binding(self.decisions(), self.ids())

    def constraints_of(self, run: runs.Run) -> Binding:
        """What a run was held to: what the decisions made before it amount to."""
        return binding((one for one in self.decisions() if (one.at or "") <= run.at), self.ids())

    # the history of series

    def series_events(self, series_id: str | None = None) -> list[SeriesEvent]:
        """The events of one series, or of all, oldest first."""
        return self._with(lambda connection: series_events.read(connection, series_id))

    def record_series_events(self, events: Sequence[SeriesEvent]) -> None:
        """Add events to the history of series, with one audit entry."""
        self.require("rename_series")
        who = self.who
        with writing(self.engine) as connection:
            series_events.record(connection, events, who)

    # audit

    def record_opening(self, report_id: str) -> None:
        """Put down in the audit that a report's narrative was opened."""
        self.require("open_narrative")
        self.record("opened", {"report_id": report_id})

    def record(self, what: str, detail: dict[str, Any]) -> None:
        """Put down in the audit what was done; `detail` holds plain JSON values."""
        self.require("look")
        who = self.who
        with writing(self.engine) as connection:
            audit.append(connection, who, what, detail)

    def audit(self, newest: int | None = None, what: Collection[str] = ()) -> list[audit.AuditEntry]:
        """The audit, newest first; `newest` limits how many entries, `what` to these kinds."""
        return self._with(lambda connection: audit.entries(connection, newest, what))

    def audit_broken_at(self) -> int | None:
        """Number of the first audit entry that is not as it was written, or None when the chain holds."""
        return self._with(audit.first_broken)

    def erase(self, report_id: str, reason: str, rule: str = "", scrub: bool = True) -> erasing.Erased:
        """Take a report out for good, from every table and, with `scrub`, from the file's free pages and from caches
        beside it; a tombstone stays. `rule` names the rule of retention by which it goes. Raises NotThereError when
        there is none, ValueError without a reason."""
        self.require("erase")
        who = self.who
        with writing(self.engine) as connection:
            done = erasing.erase(connection, report_id, reason, who, rule)
        if scrub:
            scrubbing.scrub(self.engine, who)
        return done

    def backup(self, file: Path, replace: bool = False) -> int:
        """Write the whole store into one file, which only its owner may read; returns the number of rows.
        OutputError where the file is there already, unless it is to be replaced; StoreError for the store's own."""
        self.require("backup")
        backup.require_free(file, replace, sqlite_file.files_of(self.engine))
        self.record("backup", {"file": str(file.absolute())})
        with self.engine.execution_options(**snapshot(self.engine)).connect() as connection:
            return backup.write(connection, file)

    def restore(self, file: Path) -> int:
        """Put a backup into this empty store; returns the number of rows. Raises StoreError, and then nothing is
        kept, for a store that is not empty and a file that is no whole backup."""
        self.require("backup")
        who = self.who
        with writing(self.engine) as connection:
            rows = backup.restore(connection, file)
            audit.append(connection, who, "restore", {"file": file.name, "rows": rows})
        return rows

    def older_than(self, days: int) -> list[tuple[str, str]]:
        """Number of each report whose newest version was kept more than so many days ago, and when that was."""
        return self._with(lambda connection: erasing.older_than(connection, days))

    def verify(self, deep: bool = False, key: Path | None = None) -> list[Fault]:
        """What is not as it was written: the first such row, or with `deep` every one; empty when all is well.

        `key` is the file of the key that signed the audit; by default the one that LINKAGE_AUDIT_KEY names.
        """
        signer = load_key(key) if key else named_key()
        return self._with(lambda connection: verify(connection, deep, signer))

    def sign_audit(self, key: Path) -> int:
        """Sign the entries that have no signature yet with the key in a file (made when missing), and keep the
        signed head beside it; returns how many were signed. StoreError where the audit does not hold."""
        self.require("backup")
        faults = self._with(verify)
        if faults:
            raise StoreError(f"The store is not as it was written, so it is not signed: {faults[0]}")
        with writing(self.engine) as connection:
            return sign(connection, load_key(key, make=True))

    def _with(self, ask: Callable[[Connection], Answer]) -> Answer:
        with self.engine.connect() as connection:
            return ask(connection)

    def _read(self, query: Select[Any]) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(query))


def _current() -> Select[Any]:
    newest = select(reports.c.report_id, func.max(reports.c.version).label("version")).group_by(reports.c.report_id)
    last = newest.subquery()
    return select(reports.c.body).join(
        last, (reports.c.report_id == last.c.report_id) & (reports.c.version == last.c.version)
    )
