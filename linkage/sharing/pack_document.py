"""How a pack is laid out: summary, what the items say, map, timeline, legs, reasons for and against, limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linkage.geography import CIRCUITY
from linkage.report import Report
from linkage.review.series_view import AGREES, COMMON, DIFFERS, DISTINCTIVE, INCONSISTENT, Row
from linkage.review.strength import SIGNS, counted, signed, strength_words
from linkage.review.summary import NOT_MENTIONED, date_words, summarise, within_words
from linkage.review.summary import Section as Summary
from linkage.review.travel_words import between_words, hours_words, verdict_sign_words, verdict_words, when_words
from linkage.sharing.clearing import rules
from linkage.sharing.document import Document, Picture, Section, Table
from linkage.sharing.drawing import map_svg, timeline_svg
from linkage.sharing.pack import Hinges, Pack, Weight, Without, force_of, standing_words
from linkage.travel import Leg

KINDS = {
    DISTINCTIVE: "Distinctive: shared here, rare elsewhere",
    COMMON: "Common: shared here, but usual",
    INCONSISTENT: "Inconsistent: at least one incident says otherwise",
}


def pack_document(pack: Pack, mark: str, steps: Sequence[tuple[str, str]]) -> Document:
    """The pack as a document; `steps` say who asked for it and who checked it, `mark` stands on every page."""
    words = standing_words()
    facts = [
        ("For", f"{words['for_words'][pack.purpose]}{f', {pack.recipient}' if pack.purpose == 'force' else ''}"),
        ("About", f"{pack.kind} {pack.reference}"),
        ("Force areas", "; ".join(f"{force} ({counted(n, 'report')})" for force, n in pack.areas.items())),
        ("Consent", pack.consent_words),
        *pack.grades.words(),
        *steps,
    ]
    sections = [section for section in _sections(pack) if section.paragraphs or section.tables]
    return Document(f"{pack.kind.capitalize()} {pack.reference}", mark, facts, sections)


def _sections(pack: Pack) -> Iterator[Section]:
    yield Section("Summary", tables=[summary_table(pack)])
    if pack.kind == "series":
        yield _reasons(pack)
        yield _items(pack.rows, len(pack.stops))
    yield from _where_and_when(pack)
    if pack.kind == "series":
        yield _hangs_on(pack.hinges)
    for number in pack.own:
        yield Section(f"Report {number}", tables=[_facts_table(number, pack.facts[number])])
    yield _left_out(pack)
    method = [f"{name.capitalize()}: {value}." for name, value in pack.method.items()]
    yield Section("Limits and method", [*standing_words()["limits"], *method])


def summary_table(pack: Pack) -> Table:
    """One line for each report that is here."""
    heads = ["Report", "Date", "Place", "Force area", "Offences", "Vehicle", "Place in the series"]
    return Table("summary", "The reports in time order", heads, [_summary_row(one, pack) for one in pack.members])


def _summary_row(report: Report, pack: Pack) -> list[str]:
    sheet = {line.label: line.value for section in _sheet(report, pack) for line in section.lines}
    vehicle = " ".join(
        sheet[name] for name in ("Colour", "Make", "Model") if sheet.get(name, NOT_MENTIONED) != NOT_MENTIONED
    )
    return [
        report.report_id,
        date_words(report),
        sheet["Place"],
        force_of(report),
        sheet["Offences"],
        vehicle or NOT_MENTIONED,
        pack.roles.get(report.report_id, "not in it" if pack.kind == "series" else "a report by itself"),
    ]


def _sheet(report: Report, pack: Pack) -> Sequence[Summary]:
    return pack.facts.get(report.report_id) or tuple(summarise(report))


def _reasons(pack: Pack) -> Section:
    against = [*_weight_rows(pack.against)]
    contrary = [row for row in pack.rows if row.kind == INCONSISTENT]
    against += [[row.words, row.group, f"{counted(row.against, 'incident')} against"] for row in contrary]
    heads = ["Compared", "Kind", "Weight (log10)"]
    tables = [
        Table("reasons_for", "Reasons for one person", heads, [*_weight_rows(pack.supports)] or [["none", "", ""]]),
        Table("reasons_against", "Reasons against", heads, against or [["none found", "", ""]]),
    ]
    words = (
        "All reports here weighed together. A weight of +1 makes one person ten times likelier, -1 ten times less."
    )
    return Section("Reasons for and against", [pack.consent_words + ".", words], tables=tables, pair=True)


def _weight_rows(weights: Sequence[Weight]) -> Iterator[list[str]]:
    for one in weights:
        yield [one.label, one.group.replace("_", " "), signed(one.weight)]


def _items(rows: Sequence[Row], incidents: int) -> Section:
    if not rows:
        return Section("What the incidents share and what differs", ["Fewer than two incidents: nothing to compare."])
    heads = ["Item", "Detail", *(str(number) for number in range(1, incidents + 1)), "In all reports"]
    tables = [
        Table(f"items_{kind.lower()}", title, heads, [_item(row) for row in rows if row.kind == kind])
        for kind, title in KINDS.items()
        if any(row.kind == kind for row in rows)
    ]
    note = (
        "Columns are the incidents as numbered on the map. + agrees, - says otherwise, o not mentioned, ? not known."
    )
    return Section("What the incidents share and what differs", [note], tables=tables)


def _item(row: Row) -> list[str]:
    cells = [f"{SIGNS[cell.says]} {_cell_words(row, cell.says, cell.words)}".strip() for cell in row.cells]
    return [row.group, row.item, *cells, base_words(row)]


def _cell_words(row: Row, says: str, words: str) -> str:
    return "" if words == row.item or says not in (AGREES, DIFFERS) else words


def base_words(row: Row) -> str:
    """How often an item is seen in all reports; small counts are not given as a number."""
    least = rules().least_count
    if row.base_count < least:
        return f"fewer than {least} of {row.base_total:,}"
    return f"{row.base_count:,} of {row.base_total:,} ({row.base_share:.1%})"


def _where_and_when(pack: Pack) -> Iterator[Section]:
    numbers = {stop.report_id: number for number, stop in enumerate(pack.stops, start=1)}
    rows = [
        [
            str(n),
            stop.report_id,
            stop.place,
            within_words(stop.radius_km * 1000) if stop.radius_km else "",
            when_words(stop),
        ]
        for n, stop in enumerate(pack.stops, start=1)
    ]
    table = Table("incidents", "Incidents in time order", ["Number", "Report", "Place", "Uncertainty", "When"], rows)
    shown = [f"{n} in {stop.place}" for n, stop in enumerate(pack.stops, 1) if stop.located]
    pictures = (
        [Picture("map", map_svg(pack.stops, pack.legs), f"Map of the incidents: {'; '.join(shown)}.")]
        if shown
        else []
    )
    note = "Each dashed disc holds about 9 in 10 of where it may have been. Lines join incidents in time order."
    yield Section("Map", [note], pictures, [table])
    line = timeline_svg(pack.stops)
    if line:
        told = "Timeline of the incidents; the table above says the same."
        yield Section("Timeline", ["A bar is as long as the date is uncertain."], [Picture("timeline", line, told)])
    if pack.legs:
        verdict = verdict_words(pack.legs, pack.stops)
        note = f"Road distance is the straight line times {CIRCUITY}. All together: {verdict}."
        heads = ["Leg", "From", "To", "Straight line", "By road", "Time between", "Hours needed", "One person?"]
        yield Section(
            "Legs",
            [note],
            tables=[
                Table("legs", "Can one person have made them?", heads, [_leg(leg, numbers) for leg in pack.legs])
            ],
        )


def _leg(leg: Leg, numbers: dict[str, int]) -> list[str]:
    doubt = f" ± {leg.doubt_km:,.1f} km" if leg.doubt_km else ""
    order = "" if leg.order_certain else " (order not certain)"
    return [
        f"{numbers[leg.start.report_id]} to {numbers[leg.end.report_id]}{order}",
        leg.start.place,
        leg.end.place,
        "not known" if leg.straight_km is None else f"{leg.straight_km:,.0f} km{doubt}",
        "not known" if leg.road_km is None else f"{leg.road_km:,.0f} km",
        between_words(leg),
        hours_words(leg.hours_needed),
        verdict_sign_words(leg),
    ]


def _hangs_on(hinges: Hinges) -> Section:
    if not hinges.reports:
        return Section("What it hangs on", ["There is no series on the reports here, so nothing for it to hang on."])
    ties = (
        f"Without {', '.join(hinges.articulation)} the others would not all be tied together."
        if hinges.articulation
        else "No single report holds the others together."
    )
    heads = ["Without", "What is left"]
    tables = [
        Table("without_report", "Without a report", heads, [_without(one) for one in hinges.reports]),
        Table("without_evidence", "Without a kind of evidence", heads, [_without(one) for one in hinges.groups]),
    ]
    return Section("What it hangs on", [ties], tables=tables, pair=True)


def _without(one: Without) -> list[str]:
    if one.whole is None:
        return [one.what, "one incident is left: no series"]
    return [one.what, f"{'holds' if one.whole > 0 else 'falls apart'}, {strength_words(one.whole, 1)}"]


def _facts_table(number: str, sections: Sequence[Summary]) -> Table:
    rows = [[section.title, line.label, line.value] for section in sections for line in section.lines]
    return Table(f"report_{number}", f"What report {number} says", ["Part", "Item", "Value"], rows)


def _left_out(pack: Pack) -> Section:
    told = [
        f"{counted(pack.left_out, 'report')} of the {pack.kind} may not be shared for this purpose: left out whole, "
        "with everything that rests on them."
        if pack.left_out
        else "No report was left out for lack of consent."
    ]
    if pack.dropped:
        told.append(f"{counted(pack.dropped, 'value')} of the reports here were left out as no plain values.")
    others = len(pack.members) - len(pack.own)
    if others:
        told.append(
            f"{counted(others, 'report')} from other force areas: in the tables, without a sheet of their own."
        )
    return Section("What was left out", told)
