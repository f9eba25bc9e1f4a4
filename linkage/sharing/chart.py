"""A chart of entities and links: reports that may leave, what they name, and the suggested links between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx

from linkage.output.cells import csv_text
from linkage.report import Report
from linkage.review.strength import chance_words
from linkage.review.summary import date_words
from linkage.sharing.clearing import cleared
from linkage.sharing.consent_gate import Admitted, ConsentError, admit
from linkage.sharing.material import Material
from linkage.sharing.pack import Wanted, force_of

LEAST_LINK = 0.1
"""Probability from which a suggested link is drawn [G]."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A node: a report or something that reports name; `label` is what is written at it."""

    id: str
    type: str
    label: str
    date: str = ""
    place: str = ""
    force_area: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An edge between two entities; `probability` is None but for a suggested link between reports."""

    start: str
    end: str
    type: str
    label: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Entities and the links between them."""

    purpose: str
    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    left_out: int


def chart_wanted(wanted: Wanted, known: Material) -> Admitted:
    """The reports of the series and reports named that may leave. ConsentError where none may, or one is unknown."""
    members: list[str] = []
    for name in wanted.names:
        if name not in known.series and name not in known.reports:
            raise ConsentError(f"There is no series and no report {name!r} in the store")
        members += known.series.get(name, [name])
    return admit([known.reports[one] for one in dict.fromkeys(members) if one in known.reports], wanted.purpose)


def build_chart(wanted: Wanted, known: Material, numbers: Mapping[str, str]) -> Chart:
    """The chart of the series and reports named. ConsentError as `chart_wanted`."""
    found = chart_wanted(wanted, known)
    entities: dict[tuple[str, str], Entity] = {}
    links: list[Link] = []
    for name, report in found.reports.items():
        plain = cleared(report, numbers[name]).report
        own = Entity(
            plain.report_id, "report", plain.report_id, date_words(plain), plain.place.text or "", force_of(plain)
        )
        entities["report", own.id] = own
        for kind, value in dict.fromkeys(_named(plain)):
            entity = entities.setdefault((kind, value), Entity(f"E{len(entities) + 1}", kind, value))
            links.append(Link(own.id, entity.id, "named in"))
    return Chart(
        wanted.purpose, tuple(entities.values()), (*links, *_suggested(found, known, numbers)), len(found.left_out)
    )


def _named(report: Report) -> Iterator[tuple[str, str]]:
    """What a report names that can be the same thing in another: kind and value."""
    for vehicle in report.vehicles:
        if vehicle.registration:
            yield "registration", vehicle.registration
    for identifier in report.identifiers:
        yield identifier.kind, identifier.value
    for person in report.suspects:
        for name in report.names_of(person):
            yield "name given", name
    if report.place.town:
        yield "town", report.place.town


def _suggested(found: Admitted, known: Material, numbers: Mapping[str, str]) -> Iterator[Link]:
    """Suggested links between the reports that may leave."""
    names = list(found.reports)
    for at, one in enumerate(names):
        for other in names[at + 1 :]:
            pair = known.linked(one, other)
            if pair is not None and pair.probability >= LEAST_LINK:
                chance = round(pair.probability, 2)
                yield Link(numbers[one], numbers[other], "suggested link", chance_words(chance), chance)


def chart_plain(one: Chart) -> dict[str, Any]:
    """The chart as plain JSON values."""
    entities, links = ([asdict(item) for item in items] for items in (one.entities, one.links))
    return {"for": one.purpose, "entities": entities, "links": links, "left_out": one.left_out}


def graphml_of(one: Chart) -> bytes:
    """The chart as GraphML, for yEd, Gephi and others."""
    graph = nx.Graph()
    for entity in one.entities:
        graph.add_node(entity.id, **{name: value for name, value in asdict(entity).items() if name != "id"})
    for link in one.links:
        plain = {
            name: value for name, value in asdict(link).items() if name not in ("start", "end") and value is not None
        }
        graph.add_edge(link.start, link.end, **plain)
    return "\n".join(nx.generate_graphml(graph)).encode("utf-8")


def chart_csvs(one: Chart) -> dict[str, bytes]:
    """Entities and links as two CSV files, as an import into i2 takes them."""
    entities = [list(asdict(entity).values()) for entity in one.entities]
    links = [list(asdict(link).values()) for link in one.links]
    heads = (["Id", "Type", "Label", "Date", "Place", "Force area"], ["From", "To", "Type", "Label", "Probability"])
    written = {"entities.csv": csv_text(heads[0], entities, for_spreadsheet=True),
               "links.csv": csv_text(heads[1], links, for_spreadsheet=True)}  # fmt: skip
    return {name: text.encode("utf-8") for name, text in written.items()}
