"""A long text read piece by piece, so that reading takes time in proportion to its length.

What reads a text looks from each word to others of the same text, so a text of any length read whole would take time
by a power of it. A text of up to `whole_characters` is read whole. A longer one is cut at borders of paragraphs, else
lines, sentences or words, and each piece is read into the report that the pieces before it filled: who and what is
known by then stands, the piece fills what is missing and adds to lists, exactly as a narrative does beside fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from linkage.intake.limits import check, limit
from linkage.intake.patterns import compiled
from linkage.report import Part, Report

Read = Callable[[Report, str], list[str]]
"""Reads a text into a report, in place, with spans that count from the beginning of the text; returns warnings."""

_SENTENCE_ENDS = compiled(r"(?<![.!?…。！？])[.!?…。！？]+[\"'”’)\]]*\s")
_WORD = compiled(r"\w")
_FIELD_SAYS = (
    ("the field says “", "told first “"),
    ("the narrative says “", "further on “"),
    ("the narrative “", "further on “"),
    ("the field is kept", "the first is kept"),
)
"""A piece is read beside what stands in the report, which for the later pieces is mostly what earlier ones told."""
_LIMITS = {"suspects": "people", "vehicles": "vehicles"}
"""Lists that have a limit of their own."""


def is_long(text: str) -> bool:
    """Whether a text is read in pieces."""
    return len(text) > limit("whole_characters")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans [start, end) that make up the text in order, none longer than `piece_characters`; all of a short one."""
    size = limit("piece_characters") if is_long(text) else max(1, len(text))
    start = 0
    while len(text) - start > size:
        end = _border(text, start + size // 2, start + size)
        yield start, end
        start = end
    yield start, len(text)


def _border(text: str, first: int, last: int) -> int:
    """Where to cut within [first, last): behind the last paragraph, line, sentence or word that ends there."""
    for mark in ("\n\n", "\n"):
        if (at := text.rfind(mark, first, last)) >= 0:
            return at + len(mark)
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(text, first, last)]
    if ends:
        return ends[-1]
    at = max(text.rfind(mark, first, last) for mark in " \t")
    return at + 1 if at >= 0 else last


def read_pieces(report: Report, text: str, read: Read) -> list[str]:
    """Let `read` read a text into the report, a long one piece by piece; returns warnings, of a long text each
    once and up to their limit."""
    if not is_long(text):
        return read(report, text)
    warnings: dict[str, None] = {}
    for start, end in pieces(text):
        check()
        if start and not _WORD.search(text, start, end):
            continue
        _shift(report, -start)
        said = read(report, text[start:end])
        _shift(report, start)
        warnings |= dict.fromkeys(_bounded(report))
        for of_field, of_piece in _FIELD_SAYS if start else ():
            said = [warning.replace(of_field, of_piece) for warning in said]
        warnings |= dict.fromkeys(said)
    return list(warnings)[: limit("warnings")]


def parts_of(report: Report) -> Iterator[tuple[str, Part]]:
    """Every part of a report that keeps words and spans with its dotted name, the report itself first."""
    yield from (("", report), ("occurred", report.occurred), ("place", report.place), ("contact", report.contact))
    for name in ("suspects", "vehicles", "identifiers"):
        for counter, part in enumerate(getattr(report, name), 1):
            yield f"{name}.{counter}", part


def _shift(report: Report, by: int) -> None:
    for _, part in parts_of(report):
        for name, spans in part.spans.items():
            part.spans[name] = [(start + by, end + by) for start, end in spans]


def _bounded(report: Report) -> list[str]:
    """Cut every list of the report to its limit, in place, with the words and spans of what is cut off; tells which
    were cut.

    What a new piece tells is laid beside all that is there, so lists without an end would take time by the square.
    """
    cut: list[str] = []
    parts = (*report.suspects, *report.vehicles)
    for prefix, part in (("", report), ("behaviours.", report.behaviours), *(("", one) for one in parts)):
        for name, items in part:
            most = limit(_LIMITS.get(name, "listed"))
            if not isinstance(items, list) or len(items) <= most or name == "warnings":
                continue
            for counter in range(most + 1, len(items) + 1):
                report.raw.pop(f"{prefix}{name}.{counter}", None)
                report.spans.pop(f"{prefix}{name}.{counter}", None)
            del items[most:]
            cut.append(f"{prefix}{name}: the narrative tells more than {most}; the first {most} are kept")
    return cut
