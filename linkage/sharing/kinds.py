"""Every kind of export there is, and how each is built and written. What is not here does not leave.

A test draws random consents and looks through every byte of every kind and format here, so that a new one is tested
by being put here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkage.sharing import chart, listing, pack
from linkage.sharing.consent_gate import Admitted
from linkage.sharing.document import Document
from linkage.sharing.material import Material
from linkage.sharing.pack import Wanted
from linkage.sharing.pack_document import pack_document
from linkage.sharing.pack_plain import pack_plain
from linkage.sharing.write_csv import csvs_of
from linkage.sharing.write_docx import docx_of
from linkage.sharing.write_html import html_of
from linkage.sharing.write_pdf import pdf_of

Numbered = Callable[[str, Iterable[str]], Mapping[str, str]]
"""Kind (report or series) and names -> the number that stands for each."""
Steps = Sequence[tuple[str, str]]
"""Who asked for an export and who checked it: title and words."""
Written = dict[str, bytes]
"""Name of each file, without what stands before it, and its bytes."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an export holds: `plain` JSON values, of which its hash is taken, and the `document` of them where it has
    one."""

    plain: Mapping[str, Any]
    document: Callable[[str, Steps], Document]
    thing: Any


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of export: which reports it takes from the gate, how it is built, and the `formats` it is written in."""

    words: str
    purposes: tuple[str, ...]
    admitted: Callable[[Wanted, Material], Admitted]
    build: Callable[[Wanted, Material, Numbered], Content]
    formats: Mapping[str, Callable[[Content, str, Steps], Written]]


def _json(content: Content, mark: str, steps: Steps) -> Written:
    plain = {"mark": mark, **dict(steps), **content.plain}
    return {".json": (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode("utf-8")}


DOCUMENT: Mapping[str, Callable[[Content, str, Steps], Written]] = {
    "html": lambda content, mark, steps: {".html": html_of(content.document(mark, steps)).encode("utf-8")},
    "docx": lambda content, mark, steps: {".docx": docx_of(content.document(mark, steps))},
    "pdf": lambda content, mark, steps: {".pdf": pdf_of(content.document(mark, steps))},
    "csv": lambda content, mark, steps: {f"-{n}": b for n, b in csvs_of(content.document(mark, steps)).items()},
    "json": _json,
}


def _pack(wanted: Wanted, known: Material, numbered: Numbered) -> Content:
    kind, _ = pack.subject(wanted, known)
    found = pack.admitted_of(wanted, known)
    numbers = numbered("report", found.reports)
    reference = numbered(kind, wanted.names)[wanted.names[0]]
    made = pack.build_pack(wanted, known, numbers, reference)
    return Content(pack_plain(made), lambda mark, steps: pack_document(made, mark, steps), made)


def _reports(wanted: Wanted, known: Material, numbered: Numbered) -> Content:
    made = listing.report_list(wanted, known, numbered("report", listing.reports_wanted(wanted, known).reports))
    plain = listing.report_list_plain(made)
    return Content(plain, lambda mark, steps: listing.report_list_document(made, mark, steps), made)


def _series(wanted: Wanted, known: Material, numbered: Numbered) -> Content:
    numbers = numbered("report", listing.series_wanted(wanted, known).reports)
    series_numbers = numbered("series", wanted.names or sorted(known.series))
    made = listing.series_list(wanted, known, numbers, series_numbers)
    plain = listing.series_list_plain(made)
    return Content(plain, lambda mark, steps: listing.series_list_document(made, mark, steps), made)


def _chart(wanted: Wanted, known: Material, numbered: Numbered) -> Content:
    made = chart.build_chart(wanted, known, numbered("report", chart.chart_wanted(wanted, known).reports))
    return Content(chart.chart_plain(made), lambda mark, steps: Document("Chart", mark, steps), made)


_POLICE = ("scas", "force", "region", "analyst")
_OTHERS = ("analyst", "scas", "region")

KINDS: Mapping[str, Kind] = {
    "pack": Kind("a pack", _POLICE, pack.admitted_of, _pack, DOCUMENT),
    "reports": Kind("a list of reports", _OTHERS, listing.reports_wanted, _reports,
                    {name: DOCUMENT[name] for name in ("csv", "json", "html")}),
    "series": Kind("a list of series", _OTHERS, listing.series_wanted, _series,
                   {name: DOCUMENT[name] for name in ("csv", "json", "html")}),
    "chart": Kind("a chart", _OTHERS, chart.chart_wanted, _chart, {
        "graphml": lambda content, *_: {".graphml": chart.graphml_of(content.thing)},
        "csv": lambda content, *_: {f"-{name}": words for name, words in chart.chart_csvs(content.thing).items()},
        "json": _json,
    }),
}  # fmt: skip
"""Every kind of export by name."""
