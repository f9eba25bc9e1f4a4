"""Questions in various phrasing, each with what must and must not be understood (`understood.csv`; invented).

Half of them (`aside`) were laid aside until the reading was done.
"""

from __future__ import annotations

import csv
from pathlib import Path

from linkage.search import Question, Searcher
from tests.factories import incident
from tests.rows import each_row
from tests.search.test_answers import KEPT, SHOGUN, crowd, world

with Path(__file__).with_name("understood.csv").open(encoding="utf-8") as file:
    ROWS = [(row["question"], row["wants"], row["never"]) for row in csv.DictReader(file)]


def parts(searcher: Searcher, **asked: object) -> list[str]:
    return searcher.find(Question(**asked)).asked  # type: ignore[arg-type]


@each_row(("question", "wants", "never"), ROWS)
def test_a_question_is_understood(question: str, wants: str, never: str) -> None:
    found = parts(KEPT, words=question)
    assert [one for one in wants.split("|") if one and one not in found] == []
    assert [one for one in found if any(part in one for part in never.split("|") if part)] == []


def test_the_rows_are_many_and_half_were_laid_aside() -> None:
    assert len(ROWS) >= 60
    assert len({question for question, _, _ in ROWS}) == len(ROWS)


def test_what_is_denied_differs_in_a_report_that_tells_it() -> None:
    armed, unarmed = incident(report_id="ARMED"), incident(report_id="UNARMED")
    armed.behaviours.present = ["knife_shown", "strangles"]
    unarmed.behaviours.present = ["strangles"]
    rows = world(armed, unarmed).find(Question(words="strangled her, did not use a weapon")).rows
    assert [row.report_id for row in rows[:2]] == ["UNARMED", "ARMED"]
    against = [one for one in rows[1].reasons if one.weight < 0]
    assert [(one.label, one.says) for one in against] == [("Behaviour", "differs")]
    assert "knife" in against[0].words


def test_an_item_finds_every_behaviour_below_it() -> None:
    choked, kicked = incident(report_id="CHOKED"), incident(report_id="KICKED")
    choked.behaviours.present, kicked.behaviours.present = ["strangles"], ["kicks"]
    searcher = world(choked, kicked)
    for question in (Question(words="attacked her neck"), Question(behaviour=("+attacks the neck",))):
        found = searcher.find(question)
        assert [row.report_id for row in found.rows if row.agrees] == ["CHOKED"]
    assert [row.report_id for row in searcher.find(Question(behaviour=("strikes",))).rows if row.agrees] == ["KICKED"]


def test_a_place_counts_once() -> None:
    row = KEPT.find(Question(words="stocky in Leeds")).rows[0]
    assert [one.label for one in row.reasons].count("Place") == 1
    assert not any("Leeds" in one.words for one in row.reasons if one.label == "Words")


def test_what_is_denied_and_means_nothing_is_said() -> None:
    found = KEPT.find(Question(words="bald, not a white van"))
    assert found.notes == ["What is denied is not looked for: “white van”."]


def test_an_understood_part_can_be_taken_out_and_brings_no_words_in() -> None:
    before = KEPT.find(Question(words="silver 4x4 in Leeds"))
    place = next(one for one in before.asked if one.startswith("Place"))
    after = KEPT.find(Question(words="silver 4x4 in Leeds", without=(place,)))
    assert after.without == [place]
    assert after.asked == [one for one in before.asked if one != place]
    assert KEPT.find(Question(words="silver 4x4 in Leeds", without=("Place: elsewhere",))).asked == before.asked


def test_with_every_part_taken_out_nothing_is_found() -> None:
    whole = KEPT.find(Question(words="silver 4x4 in Leeds")).asked
    assert KEPT.find(Question(words="silver 4x4 in Leeds", without=tuple(whole))).rows == []


def test_what_is_taken_out_is_saved_with_the_question() -> None:
    question = Question(words="Leeds", without=("Place: within 15 km of Leeds",))
    assert Question.of(question.plain()) == question


def test_a_list_is_narrowed_by_facets_and_goes_on_page_by_page() -> None:
    searcher = Searcher([SHOGUN, *crowd()])
    whole = searcher.find(Question(words="Ford or Vauxhall"), top=100)
    listed = [row.report_id for row in whole.rows if row.agrees]
    colour = next(one for one in whole.facets if one.name == "Colour of vehicle")
    value, count = colour.counts[0]
    less = searcher.find(Question(words="Ford or Vauxhall"), top=100, narrow=[("Colour of vehicle", value)])
    assert (less.agreeing, len(less.rows), less.unnarrowed) == (count, count, whole.agreeing)
    assert next(one for one in less.facets if one.name == "Colour of vehicle").counts == colour.counts
    pages = [searcher.find(Question(words="Ford or Vauxhall"), top=5, start=at).rows for at in (0, 5)]
    assert [row.report_id for page in pages for row in page] == listed[:10]
