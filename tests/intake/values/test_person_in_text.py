"""People in free text: what is found, with exact spans, and what must be left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.finding import SURE
from linkage.intake.judge.people import find_facts
from linkage.intake.values.people import person
from linkage.report import Hair, Range
from linkage.vocabulary.loader import load
from tests.rows import each_row

VOCABULARIES = {
    "sex": "sexes", "build": "builds", "facial_hair": "facial_hair", "ethnicity": "ethnicities",
    "complexion": "complexions", "eyes": "eye_colours",
}  # fmt: skip
OTHERS = ["accents", "marks", "garments", "garment_words", "hair_colours", "hair_styles", "age_words", "height_words"]
PUBLISHED = Path(__file__).parents[4] / "shared/data/published_alerts.txt"


def facts(text: str) -> set[tuple[str, object]]:
    """(field, value) of everything that is sure enough to be kept and not denied; a range as (min, max)."""
    return {
        (f.field, (f.value.min, f.value.max) if isinstance(f.value, Range) else f.value)
        for f in find_facts(text)
        if not f.negated and f.confidence >= SURE
    }


HOUSE_FORM = {
    "Male, white Irish, late 40's, hairy back, goatee, balding, slim build, 6 ft 1, "
    "scouse accent wearing blue jeans": {
        ("sex", "male"), ("ethnicity", "white"), ("age", (47, 49)), ("marks", "hairy back"),
        ("facial_hair", "goatee"),
        ("hair_style", "balding"), ("build", "slim"), ("height_cm", (185, 185)), ("accent", "liverpool"),
        ("clothing", "blue jeans"),
    },
    "Male perceived to be of Turkish origin, around 45 years old, burly, grey slicked back hair, "
    "beard & black framed glasses, slim build, Leeds accent but heavily accented.": {
        ("sex", "male"), ("ethnicity", "middle_eastern"), ("age", (43, 47)), ("build", "large"), ("build", "slim"),
        ("hair_colour", "grey"), ("hair_style", "slicked"), ("facial_hair", "beard"), ("glasses", True),
        ("accent", "yorkshire"), ("accent", "heavily accented"),
    },
    "Asian, 25-30, medium build, 5'8-5'10, dark hair, clean shaven": {
        ("ethnicity", "asian"), ("age", (25, 30)), ("build", "medium"), ("height_cm", (173, 178)),
        ("hair_colour", "black"), ("hair_colour", "brown"), ("facial_hair", "clean-shaven"),
    },
}  # fmt: skip

SENTENCES = {
    "he was about six foot and skinny, in his late 20s, with a ginger beard": {
        ("sex", "male"), ("height_cm", (180, 186)), ("build", "slim"), ("age", (27, 29)), ("facial_hair", "beard"),
    },
    "dark hair and a ginger beard": {
        ("hair_colour", "black"), ("hair_colour", "brown"), ("facial_hair", "beard"),
    },
    "his hair was short and brown and he had blue eyes": {
        ("sex", "male"), ("hair_style", "short"), ("hair_colour", "brown"), ("eyes", "blue"),
    },
    "bald with a beard": {("hair_style", "bald"), ("facial_hair", "beard")},
    "Offender: M, approx 50": {("sex", "male"), ("age", (48, 52))},
    "he spoke with a thick Scottish accent": {("sex", "male"), ("accent", "scottish")},
    "olive skinned, stockey build": {("complexion", "olive"), ("build", "stocky")},
    "an Asian woman walked past": {("ethnicity", "asian"), ("sex", "female")},
    "a black guy, mid-20s, 5 foot 11ish, with cornrows": {
        ("ethnicity", "black"), ("sex", "male"), ("age", (23, 27)), ("height_cm", (177, 183)),
        ("hair_style", "cornrows"),
    },
    "M/W/30-35/5'9\"/med build/brn hair": {
        ("sex", "male"), ("age", (30, 35)), ("height_cm", (175, 175)), ("build", "medium"), ("hair_colour", "brown"),
    },
    "two males, one Asian, the other white 30ish": {
        ("sex", "male"), ("ethnicity", "asian"), ("ethnicity", "white"), ("age", (28, 32)),
    },
    "Man, 45, 6'1, approx 12 stone": {("sex", "male"), ("age", (45, 45)), ("height_cm", (185, 185))},
    "male 20-25 yrs black 6ft": {
        ("sex", "male"), ("age", (20, 25)), ("ethnicity", "black"), ("height_cm", (183, 183)),
    },
    "olive skin, black beard": {("complexion", "olive"), ("facial_hair", "beard")},
    "a tall black man": {("ethnicity", "black"), ("sex", "male")},
}  # fmt: skip

NOTHING = [
    "a 6 inch knife", "30 minutes later", "on 30th September", "£50 for the hour", "35 Baird Street, flat 22",
    "07700 900123", "9.30-10 pm", "a silver car with bald tyres", "a white van", "black leather sofa",
    "Chinese takeaway", "a large knife", "behind a tall building", "6 ft away from the wall", "a pint glass",
    "two glasses of wine", "mid-90s Golf", "BMW, black, 3 series", "20 miles an hour",
    "a five foot fence", "Polish shop on the corner", "a short time later", "No: 456", "40 quid", "a broad street",
    "put hands over her mouth", "ripped her dress", "a regular customer", "hit with a 2 foot metal bar",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HOUSE_FORM.items())
def test_an_alert_in_house_form_is_read_whole(text: str, expected: set[tuple[str, object]]) -> None:
    assert facts(text) == expected


@each_row(("text", "expected"), SENTENCES.items())
def test_sentences(text: str, expected: set[tuple[str, object]]) -> None:
    assert facts(text) == expected


@each_row("text", NOTHING)
def test_what_is_not_about_a_person_is_left_alone(text: str) -> None:
    assert facts(text) == set()


@each_row(
    ("text", "field", "value"),
    [
        ("he had no beard", "facial_hair", "beard"),
        ("without a beard or moustache", "facial_hair", "moustache"),
        ("he was not slim", "build", "slim"),
        ("no tattoos", "marks", "tattoos"),
        ("he was not wearing a mask", "clothing", "mask"),
    ],
)
def test_a_denial_is_a_negated_finding(text: str, field: str, value: str) -> None:
    assert [(f.value, f.negated) for f in find_facts(text) if f.field == field][-1] == (value, True)


def test_no_glasses_is_a_value_of_its_own() -> None:
    assert ("glasses", False) in facts("he had no glasses on")


def test_spans_survive_typographic_quotes_and_odd_letters() -> None:
    text = "İİ café – he was 5’10”, ‘in his mid 30’s’, with a scar on his chin"
    words = {f.field: f.words(text) for f in find_facts(text)}
    assert words["height_cm"] == "5’10”"
    assert words["age"] == "in his mid 30’s"
    assert words["marks"] == "scar on his chin"


def test_the_published_alerts_yield_their_descriptions() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the published alerts are not at hand")
    found = facts(PUBLISHED.read_text(encoding="utf-8"))
    assert {
        ("age", (33, 37)), ("age", (53, 57)), ("height_cm", (170, 170)), ("build", "stocky"), ("build", "slim"),
        ("build", "large"), ("accent", "northern"), ("accent", "london"), ("glasses", True), ("marks", "hairy arms"),
        ("hair_style", "slicked"), ("hair_style", "bald"), ("ethnicity", "white"), ("ethnicity", "asian"),
    } <= found  # fmt: skip


@each_row("field", VOCABULARIES)
def test_a_canonical_value_normalises_to_itself(field: str) -> None:
    for key in load(VOCABULARIES[field]).entries:
        assert person.NORMALISERS[field](key) in (key, [key])


@each_row("name", [*VOCABULARIES.values(), *OTHERS])
def test_every_entry_is_found_in_its_own_example(name: str) -> None:
    for entry in load(name).entries.values():
        assert find_facts(entry.example), f"{name}.toml: nothing is found in the example of {entry.key}"


@each_row("field", VOCABULARIES)
def test_an_example_yields_its_own_key(field: str) -> None:
    for key, entry in load(VOCABULARIES[field]).entries.items():
        assert key in {f.value for f in find_facts(entry.example) if f.field == field}, entry.example


def test_an_accents_example_yields_that_accent() -> None:
    for entry in load("accents").entries.values():
        assert entry.label in {f.value for f in find_facts(entry.example)}, entry.example


def test_canonical_accents_normalise_to_themselves() -> None:
    for entry in load("accents").entries.values():
        assert person.NORMALISERS["accent"](entry.label) == [entry.label]


@given(st.integers(10, 99), st.integers(0, 20))
def test_a_canonical_age_range_is_read_back(low: int, spread: int) -> None:
    high = min(low + spread, 99)
    assert person.NORMALISERS["age"](f"{low}-{high}") == Range(min=low, max=high)


@given(st.integers(120, 229), st.integers(0, 30))
def test_a_canonical_height_range_is_read_back(low: int, spread: int) -> None:
    high = min(low + spread, 229)
    assert person.NORMALISERS["height"](f"{low}-{high}") == Range(min=low, max=high)


PHRASES = (
    "he was", "about", "5 ft 7", "6'2\"", "mid 30s", "-", "/", ",", ".", "no", "beard", "white", "black", "and", "or",
    "hair", "build", "stocky", "accent", "tattoo of", "on his neck", "called himself", "Zed", "glasses", "25 to 30",
    "years old", "£50", "late", "early", "tall", "with", "eyes", "’", "\n", "½", "İ", "jacket", "skin", "1.7m",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(PHRASES), max_size=25).map(" ".join)


@given(st.one_of(st.text(max_size=200), WORDS))
def test_any_text_is_read_without_error_and_with_spans_inside_it(text: str) -> None:
    for finding in find_facts(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.words(text).strip() == finding.words(text)


@given(st.one_of(st.text(max_size=60), WORDS))
def test_any_words_normalise_to_a_value_or_to_none(words: str) -> None:
    for normalise in person.NORMALISERS.values():
        value = normalise(words)
        assert value is None or isinstance(value, str | bool | list | Range | Hair)
        if isinstance(value, Range) and value.min is not None and value.max is not None:
            assert value.min <= value.max
