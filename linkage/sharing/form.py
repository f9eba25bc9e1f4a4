"""The incident form for print: blank, completed from a report, and the account of what happened alone.

A completed form holds the narrative. It is for the scheme and its projects themselves: it passes no consent gate,
needs the right to open narratives, and each one stands in the audit.
"""

from __future__ import annotations

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from linkage.output.files import claimed, drafts, replace_together
from linkage.report import Report
from linkage.review.summary import summarise
from linkage.sharing.document import Document, Section, Table
from linkage.sharing.write_docx import docx_of
from linkage.sharing.write_html import html_of
from linkage.sharing.write_pdf import pdf_of
from linkage.store import Store
from linkage.store.exports import ExportError

WRITERS = {"html": lambda one: html_of(one).encode("utf-8"), "docx": docx_of, "pdf": pdf_of}


def _words() -> dict[str, Any]:
    return tomllib.loads((files("linkage.sharing") / "form.toml").read_text(encoding="utf-8"))


def blank_form() -> Document:
    """The form to be filled in by hand."""
    words = _words()
    sections = [
        Section(one["title"], boxes=[(name, lines) for name, lines in one["fields"]]) for one in words["sections"]
    ]
    return Document(words["title"], words["mark"], [("Number (the scheme fills this in)", "")], sections)


def completed_form(report: Report) -> Document:
    """A report as the form would have it, with its account."""
    words = _words()
    sections = []
    for number, one in enumerate(summarise(report), start=1):
        rows = [[line.label, line.value] for line in one.lines]
        sections.append(Section(one.title, tables=[Table(f"part_{number}", one.title, ["Item", "Value"], rows)]))
    account = Section("What happened, as told", _paragraphs(report))
    return Document(f"{words['title']} {report.report_id}", words["mark"], (), [*sections, account])


def what_happened(report: Report) -> Document:
    """The account of a report alone."""
    words = _words()
    title = f"What happened: report {report.report_id}"
    return Document(title, words["mark"], (), [Section("As told", _paragraphs(report))])


def _paragraphs(report: Report) -> list[str]:
    told = [words.strip() for words in (report.narrative or "").split("\n") if words.strip()]
    return told or ["This report has no account in words."]


def write_form(store: Store, report_id: str, account_only: bool, folder: Path, formats: list[str]) -> list[Path]:
    """Write the blank form (no `report_id`), a completed one, or its account alone; returns the files.

    ExportError for an unknown report or format, NotAllowedError for who may not open narratives.
    """
    unknown = [one for one in formats if one not in WRITERS]
    if unknown:
        raise ExportError(f"A form is written as {', '.join(WRITERS)}, not as {unknown[0]!r}")
    report = store.report(report_id) if report_id else None
    if report_id:
        store.require("open_narrative")
        if report is None:
            raise ExportError(f"There is no report {report_id!r} in the store")
    document = blank_form() if report is None else what_happened(report) if account_only else completed_form(report)
    stem = "what-happened" if account_only else "incident-form"
    name = f"{stem}{f'-{_safe(report_id)}' if report_id else '-blank'}"
    made = {f"{name}.{form}": WRITERS[form](document) for form in formats}
    with claimed(folder), drafts(folder) as place:
        for file, words in made.items():
            (place / file).write_bytes(words)
        if report is not None:
            store.record_opening(report_id)
            hashes = {file: hashlib.sha256(words).hexdigest() for file, words in made.items()}
            told = {"form": stem, "file": str(folder.absolute()), "files": hashes, "reports": [report_id]}
            store.record("export", told)
        return list(replace_together(place, folder, list(made)).values())


def _safe(name: str) -> str:
    """A report's id as part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)
