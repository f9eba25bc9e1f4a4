"""Labelled texts for the judge of numbers: each number that may be an age or a height, laid beside the labels.

A number is a person's where a label of anybody's age or height has it as one of its ends; one of two numbers that one
label bears out may be either, and teaches nothing. A row of `descriptions.txt` tells of its field all that it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from extraction_f1 import TEXTS, listed, load_set, others_tell
from judge_texts import author_of
from same_fact import same

from linkage.intake.judge.numbers import features
from linkage.intake.phrases.surface import plain
from linkage.intake.reject import clean
from linkage.intake.values.people.measures import Measure, age, height

Row = tuple[set[str], bool, str, float]
"""Features, label, author, and how much the row counts."""
MEASURES = {"age": age, "height_cm": height}
ROW_COUNT = 3.0
"""How much a row of `descriptions.txt` counts beside a number of a text [G]."""


def number_rows(field: str, names: list[str]) -> Iterator[Row]:
    """The rows of labelled sets, and of `descriptions.txt`, of which each line counts as an author."""
    measure = MEASURES[field]
    for name in names:
        for line in load_set(name):
            ignored = line["gold"].get("ignore", ())
            if "people" not in ignored and field not in ignored:
                yield from _rows(measure, clean(line["text"]), line["gold"], author_of(name, line))
    for number, line in enumerate((TEXTS / "descriptions.txt").read_text(encoding="utf-8").splitlines()):
        told, _, text = line.partition(" | ")
        name, _, value = told.partition("=")
        if name == field:
            for one in measure.numbers(plain(text)):
                yield features(one, measure.context).all(), bool(value), f"descriptions:{number}", ROW_COUNT


def _rows(measure: Measure, text: str, gold: dict[str, Any], author: str) -> Iterator[Row]:
    found = [(one, measure.value(one)) for one in measure.numbers(plain(text))]
    values = Counter(str(value) for _, value in found)
    for one, value in found:
        told = value is not None and _told(measure.field, [value.min, value.max], gold)
        if not (told and values[str(value)] > 1):
            yield features(one, measure.context).all(), told, author, 1.0


def _told(field: str, read: list[float | None], gold: dict[str, Any]) -> bool:
    labels = [label for one in gold.get("people", ()) for label in listed(one.get(field))]
    ours = any(same(field, label, read) or (isinstance(label, list) and _one_end(label, read)) for label in labels)
    of_two = read[0] != read[1] and None not in read and all(_told(field, [end, end], gold) for end in read)
    return ours or of_two or others_tell(gold, field, read)


def _one_end(label: list[float | None], read: list[float | None]) -> bool:
    return any(one is not None and one == other for one, other in zip(label, read, strict=True))
