"""No forbidden value reaches an alert: not in a draft, whatever the report, and not by what a person types."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.intake.batch import read_reports
from linkage.report import Behaviours, Consent, Identifier, Occurred, Person, Place, Report, Vehicle
from linkage.sharing.alert_about import About
from linkage.sharing.alert_checks import checked
from linkage.sharing.alert_draft import drafted
from linkage.sharing.alert_rules import marks, plain, rules
from linkage.sharing.alert_values import exact_places, is_outdoors
from linkage.store import Fact, HoldBack
from linkage.synthetic import generate, write_reports
from linkage.vocabulary import load

NAMES = ("Zofia", "Marianne", "Ludmila")
STREETS = ("Quarrington Road", "14 Ashbury Lane", "Flat 3, Pemberton House", "The Vines Hotel, room 12")
WORDS = ("scar", "gold tooth", "her flat above the shop", "my keys", "black cap", "limp", "bruised knuckles")
TOWNS = ("Leeds", "Stoke-on-Trent", "Salford")


@st.composite
def reports(draw: st.DrawFn, number: int = 1) -> Report:
    """A canonical report with secrets in every place where one can stand."""
    name, street = draw(st.sampled_from(NAMES)), draw(st.sampled_from(STREETS))
    town = draw(st.sampled_from(TOWNS))
    phone = "077009" + draw(st.text("0123456789", min_size=5, max_size=5))
    own = "079112" + draw(st.text("0123456789", min_size=5, max_size=5))
    plate = draw(st.sampled_from(["AB12CDE", "QX51ZZY", "W4?K5X", "?B??CDE", "M123ABC"]))
    free = st.lists(st.sampled_from(WORDS), max_size=3, unique=True)
    behaviours = st.lists(st.sampled_from(sorted(load("behaviours").entries)), max_size=8, unique=True)
    told = " ".join(
        draw(st.lists(st.sampled_from(["he", "was", "tall", "left", "in", "a", "red", "van"]), max_size=30))
    )
    first = draw(st.dates(min_value=date(2015, 1, 1), max_value=date(2026, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 9)))
    return Report(
        report_id=f"R{number}",
        consent=Consent(alert=True),
        occurred=Occurred.model_validate({"from": first.isoformat(), "to": last.isoformat(), "hour_min": 21.5}),
        place=Place(
            text=f"{street}, {town}", town=town, postcode=draw(st.sampled_from([None, "LS6 3HN", "M1 1AE", "ST4"])),
            venue=draw(st.sampled_from([None, "flat", "hotel", "own_home", "street", "vehicle"])),
            precision=draw(st.sampled_from([None, "address", "street", "town"])),
        ),
        behaviours=Behaviours(present=[*draw(behaviours), "took her to my sister's house"]),
        suspects=[
            Person(
                sex="male", build=draw(st.sampled_from([["slim"], ["large"], []])), ethnicity=["white"],
                marks=draw(free), clothing=draw(free), accent=draw(free), names_used=[name],
            )
        ],
        vehicles=[Vehicle(make="Ford", model="Focus", colour=["red"], registration=plate, features=draw(free))],
        identifiers=[Identifier(kind="phone", value=phone), Identifier(kind="username", value="lonefox239")],
        speech=["you will never tell a soul about this"],
        narrative=f"My name is {name}. Call me on {own}. I live at {street}. {told}. Number {phone}, plate {plate}.",
    )  # fmt: skip


def forbidden(one: Report, text: str) -> list[str]:
    """What of a report may not stand in a text and does, looked for by other means than the checks use."""
    letters, words = marks(text), f" {plain(text)} "
    found = [each.value for each in one.identifiers if marks(each.value) in letters]
    found += re.findall(r"(?:\d[\s-]?){7,}", text)
    for vehicle in one.vehicles:
        known = marks((vehicle.registration or "").replace("*", "?"))
        full = vehicle.registration and not set("?*") & set(vehicle.registration)
        found += [known] if full and known in letters else []
    if one.place.postcode and len(marks(one.place.postcode)) > 4 and marks(one.place.postcode) in letters:
        found.append(one.place.postcode)
    if not is_outdoors(one.place):
        found += [street for street in exact_places(one.place) if f" {street} " in words]
    its = plain(one.narrative or "").split()
    most = rules()["lengths"]["narrative_words"] + 1
    runs = (" ".join(its[at : at + most]) for at in range(len(its) - most + 1))
    found += [run for run in runs if f" {run} " in words]
    given_name = re.match(r"My name is (\w+)\.", one.narrative or "")
    found += [given_name[1]] if given_name and f" {plain(given_name[1])} " in words else []
    return found + [word for word in ("she", "her", "my", "i") if f" {word} " in words]


def stops(text: str, *given_reports: Report, held: tuple[HoldBack, ...] = ()) -> set[str]:
    about = About(given_reports, (), frozenset(one.report_id for one in given_reports), held=held)
    return {one.rule for one in checked({"email": text, "short": text[:160]}, about) if one.verdict == "stop"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(1), reports(2), st.booleans())
def test_no_forbidden_value_reaches_a_draft(one: Report, two: Report, both: bool) -> None:
    about = [one, two] if both else [one]
    held = [HoldBack("report", "R1", "mark", "gold tooth"), HoldBack("report", "R1", "behaviour", "knife_shown")]
    _, texts, checks = drafted(about, 1, {}, held)
    for text in texts.values():
        shown = re.sub(r"<[^>]*>", " ", text)
        assert [word for report in about for word in forbidden(report, shown)] == []
        assert "gold tooth" not in shown
        assert "knife or blade" not in shown
    assert {one.rule.split(":")[0] for one in checks if one.verdict == "stop"} <= {"contradiction"}
    assert len(texts["short"]) <= 160


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(1), st.data())
def test_whatever_a_person_types_a_forbidden_value_stops_it(one: Report, data: st.DataObject) -> None:
    its = (one.narrative or "").split()
    most = rules()["lengths"]["narrative_words"]
    secrets = [one.identifiers[0].value, "lonefox239", "her flat", "My sister saw him", one.suspects[0].names_used[0]]
    secrets += [one.place.postcode] if one.place.postcode and len(one.place.postcode) > 4 else []
    secrets += exact_places(one.place) if not is_outdoors(one.place) else []
    secrets += [" ".join(its[: most + 2])]
    secret = data.draw(st.sampled_from(secrets))
    spaced = data.draw(st.sampled_from([secret, secret.upper(), secret.replace("0", "0 "), f"({secret})"]))
    before = data.draw(st.sampled_from(["Male, slim. ", "Leeds, a red Ford. ", ""]))
    assert stops(f"{before}{spaced} No: 1", one)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Reports of a generated world that may be used, read as from a file."""
    file: Path = tmp_path_factory.mktemp("world") / "reports.jsonl"
    write_reports(generate(120, 31), file)
    return [one for one in read_reports(file).reports if one.consent.alert]


def test_no_report_of_a_generated_world_reaches_an_alert_with_what_is_forbidden(world: list[Report]) -> None:
    drafts = 0
    for one in world:
        _, texts, checks = drafted([one], 1)
        shown = texts["email"] + " " + texts["short"] + " " + re.sub(r"<[^>]*>", " ", texts["html"])
        assert forbidden(one, shown) == [], one.report_id
        assert {c.rule.split(":")[0] for c in checks if c.verdict == "stop"} <= {"contradiction"}
        drafts += 1
    assert drafts > 30


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("He followed her to her flat in Leeds.", "nothing of the person who reports or was harmed"),
        ("She had bruised ribs.", "nothing of the person who reports or was harmed"),
        ("I got away from him.", "nothing of the person who reports or was harmed"),
        ("He waited by the bedroom door.", "what only the two could know"),
        ("Male seen at 14 Ashbury Lane.", "no exact place indoors"),
        ("Male, LS6 3HN.", "no exact place indoors"),
        ("Call him on 07700 900 123.", "no full number, address or plate"),
        ("He writes as dave@example.com.", "no full number, address or plate"),
        ("Ford, plate AB12 CDE.", "no full number, address or plate"),
        ("Ring 0/7/7/0/0/9/0/0/9/9/9.", "no full number, address or plate"),
        ("Ring 0770\u200b0900\u200b999.", "no full number, address or plate"),
        ("Ring 0770\u200b0900\u200b999.", "written plainly"),
        ("Ask sarah (at) example dot com.", "no full number, address or plate"),
        ("He is @dave_leeds on Instagram.", "no full number, address or plate"),
        ("Ford, plate \u0410\u041212\u0421DE.", "written plainly"),
        ("Male, L S 6 3 H N.", "no exact place indoors"),
        ("Male, in the flat above the chip shop.", "what only the two could know"),
        ("He is g\u200builty of rape.", "accuses nobody"),
        ("Male, <img src=x onerror=alert(1)>.", "written plainly"),
        ("White male on 3 May 2019.", "perceived attributes say so"),
        ("Male, 3 May 2019, Leeds.", "date as uncertain as recorded"),
        ("He was found guilty of rape.", "accuses nobody"),
        ("Convicted before, do not get in.", "accuses nobody"),
        ("", "length"),
    ],
)
def test_each_rule_says_what_it_objects_to(text: str, rule: str) -> None:
    assert rule in stops(text, Report(report_id="R1"))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A known rapist, do not get in.", "warn"),
        ("He claims to be a killer or boasts of crimes.", "pass"),
        ("He said “they never found me guilty”.", "pass"),
    ],
)
def test_a_word_for_somebody_who_did_it_is_a_warning_unless_it_is_what_he_says(text: str, verdict: str) -> None:
    about = About([Report(report_id="R1", speech=["they never found me guilty"])])
    said = {one.verdict for one in checked({"email": text, "short": text}, about) if one.rule == "accuses nobody"}
    assert said == {verdict}


def test_the_name_of_an_offence_calls_nobody_a_criminal() -> None:
    about = About([Report(report_id="R1")], [Fact("offence.criminal_damage", "criminal damage")])
    for text, verdict in (("Male. Criminal damage; threats.", "pass"), ("A criminal. Criminal damage.", "warn")):
        found = checked({"email": text, "short": text}, about)
        assert {one.verdict for one in found if one.rule == "accuses nobody"} == {verdict}


def test_what_the_reported_person_said_is_no_word_of_who_reports() -> None:
    one = Report(report_id="R1", speech=["I will be the next one"])
    two = one.model_copy(update={"report_id": "R2"})
    assert stops("He said “I will be the next one”. No: 1", one, two) == set()
    assert stops("He said “my sister knows”. No: 1", one, two)


@pytest.mark.parametrize("text", ["a tooth of gold", "Gold-tooth", "his tooth is gold"])
def test_a_held_back_detail_is_known_in_other_words(text: str) -> None:
    held = (HoldBack("report", "R1", "mark", "gold tooth"),)
    assert "held-back details" in stops(f"Male, {text}. No: 1", Report(report_id="R1"), held=held)


def test_a_first_name_that_nobody_gave_the_reported_person_is_a_warning() -> None:
    one = Report(report_id="R1", suspects=[Person(names_used=["Dave"])])
    text = "Male, used the name Dave. Leeds. Sarah was hurt."
    found = [check for check in checked({"email": text, "short": text}, About([one])) if "first name" in check.says]
    assert [(check.verdict, check.words) for check in found] == [("warn", ("Sarah",))]


@pytest.mark.parametrize(
    "text",
    [
        "男性，40多岁，3月5日晚上，白色BMW车",  # Chinese, with figures and a make in it
        "мужчина 40лет, белый Ford",  # Russian
        "می\u200cکند",  # Persian, in which a sign that shows nothing is spelling
    ],
)
def test_other_languages_are_written_plainly_as_they_are_written(text: str) -> None:
    found = checked({"email": text, "short": text}, About([Report(report_id="R1")], language="zh"))
    assert [one.verdict for one in found if one.rule == "written plainly"] == ["pass"]
