"""Ways in which people say how contact was made: one sentence a line under the method it tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.intake.facts import contact
from linkage.intake.setting import SURE

SAID = Path(__file__).parents[1] / "texts" / "ways_of_contact.txt"
NONE = """
    where is the drop in this week
    his caravan on the site at Skegness
    A milkman in a white van stopped to help her.
    He was a regular visitor to the library
    He got in touch with his feelings
    She got in late
    a bus pulled in and the driver got down
    Police appealed for a man they know of
    ring the project if you see the car
    She caught a bus home
    We met on Monday to talk about it
    He was seen to walk with a limp
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


@pytest.mark.parametrize(("method", "said"), _told())
def test_a_way_of_making_contact_is_read(method: str, said: str) -> None:
    found = [f for f in contact.find(said) if not f.negated and f.confidence >= SURE]
    assert found
    assert max(found, key=lambda f: (f.confidence, -f.start)).value == method


@pytest.mark.parametrize("said", _lines(NONE))
def test_other_sentences_tell_no_contact(said: str) -> None:
    assert [f.value for f in contact.find(said) if not f.negated and f.confidence >= SURE] == []
