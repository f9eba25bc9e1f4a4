"""`linkage search`: a question in words and fields, answered by ranked reports with their reasons."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import CommandError, print_json, say

if TYPE_CHECKING:
    from linkage.report import Report
    from linkage.search import Found, Question, Reason

TOP = 20
_REASONS = 5


@app.command()
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]", help="Facts and words together; in double quotes word for word."),
    ] = None,
    vehicle: Annotated[
        str | None, typer.Option("--vehicle", metavar="WORDS", help="Colour, make, model, kind.")
    ] = None,
    registration: Annotated[
        str | None, typer.Option("--registration", metavar="PLATE", help="? is one unknown character, * any number.")
    ] = None,
    person: Annotated[str | None, typer.Option("--person", metavar="WORDS", help="The reported person.")] = None,
    behaviour: Annotated[
        list[str] | None,
        typer.Option("--behaviour", metavar="WORDS", help="What was done; -WORDS: not done. May be repeated."),
    ] = None,
    near: Annotated[str | None, typer.Option("--near", metavar="PLACE", help="A town, district or postcode.")] = None,
    within: Annotated[
        float | None, typer.Option("--within", metavar="KM", help="How near; without it 30.", show_default=False)
    ] = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar="D", help="First day; a month or year will do.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="D", help="Last day.")] = None,
    like: Annotated[
        str | None, typer.Option("--like", metavar="REPORT", help="Rank by the evidence with this one.")
    ] = None,
    must: Annotated[
        list[str] | None,
        typer.Option(
            "--must", metavar="PART", help="vehicle, person, near ...: reports that do not say it are left out."
        ),
    ] = None,
    why_not: Annotated[
        str | None, typer.Option("--why-not", metavar="REPORT", help="Say why this report is not among the answers.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many reports to list.")] = TOP,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Find reports by vehicle, registration, person, behaviour, place, time and words, each with its reasons.

    A report that does not say something is kept and marked "not known", unless that part is a --must. A place with
    a distance and a period leave out what certainly lies outside. Each weight is log10 of how much likelier the
    report's value is if it is one that was asked for.

    Examples:

        linkage search silver 4x4 bald stocky northern near Manchester

        linkage search --registration "?K5*" --near Leeds --within 30 --from "March 2025"
    """
    from linkage.search import Question, QuestionError, Searcher
    from linkage.store import Store

    question = Question(
        words=" ".join(words or []),
        vehicle=vehicle or "",
        registration=registration or "",
        person=person or "",
        behaviour=tuple(behaviour or ()),
        near=near or "",
        within_km=within,
        from_=from_ or "",
        to=to or "",
        like=like or "",
        must=frozenset(must or ()),
    )
    try:
        question.check()
        with Store(store, create=False) as kept:
            reports = kept.reports()
        if not reports:
            raise CommandError("There are no reports in the store. Read some into it: linkage import FILE")
        searcher = Searcher(reports)
        told = searcher.why_not(question, why_not, top) if why_not else None
        found = searcher.find(question, top)
    except QuestionError as error:
        raise CommandError(str(error)) from error
    if json:
        print_json(_as_json(question, found, told))
    elif told is not None:
        say(told)
    else:
        _say_found(found, {report.report_id: report for report in reports})


def _as_json(question: Question, found: Found, told: str | None) -> dict[str, Any]:
    """The answer as plain values; `agrees` is false for a row that is listed only because it does not say."""
    asked = {**asdict(question), "must": sorted(question.must)}
    asked["from"] = asked.pop("from_")
    rows = [{**asdict(row), "agrees": row.agrees} for row in found.rows]
    counts = {name: getattr(found, name) for name in ("agreeing", "silent", "left_out", "total")}
    return {"question": asked, "read_as": found.asked, **counts, "rows": rows} | (
        {"why_not": told} if told is not None else {}
    )


def _say_found(found: Found, reports: dict[str, Report]) -> None:
    from rich.markup import escape
    from rich.table import Table

    if found.asked:
        say(f"Read as: {_together(found.asked)}.")
    shown = [row for row in found.rows if row.agrees]
    if not shown:
        left = f" {found.left_out:,} were left out by place, time or a must." if found.left_out else ""
        say(f"Nothing found: none of {found.total:,} reports agrees with what was asked.{left}")
        return
    table = Table(show_edge=False)
    for head in ("report", "where and when"):
        table.add_column(head, overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("reasons", overflow="fold")
    for row in shown:
        reasons = "; ".join(_reason(reason) for reason in row.reasons[:_REASONS])
        cells = (row.report_id, _where_and_when(reports[row.report_id]), f"{row.score:+.2f}", reasons)
        table.add_row(*map(escape, cells))
    say(table)
    say(
        f"{found.agreeing:,} of {found.total:,} reports agree with something that was asked; {found.silent:,} more "
        f"do not say; {found.left_out:,} are left out by place, time or a must."
    )


def _together(asked: list[str]) -> str:
    """How the question was read, each label said once."""
    by_label: dict[str, list[str]] = {}
    for one in asked:
        label, _, value = one.partition(": ")
        by_label.setdefault(label, []).append(value)
    return "; ".join(f"{label}: {', '.join(values)}" for label, values in by_label.items())


def _reason(reason: Reason) -> str:
    from linkage.cli.show import SIGNS, short

    sign = SIGNS[reason.says]
    if reason.says == "not known":
        return f"{sign}{reason.label}"
    count = f" ({reason.count})" if reason.count else ""
    return f"{sign}{reason.label}: {short(reason.words, 50)}{count} {reason.weight:+.2f}"


def _where_and_when(report: Report) -> str:
    from linkage.features.place import place_words
    from linkage.features.time import date_words

    return f"{place_words(report)}, {date_words(report)}".replace("not known, not known", "not known")
