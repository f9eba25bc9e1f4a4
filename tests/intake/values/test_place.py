"""A place's fields, and the places in a text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.values.place import POINT_RADIUS_M, find, normalise
from tests.rows import each_row

ALERTS = Path(__file__).parents[4] / "shared/data/published_alerts.txt"


def only(fields):
    place, problems = normalise(fields)
    assert problems == []
    return place


def test_given_coordinates_win_over_the_words():
    place = only({"text": "Manchester", "lat": "53.4561", "lon": "-2.2402", "radius_m": "80"})
    assert (place.lat, place.lon, place.radius_m, place.precision) == (53.4561, -2.2402, 80, "address")
    assert (place.town, place.admin.police_force) == ("Manchester", "Greater Manchester Police")


def test_coordinates_without_a_radius_get_the_documented_one():
    assert only({"lat": 53.4, "lon": -2.2}).radius_m == POINT_RADIUS_M


@each_row(("written", "metres"), [("500", 500), (500, 500), ("500m", 500), ("2 km", 2000), ("1 mile", 1609.344)])
def test_a_radius_may_be_words(written, metres):
    assert only({"lat": 53.4, "lon": -2.2, "radius_m": written}).radius_m == pytest.approx(metres)


@each_row(
    ("lat", "lon", "field", "reason"),
    [
        (900, -1.5, "lat", "outside"),
        (53.8, 190, "lon", "outside"),
        ("somewhere", -1.5, "lat", "not a number"),
        (0, 0, "lat", "filler"),
        (-1.5, 53.8, "lat", "swapped"),
        (53.8, None, "lon", "missing"),
        ("nan", "nan", "lat", "not a number"),
        (True, -1.5, "lat", "not a number"),
    ],
)
def test_unusable_coordinates_are_refused_and_the_words_still_speak(lat, lon, field, reason):
    place, problems = normalise({"text": "Leeds", "lat": lat, "lon": lon})
    assert problems[0][0] == field
    assert reason in problems[0][2]
    assert (place.town, place.precision) == ("Leeds", "town")


@pytest.mark.parametrize("written", [("53.8 N", "1.55 W"), ("53,8", "-1,55"), ("53.8°", "1.55°W")])
def test_coordinates_may_carry_hemispheres_and_commas(written):
    place = only({"lat": written[0], "lon": written[1]})
    assert (place.lat, place.lon) == (53.8, -1.55)


def test_coordinates_far_from_the_named_town_are_kept_with_a_warning():
    place, problems = normalise({"text": "Brighton", "lat": 53.48, "lon": -2.24})
    assert place.lat == 53.48
    assert "km from Brighton" in problems[0][2]


def test_coordinates_near_the_named_town_are_no_contradiction():
    assert only({"text": "Stockport", "lat": 53.48, "lon": -2.24}).lat == 53.48


def test_coordinates_abroad_are_kept_without_uk_areas():
    place = only({"text": "Boulevard Example", "lat": 48.8566, "lon": 2.3522})
    assert (place.lat, place.town, place.admin.police_force, place.admin.region) == (48.8566, None, None, None)


@pytest.mark.parametrize(
    ("written", "code"), [("m14 5ab", "M14 5AB"), ("M145AB", "M14 5AB"), (" m14 ", "M14"), ("sw1a 1", "SW1A 1")]
)
def test_postcodes_are_normalised(written, code):
    place = only({"postcode": written})
    assert (place.postcode, place.precision) == (code, "district")


@pytest.mark.parametrize("written", ["ZZ9 9ZZ", "12345", "none", "M14 5ABC"])
def test_what_is_no_postcode_is_refused(written):
    place, problems = normalise({"postcode": written, "text": "Hulme, Manchester"})
    assert problems[0][:2] == ("postcode", written)
    assert place.town == "Manchester"


def test_a_border_names_every_force_in_raw():
    place = only({"postcode": "WA3"})
    assert place.admin.police_force == "Greater Manchester Police"
    assert place.raw["police_force"] == "Greater Manchester Police or Cheshire Constabulary"


def test_unknown_words_are_kept_as_words():
    place = only({"text": "client's home"})
    assert (place.text, place.lat, place.precision) == ("client's home", None, None)


def test_a_bad_radius_is_refused():
    place, problems = normalise({"text": "Leeds", "radius_m": "wide"})
    assert problems[0][0] == "radius_m"
    assert place.lat is not None


FIELDS = ("text", "postcode", "lat", "lon", "radius_m", "precision", "raw")
values = st.one_of(st.none(), st.text(max_size=30), st.floats(), st.integers(), st.booleans())


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, values)))
@settings(max_examples=200)
def test_normalising_never_raises(fields):
    place, problems = normalise(fields)
    assert (place.lat is None) == (place.lon is None)
    assert all(len(problem) == 3 for problem in problems)


@each_row(
    ("text", "words", "town", "precision"),
    [
        (
            "Monday 3 May 2013, Kestrel Street Manchester. 9 pm. Male",
            "Kestrel Street Manchester",
            "Manchester",
            "town",
        ),
        ("Monday 3 May 2013, Manchester, Kestrel Street. 9 pm.", "Manchester, Kestrel Street", "Manchester", "town"),
        ("Tuesday 4 June 2013, Maida Vale, London. 11 pm.", "Maida Vale, London", "London", "district"),
        ("It happened in Harehills, Leeds on Friday", "Harehills, Leeds", "Leeds", "district"),
        ("She was outside Elmhurst Lodge, Slough, at 10.10pm", "Slough", "Slough", "town"),
        ("Van driver, Hull. Two women describe the same man.", "Hull", "Kingston upon Hull", "town"),
        ("Leeds (Harehills), 10 pm", "Leeds (Harehills)", "Leeds", "district"),
        ("in the Harehills area of Leeds", "Harehills area of Leeds", "Leeds", "district"),
        ("a car park off Chapeltown Road in Leeds", "Chapeltown Road in Leeds", "Leeds", "town"),
        ("She was working in Moss Side when he stopped", "Moss Side", "Manchester", "district"),
        ("He pulled up in Reading and asked", "Reading", "Reading", "town"),
        ("4 June 2013, Reading. 11 pm. White male", "Reading", "Reading", "town"),
        ("Place: Hull", "Hull", "Kingston upon Hull", "town"),
        ("met at a flat in manchester city centre", "manchester city centre", "Manchester", "district"),
        ("kestrel street manchester, male 40s", "kestrel street manchester", "Manchester", "town"),
        ("INCIDENT IN MANCHESTER LAST NIGHT", "MANCHESTER", "Manchester", "town"),
        ("on the M6 northbound near Stafford", "near Stafford", "Stafford", "town"),
        ("just outside Stoke", "just outside Stoke", "Stoke-on-Trent", "town"),
        ("High Street, Ashford, Kent", "High Street, Ashford, Kent", "Ashford", "town"),
        ("in St. Helens", "St. Helens", "St Helens", "town"),
        ("on Cheetham Hill Road, Manchester at 2am", "Cheetham Hill Road, Manchester", "Manchester", "town"),
        ("LEEDS - HOLBECK. Male 50s", "LEEDS - HOLBECK", "Leeds", "district"),
        ("leeds - holbeck. male 50s", "leeds - holbeck", "Leeds", "district"),
        ("in Bradford men in a car stopped", "Bradford", "Bradford", "town"),
        ("agreed in Sale, Manchester", "Sale, Manchester", "Sale", "town"),
        ("near Ashbourne, Derbyshire, and left her", "near Ashbourne, Derbyshire", "Ashbourne", "town"),
        ("a lane in Greater Manchester", "Greater Manchester", None, "region"),
        ("I was working on Chester Road when he stopped", "Chester Road", None, "street"),
        ("He drove her back to Spencer Street.", "Spencer Street", None, "street"),
        (
            "On Spencer Street in Hull he hit her, then ran up Mill Road.",
            "Spencer Street in Hull",
            "Kingston upon Hull",
            "town",
        ),
    ],
)
def test_the_longest_address_is_found_with_its_exact_span(text, words, town, precision):
    best = max((f for f in find(text) if f.field == "place"), key=lambda f: f.confidence)
    assert best.words(text) == words
    assert (best.value.town, best.value.precision) == (town, precision)


@each_row(
    "text",
    [
        "a strong London accent", "a Liverpool shirt", "northern accent", "a Birmingham accent",
        "Manchester United top", "wearing a Bristol City top", "with a Leeds or Bradford accent",
        "Newcastle football shirt", "Reading the paper", "reading a book", "Bath time", "in March 2012",
        "a deal was struck", "on sale", "he was in bath", "said he was from Bolton", "he lives in Oldham",
        "Mr Nelson", "called himself Preston", "in a Vauxhall Astra", "in Vauxhall Corsa", "a Lincoln",
        "He said “I know the Dundee clubs”", "a Bolton number", "rugby build", "off Junction 12 of the M6",
        "registration M14 ABC", "Sandwich wrapper",
        "a Bolton man", "a Leicester Tigers top", "a Bath Rugby shirt", "a street worker", "Sunday in August",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_place_is_left_alone(text):
    assert find(text) == []


def test_a_drive_elsewhere_is_found_with_less_confidence_than_the_pick_up():
    first, second = find("He picked her up in Moss Side and drove to Oldham")
    assert (first.value.town, second.value.town) == ("Manchester", "Oldham")
    assert first.confidence > second.confidence


def test_postcodes_are_found_beside_the_place():
    text = "met in Fallowfield, M14 6AB at night"
    codes = [f for f in find(text) if f.field == "postcode"]
    assert [(f.value, f.words(text)) for f in codes] == [("M14 6AB", "M14 6AB")]


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_finding_never_raises_and_spans_lie_in_the_text(text):
    assert all(0 <= f.start < f.end <= len(text) for f in find(text))


@pytest.mark.skipif(not ALERTS.exists(), reason="the published alerts lie beside the project, not in it")
def test_the_published_alerts_have_one_place_each():
    first, second = (p for p in ALERTS.read_text(encoding="utf-8").split("\n") if p.strip())
    assert [f.value.town for f in find(first)] == ["Manchester"]
    assert [(f.value.town, f.value.precision) for f in find(second)] == [("London", "district")]


@pytest.mark.parametrize("words", ["53.4808, -2.2426", "(53.4808 -2.2426)", "53.4808N, 2.2426W"])
def test_coordinates_written_as_the_place_are_coordinates(words: str) -> None:
    read, problems = normalise({"text": words})
    assert (read.lat, read.lon, problems) == (53.4808, -2.2426, [])


@each_row(("text", "towns"), [("Silver Astra begins MK62.", []), ("taken in MK, plate MK62", ["Milton Keynes"])])
def test_letters_of_a_plate_are_no_place(text, towns):
    assert [one.value.town for one in find(text)] == towns
