"""Entries of the audit in words: what was done, about which reports and series, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkage.review.decision import OF_SERIES
from linkage.review.strength import signed

JUDGED = {
    ("pair", "link"): "linked",
    ("pair", "not_linked"): "not linked",
    ("report_series", "link"): "belongs to the series",
    ("report_series", "not_linked"): "does not belong to the series",
    ("merge", "link"): "merged",
    ("merge", "not_linked"): "kept apart",
    ("split", "not_linked"): "split",
    ("same_incident", "same_incident"): "same incident",
    ("same_incident", "not_linked"): "not the same incident",
}
"""Kind and judgement of a decision in words; `OPEN` for the others."""
OPEN = {"unsure": "unsure", "needs_info": "needs information", "withdrawn": "taken back"}
_SHORT = 160


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One entry in words. `reports` and `series` are those it is about, `why` reasons and note; `decision` is the
    number of the decision it recorded, None where it is of something else, and `by` the strength and the weights by
    which it was taken."""

    what: str
    reports: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    why: str = ""
    decision: int | None = None
    by: str = ""


def judged_words(kind: str, judgement: str) -> str:
    """A judgement in words, as its kind means it."""
    return JUDGED.get((kind, judgement)) or OPEN.get(judgement, judgement)


def entry_words(what: str, detail: Mapping[str, Any]) -> EntryWords:
    """An entry in words, from what it says was done and its detail."""
    if what == "decision" and "judgement" in detail:
        return _decision(detail)
    words = f"{what}: {_short(detail)}" if detail else what
    return EntryWords(
        words, tuple(_named(detail, _REPORTS)), tuple(_named(detail, _SERIES)), str(detail.get("reason") or "")
    )


_REPORTS = ("report_id", "report", "reports", "report_a", "report_b")
_SERIES = ("series_id", "series", "other_series_id")


def _decision(detail: Mapping[str, Any]) -> EntryWords:
    kind, left, right = (str(detail.get(name) or "") for name in ("kind", "left", "right"))
    words = f"{judged_words(kind, str(detail['judgement']))}: {left} and {right}"
    if detail.get("second_of"):
        words = f"second check of decision {detail['second_of']}, {words}"
    if detail.get("supersedes"):
        words += f" (decision {detail['supersedes']})"
    scope = _plain(detail.get("scope")) or {}
    named = [one for side in ("left", "right") for one in scope.get(side, [])] if isinstance(scope, dict) else []
    sides = {"report_series": ([left], [right]), "merge": ([], [left, right]), "split": ([], [left])}
    reports, series = sides.get(kind, ([left, right], []))
    number = detail.get("id")
    return EntryWords(
        words,
        tuple(dict.fromkeys([*reports, *named])),
        tuple(series) if kind in OF_SERIES else (),
        _why(detail),
        number if isinstance(number, int) else None,
        _taken_by(detail),
    )


def _taken_by(detail: Mapping[str, Any]) -> str:
    """Strength (log10 odds), whether it was hidden, and the weights; empty where none was kept."""
    score, version = detail.get("score"), detail.get("model_version")
    strength = f"{detail.get('band') or ''} {signed(float(score), 1)}".strip() if score is not None else ""
    hidden = "hidden from who decided" if strength and detail.get("blind") else ""
    return ", ".join(filter(None, (strength, hidden, f"weights {version}" if version else "")))


def _why(detail: Mapping[str, Any]) -> str:
    supports, against = (_plain(detail.get(name)) or [] for name in ("reasons_for", "reasons_against"))
    return why_words(supports, against, detail.get("note"))


def why_words(supports: Sequence[object], against: Sequence[object], note: object) -> str:
    """Reasons for and against a decision and its note, in a line; empty where there are none."""
    told_of = [
        f"{word}: {', '.join(map(str, reasons))}"
        for word, reasons in (("for", supports), ("against", against))
        if reasons
    ]
    return "; ".join([*told_of, *([f"note: {note}"] if note else [])])


def _plain(value: Any) -> Any:
    """A value that may be kept as JSON text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _named(detail: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        value = detail.get(name)
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            found += [one for one in value if isinstance(one, str)]
    return list(dict.fromkeys(found))


def _short(detail: Mapping[str, Any]) -> str:
    """The plain values of a detail, without seals and what is nested."""
    words = ", ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, value in detail.items()
        if name != "sealed" and isinstance(value, str | int | float) and value != ""
    )
    return words if len(words) <= _SHORT else words[:_SHORT].rsplit(" ", 1)[0] + " ..."
