"""A question in people's words, and which reports answer it, with what reasons."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from linkage.cli.commands import app
from linkage.report import Report
from linkage.search import Question, QuestionError, Reason, Row, Searcher, search, why_not
from linkage.search.index import WordIndex
from linkage.search.words import FACT_SHARE, ComparedFact, WordConditions, mention_weight
from tests.factories import incident
from tests.rows import each_row


def crowd() -> list[Report]:
    """Reports that say little, so that rarity means something."""
    towns = ["Cardiff", "Norwich", "Bristol", "Glasgow"]
    return [
        incident(
            report_id=f"C{number:02}",
            town=towns[number % 4],
            vehicle=["black Ford Focus", "blue Vauxhall Astra"][number % 2],
            build=["slim", "medium"][number % 2],
            date=f"{number % 28 + 1} May 2018",
        )
        for number in range(24)
    ]


def world(*reports: Report) -> Searcher:
    return Searcher([*reports, *crowd()])


def ids(rows: list[Row]) -> list[str]:
    return [row.report_id for row in rows]


def reason(row: Row, label: str) -> Reason:
    return next(one for one in row.reasons if one.label == label)


def first(searcher: Searcher, **asked: object) -> Row:
    return searcher.find(Question(**asked)).rows[0]  # type: ignore[arg-type]


SHOGUN = incident(report_id="SHOGUN", vehicle="silver Mitsubishi Shogun", town="Leeds", build="stocky")
FOCUS = incident(report_id="FOCUS", vehicle="grey Ford Focus", town="Leeds")
ON_FOOT = incident(report_id="ON_FOOT", town="Leeds", build="stocky")


KEPT = world(SHOGUN, FOCUS, ON_FOOT)


def test_a_silver_4x4_is_a_silver_shogun_before_it_is_a_grey_focus() -> None:
    found = ids(world(FOCUS, SHOGUN).find(Question(words="silver 4x4"), top=100).rows)
    assert found[0] == "SHOGUN"
    assert found.index("SHOGUN") < found.index("FOCUS")


def test_a_report_without_a_vehicle_is_not_known_and_not_dropped() -> None:
    found = world(FOCUS, SHOGUN, ON_FOOT).find(Question(words="silver 4x4 stocky"), top=100)
    row = next(row for row in found.rows if row.report_id == "ON_FOOT")
    assert reason(row, "Vehicle") == Reason("Vehicle", "not known", "not known", "", 0.0)
    assert ids(found.rows).index("ON_FOOT") < ids(found.rows).index("FOCUS")


def test_a_must_leaves_out_what_is_not_known_and_what_differs() -> None:
    question = Question(vehicle="silver 4x4", person="stocky", must=frozenset({"vehicle"}))
    assert ids(world(FOCUS, SHOGUN, ON_FOOT).find(question, top=100).rows) == ["SHOGUN"]


def test_the_score_is_the_sum_of_the_weights_of_all_reasons() -> None:
    for row in world(FOCUS, SHOGUN, ON_FOOT).find(Question(words="silver 4x4 stocky near Leeds"), top=100).rows:
        assert row.score == pytest.approx(sum(one.weight for one in row.reasons), abs=0.01)


def test_what_is_rarer_weighs_more() -> None:
    row = first(world(SHOGUN), words="silver 4x4 slim")
    assert row.report_id == "SHOGUN"
    assert reason(row, "Vehicle").count == "1 of 25 reports"
    common = next(r for r in world(SHOGUN).find(Question(words="slim"), top=9).rows if r.report_id == "C00")
    assert reason(row, "Vehicle").weight > reason(common, "Build").weight > 0


@each_row(
    ("asked", "held", "says"),
    [
        ("?K5*", "AK5BCD", "agrees"),
        ("?K5*", "K5?", "not known"),
        ("K5", "AK51BCD", "agrees"),
        ("YH05*", "YH05XKT", "agrees"),
        ("YHO5*", "YH05XKT", "close"),
        ("*8XK*", "YH0BXKT", "close"),
        ("?K5*", "ZZ99ZZZ", "differs"),
    ],
)
def test_a_plate_is_found_by_a_part_of_it(asked: str, held: str, says: str) -> None:
    searcher = world(incident(report_id="PLATE", registration=held), incident(report_id="PLAIN", town="Leeds"))
    condition = next(one for one in searcher.conditions(Question(registration=asked)) if one.label == "Registration")
    assert condition.reason(1).says == "not known"
    if says == "not known":  # a fragment on both sides: whatever is said of it, the report is kept
        assert not condition.fails(must=False)[0]
    else:
        assert condition.reason(0).says == says


def test_near_leeds_within_30_km_keeps_what_may_be_there_and_leaves_out_what_cannot() -> None:
    reports = [
        incident(report_id="BRADFORD", town="Bradford"),
        incident(report_id="LONDON", town="London"),
        incident(report_id="REGION", place="Yorkshire"),
        incident(report_id="NOWHERE", build="stocky"),
    ]
    searcher = world(*reports)
    question = Question(near="Leeds", within_km=30)
    rows = {row.report_id: row for row in searcher.find(question, top=100).rows}
    assert rows.keys() == {"BRADFORD", "REGION", "NOWHERE"}
    assert reason(rows["BRADFORD"], "Place").says == "agrees"
    assert "unsure" in reason(rows["REGION"], "Place").words
    assert reason(rows["NOWHERE"], "Place").says == "not known"
    assert "km away" in searcher.why_not(question, "LONDON")


def test_anywhere_but_leeds_leaves_out_what_was_there_and_keeps_what_may_have_been_elsewhere() -> None:
    searcher = world(
        incident(report_id="IN", town="Leeds", vehicle="silver Shogun"),
        incident(report_id="OUT", town="Hull", vehicle="silver Shogun"),
        incident(report_id="NOWHERE", vehicle="silver Shogun"),
    )
    question = Question(words="silver Shogun, anywhere but Leeds")
    assert set(ids(searcher.find(question).rows)[:2]) == {"NOWHERE", "OUT"}
    assert "IN" not in ids(searcher.find(question, top=100).rows)
    assert "IN is left out. Place (not: within 6.2 km of Leeds)" in searcher.why_not(question, "IN")
    listed = {row.report_id: row for row in searcher.find(Question(words="not in Leeds"), top=100).rows}
    assert "IN" not in listed
    assert reason(listed["OUT"], "Place").says == "agrees"


def test_a_period_keeps_unsure_dates_and_says_so() -> None:
    reports = [
        incident(report_id="INSIDE", date="4 March 2025"),
        incident(report_id="UNSURE", date="1 January 2025", until="31 December 2025"),
        incident(report_id="OUTSIDE", date="4 March 2024"),
        incident(report_id="UNDATED", town="Leeds"),
        incident(report_id="EARLIER", town="Leeds", received="2024-01-02"),
    ]
    rows = {row.report_id: row for row in world(*reports).find(Question(from_="March 2025", to="May 2025")).rows}
    assert rows.keys() == {"INSIDE", "UNSURE", "UNDATED"}
    assert reason(rows["INSIDE"], "Date").says == "agrees"
    assert "unsure" in reason(rows["UNSURE"], "Date").words
    assert reason(rows["UNDATED"], "Date").says == "not known"


def test_a_behaviour_is_found_in_other_words_and_may_be_asked_not_to_have_happened() -> None:
    reports = [
        incident(report_id="DID", behaviours=["put his hands round her neck"]),
        incident(report_id="DID_NOT", not_behaviours=["strangles"]),
        incident(report_id="SILENT", town="Leeds"),
    ]
    found = world(*reports).find(Question(behaviour=("strangled her",)), top=100)
    assert found.rows[0].report_id == "DID"
    assert ids(found.rows)[-1] == "DID_NOT"
    assert first(world(*reports), behaviour=("-strangled her",)).report_id == "DID_NOT"
    assert first(world(*reports), behaviour=("not strangled her",)).report_id == "DID_NOT"


@pytest.mark.parametrize("words", ["mitsubshi shogun silvr", "silver mitsubishi shogan", "silver coloured 4x4"])
def test_misspelt_words_find_the_same_vehicle(words: str) -> None:
    assert first(world(FOCUS, SHOGUN), words=words).report_id == "SHOGUN"


def test_a_misspelt_word_of_a_narrative_is_close() -> None:
    lighthouse = incident(report_id="TOLD", narrative="He kept on about a lighthouse.")
    row = first(world(lighthouse), words="lighthose")
    assert (row.report_id, reason(row, "Words").says) == ("TOLD", "close")
    assert reason(first(world(lighthouse), words="lighthouse"), "Words").count == "1 of 25 reports"


def test_words_in_quotes_stand_in_that_order() -> None:
    reports = [
        incident(report_id="SAID", narrative="He called himself the harbour king."),
        incident(report_id="MIXED", narrative="The king of the harbour, he was called."),
    ]
    assert ids([row for row in world(*reports).find(Question(words='"harbour king"')).rows if row.agrees]) == ["SAID"]


def test_a_town_among_other_words_is_a_place_and_leaves_nothing_out() -> None:
    found = world(SHOGUN).find(Question(words="stocky leeds"), top=100)
    assert found.rows[0].report_id == "SHOGUN"
    assert found.left_out == 0
    assert reason(found.rows[0], "Place").says == "agrees"


@each_row(
    ("words", "read"),
    [
        ("leeds beard", ["Facial hair: beard", "Place: within 15 km of leeds"]),
        ("bald stocky northern 40s", ["Age: 40-49 years", "Build: stocky", "Hair style: bald", "Accent: northern"]),
        ("scouse accent", ["Accent: liverpool"]),
        ("asian man", ["Sex: male", "Perceived ethnicity: asian"]),
        ("phone ending 4471", ["Phone: *4471"]),
        ("silver 4x4 not stocky", ["Vehicle: silver 4x4"]),
        ("?K5* van", ["Vehicle: van", "Registration: ?K5*"]),
        ("merc stocky", ["Build: stocky", "Vehicle: Mercedes-Benz"]),
        ("take a seat", ["Words: take", "Words: seat"]),
        ("deal", ["Words: deal"]),
        ("near Deal", ["Place: within 15 km of Deal"]),
    ],
)
def test_words_without_a_sentence_are_read_for_facts(words: str, read: list[str]) -> None:
    assert KEPT.find(Question(words=words)).asked == read


def test_a_word_that_was_read_as_a_fact_weighs_less_than_the_fact() -> None:
    reports = [incident(report_id="TOLD", narrative="He spoke of a lighthouse."), *crowd()]
    making = WordConditions(WordIndex.of(reports))
    known = np.zeros(len(reports), dtype=bool)
    assert making.free("lighthouse")[0].weights[0] == pytest.approx(mention_weight(1, len(reports)))

    def of_fact(told: ComparedFact) -> float:
        condition = making.of_fact(["lighthouse"], told)
        assert condition is not None
        return float(condition.weights[0])

    assert of_fact(ComparedFact(known, 0.4)) == pytest.approx(FACT_SHARE * 0.4)
    assert of_fact(ComparedFact(~known, 0.4)) == 0


def test_like_ranks_by_the_evidence_with_one_report_and_leaves_it_out() -> None:
    one = incident(report_id="ONE", vehicle="silver Mitsubishi Shogun", registration="K5VWX", town="Leeds")
    two = incident(report_id="TWO", vehicle="silver Mitsubishi Shogun", registration="K5VWX", town="Leeds")
    found = world(one, two).find(Question(like="ONE"), top=100)
    assert found.rows[0].report_id == "TWO"
    assert "ONE" not in ids(found.rows)
    assert found.left_out == 0
    assert reason(found.rows[0], "Registration").says == "agrees"


def test_nonsense_finds_nothing() -> None:
    found = world(SHOGUN).find(Question(words="xqzzy flumpet"))
    assert (found.rows, found.agreeing, found.silent) == ([], 0, 25)


def test_what_nearly_everybody_shows_is_no_answer_to_a_rare_question() -> None:
    men = [incident(report_id=f"M{number}", sex="male", town="Leeds") for number in range(12)]
    found = world(*men).find(Question(words="man with a xqzzy"))
    assert (found.rows, found.agreeing, found.partly) == ([], 0, 12)
    assert world(*men, SHOGUN).find(Question(words="man silver 4x4 stocky")).rows[0].report_id == "SHOGUN"


def test_why_not_names_the_condition_that_failed_or_the_place_in_the_ranking() -> None:
    reports = [SHOGUN, FOCUS, ON_FOOT, *crowd()]
    must = Question(vehicle="silver 4x4", must=frozenset({"vehicle"}))
    assert why_not(reports, must, "ON_FOOT") == "ON_FOOT is left out. Vehicle (silver 4x4): not known."
    assert "agrees with nothing" in why_not(reports, Question(vehicle="silver 4x4"), "ON_FOOT")
    assert why_not(reports, Question(words="stocky"), "SHOGUN").startswith("SHOGUN is listed: it is number 1 ")


@each_row(
    ("asked", "cure"),
    [
        ({}, "Nothing is asked"),
        ({"near": "Qwxyzville"}, "No place is known"),
        ({"words": "x", "within_km": 3.0}, "needs a place"),
        ({"near": "Leeds", "within_km": float("nan")}, "nan was given"),
        ({"near": "Leeds", "within_km": float("inf")}, "inf was given"),
        ({"near": "Leeds", "within_km": -1.0}, "more than 0 km; -1 was given"),
        ({"from_": "31/02/2020"}, "cannot be used"),
        ({"from_": "someday"}, "No date can be read"),
        ({"from_": "2022", "to": "2021"}, "ends before it begins"),
        ({"registration": "not seen"}, "No registration can be read"),
        ({"like": "NOBODY"}, "There is no report 'NOBODY'"),
        ({"words": "x", "must": frozenset({"colour"})}, "cannot be a must"),
    ],
)
def test_a_question_that_cannot_be_understood_says_what_to_write(asked: dict[str, object], cure: str) -> None:
    with pytest.raises(QuestionError, match=cure):
        world().find(Question(**asked))  # type: ignore[arg-type]


@settings(deadline=None)  # the first question fits what the others keep
@given(st.text(max_size=60))
def test_no_words_are_an_error_and_answers_stay_in_order(words: str) -> None:
    if not words:
        return
    rows = KEPT.find(Question(words=words), top=100).rows
    agreeing = [row.score for row in rows if row.agrees and row.score > 0]
    assert len({row.report_id for row in rows}) == len(rows)
    assert agreeing == sorted(agreeing, reverse=True)


def test_one_report_can_be_searched_and_none_gives_no_answer() -> None:
    assert search([SHOGUN], Question(words="silver 4x4"))[0].report_id == "SHOGUN"
    assert search([], Question(words="silver 4x4")) == []


@pytest.fixture
def store(tmp_path: Path) -> str:
    lines = [
        {"report_id": "S1", "vehicles": [{"colour": "silver", "make": "Mitsubishi", "model": "Shogun"}]},
        {"report_id": "S2", "vehicles": [{"colour": "grey", "make": "Ford", "model": "Focus"}]},
        {"report_id": "S3", "narrative": "It was in Leeds."},
    ]
    file = tmp_path / "reports.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    address = f"sqlite:///{tmp_path / 'search.db'}"
    assert CliRunner().invoke(app, ["import", str(file), "--store", address]).exit_code == 0
    return address


def test_the_command_takes_a_part_out_and_tells_of_one_that_was_not_read(store: str) -> None:
    words = ["search", "silver", "4x4", "in", "Leeds", "--json", "--store", store]
    parts = json.loads(CliRunner().invoke(app, words).stdout)["read_as"]
    assert len(parts) > 1
    said = json.loads(CliRunner().invoke(app, [*words, "--without", parts[0]]).stdout)
    assert (said["taken_out"], said["read_as"]) == ([parts[0]], parts[1:])
    ran = CliRunner().invoke(app, [*words, "--without", "Vehicle: red"])
    assert ran.exit_code != 0
    assert "Nothing was read as 'Vehicle: red'" in str(ran.exception)


def test_the_command_prints_one_json_document(store: str) -> None:
    ran = CliRunner().invoke(app, ["search", "silver", "4x4", "--json", "--why-not", "S3", "--store", store])
    said = json.loads(ran.stdout)
    assert ran.exit_code == 0
    assert said["rows"][0]["report_id"] == "S1"
    assert said["rows"][0]["agrees"] is True
    assert said["rows"][0]["reasons"][0].keys() == {"label", "says", "words", "count", "weight"}
    assert said["question"]["words"] == "silver 4x4"
    assert said["why_not"].startswith("S3 agrees with nothing")


def test_the_command_says_how_it_read_the_question_and_why_a_report_is_listed(store: str) -> None:
    said = CliRunner().invoke(app, ["search", "silver", "4x4", "--store", store]).stdout
    assert "Read as: Vehicle: silver 4x4" in said
    assert "+Vehicle: silver Mitsubishi Shogun" in said
    nothing = CliRunner().invoke(app, ["search", "xqzzy", "--store", store])
    assert (nothing.exit_code, nothing.stdout.count("Nothing found")) == (0, 1)


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path) -> None:
    from linkage.store import Store

    address = f"sqlite:///{tmp_path / 'empty.db'}"
    Store(address).close()
    ran = CliRunner().invoke(app, ["search", "silver", "--store", address])
    assert "linkage import FILE" in str(ran.exception)


@each_row(
    ("asked", "behaviour"),
    [("video", "films"), ("anal", "anal_rape"), ("spit", "spits")],
)
def test_a_word_that_only_a_field_reads_as_a_behaviour_finds_it_and_stays_a_word(asked: str, behaviour: str) -> None:
    told = incident(report_id="TOLD")
    told.behaviours.present = [behaviour]
    found = world(told).find(Question(words=asked))
    assert found.asked == [f"Words: {asked}"]
    assert [row.report_id for row in found.rows if row.agrees] == ["TOLD"]


def test_a_slip_of_a_description_may_be_a_name_too() -> None:
    white = incident(report_id="WHITE", ethnicity="white", sex="male")
    named = incident(report_id="NAMED", narrative="He said his name was whyte.", sex="male")
    rows = world(white, named, incident(report_id="OTHER", sex="male")).find(Question(words="whyte man")).rows
    assert {row.report_id for row in rows[:2]} == {"WHITE", "NAMED"}
