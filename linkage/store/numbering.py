"""Alerts that only their file's name numbers: the same alert keeps its number, another never takes it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz

from linkage.report import Report

ALIKE = 80.0
"""rapidfuzz ratio from which two wordings are of one alert, mended or added to [G]."""

_NUMBER = re.compile(r"\d+")
_MADE = re.compile(r"-\d+(?:-[0-9a-f]{6})?$")


def file_of(made_id: str) -> str | None:
    """The name of the file that a made id begins with; None for an id of another form."""
    found = _MADE.search(made_id)
    return made_id[: found.start()] if found else None


def with_distinct_ids(
    found: Sequence[Report], made_ids: Collection[str], kept: Sequence[tuple[str, str]]
) -> tuple[list[Report], list[str]]:
    """`found` with ids that keep different alerts apart, and notes on what was changed.

    `kept` is the id and the words of each version that is kept. An alert goes by the id under which its very words
    are kept, else by the one of words alike, else by its own where that is free, else by a new one, made of its own
    and its words: so that the same file read again finds each alert where it was put.
    """
    taken: dict[str, str] = {}
    notes: list[str] = []
    open_ids = [report for report in found if report.report_id in made_ids]
    for same_words in (True, False):
        for report in [one for one in open_ids if one.report_id not in taken]:
            known = _known(report, kept, set(taken.values()), same_words)
            if known is not None:
                taken[report.report_id] = known
                if not same_words:
                    notes.append(f"{known}: its words have changed; the earlier wording stays in its history")
    used = {report_id for report_id, _ in kept} | set(taken.values())
    for report in [one for one in open_ids if one.report_id not in taken]:
        own = report.report_id
        taken[own] = own if own not in used else f"{own}-{_mark(report.narrative or '')}"
        used.add(taken[own])
        if taken[own] != own:
            notes.append(f"{own}: another alert is kept under this number; this one is kept as {taken[own]}")
    named = (taken.get(report.report_id, report.report_id) for report in found)
    return [
        report if name == report.report_id else report.model_copy(update={"report_id": name})
        for report, name in zip(found, named, strict=True)
    ], notes


def _known(report: Report, kept: Sequence[tuple[str, str]], taken: set[str], same_words: bool) -> str | None:
    """The id under which an alert's words, or words alike, are kept; its own before any other."""
    words = report.narrative or ""
    best: tuple[float, bool, str] | None = None
    for report_id, other in kept:
        if report_id in taken:
            continue
        alike = 100.0 if other == words else 0.0 if same_words else _alike(words, other)
        one = (alike, report_id == report.report_id, report_id)
        if alike >= ALIKE and (best is None or one > best):
            best = one
    return best[2] if best else None


def _alike(words: str, other: str) -> float:
    """How alike two wordings are, 0 to 100; 0 where each has figures that the other has not: alerts are written in
    set phrases, and another date or number plate is another alert."""
    figures, others = set(_NUMBER.findall(words)), set(_NUMBER.findall(other))
    return 0.0 if figures - others and others - figures else fuzz.ratio(words, other, score_cutoff=ALIKE)


def _mark(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:6]
