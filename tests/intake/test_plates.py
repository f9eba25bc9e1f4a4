"""Registration marks that a text tells, and characters that only look like one: `plates.txt`, which teaches too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.judge.plates import find_plates
from linkage.intake.values.vehicles import registration
from tests.rows import each_row

TABLE = Path(__file__).parent / "texts" / "plates.txt"


def _rows() -> list[tuple[str, str]]:
    lines = (line.partition(" | ") for line in TABLE.read_text(encoding="utf-8").splitlines() if " | " in line)
    return [(text.replace("\\n", "\n"), told) for told, _, text in lines]


@each_row(("text", "told"), _rows())
def test_plates_are_read(text: str, told: str) -> None:
    assert ", ".join(str(one.value) for one in find_plates(text)) == told


def test_the_words_of_a_plate_normalise_to_it() -> None:
    for text in (
        "silver 4x4 reg W?? 4X?, drove off",
        "number plate ending 7XK.",
        "he had a 57 plate Astra",
        "AB12 CDE",
    ):
        assert [registration.normalise(one.words(text)) for one in find_plates(text)] == [
            one.value for one in find_plates(text)
        ]


@given(st.text(max_size=60))
def test_spans_lie_in_the_text(text: str) -> None:
    assert all(0 <= one.start < one.end <= len(text) for one in find_plates(text))


@pytest.mark.parametrize(
    "text", ["a black Audi A3 reg ending 5KX", "Audi A3 reg 5KX", "BMW X5, reg something like 5KX"]
)
def test_a_model_before_the_cue_is_no_plate(text: str) -> None:
    found = find_plates(text)
    assert len(found) == 1
    assert "5KX" in found[0].value


def test_long_texts_of_characters_are_read_in_time() -> None:
    for piece in (
        "AB12 ",
        "reg A, ",
        "plate K and a ",
        "something ",
        "FN19 something ",
        "two zeds ",
        "the letters in ",
    ):
        find_plates(piece * 1000)
