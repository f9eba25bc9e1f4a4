"""Fields of a question beside the one box: musts, hours, identifiers, what is unsure; facets, and plain values."""

from __future__ import annotations

import pytest

from linkage.cli.searching import _reason
from linkage.report import Report
from linkage.search import Found, Question, QuestionError, Reason, Searcher
from linkage.search.reading import read_question
from tests.factories import incident
from tests.rows import each_row


def found(question: Question, *reports: Report) -> Found:
    return Searcher(reports).find(question, 50)


def ids(answer: Found) -> set[str]:
    return {row.report_id for row in answer.rows}


DID = incident(report_id="DID", behaviours=["strangles", "steals_phone"])
DENIED = incident(report_id="DENIED", behaviours=["steals_phone"], not_behaviours=["strangles"])
SILENT = incident(report_id="SILENT", behaviours=["steals_phone"])


@each_row(
    ("line", "kept"),
    [
        ("strangled her", {"DID", "DENIED", "SILENT"}),
        ("+strangled her", {"DID"}),
        ("must strangled her", {"DID"}),
        ("-strangled her", {"DENIED", "SILENT"}),
        ("must not: strangled her", {"DENIED", "SILENT"}),
        ("not strangled her", {"DID", "DENIED", "SILENT"}),
    ],
)
def test_a_behaviour_should_must_or_must_not_have_happened(line: str, kept: set[str]) -> None:
    assert ids(found(Question(words="stole her phone", behaviour=(line,)), DID, DENIED, SILENT)) == kept


@each_row(
    ("line", "present", "absent"),
    [
        ("+strangled her and took her passport", {"strangles", "steals_id_or_keys"}, set()),
        ("-took her phone and wouldnt pay", set(), {"steals_phone", "non_payment"}),
        ("hands round her neck", {"strangles"}, set()),
        ("no weapon shown", set(), {"weapon_shown"}),
    ],
)
def test_a_sentence_in_a_behaviour_is_read_like_free_words(line: str, present: set[str], absent: set[str]) -> None:
    asked = read_question(Question(behaviour=(line,)))
    held = asked.report.behaviours
    assert (set(held.present), set(held.absent), asked.own) == (present, absent, [])
    assert asked.must | asked.must_not == (present | absent if line[0] in "+-" else set())


@each_row(
    ("words", "lines", "named"),
    [
        ("", ("+strangled", "-strangled"), ("'-strangled'", "'+strangled'")),
        ("", ("strangled", "not hands round her neck"), ("'not hands round her neck'", "'strangled'")),
        ("", ("-took her phone and strangled her", "+choked"), ("'+choked'", "'-took her phone and strangled her'")),
        ("", ("+collected clocks", "-collected clocks"), ("'-collected clocks'", "'+collected clocks'")),
        ("he strangled her", ("-strangled",), ("'-strangled'", "the free words (strangles or chokes)")),
    ],
)
def test_behaviours_that_contradict_each_other_are_both_named(
    words: str, lines: tuple[str, ...], named: tuple[str, str]
) -> None:
    with pytest.raises(QuestionError) as raised:
        read_question(Question(words=words, behaviour=lines))
    assert str(raised.value) == f"{named[0]} contradicts {named[1]}; leave out one of the two"


@pytest.mark.parametrize(("sign", "kept"), [("", {"TOLD", "OTHER"}), ("+", {"TOLD"}), ("-", {"OTHER"})])
def test_a_behaviour_in_words_of_its_own_obeys_its_sign(sign: str, kept: set[str]) -> None:
    told = incident(report_id="TOLD", narrative="He collected clocks from the wall.", town="Leeds")
    other = incident(report_id="OTHER", narrative="He left.", town="Leeds")
    question = Question(behaviour=(f"{sign}collected clocks",), near="Leeds")
    assert ids(found(question, told, other)) == kept


def test_reasons_name_the_behaviour_that_is_close_or_not_known() -> None:
    one = incident(report_id="ONE", behaviours=["smothers"], town="Leeds")
    told = incident(report_id="TOLD", behaviours=["strangles"], narrative="He collected clocks.")
    question = Question(behaviour=("strangled", "kicked her", "collected clocks"), near="Leeds")
    searcher = Searcher([one, told, *(incident(report_id=f"C{at}", town="Leeds") for at in range(9))])
    row = next(row for row in searcher.find(question).rows if row.report_id == "ONE")
    assert [(reason.says, reason.words) for reason in row.reasons if reason.label == "Behaviour"] == [
        ("close", "like “strangles or chokes”: smothers with a pillow or cloth"),
        ("not known", "kicks or stamps: not known"),
        ("not known", "collected clocks: not known"),
    ]
    assert "Behaviour (kicks or stamps) not known; Behaviour (collected clocks) not known" in searcher.why_not(
        question, "ONE"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("Behaviour", "not known", "kicks or stamps: not known", "", 0.0), "Behaviour (kicks or stamps)"),
        (Reason("Height", "not known", "not known", "", 0.0), "Height"),
    ],
)
def test_the_command_names_a_behaviour_that_is_not_known(reason: Reason, said: str) -> None:
    assert _reason(reason) == f"?{said}"


@each_row(
    ("hours", "part", "says"),
    [
        ((23.0, 23.5), "night", "agrees"),
        ((2.0, 2.0), "night", "agrees"),
        ((23.0, 1.0), "night", "agrees"),
        ((19.0, 22.0), "night", "close"),
        ((14.0, 15.0), "night", "differs"),
        ((None, None), "night", "not known"),
        ((21.5, 21.5), "9-11 pm", "agrees"),
        ((11.0, 11.0), "9-11 pm", "differs"),
    ],
)
def test_the_part_of_the_day_is_compared_across_midnight(
    hours: tuple[float | None, float | None], part: str, says: str
) -> None:
    report = incident(report_id="ONE", town="Leeds")
    report.occurred.hour_min, report.occurred.hour_max = hours
    searcher = Searcher([report])
    condition = next(one for one in searcher.conditions(Question(day_part=part)) if one.label == "Time of day")
    assert condition.reason(0).says == says
    assert bool(condition.fails(must=False)[0]) == (says == "differs")


def test_what_is_unsure_is_kept_until_it_is_asked_to_be_left_out() -> None:
    inside = incident(report_id="IN", town="Leeds", date="4 March 2025")
    region = incident(report_id="REGION", place="Yorkshire", date="5 March 2025")
    undated = incident(report_id="UNDATED", town="Leeds")
    place = Question(near="Leeds")
    assert ids(found(place, inside, region, undated)) == {"IN", "REGION", "UNDATED"}
    assert ids(found(Question(near="Leeds", regions=False), inside, region, undated)) == {"IN", "UNDATED"}
    when = Question(from_="March 2025", to="March 2025", unsure=False)
    assert ids(found(when, inside, region, undated)) == {"IN", "REGION"}


@each_row(
    ("asked", "says"),
    [
        ("07700 900123", "agrees"),
        ("ending 0123", "agrees"),
        ("*0123", "agrees"),
        ("900", "agrees"),
        ("07700 900999", "differs"),
    ],
)
def test_a_phone_is_found_by_a_part_of_it(asked: str, says: str) -> None:
    searcher = Searcher([incident(report_id="ONE", phone="07700900123"), incident(report_id="TWO", town="Leeds")])
    condition = next(one for one in searcher.conditions(Question(identifier=(asked,))) if one.label == "Phone")
    assert [condition.reason(row).says for row in (0, 1)] == [says, "not known"]


def test_an_account_is_found_by_its_name() -> None:
    one = incident(report_id="ONE", email="harbourman@example.com")
    assert ids(found(Question(identifier=("harbourman@example.com",)), one)) == {"ONE"}


@pytest.mark.parametrize(
    ("asked", "cure"),
    [
        ({"day_part": "someday"}, "No part of the day"),
        ({"identifier": ("!!",)}, "No phone number"),
        ({"words": "x", "words_as": "backwards"}, "exact, near, similar"),
    ],
)
def test_a_field_that_cannot_be_understood_says_what_to_write(asked: dict[str, object], cure: str) -> None:
    with pytest.raises(QuestionError, match=cure):
        found(Question(**asked), DID)  # type: ignore[arg-type]


def test_facets_count_the_listed_reports_and_those_that_do_not_say() -> None:
    van = incident(report_id="VAN", vehicle="white van", date="4 March 2025", town="Leeds")
    foot = incident(report_id="FOOT", town="Leeds")
    answer = found(Question(near="Leeds"), van, foot)
    by_name = {facet.name: facet for facet in answer.facets}
    assert (by_name["Vehicle"].counts, by_name["Vehicle"].not_known) == ([("van", 1)], 1)
    assert by_name["Year"].counts == [("2025", 1)]
    assert by_name["Area"].not_known == 0


def test_a_report_that_agrees_with_too_little_is_not_listed_and_why_not_says_so() -> None:
    crowd = [incident(report_id=f"C{number}", build="slim") for number in range(30)]
    partly = incident(report_id="PARTLY", build="stocky")
    searcher = Searcher([partly, *crowd])
    question = Question(words="stocky", vehicle="yellow Saab", registration="K5*", near="Leeds")
    answer = searcher.find(question)
    assert (answer.rows, answer.agreeing, answer.partly) == ([], 0, 1)
    assert "agrees with too little" in searcher.why_not(question, "PARTLY")


def test_a_question_reads_back_from_its_plain_values() -> None:
    question = Question(
        words="silver", behaviour=("+strangled", "-paid"), must=frozenset({"vehicle"}), near="Leeds", within_km=12.0
    )
    assert Question.of(question.plain()) == question
    assert "words_as" not in question.plain()
    assert Question.of({**question.plain(), "of a later version": 1}) == question


@each_row(
    ("asked", "held", "says"),
    [
        ("ending 4471", "*4471", "agrees"),
        ("ending 4471", "077009*", "not known"),
        ("4471", "07700904471", "agrees"),
        ("ending 4471", "ends 471", "close"),
        ("07700900151", "077009*", "close"),
        ("07700900151", "ends 0151", "close"),
        ("07700900151", "07700900151", "agrees"),
        ("07700900151", "ends 0152", "differs"),
    ],
)
def test_a_fragment_says_as_much_as_it_shows(asked: str, held: str, says: str) -> None:
    searcher = Searcher([incident(phone=held), *(incident(town="Leeds") for _ in range(9))])
    (condition,) = [one for one in searcher.conditions(Question(identifier=(asked,))) if one.label == "Phone"]
    assert condition.reason(0).says == says


def test_the_number_itself_comes_before_what_could_be_it_the_longer_the_better() -> None:
    held = {"SHORT": "0770*", "LONG": "077009001*", "FULL": "07700900151", "OTHER": "07700900999"}
    told = [incident(report_id=name, phone=phone) for name, phone in held.items()]
    searcher = Searcher([*told, *(incident(town="Leeds") for _ in range(20))])
    rows = searcher.find(Question(identifier=("07700 900151",))).rows
    assert [row.report_id for row in rows[:3]] == ["FULL", "LONG", "SHORT"]
    assert rows[0].score > rows[1].score > rows[2].score > 0


@pytest.mark.parametrize(
    ("question", "part"),
    [
        (Question(words="bald", must=frozenset({"vehicle"})), "vehicle"),
        (Question(vehicle="white van", must=frozenset({"vehicle", "near"})), "near"),
        (Question(near="Leeds", must=frozenset({"words"})), "words"),
    ],
)
def test_a_must_that_names_nothing_asked_says_so(question: Question, part: str) -> None:
    with pytest.raises(QuestionError, match=f"'{part}' names nothing that was asked"):
        found(question, DID)


@each_row(
    ("line", "told", "kept"),
    [
        ("+strangled", "strangles", True),
        ("+strangled", "smothers", False),
        ("+locked her in", "holds_against_will", False),
        ("+weapon shown", "knife_shown", True),
        ("+weapon shown", "weapon_threatened", False),
        ("+violence", "kicks", True),
        ("+kicked her", "uses_violence", False),
    ],
)
def test_a_must_wants_that_very_behaviour_or_one_below_it(line: str, told: str, kept: bool) -> None:
    one = incident(report_id="ONE", behaviours=[told])
    for question in (Question(behaviour=(line,)), Question(behaviour=(line[1:],), must=frozenset({"behaviour"}))):
        assert ids(found(question, one, SILENT)) == ({"ONE"} if kept else set())


def test_words_beside_a_fact_are_no_must() -> None:
    one = incident(report_id="ONE", narrative="A bald man called Davo.", hair="bald")
    other = incident(report_id="TWO", narrative="Davo again.", hair="shaved head")
    question = Question(words="bald Davo", must=frozenset({"words"}))
    assert {"ONE", "TWO"} <= {row.report_id for row in Searcher([one, other, SILENT]).find(question).rows}


def test_either_of_two_plates_will_do() -> None:
    one, two = incident(report_id="ONE", registration="BX21RKT"), incident(report_id="TWO", registration="*LKE")
    answer = found(
        Question(words="plate *RKT or *LKE"), one, two, incident(report_id="OTHER", registration="AB12CDE")
    )
    assert answer.asked == ["Registration: *RKT or *LKE"]
    assert {row.report_id for row in answer.rows if row.agrees} == {"ONE", "TWO"}


@each_row(
    ("asked", "held", "says"),
    [
        ("scottish accent", "glasgow", "close"),
        ("scouse accent", "northern", "close"),
        ("northern accent", "liverpool", "close"),
        ("northern accent", "welsh", "differs"),
        ("glasgow accent", "glasgow", "agrees"),
    ],
)
def test_accents_of_one_region_are_close(asked: str, held: str, says: str) -> None:
    searcher = Searcher([incident(report_id="A", accent=held), incident(report_id="B", accent="cornish")])
    condition = next(one for one in searcher.conditions(Question(person=asked)) if one.label == "Accent")
    assert condition.reason(0).says == says


def test_a_colour_of_hair_answers_nothing_about_its_style() -> None:
    searcher = Searcher([incident(hair="brown hair"), incident(hair="bald"), incident(hair="short brown hair")])
    bald, brown = (searcher.conditions(Question(person=asked)) for asked in ("bald", "brown hair"))
    assert [[one.reason(row).says for row in range(3)] for one in bald] == [["not known", "agrees", "differs"]]
    assert [one.label for one in brown] == ["Hair colour"]
