"""Labelled sentences by eight writers are learned from; others by one of them say how such sentences are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from linkage.intake.behaviours.reading import read_behaviours
from linkage.vocabulary import load
from tests.rows import each_row

TEXTS = Path(__file__).parents[1] / "texts"
LEAST_READ, LEAST_NOT_DONE = 0.89, 0.91
"""F1 of the check's sub-items told as done, and share of its sub-items that are labelled as not done and not read,
measured when the judge was learned last, rounded down."""


def rows(name: str) -> list[dict[str, Any]]:
    lines = (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [{"text": row["text"], **row["gold"]} for row in map(json.loads, lines)]


LEARNED, CHECK = rows("short_sentences") + rows("paraphrases"), rows("short_sentences_check")


def present(text: str) -> set[str]:
    return {str(one.value) for one in read_behaviours(text).findings if not one.negated}


@each_row("row", [*LEARNED, *CHECK])
def test_labels_are_keys_and_do_not_contradict_each_other(row: dict[str, Any]) -> None:
    told, denied, may = (set(row[name]) for name in ("behaviours", "behaviours_absent", "behaviours_may"))
    assert told | denied | may <= set(load("behaviours").entries)
    assert not told & denied
    assert not may & (told | denied)


def test_what_is_learned_from_and_what_checks_it_are_apart() -> None:
    learned, check = ({row["text"] for row in each} for each in (LEARNED, CHECK))
    assert not learned & check
    assert len(check) >= 145


def test_sentences_that_nothing_learned_from_are_read() -> None:
    read = [(present(row["text"]) - set(row["behaviours_may"]), set(row["behaviours"])) for row in CHECK]
    right = sum(len(given & told) for given, told in read)
    assert 2 * right / sum(len(given) + len(told) for given, told in read) >= LEAST_READ


def test_what_was_not_done_is_not_read_as_done() -> None:
    denied = [(key, row["text"]) for row in CHECK for key in row["behaviours_absent"]]
    assert sum(key not in present(text) for key, text in denied) / len(denied) >= LEAST_NOT_DONE
