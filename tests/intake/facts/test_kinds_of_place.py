"""Kinds of place as people name them: one form a line under the kind it tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.intake.facts import venue
from linkage.intake.setting import SURE

SAID = Path(__file__).parents[1] / "texts" / "kinds_of_place.txt"
NONE = """
    He works in a takeaway
    She ran towards the park
    near the hospital
    at the drop-in at the church hall
    on the way to the shop
    He said he lived in a hotel
    in a good mood
    on his own
    in the end
"""


def _told() -> list[tuple[str, str]]:
    """Value and form of each line; a value stands in brackets above its forms."""
    pairs, value = [], ""
    for line in filter(None, SAID.read_text(encoding="utf-8").splitlines()):
        if line.startswith("["):
            value = line.strip("[]")
        else:
            pairs.append((value, line))
    return pairs


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines()]


def _surest(said: str) -> str | None:
    found = [f for f in venue.find(said) if not f.negated and f.confidence >= SURE]
    return max(found, key=lambda f: (f.confidence, -f.start)).value if found else None


@pytest.mark.parametrize(("kind", "said"), _told())
def test_a_kind_of_place_is_read(kind: str, said: str) -> None:
    assert _surest(said) == kind


@pytest.mark.parametrize("said", _lines(NONE))
def test_other_words_tell_no_place(said: str) -> None:
    assert _surest(said) is None
