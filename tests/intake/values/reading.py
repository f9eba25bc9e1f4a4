"""What the tables of examples share: what a finder of a kind of fact reads in a sentence, and what it denies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from linkage.intake.finding import SURE, Finding
from linkage.report import Range

TEXTS = Path(__file__).parents[1] / "texts"
Find = Callable[[str], list[Finding]]


def read(find: Find, text: str, field: str | None = None) -> list[Any]:
    """Values that count, in order; a range as (min, max). Each finding says where and by which rule."""
    values = []
    for found in find(text):
        assert found.rule
        assert 0 <= found.start < found.end <= len(text)
        if found.confidence >= SURE and not found.negated and field in (None, found.field):
            value = (found.value.min, found.value.max) if isinstance(found.value, Range) else found.value
            if value not in values:
                values.append(value)
    return values


def forms_under(file: str) -> list[tuple[str, str]]:
    """Value and form of each line of a file of texts; a value stands in brackets above its forms."""
    pairs, value = [], ""
    for line in filter(None, (TEXTS / file).read_text(encoding="utf-8").splitlines()):
        if line.startswith("["):
            value = line.strip("[]")
        else:
            pairs.append((value, line))
    return pairs


def lines_of(block: str) -> list[str]:
    """The lines of a block of examples."""
    return [line.strip() for line in block.strip().splitlines()]


def denied(find: Find, text: str) -> list[Any]:
    """Values that the text says are not so."""
    return [found.value for found in find(text) if found.negated]
