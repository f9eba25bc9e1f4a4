"""`linkage search`: a question in words and fields, answered by ranked reports with their reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import CommandError, counted, print_json, say

if TYPE_CHECKING:
    from linkage.report import Report
    from linkage.search import Found, Question, Reason, Row
    from linkage.store import Store

TOP = 20
_REASONS = 5
_LETTERS, _LETTERS_OF_BEHAVIOUR, _LETTERS_ASKED = 50, 100, 200


@app.command()
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORDS]", help="Facts and words together; in double quotes word for word."),
    ] = None,
    vehicle: Annotated[str, typer.Option(metavar="WORDS", help="Colour, make, model, kind.")] = "",
    registration: Annotated[
        str, typer.Option(metavar="PLATE", help="? is one unknown character, * any number.")
    ] = "",
    person: Annotated[str, typer.Option(metavar="WORDS", help="The reported person.")] = "",
    behaviour: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORDS",
            help="What was done; +WORDS: must, -WORDS: must not, not WORDS: was not. May be repeated.",
        ),
    ] = None,
    words_as: Annotated[
        str, typer.Option(metavar="WAY", help="How words are looked for: exact, near, similar or sentences.")
    ] = "similar",
    near: Annotated[str, typer.Option(metavar="PLACE", help="A town, district or postcode.")] = "",
    within: Annotated[
        float | None, typer.Option(metavar="KM", help="How near; without it 30.", show_default=False)
    ] = None,
    regions: Annotated[
        bool, typer.Option(help="Keep reports whose place is known only by region or not at all.")
    ] = True,
    from_: Annotated[str, typer.Option("--from", metavar="D", help="First day; a month or year will do.")] = "",
    to: Annotated[str, typer.Option(metavar="D", help="Last day.")] = "",
    day_part: Annotated[str, typer.Option(metavar="PART", help="night, early hours, 9-11 pm ...")] = "",
    unsure: Annotated[bool, typer.Option(help="Keep reports whose date or hour is unsure or not known.")] = True,
    identifier: Annotated[
        list[str] | None,
        typer.Option(metavar="VALUE", help="Phone, e-mail, account; *4471 or 4471 a part of it. May be repeated."),
    ] = None,
    like: Annotated[str, typer.Option(metavar="REPORT", help="Rank by the evidence with this one.")] = "",
    must: Annotated[
        list[str] | None,
        typer.Option(metavar="PART", help="vehicle, person, near ...: reports that do not say it are left out."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="PART", help="Take out a part as the answer says it was read: 'Vehicle: silver'."),
    ] = None,
    why_not: Annotated[
        str | None, typer.Option(metavar="REPORT", help="Say why this report is not among the answers.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, help="How many reports to list.")] = TOP,
    save: Annotated[str, typer.Option(metavar="NAME", help="Keep the question under a name.")] = "",
    saved: Annotated[
        str, typer.Option(metavar="NAME", help="Ask a kept question again; other parts change it.")
    ] = "",
    list_saved: Annotated[bool, typer.Option("--list-saved", help="List the kept questions and do nothing else.")] = (
        False
    ),
    purpose: Annotated[str, typer.Option(metavar="WORDS", help="What the search is for; kept in the audit.")] = "",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Find reports by vehicle, registration, person, behaviour, place, time and words, each with its reasons.

    A report that does not say something is kept and marked "not known", unless that part is a --must. A place with
    a distance, a period and a day part leave out what certainly lies outside. Each weight is log10 of how much
    likelier the report's value is if it is one that was asked for. Reports that agree with too little of what was
    asked are not listed, so that nothing may be found.

    Examples:

        linkage search silver 4x4 bald stocky northern near Manchester

        linkage search --registration "?K5*" --near Leeds --within 30 --from "March 2025"

        linkage search --behaviour "+hands round her neck" --behaviour "-paid" --day-part night
    """
    from linkage.search import Question, QuestionError
    from linkage.store import Store

    question = Question(
        words=" ".join(words or []),
        vehicle=vehicle,
        registration=registration,
        person=person,
        behaviour=tuple(behaviour or ()),
        near=near,
        within_km=within,
        from_=from_,
        to=to,
        day_part=day_part,
        identifier=tuple(identifier or ()),
        like=like,
        must=frozenset(must or ()),
        without=tuple(without or ()),
        words_as=words_as,
        regions=regions,
        unsure=unsure,
    )
    try:
        with Store(store, write=False) as kept:
            kept.require("search")
            if list_saved:
                _say_saved(kept, json)
                return
            if saved:
                question = _again(kept, saved, question)
            question.check()
            _answer(kept, question, why_not, top, json)
        if save or purpose:
            with Store(store, create=False) as kept:
                _keep(kept, question, save, purpose)
    except QuestionError as error:
        raise CommandError(str(error)) from error


def _answer(kept: Store, question: Question, why_not: str | None, top: int, json: bool) -> None:
    from linkage.review.blind import Blind
    from linkage.store.blind import blind_here
    from linkage.store.search_index import searcher_of

    searcher = searcher_of(kept)
    if not searcher.index.ids:
        raise CommandError("There are no reports in the store. Read some into it: linkage import FILE")
    blind = blind_here(kept) if question.like else Blind()
    question = replace(question, apart=blind.partners(question.like))
    told = searcher.why_not(question, why_not, top) if why_not else None
    found = _closed(searcher.find(question, top))
    if unknown := [one for one in question.without if one not in found.without]:
        parts = "; ".join(found.asked) or "none"
        raise CommandError(f"Nothing was read as {unknown[0]!r}, so it cannot be taken out; what was read: {parts}")
    if json:
        print_json(_as_json(question, found, told))
    elif told is not None:
        say(told)
    else:
        _say_found(found, searcher.by_id)
        _say_marks(kept, found, searcher.by_id)
        for other in sorted(question.apart):
            say(blind.refusal(("pair", *sorted((question.like, other)))))


def _closed(found: Found) -> Found:
    """The answer without the words of narratives, which a report asked for by --like is compared in."""
    from linkage.review.closed_narrative import LABEL, closed

    rows = [
        replace(
            row, reasons=[replace(one, words=closed(one.words)) if one.label == LABEL else one for one in row.reasons]
        )
        for row in found.rows
    ]
    return replace(found, rows=rows)


def _again(kept: Store, name: str, now: Question) -> Question:
    """The kept question with the parts that are asked now in place of its own."""
    from linkage.search import Question
    from linkage.store import saved_searches

    found = {one.name: one for one in saved_searches(kept)}
    if name not in found:
        names = ", ".join(found) or "none yet"
        raise CommandError(f"No search is kept as {name!r}; kept: {names}")
    before = Question.of(found[name].question)
    return replace(before, **{part: getattr(now, part) for part in now.plain()})


def _keep(kept: Store, question: Question, name: str, purpose: str) -> None:
    from linkage.store import SavedSearch, record_search, save_search

    if name:
        save_search(kept, SavedSearch(name, question.plain(), purpose))
    elif purpose:
        record_search(kept, question.plain(), purpose)


def _say_saved(kept: Store, json: bool) -> None:
    from linkage.store import saved_searches

    searches = saved_searches(kept)
    if json:
        print_json([asdict(one) for one in searches])
    elif not searches:
        say("No search is kept. Keep one: linkage search WORDS --save NAME")
    for one in [] if json else searches:
        parts = "; ".join(f"{part}: {value}" for part, value in one.question.items())
        say(f"{one.name}: {parts}{f' ({one.purpose})' if one.purpose else ''}")


def _as_json(question: Question, found: Found, told: str | None) -> dict[str, Any]:
    """The answer as plain values; `agrees` is false for a row that agrees with too little to be listed."""
    asked = {**asdict(question), "must": sorted(question.must), "apart": sorted(question.apart)}
    asked["from"] = asked.pop("from_")
    counts = {
        name: getattr(found, name) for name in ("agreeing", "partly", "differing", "silent", "left_out", "total")
    }
    return {
        "question": asked,
        "read_as": found.asked,
        "taken_out": found.without,
        "notes": found.notes,
        **counts,
        "facets": [asdict(facet) for facet in found.facets],
        "rows": [asdict(row) for row in found.rows],
    } | ({"why_not": told} if told is not None else {})


def _say_found(found: Found, reports: Mapping[str, Report]) -> None:
    from rich.markup import escape
    from rich.table import Table

    if found.asked:
        say(f"Read as: {_together(found.asked)}.")
    if found.without:
        say(f"Taken out: {_together(found.without)}.")
    for note in found.notes:
        say(note)
    shown = [row for row in found.rows if row.agrees]
    if not shown:
        if found.asked or not found.notes:
            _say_nothing_found(found)
        return
    table = Table(show_edge=False)
    for head in ("report", "where and when"):
        table.add_column(head, overflow="fold")
    table.add_column("score", justify="right")
    table.add_column("reasons", overflow="fold")
    for row in shown:
        cells = (row.report_id, _where_and_when(reports[row.report_id]), f"{row.score:+.2f}", _reasons(row))
        table.add_row(*map(escape, cells))
    say(table)
    agree = "agrees" if found.agreeing == 1 else "agree"
    say(
        f"{found.agreeing:,} of {counted(found.total, 'report')} {agree} with enough of what was asked, "
        f"{found.partly:,} more with a small part of it; {counted(found.differing, 'only differs', 'only differ')}; "
        f"{counted(found.silent, 'does', 'do')} not say; "
        f"{counted(found.left_out, 'is', 'are')} left out by place, time or a must."
    )
    for facet in found.facets:
        counts = ", ".join(f"{value} ({count:,})" for value, count in facet.counts)
        say(f"  {facet.name}: {counts}; not known ({facet.not_known:,})")


def _say_marks(kept: Store, found: Found, reports: Mapping[str, Report]) -> None:
    """Which of the listed reports may repeat an alert."""
    from linkage.sharing.pair_marks import short_words
    from linkage.store.echoes import marks_of

    for name, listed in marks_of(kept, [row.report_id for row in found.rows if row.agrees], reports).items():
        for one in listed:
            say(
                f"{name} {short_words(one)}. Both strengths: linkage explain {name} {one.alert.reports[0]}",
                style="yellow",
            )


def _say_nothing_found(found: Found) -> None:
    left = f" {counted(found.left_out, 'was', 'were')} left out by place, time or a must." if found.left_out else ""
    partly = f" {counted(found.partly, 'agrees', 'agree')} with a small part of it." if found.partly else ""
    none = f"none of {counted(found.total, 'report')} agrees with enough of what was asked"
    say(f"Nothing found: {none}.{partly}{left}")


def _together(asked: list[str]) -> str:
    """How the question was read, each label said once and what is too long for a screen cut."""
    by_label: dict[str, list[str]] = {}
    for one in asked:
        label, _, value = one.partition(": ")
        by_label.setdefault(label, []).append(value if len(value) <= _LETTERS_ASKED else f"{value[:_LETTERS_ASKED]}…")
    return "; ".join(f"{label}: {', '.join(values)}" for label, values in by_label.items())


def _reasons(row: Row) -> str:
    """All parts of the score: the last ones as their sum."""
    told, rest = row.shown(_REASONS)
    more = [f"and {len(rest)} more {sum(one.weight for one in rest):+.2f}"] if rest else []
    return "; ".join([*map(_reason, told), *more])


def _reason(reason: Reason) -> str:
    from linkage.cli.show import short
    from linkage.review.strength import SIGNS

    sign = SIGNS[reason.says]
    most = _LETTERS_OF_BEHAVIOUR if reason.label == "Behaviour" else _LETTERS
    if reason.says == "not known":
        which = f" ({short(reason.words.removesuffix(': not known'), most)})" if reason.label == "Behaviour" else ""
        return f"{sign}{reason.label}{which}"
    count = f" ({reason.count})" if reason.count else ""
    return f"{sign}{reason.label}: {short(reason.words, most)}{count} {reason.weight:+.2f}"


def _where_and_when(report: Report) -> str:
    from linkage.features.place import place_words
    from linkage.features.time import date_words

    return f"{place_words(report)}, {date_words(report)}".replace("not known, not known", "not known")
