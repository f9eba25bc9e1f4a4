"""How reports, reasons and results look at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from linkage.features.explanation import Told
from linkage.review.attribution_words import accounts_words, told_line
from linkage.review.strength import LEAST_SHOWN, NOT_KNOWN, NOT_MENTIONED, SIGNS, SILENCE

_LEFT_OUT = {"raw", "spans", "report_id", "id", "narrative", "language", "warnings"}


def report_table(report: dict[str, Any]) -> Table | str:
    """A report in canonical form as field, value and the words each value was read from; a sentence where it holds
    nothing."""
    name = report.get("id") or report.get("report_id") or "report"
    if not report.get("warnings") and next(facts(report), None) is None:
        return f"{name}: nothing was read in these words."
    table = Table(title=escape(str(name)), title_justify="left", show_edge=False)
    for head in ("field", "value", "words"):
        table.add_column(head, overflow="fold")
    for field, value, words in facts(report):
        table.add_row(escape(field), escape(value), escape(words))
    for warning in report.get("warnings", []):
        table.add_row("warning", escape(str(warning)), "")
    return table


def facts(
    part: dict[str, Any], prefix: str = "", around: Mapping[str, str] | None = None, within: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Every known value of a report: dotted field name, value, and the words it was read from.

    The words of a part stand in its own `raw` or, under the part's name `within`, in that of the part `around` it.
    """
    own = part.get("raw") or {}
    for name, value in part.items():
        if name in _LEFT_OUT or value in (None, [], {}, "") or value is False:
            continue
        if isinstance(value, dict) and not set(value) <= {"min", "max"}:
            yield from facts(value, f"{prefix}{name}.", own, name)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, item in enumerate(value, start=1):
                yield from facts(item, f"{prefix}{name}.{number}.", own, f"{name}.{number}")
        else:
            words = _words(own, name) or _words(around or {}, f"{within}.{name}") or (around or {}).get(within, "")
            yield prefix + name, _plain(value), str(words)


def _words(raw: Mapping[str, str], name: str) -> str:
    """The words of a value: of the whole, or of each item of a list, which are numbered from 1."""
    if name in raw:
        return str(raw[name])
    items = sorted(
        (int(number), words)
        for key, words in raw.items()
        for head, _, number in (key.rpartition("."),)
        if head == name and number.isdigit()
    )
    return "; ".join(str(words) for _, words in items)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        low, high = value.get("min"), value.get("max")
        if high is None:
            return f"{low:g} or more"
        return f"up to {high:g}" if low is None else f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return "; ".join(str(item) for item in value) if isinstance(value, list) else str(value)


def explanation_table(explanation: Any) -> Iterator[Any]:
    """The evidence on one pair: a table with a line for each comparison, then what it adds up to."""
    if explanation.same_incident:
        yield "These two reports tell of one incident: what they share is no evidence of a series."
    if not explanation.parts:
        return
    if note := accounts_words(explanation):
        yield escape(note)
    table = Table(show_edge=False)
    table.add_column("item")
    for name in (explanation.report_a, explanation.report_b):
        table.add_column(escape(name), overflow="fold")
    for head in ("says", "how rare"):
        table.add_column(head)
    table.add_column("weight", justify="right")
    silent = [part for part in explanation.parts if part.says == NOT_MENTIONED and abs(part.weight) < LEAST_SHOWN]
    for part in sorted(explanation.parts, key=lambda part: -part.weight):
        if part.says == NOT_KNOWN or part in silent:
            continue
        says = f"{SIGNS.get(part.says, ' ')} {part.says}"
        words = (_told(part.words_a, part.told_a), _told(part.words_b, part.told_b))
        cells = (part.label, *words, says, part.rarity, f"{part.weight:+.3f}")
        table.add_row(*(escape(str(cell)) for cell in cells))
    yield table
    if any(part.says == NOT_MENTIONED for part in explanation.parts):
        yield SILENCE
    if silent:
        labels, weight = ", ".join(part.label for part in silent), sum(part.weight for part in silent)
        yield f"Not mentioned, each with next to no weight, all of them {weight:+.3f}: {labels}."
    missing = [part.label for part in explanation.parts if part.says == NOT_KNOWN]
    if missing:
        yield f"Not known on one side or both, and therefore without weight: {', '.join(missing)}."
    yield (
        f"Starting belief {explanation.prior:+.3f}, evidence {explanation.strength - explanation.prior:+.3f}, "
        f"together {explanation.strength:+.3f}: probability {explanation.probability:.4f}."
    )
    if explanation.context:
        yield from _context(explanation)
    if explanation.together is not None:
        yield f"With what all other reports say: probability {explanation.together:.4f}."


def _told(words: str, told: Sequence[Told]) -> str:
    """A value with the accounts that it comes from, each shortened by itself."""
    return told_line(short(words), [Told(one.report, short(one.words)) for one in told])


def _context(explanation: Any) -> Iterator[Any]:
    """What the other reports add to a pair, report by report, up to its final log odds."""
    table = Table(title="What the other reports add", title_justify="left", show_edge=False)
    table.add_column("from", overflow="fold")
    for head in (f"tied to {explanation.report_a}", f"tied to {explanation.report_b}", "weight"):
        table.add_column(escape(head), justify="right")
    for part in explanation.context:
        ties = ("" if tie is None else f"{tie:+.3f}" for tie in (part.with_a, part.with_b))
        table.add_row(escape(part.label), *ties, f"{part.weight:+.3f}")
    yield table
    added = explanation.final - explanation.strength
    yield f"The pair alone {explanation.strength:+.3f}, the others {added:+.3f}, together {explanation.final:+.3f}."


def short(words: str, limit: int = 120) -> str:
    """`words` on one line and no longer than `limit`: a narrative is opened on purpose, never in passing."""
    line = " ".join(words.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def main_reasons(explanation: Any, most: int = 3) -> str:
    """The strongest agreements of a pair in one line."""
    shared = (part for part in explanation.parts if part.weight > 0 and part.says != NOT_MENTIONED)
    agreeing = sorted(shared, key=lambda part: -part.weight)
    return "; ".join(
        f"{SIGNS.get(part.says, '+')}{part.label} ({short(part.words_a, 40)})" for part in agreeing[:most]
    )
