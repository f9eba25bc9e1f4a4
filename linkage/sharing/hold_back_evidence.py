"""Details that are kept out of alerts: do words tell one, and do two reports agree on one?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linkage.report import Report
from linkage.review.facts import label_of
from linkage.sharing.alert_rules import has_phrase, plain
from linkage.store.hold_backs import HoldBack, HoldBackError
from linkage.store.store import Store
from linkage.vocabulary import load

_SMALL = {"a", "an", "the", "of", "on", "in", "at", "to", "and", "or", "with", "his", "he", "is"}


def detail_of(store: Store, subject: str, kind: str, value: str, reason: str = "", *, new: bool = True) -> HoldBack:
    """A detail of a report or series as a person names it, a behaviour by its label or any of its names.
    HoldBackError for a `new` one that would keep nothing out: no such report or series, or no such behaviour; who may
    hold nothing back is refused first, and does not learn which there are."""
    store.require("hold_back")
    words = value.strip()
    key = load("behaviours").find(words) if kind == "behaviour" else None
    is_report = store.report(subject) is not None
    if new and not is_report and not _is_series(store, subject):
        raise HoldBackError(f"There is neither a report nor a series {subject or 'without a name'}; check the number")
    if new and kind == "behaviour" and key is None and words:
        raise HoldBackError(
            f"{words!r} names no behaviour of the vocabulary, so it would keep nothing out; as words of the report "
            "it is a mark, a phrase or a detail of a vehicle"
        )
    return HoldBack("report" if is_report else "series", subject, kind, key or words, reason)


def _is_series(store: Store, name: str) -> bool:
    run = store.latest_run()
    return run is not None and any(one.series_id == name for one in run.series())


def stands_in(detail: HoldBack, text: str) -> bool:
    """Do the words tell the detail: its phrase, all of its words in whatever order, or a name of its behaviour?"""
    if any(has_phrase(text, words) for words in _phrases(detail)):
        return True
    wanted = set(_telling(detail.value).split())
    return len(wanted) > 1 and wanted <= set(plain(text).split())


def part_of(words: str, value: str) -> str:
    """The part of a list ("gold tooth; scar on the chin") from which a value was read: the only one in which its
    words stand side by side, else the whole. What is held back of one part says nothing of another."""
    said = f" {_telling(value)} "
    parts = [part for part in words.split(";") if said in f" {_telling(part)} "]
    return parts[0] if len(parts) == 1 else words


def _telling(text: str) -> str:
    return " ".join(word for word in plain(text).split() if word not in _SMALL)


def tells(report: Report, detail: HoldBack) -> bool:
    """Does a report tell the detail?"""
    if detail.detail == "behaviour":
        return detail.value in report.behaviours.present
    people, vehicles = report.suspects, report.vehicles
    fields: dict[str, Iterable[str]] = {
        "mark": (word for one in people for word in one.marks),
        "vehicle": (word for one in vehicles for word in one.features),
        "phrase": (*report.speech, report.narrative or ""),
    }
    return any(stands_in(detail, words) for words in fields[detail.detail])


def agreed(a: Report, b: Report, held: Sequence[HoldBack]) -> list[HoldBack]:
    """The held-back details that both reports tell: neither can have them from an alert."""
    return [one for one in held if tells(a, one) and tells(b, one)]


def words_of(detail: HoldBack) -> str:
    """A detail as people read it."""
    return label_of("behaviours", detail.value) if detail.detail == "behaviour" else detail.value


def _phrases(detail: HoldBack) -> list[str]:
    entry = load("behaviours").entries.get(detail.value) if detail.detail == "behaviour" else None
    if entry is None:
        return [detail.value]
    # a synonym of one word ("grab") is too common to tell a detail by
    return [entry.label, *(words for words in entry.synonyms if len(words.split()) > 1)]
