"""Vehicles: what people call them, and which words of a text are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.assemble.vehicles import find_vehicles
from linkage.intake.fields import vehicle
from linkage.intake.finding import Finding
from linkage.intake.values.vehicles.vehicle_names import usual_body
from linkage.vocabulary import load
from tests.rows import each_row

MODELS = [
    ("vauxal astra", ("Vauxhall", "Astra")),
    ("Ford Foucs", ("Ford", "Focus")),
    ("VW Golf GTI", ("Volkswagen", "Golf")),
    ("3 series", ("BMW", "3 Series")),
    ("BMW 320", ("BMW", "3 Series")),
    ("320d", ("BMW", "3 Series")),
    ("Beemer 5-series", ("BMW", "5 Series")),
    ("Merc C class", ("Mercedes-Benz", "C-Class")),
    ("c-class", ("Mercedes-Benz", "C-Class")),
    ("Mercedes E220", ("Mercedes-Benz", "E-Class")),
    ("Peugeot 206", ("Peugeot", "206")),
    ("206", None),
    ("500", None),
    ("fiat 500", ("Fiat", "500")),
    ("C1", ("Citroen", "C1")),
    ("Citroën C4 Picasso", ("Citroen", "C4 Picasso")),
    ("Shogun", ("Mitsubishi", "Shogun")),
    ("mitsubushi shogan", ("Mitsubishi", "Shogun")),
    ("toyata yaris", ("Toyota", "Yaris")),
    ("mondayo", ("Ford", "Mondeo")),
    ("cashcai", ("Nissan", "Qashqai")),
    ("Mini Cooper", ("Mini", "Cooper")),
    ("mini", None),
    ("range rover sport", ("Land Rover", "Range Rover Sport")),
    ("landrover freelander", ("Land Rover", "Freelander")),
    ("disco", ("Land Rover", "Discovery")),
    ("Rover 75", ("Rover", "75")),
    ("mazda 3", ("Mazda", "3")),
    ("tranny van", ("Ford", "Transit")),
    ("Transit connect", ("Ford", "Transit Connect")),
    ("Scooby Impreza", ("Subaru", "Impreza")),
    ("TX4", ("LTI", "TX4")),
    ("x5", ("BMW", "X5")),
    ("volkswagon passat", ("Volkswagen", "Passat")),
    ("blue", None),
    ("no idea", None),
]


@each_row(("words", "expected"), MODELS)
def test_a_model_is_read_in_peoples_words(words: str, expected: tuple[str, str] | None) -> None:
    assert vehicle.normalise_model(words) == expected


@each_row(
    ("words", "make"),
    [
        ("Beamer", "BMW"),
        ("bimmer", "BMW"),
        ("Merc", "Mercedes-Benz"),
        ("Vauxy", "Vauxhall"),
        ("Landy", "Land Rover"),
        ("Jag", "Jaguar"),
        ("Roller", "Rolls-Royce"),
        ("Vee-dub", "Volkswagen"),
        ("V.W.", "Volkswagen"),
        ("Scooby", "Subaru"),
        ("Peugot", "Peugeot"),
        ("hyundia", "Hyundai"),
        ("Škoda", "Skoda"),
        ("corsa", "Vauxhall"),
        ("Trabant", None),
        ("", None),
    ],
)
def test_a_make_is_read_from_nicknames_and_misspellings(words: str, make: str | None) -> None:
    assert vehicle.normalise_make(words) == make


def test_a_bare_number_needs_its_make() -> None:
    assert vehicle.normalise_model("206", "Peugeot") == ("Peugeot", "206")
    assert vehicle.normalise_model("3", "mazda") == ("Mazda", "3")


@each_row(
    ("words", "colours"),
    [
        ("silvery grey", ["silver", "grey"]),
        ("silver or grey", ["silver", "grey"]),
        ("blue/black", ["blue", "black"]),
        ("navy", ["blue"]),
        ("dark blue", ["blue"]),
        ("maroon", ["red"]),
        ("burgundy", ["red"]),
        ("champagne", ["beige"]),
        ("gunmetal", ["grey"]),
        ("charcoal", ["grey"]),
        ("cream", ["beige"]),
        ("turquoise", ["blue"]),
        ("bronze", ["brown"]),
        ("sliver", ["silver"]),
        ("gray", ["grey"]),
        ("off white", ["white"]),
        ("purpel", ["purple"]),
        ("light coloured", None),
        ("dark", None),
        ("not seen", None),
        ("", None),
    ],
)
def test_colours_become_basic_ones(words: str, colours: list[str] | None) -> None:
    assert vehicle.normalise_colour(words) == colours


@each_row(
    ("words", "body"),
    [
        ("SUV", "4x4"),
        ("jeep-type", "4x4"),
        ("4 x 4", "4x4"),
        ("off-roader", "4x4"),
        ("Chelsea tractor", "4x4"),
        ("people carrier", "people_carrier"),
        ("MPV", "people_carrier"),
        ("estate", "estate"),
        ("transit-type", "van"),
        ("black cab", "taxi"),
        ("minicab", "taxi"),
        ("private hire", "taxi"),
        ("flatbed", "lorry"),
        ("pick up", "pickup"),
        ("5 door hatchback", "hatchback"),
        ("saloon car", "saloon"),
        ("motorbike", "motorcycle"),
        ("push bike", "bicycle"),
        ("sports car", "car"),
        ("coupé", "coupe"),
        ("soft top", "convertible"),
        ("something", None),
        ("", None),
    ],
)
def test_bodies_become_the_contracts(words: str, body: str | None) -> None:
    assert vehicle.normalise_body(words) == body


def test_features_are_short_phrases_and_nothing_is_lost() -> None:
    assert vehicle.features("Baby seat; blacked out windows, smells of dogs and a dented wing") == [
        "child seat",
        "tinted windows",
        "smells of dogs",
        "a dented wing",
    ]
    assert vehicle.features("unknown") == []


@each_row(
    ("words", "expected"),
    [
        ("silver Shogun 4x4", {"colour": ["silver"], "make": "Mitsubishi", "model": "Shogun", "body": "4x4"}),
        (
            "old red Fiesta, dented wing, reg something like K5",
            {
                "colour": ["red"],
                "make": "Ford",
                "model": "Fiesta",
                "features": ["dented wing"],
                "registration": "*K5*",
            },
        ),
        (
            "gold merc e class, 57 plate",
            {"colour": ["gold"], "make": "Mercedes-Benz", "model": "E-Class", "registration": "??57???"},
        ),
        ("dark coloured van", {"body": "van", "features": ["dark coloured"]}),
        ("BMW black tinted windows", {"make": "BMW", "colour": ["black"], "features": ["tinted windows"]}),
        ("", {}),
    ],
)
def test_one_phrase_holds_a_whole_vehicle(words: str, expected: dict[str, object]) -> None:
    assert vehicle.normalise_words(words) == expected


def test_values_in_the_wrong_field_are_used_where_they_belong() -> None:
    read, refused = vehicle.normalise_fields({"make": "vauxal astra", "model": "", "body": "white van"})
    assert read == {"make": "Vauxhall", "model": "Astra", "body": "van", "colour": ["white"]}
    assert refused == []
    read, refused = vehicle.normalise_fields({"model": "silver shogun", "make": "unknown"})
    assert read == {"make": "Mitsubishi", "model": "Shogun", "colour": ["silver"]}
    assert refused == []


@pytest.mark.parametrize(
    ("field", "value"), [("make", "Trabant"), ("model", "206"), ("colour", "like mud"), ("body", "??#")]
)
def test_an_unusable_value_is_refused_with_a_reason(field: str, value: str) -> None:
    read, refused = vehicle.normalise_fields({field: value})
    assert read == {}
    assert [(one[0], one[1]) for one in refused] == [(field, value)]
    assert refused[0][2]


def test_a_make_that_contradicts_the_model_is_refused() -> None:
    read, refused = vehicle.normalise_fields({"make": "Ford", "model": "Astra"})
    assert read == {"make": "Vauxhall", "model": "Astra"}
    assert refused[0][:2] == ("make", "Ford")


def test_a_canonical_vehicle_normalises_to_itself() -> None:
    canonical = {"make": "Mitsubishi", "model": "Shogun", "body": "4x4", "registration": "W??4X?"}
    read, refused = vehicle.normalise_fields(canonical)
    assert (read, refused) == (canonical, [])


def _found(text: str) -> list[Finding]:
    every = (one for group in find_vehicles(text) for one in group)
    return sorted(every, key=lambda one: (one.start, one.end))


def _read(text: str) -> list[list[tuple[str, str]]]:
    return [sorted((one.field, one.value) for one in group) for group in find_vehicles(text)]


@each_row(
    ("text", "expected"),
    [
        (
            "He drove a silver Shogun 4 x 4.",
            [{"colour": "silver", "make": "Mitsubishi", "model": "Shogun", "body": "4x4"}],
        ),
        ("black joggers and a black coat. A 4x4, silver. He ran", [{"body": "4x4", "colour": "silver"}]),
        ("in a dark coloured van", [{"body": "van", "features": "dark coloured"}]),
        ("driving a vauxal astra", [{"make": "Vauxhall", "model": "Astra"}]),
        ("a white male in a black Mitsubushi Shogun", [{"colour": "black", "make": "Mitsubishi", "model": "Shogun"}]),
        ("his BMW 320d", [{"make": "BMW", "model": "3 Series"}]),
        ("a Peugeot 206 with a child seat", [{"make": "Peugeot", "model": "206", "features": "child seat"}]),
        ("VW Passat in dark green", [{"make": "Volkswagen", "model": "Passat", "colour": "green"}]),
        ("a black Jeep Cherokee", [{"colour": "black", "make": "Jeep", "model": "Cherokee"}]),
        ("in a blue Renault 5 door hatchback", [{"colour": "blue", "make": "Renault", "body": "hatchback"}]),
        ("a black Escort van", [{"colour": "black", "make": "Ford", "model": "Escort", "body": "van"}]),
        ("He drove a Golf, possibly red", [{"make": "Volkswagen", "model": "Golf", "colour": "red"}]),
        ("in a black pick-up truck", [{"colour": "black", "body": "pickup"}]),
        ("a Corsa and a white van", [{"make": "Vauxhall", "model": "Corsa"}, {"colour": "white", "body": "van"}]),
        ("got in his car, black hair", [{"body": "car"}]),
        ("silver car, black and white top", [{"colour": "silver", "body": "car"}]),
        ("a black cab dropped him", [{"body": "taxi"}]),
    ],
)
def test_vehicles_are_found_in_a_text(text: str, expected: list[dict[str, str]]) -> None:
    assert _read(text) == [sorted(each.items()) for each in expected]


@each_row(
    "text",
    [
        "He wore a black polo shirt and played golf.",
        "She works as an escort; the escort agency called.",
        "He could not focus on anything.",
        "They met near Bentley Road and Ford Street.",
        "It was in Victoria Road, Vauxhall, Liverpool, and she walked over Vauxhall Bridge.",
        "She sat on the back seat and took a note.",
        "On the housing estate near the car park.",
        "He came to pick up her friend.",
        "A full range of options at close range.",
        "He had an accent, she had no idea.",
        "He was in black jogging bottoms and a black tracksuit jacket.",
        "He is up for it, one of them said, in a smart suit.",
        "He took her Samsung Galaxy and a mini skirt.",
    ],
)
def test_everyday_words_are_no_vehicles(text: str) -> None:
    assert find_vehicles(text) == []


def test_spans_are_the_exact_words() -> None:
    text = "It was a silvery-grey Astra estate, tinted windows."
    words = [(one.field, one.words(text)) for one in _found(text)]
    assert words == [
        ("colour", "silvery"),
        ("colour", "grey"),
        ("make", "Astra"),
        ("model", "Astra"),
        ("body", "estate"),
        ("features", "tinted windows"),
    ]


def test_every_model_has_a_known_make_body_and_share() -> None:
    makes = {entry.label for entry in load("makes").entries.values()}
    for entry in load("models").entries.values():
        assert entry.data["make"] in makes
        assert entry.data["body"] in load("bodies").entries
        assert 0 < entry.data["share"] < 10
        assert entry.data["share_tag"] in ("D", "G")
        assert vehicle.normalise_model(entry.label, str(entry.data["make"])) == (entry.data["make"], entry.label)


def test_makes_are_found_by_their_own_name() -> None:
    assert all(vehicle.normalise_make(entry.label) == entry.label for entry in load("makes").entries.values())


def test_the_scorer_can_ask_for_the_body_that_a_model_has() -> None:
    assert usual_body("Mitsubishi", "Shogun") == "4x4"


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    vehicle.normalise_fields({"make": text, "model": text, "colour": text, "body": text, "features": text})
    for one in _found(text):
        assert 0 <= one.start < one.end <= len(text)


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "red",
                "silver",
                "Ford",
                "focus",
                "golf",
                "van",
                "4x4",
                ",",
                ".",
                "and",
                "the",
                "reg",
                "K5",
                "BMW",
                "3",
                "series",
                "escort",
                "in",
            ]
        ),
        max_size=12,
    )
)
def test_canonical_values_normalise_to_themselves(words: list[str]) -> None:
    read = vehicle.normalise_words(" ".join(words))
    if "make" in read:
        assert vehicle.normalise_make(read["make"]) == read["make"]
    for colour in read.get("colour", []):
        assert vehicle.normalise_colour(colour) == [colour]
    if "body" in read:
        assert vehicle.normalise_body(read["body"]) == read["body"]


@each_row(
    ("field", "value", "kept"),
    [
        ("body", "caravan", "caravan"),
        ("body", "a limo", "a limo"),
        ("colour", "dark", "dark coloured"),
        ("colour", "two tone", "two tone"),
        ("colour", "multi-coloured", "multi-coloured"),
        ("registration", "private plates", "private plates"),
    ],
)
def test_what_was_seen_without_a_value_of_its_field_is_kept_as_a_feature(field: str, value: str, kept: str) -> None:
    assert vehicle.normalise_fields({field: value}) == ({"features": [kept]}, [])


@each_row(
    ("words", "body"),
    [("hatchbck", "hatchback"), ("htch", "hatchback"), ("7 seatre", "people_carrier"), ("saloom", "saloon"),
     ("bike", None), ("thing", None)],
)  # fmt: skip
def test_a_body_with_a_slip_of_the_pen_is_read_and_an_ambiguous_one_is_not(words: str, body: str | None) -> None:
    assert vehicle.normalise_body(words) == body


@each_row(
    ("words", "colours"),
    [("blck", ["black"]), ("nayv", ["blue"]), ("grry", ["grey"]), ("royal bleu", ["blue"]), ("like", None),
     ("cold", None), ("pale", None)],
)  # fmt: skip
def test_a_short_colour_with_a_slip_is_read_and_another_word_is_no_colour(
    words: str, colours: list[str] | None
) -> None:
    assert vehicle.normalise_colour(words) == colours


def test_make_and_model_are_read_together_where_the_model_alone_says_nothing() -> None:
    read, refused = vehicle.normalise_fields({"make": "Range Rover", "model": "Sport"})
    assert (read["make"], read["model"], refused) == ("Land Rover", "Range Rover Sport", [])


def test_a_misspelt_make_is_no_contradiction_of_its_own_model() -> None:
    read, refused = vehicle.normalise_fields({"make": "Lnad Rover", "model": "Freelander"})
    assert (read, refused) == ({"make": "Land Rover", "model": "Freelander"}, [])


def test_a_man_in_a_vehicle_is_no_make() -> None:
    assert not [one for one in _found("Man in a silver 4x4.") if one.field == "make"]


@each_row(
    ("words", "body", "model"),
    [
        ("blue Corsa, not a van", None, "Corsa"),
        ("white van, not a Transit", "van", None),
        ("not a van, an estate", "estate", None),
        ("black Audi, wasn't an A3", None, None),
        ("a van, not a white Transit", "van", None),
        ("no idea of the make, a Ford Focus", None, "Focus"),
    ],
)
def test_what_a_vehicle_was_not_is_not_read_as_what_it_was(words: str, body: str | None, model: str | None) -> None:
    read = vehicle.normalise_words(words)
    assert (read.get("body"), read.get("model")) == (body, model)


def test_a_field_that_only_denies_is_refused() -> None:
    read, refused = vehicle.normalise_fields({"body": "not a van", "model": "Corsa", "colour": "not white"})
    assert read == {"make": "Vauxhall", "model": "Corsa"}
    assert [(field, words) for field, words, _ in refused] == [("colour", "not white"), ("body", "not a van")]
