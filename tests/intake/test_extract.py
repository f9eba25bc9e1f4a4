"""Narratives give facts of the reported person, with spans, beside what the fields say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.intake.assemble.extract import extract_report
from linkage.intake.lines import extract_lines
from linkage.intake.readers.alerts import alert_spans
from linkage.report import Part, Report
from tests.factories import incident
from tests.rows import each_row

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "published_alerts.txt"


def parts(report: Report) -> list[Part]:
    return [
        report,
        report.occurred,
        report.place,
        report.contact,
        *report.suspects,
        *report.vehicles,
        *report.identifiers,
    ]


def test_the_house_form_is_read() -> None:
    report = extract_report(
        "Friday 3rd May 2019, Harehills, Leeds. 9.30-10 pm. Male, Asian, late 20's, short black hair, beard, slim "
        "build, 6 ft, Yorkshire accent, scar on left hand, wearing blue jeans. Driving a white VW Golf. He grabbed "
        "her by the throat and said “get out of my car”. She escaped. No: 12"
    )
    (person,), (vehicle,) = report.suspects, report.vehicles
    assert (person.sex, person.build, person.ethnicity) == ("male", ["slim"], ["asian"])
    assert person.age is not None
    assert (person.age.min, person.age.max) == (27, 29) or (person.age.min, person.age.max) == (26, 29)
    assert person.hair is not None
    assert person.hair.colour == ["black"]
    assert person.facial_hair == ["beard"]
    assert (vehicle.make, vehicle.model, vehicle.colour) == ("Volkswagen", "Golf", ["white"])
    assert report.occurred.from_ == "2019-05-03T21:30"
    assert report.place.town == "Leeds"
    assert report.speech == ["get out of my car"]


def test_spans_hold_the_words_in_raw() -> None:
    text = "A stocky man in his 40s in a blue Ford Transit picked her up in Leeds and refused to pay. "
    text += "He called from 07700 900123."
    report = extract_report(text)
    told = 0
    for part in parts(report):
        for name, spans in part.spans.items():
            told += 1
            for start, end in spans:
                assert text[start:end] in part.raw[name]
    assert told > 5


def test_a_victims_description_and_car_are_nobodys() -> None:
    report = extract_report("The victim, a slim blonde woman aged 25, was driving her red Corsa. She got away.")
    assert not report.vehicles
    assert all(not person.build and person.age is None and person.hair is None for person in report.suspects)


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("My own car is a red Fiesta, reg AB12 CDE. He drove a black Audi, reg FN17 XYZ.", ["FN17XYZ"]),
        ("He drove a black Audi, reg FN17 XYZ. The victim's car, a red Fiesta AB12 CDE, was left.", ["FN17XYZ"]),
        ("He pulled up in a white van, AB12 CDE.", ["AB12CDE"]),
        (
            "White man mid 40s, stocky. Got me in his silver Astra, plate ended KVP, and drove off. He put his "
            "hand over my mouth. My own car is a red Fiesta, reg AB12 CDE. My mate Kev was waiting at the flat.",
            ["*KVP"],
        ),
    ],
)
def test_a_plate_goes_with_its_vehicle(text: str, plates: list[str]) -> None:
    assert [one.registration for one in extract_report(text).vehicles if one.registration] == plates


@pytest.mark.parametrize(
    ("text", "bodies"),
    [("He rode off on a mountain bike.", ["bicycle"]), ("He arrived on a push bike.", ["bicycle"])],
)
def test_what_is_ridden_is_a_vehicle(text: str, bodies: list[str]) -> None:
    assert [one.body for one in extract_report(text).vehicles] == bodies


def test_two_reported_people_are_two() -> None:
    report = extract_report(
        "Two men. The first man was white, in his 50s and bald. The second man was black, in his 20s."
    )
    assert [person.ethnicity for person in report.suspects] == [["white"], ["black"]]
    assert [person.age.min if person.age else None for person in report.suspects] == [50, 20]


def test_contradictions_in_the_text_are_kept_and_told() -> None:
    report = extract_report("Sunday 4th May 2019, Leeds. Male, slim, 20s, burly build.")
    assert len(report.suspects[0].build) == 2
    assert any("do not go together" in warning for warning in report.warnings)
    assert any("Saturday" in warning for warning in report.warnings)


def test_fields_stand_and_the_narrative_fills_and_is_told_where_it_contradicts() -> None:
    report = incident(
        age="mid 30s",
        sex="male",
        marks="scar on chin",
        narrative="He was around 55 years old and stocky with a tattoo on his neck.",
    )
    (person,) = report.suspects
    assert person.age is not None
    assert person.age.max == 37
    assert person.build == ["stocky"]
    assert len(person.marks) == 2
    assert "build" in person.spans
    assert "age" not in person.spans
    said = "suspects.1.age: the field says “mid 30s” (33-37), the narrative “around 55 years old” (53-57)"
    assert report.warnings == [f"{said}; the field is kept"]
    glasses = incident(glasses="yes", narrative="He wore no glasses.").warnings
    assert glasses == ["suspects.1.glasses: the field says “yes”, the narrative “glasses” (no); the field is kept"]


def test_what_is_denied_is_not_present() -> None:
    report = extract_report("Male, 30s, no glasses, no beard. He did not use a condom. He did not have a knife.")
    (person,) = report.suspects
    assert person.glasses is False
    assert person.facial_hair == []
    assert "knife" not in report.weapons


def test_not_to_be_badly_hurt_denies_no_violence() -> None:
    said = extract_report("He punched her. She was not seriously hurt.").behaviours
    assert "uses_violence" not in said.absent


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published alerts lie outside the repository")
def test_the_published_alerts_are_read_completely() -> None:
    text = PUBLISHED.read_text(encoding="utf-8")
    first, second = (extract_report(text[start:end]) for start, end in alert_spans(text))
    (man,), (car,) = first.suspects, first.vehicles
    assert (man.sex, man.build, man.ethnicity, man.facial_hair) == ("male", ["stocky"], ["white"], ["stubble"])
    assert man.age is not None
    assert (man.age.min, man.age.max) == (33, 37)
    assert man.height_cm is not None
    assert man.height_cm.min == pytest.approx(170, abs=1)
    assert man.hair is not None
    assert "bald" in man.hair.style
    assert man.accent == ["northern"]
    assert man.marks == ["hairy arms"]
    assert len(man.clothing) == 2
    assert (car.make, car.model, car.colour, car.body) == ("Mitsubishi", "Shogun", ["silver"], "4x4")
    assert (first.occurred.from_, first.occurred.to) == ("2009-09-30T21:30", "2009-09-30T22:00")
    assert first.place.town == "Manchester"
    assert len(first.speech) == 1
    assert {"hand_over_mouth", "grabs"} <= set(first.behaviours.present)
    assert not first.warnings
    (man,) = second.suspects
    assert set(man.build) > {"slim"}
    assert man.glasses is True
    assert man.facial_hair == ["moustache"]
    assert man.ethnicity == ["asian"]
    assert "london" in man.accent
    assert second.contact.method == "agency"
    assert second.occurred.hour_min == 23
    assert second.place.town == "London"
    assert {"pins_down", "gropes"} <= set(second.behaviours.present)
    assert len(second.warnings) == 2


def test_each_line_in_gives_a_line_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x", "text": "Male, 30s."}\n{broken\n{"id": 3, "text": ""}\n', encoding="utf-8")
    found = list(extract_lines(path))
    assert [line["id"] for line in found] == ["x", None, 3]
    assert found[0]["suspects"][0]["sex"] == "male"
    assert "error" in found[1]
    assert "error" not in found[2]


def test_the_day_received_is_read_as_in_imports_and_told_where_it_is_none(tmp_path: Path) -> None:
    path, words = tmp_path / "a.csv", "A man last Friday."
    path.write_text(f"id,received,narrative\n1,01/03/2025,{words}\n2,yesterday,{words}\n", encoding="utf-8")
    read, refused = extract_lines(path, date(2025, 6, 1))
    assert (read["received"], read["occurred"]["from"], read["warnings"]) == ("2025-03-01", "2025-02-28", [])
    assert refused["received"] is None
    assert refused["warnings"][0].startswith("received: “yesterday” names no single day; write a date")


def test_each_element_of_an_array_gives_one_value(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"id": "x", "text": "Male, 30s."}, {"id": "y"}]', encoding="utf-8")
    found = list(extract_lines(path))
    assert [line["id"] for line in found] == ["x", "y"]
    assert found[0]["suspects"][0]["sex"] == "male"
    assert "line 2 has no text" in found[1]["error"]


def test_a_text_gives_one_value_an_alert(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("3 May 2019, Leeds. Male. No: 4\n\n5 May 2019, York. Male. No: 5\n", encoding="utf-8")
    assert [line["id"] for line in extract_lines(path)] == ["a-4", "a-5"]


@each_row("line", ["[]", "3", "{}", '{"id": 1}', '{"id": 1, "text": 5}', "[" * 5000])
def test_a_line_that_cannot_be_read_says_so(line: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "text": "He ran."}' + "\n" * 8 + line + "\n", encoding="utf-8")
    _, found = extract_lines(path)
    assert "line 9" in found["error"]


def test_a_name_that_stands_twice_in_a_line_costs_no_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "He ran.", "text": "She ran."}\n', encoding="utf-8")
    assert [(line["id"], line["narrative"]) for line in extract_lines(path)] == [("a", "She ran.")]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=150) | st.text(alphabet="He was a stocky man in 3 May 9pm \"“”',.", max_size=200))
def test_no_text_raises_and_all_spans_lie_in_it(text: str) -> None:
    report = extract_report(text)
    for part in parts(report):
        for spans in part.spans.values():
            assert all(0 <= start < end <= len(report.narrative or "") for start, end in spans)


def test_a_service_number_is_never_the_reported_persons() -> None:
    text = "A man robbed her. He rang from 07700 900111. Witnesses may reach PC Moss on 0300 000 0000."
    assert [one.value for one in extract_report(text).identifiers] == ["07700900111"]


def test_one_of_whom_nothing_but_another_persons_look_is_told_is_no_reported_person() -> None:
    text = (
        "Did you see a woman in distress by the lake? She's 45 and had a lemon sundress on. Two lads tipped her "
        "chair and one put his hand down her dress. He was white, 18 to 21, with a moustache."
    )
    assert [one.sex for one in extract_report(text).suspects] == ["male", "male"]


def test_what_is_told_of_one_person_alone_stands_before_what_is_told_of_several() -> None:
    text = "They were two, one man and one woman. The man was bald. The woman was small with an Irish accent."
    found = {one.sex: one.accent for one in extract_report(text).suspects}
    assert found == {"male": [], "female": ["irish"]}


def test_broken_lines_alone_are_each_told_by_number(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text("\nxx\nyy\n", encoding="utf-8")
    assert [str(one["error"])[:22] for one in extract_lines(path)] == [
        "line 2: not valid JSON",
        "line 3: not valid JSON",
    ]


def test_a_name_that_stands_twice_in_an_array_costs_no_value(tmp_path: Path) -> None:
    path, told = tmp_path / "twice.json", list[str]()
    path.write_text('[{"id": "x", "text": "a", "text": "b"}, {"id": "y", "text": "c"}]', encoding="utf-8")
    assert [one["id"] for one in extract_lines(path, tell=told.append)] == ["x", "y"]
    assert len(told) == 1
    assert "twice.json" in told[0]


def test_json_behind_a_byte_order_mark_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "marked.txt"
    path.write_bytes(b'\xef\xbb\xbf{"id": "x"}\n{"id": "y"}')
    assert [one["id"] for one in extract_lines(path)] == ["x", "y"]


def test_a_quoted_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "sep.csv"
    path.write_text('"sep=,"\nreport_id,narrative\na,He ran off in Leeds.\n', encoding="utf-8")
    assert [one["id"] for one in extract_lines(path)] == ["a"]


def test_a_limit_beyond_memory_harms_no_small_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_LIMIT_FILE_BYTES", str(10**14))
    path = tmp_path / "small.txt"
    path.write_text("He ran off in Leeds.", encoding="utf-8")
    assert len(list(extract_lines(path))) == 1


def test_days_told_backward_are_a_stretch() -> None:
    when = extract_report("It happened between 20 March 2020 and 3 March 2020.").occurred
    assert (when.from_, when.to) == ("2020-03-03", "2020-03-20")


@pytest.mark.parametrize("sign", ["\ue004", "\ue006", "\uf8ff"])
def test_a_sign_of_an_icon_font_is_no_word_of_time(sign: str) -> None:
    read = extract_report(f"{sign} Attack on 4 May 2024 {sign} at 3am {sign}", "2024-05-06").occurred
    assert (read.from_, read.hour_min) == ("2024-05-04T03:00", 3.0)


def test_a_year_behind_a_clock_time_ends_no_range() -> None:
    when = extract_report("at 10.05 and 2019 he left").occurred
    assert when.hour_min == when.hour_max


@each_row("text", ["seen at M5 northbound services", "off M4 westbound", "on M1 (northbound)"])
def test_a_motorway_is_no_postcode(text: str) -> None:
    assert extract_report(text).place.town is None


@each_row(
    ("text", "plate"),
    [
        ("NUMBER PLATE STARTED WITH NX03 END UNKNOWN", "NX03*"),
        ("REG STARTS FD18 AND ENDS R. BLACK VAN.", "FD18*R"),
    ],
)
def test_shouted_words_are_no_part_of_a_plate(text: str, plate: str) -> None:
    assert [one.registration for one in extract_report(text).vehicles] == [plate]
