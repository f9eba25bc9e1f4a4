"""Labelled texts for the judges of vehicles: each word that may be one, and each vehicle, laid beside the labels.

A make, a model or a body is a vehicle's where a label of anybody's vehicle holds it. A colour is a vehicle's where it
stands with one and a label of that vehicle, or of any where none is named, holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from extraction_f1 import TEXTS, facts_of_vehicle, listed, load_set, others_tell
from judge_texts import Labelled, author_of
from same_fact import same

from linkage.intake.assemble.vehicles import found_vehicles
from linkage.intake.fields.vehicle import vehicle_of
from linkage.intake.judge.vehicles import features_of_vehicles, features_of_word
from linkage.intake.reject import clean
from linkage.intake.values.vehicles.vehicle_mentions import mentions
from linkage.intake.values.vehicles.vehicle_names import Name
from linkage.intake.values.vehicles.vehicle_words import Label, make_of, tokens_of

Row = tuple[set[str], bool, str, float]
"""Features, label, author, and how much the row counts."""

FIELDS = ("make", "model", "colour", "body")
PASSED = 0.25
"""The same of a name that is no everyday word and that no label holds: labels leave out who only passed by [G]."""

_FIELD = re.compile(r"(make|model|colour|body)=(.*?)(?= (?:make|model|colour|body)=|$)")

MARKED = 3.0
"""Weight of a vehicle whose own words are marked (`owners.txt`) beside one that is found in a label [G]."""
TABLE_COUNT = 3.0
"""How much a row of `vehicles.txt` counts beside a word of a text [G]."""


def vehicle_word_rows(names: list[str]) -> Iterator[Row]:
    """The rows of labelled sets and of two tables, of which each line counts as an author."""
    for name in names:
        for line in load_set(name):
            if "vehicles" not in line["gold"].get("ignore", ()):
                others = line["gold"].get("others", [])
                told = [*line["gold"].get("vehicles", ()), *([others] if isinstance(others, dict) else others)]
                yield from _rows(clean(line["text"]), told, author_of(name, line), 1.0, sure=False)
    for table in ("vehicles", "descriptions"):
        for number, line in enumerate((TEXTS / f"{table}.txt").read_text(encoding="utf-8").splitlines()):
            told, bar, text = line.partition(" | ")
            only = told.partition("=")[0] if table == "descriptions" else ""
            if bar and only in ("", *FIELDS):
                author = f"{table}:{number}"
                yield from _rows(
                    text.replace("\\n", "\n"), _vehicles(told), author, TABLE_COUNT, sure=True, only=only
                )


def _vehicles(told: str) -> list[dict[str, Any]]:
    """ "colour=blue/black make=Ford; body=van" as labels."""
    return [
        {name: re.split("[/,]", values) for name, values in _FIELD.findall(one) if values} for one in told.split(";")
    ]


def _rows(
    text: str, told: list[dict[str, Any]], author: str, count: float, sure: bool, only: str = ""
) -> Iterator[Row]:
    tokens = tokens_of(text)
    for group in mentions(tokens):
        for at, each in enumerate(group):
            if only and each.kind != only and not (only == "make" and each.kind == "model"):
                continue
            label = _is_vehicles(told, group, each)
            if label is not None:
                passer_by = not (label or sure) and make_of(each) != "" and each.caution == 0
                yield features_of_word(tokens, group, at), label, author, PASSED if passer_by else count


def _is_vehicles(told: list[dict[str, Any]], group: list[Label], each: Label) -> bool | None:
    if each.kind == "noun" or each.value == ("car",):
        return None
    if each.kind != "colour":
        return any(_holds(one, each) for one in told)
    named = [one for one in group if one.kind != "colour"]
    theirs = [one for one in told if any(_holds(one, other) for other in named)]
    return bool(named) and any(_holds(one, each) for one in theirs or told)


def _holds(told: dict[str, Any], each: Label) -> bool:
    if isinstance(each.value, Name):
        field, values = ("model", [each.value.model]) if each.value.model else ("make", [each.value.make])
        if field not in told and "make" in told:
            field, values = "make", [each.value.make]
    else:
        field, values = each.kind, list(each.value)
    return any(same(field, label, value) for value in values for label in listed(told.get(field)))


def used_vehicle_rows(texts: Iterable[Labelled]) -> Iterator[Row]:
    """Whether a reported person used each vehicle of labelled and of marked texts."""
    for text in texts:
        gold = text.line.get("gold", {})
        if "vehicles" in gold.get("ignore", ()):
            continue
        groups = found_vehicles(text.document.text)
        for group, features in zip(groups, features_of_vehicles(text.document, groups), strict=True):
            if text.line:
                label = _used(gold, facts_of_vehicle(vehicle_of(group, text.document.text)))
            else:
                marked = (used for start, end, used in text.vehicles if group[0].start < end and group[0].end > start)
                label = next(marked, None)
            if label is not None:
                yield features, label, text.author, 1.0 if text.line else MARKED


def _used(gold: dict[str, Any], facts: dict[str, list[Any]]) -> bool | None:
    """Whether the labels say so; None where they say both, or nothing of a vehicle told by its body alone."""
    told = [(name, value) for name, values in facts.items() for value in values]
    if not told:
        return None

    def agrees(one: dict[str, Any]) -> bool:
        known = [(name, value) for name, value in told if listed(one.get(name))]
        right = [any(same(name, label, value) for label in listed(one.get(name))) for name, value in known]
        return bool(right) and sum(right) * 2 > len(right)

    ours = any(agrees(one) for one in gold.get("vehicles", ()))
    theirs = any(others_tell(gold, name, value) for name, value in told)
    return None if ours and theirs and len(told) < 2 else ours
