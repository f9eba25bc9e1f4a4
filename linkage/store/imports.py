"""Keeps what was read: reports in versions, refusals once each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, insert, select

from linkage.intake.reject import Reject
from linkage.report import Report
from linkage.store.audit import now
from linkage.store.schema import rejects, reports
from linkage.store.seals import Seals, sealed, seals_of


class ReadBatch(Protocol):
    """What the readers hand over."""

    @property
    def reports(self) -> Sequence[Report]:
        """The reports that were kept."""

    @property
    def rejects(self) -> Sequence[Reject]:
        """What was refused."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many reports were new, known already, and changed; how many rows and single values were refused."""

    new: int = 0
    unchanged: int = 0
    changed: int = 0
    refused_rows: int = 0
    refused_values: int = 0

    def __add__(self, other: ImportResult) -> ImportResult:
        return ImportResult(
            self.new + other.new,
            self.unchanged + other.unchanged,
            self.changed + other.changed,
            self.refused_rows + other.refused_rows,
            self.refused_values + other.refused_values,
        )


class Added(NamedTuple):
    """What was added of reports: the counts, the seals of new versions, and the version that each report which was
    compared is kept under."""

    result: ImportResult
    seals: Seals
    versions: dict[str, int]


def not_known(_report: Report) -> int | None:
    """Every report is to be compared."""
    return None


def body_of(report: Report) -> str:
    """A report as the text that is kept: canonical JSON with sorted keys, the same for the same content."""
    return json.dumps(report.to_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint_of(report: Report) -> str:
    """What tells contents of a report apart."""
    return _fingerprint(body_of(report))


def add_reports(
    connection: Connection, found: Iterable[Report], file: str, known: Callable[[Report], int | None] = not_known
) -> Added:
    """Add each report whose content this store has not seen under its id, as the next version of that id. `known` is
    the version of a report of which that is known, so that it need not be compared.

    Content that some version of the report already had changes nothing: an older export that is read again does not
    overrule what came later.
    """
    latest: dict[str, int] = {}
    seen: dict[tuple[str, str], int] = {}
    every = select(reports.c.report_id, reports.c.version, reports.c.fingerprint)
    for report_id, number, mark in connection.execute(every.order_by(reports.c.version)):
        latest[report_id] = seen[report_id, mark] = number
    rows: list[dict[str, Any]] = []
    versions: dict[str, int] = {}
    new = unchanged = changed = 0
    at = now()
    for report in found:
        if (version := known(report)) is not None:
            unchanged += 1
            continue
        body = body_of(report)
        mark = _fingerprint(body)
        if (version := seen.get((report.report_id, mark))) is not None:
            versions[report.report_id] = version
            unchanged += 1
            continue
        version = latest.get(report.report_id, 0) + 1
        latest[report.report_id] = versions[report.report_id] = seen[report.report_id, mark] = version
        new, changed = (new + 1, changed) if version == 1 else (new, changed + 1)
        row = {"report_id": report.report_id, "version": version, "body": body, "fingerprint": mark}
        rows.append(sealed(reports, row | {"imported_at": at, "file": file}))
    if rows:
        connection.execute(insert(reports), rows)
    return Added(ImportResult(new, unchanged, changed), seals_of(reports, rows), versions)


def without_erased(batch: ReadBatch, erased: Collection[str], file: str) -> tuple[list[Report], list[Reject]]:
    """Reports and refusals of a batch without those of reports that were erased: each of these is one refusal, which
    repeats none of its words."""
    reason = "this report was erased, and is not kept again; take it out of the file"
    gone = sorted({report.report_id for report in batch.reports} & set(erased))
    refused = [one for one in batch.rejects if one.report_id not in erased]
    left = [report for report in batch.reports if report.report_id not in erased]
    return left, refused + [Reject(file, None, name, "report_id", name, reason, left_out=True) for name in gone]


def words_under(connection: Connection, beginning: str) -> list[tuple[str, str]]:
    """Id and narrative of every version of the reports whose id begins so, the oldest version first."""
    query = select(reports.c.report_id, reports.c.body).where(
        reports.c.report_id.startswith(beginning, autoescape=True)
    )
    rows = connection.execute(query.order_by(reports.c.report_id, reports.c.version))
    return [(report_id, json.loads(body).get("narrative") or "") for report_id, body in rows]


def add_rejects(connection: Connection, refused: Iterable[Reject]) -> tuple[ImportResult, Seals]:
    """Keep each refusal once; returns the counts of what was refused now, and the seals of those not known yet."""
    known = set(connection.execute(select(rejects.c.fingerprint)).scalars())
    rows: dict[str, dict[str, Any]] = {}
    whole = single = 0
    at = now()
    for reject in refused:
        row = {name: getattr(reject, name) for name in ("file", "row", "report_id", "field", "value", "reason")}
        mark = _fingerprint(json.dumps(row, sort_keys=True, ensure_ascii=False))
        whole, single = (whole, single + 1) if not reject.whole else (whole + 1, single)
        if mark not in known:
            rows[mark] = sealed(rejects, {**row, "fingerprint": mark, "imported_at": at})
    if rows:
        connection.execute(insert(rejects), list(rows.values()))
    return ImportResult(refused_rows=whole, refused_values=single), seals_of(rejects, rows.values())


def _fingerprint(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
