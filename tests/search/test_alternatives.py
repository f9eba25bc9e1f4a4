"""Values of one kind with "or" between them: a report that shows any of them agrees, with another one differs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linkage.report import Report
from linkage.search import Question, Searcher, reading
from linkage.search.alternative_reader import MOST_READ
from linkage.search.query import Claims, Query
from linkage.search.reading import read_question
from linkage.search.slang import Put
from tests.factories import incident
from tests.rows import each_row

CROWD = [
    incident(report_id=f"C{at:02}", town=["Cardiff", "Norwich"][at % 2], narrative="It rained.") for at in range(24)
]


def said(told: list[dict[str, Any]], words: str, label: str) -> list[str]:
    """What each told report says of the one condition of a question with this label."""
    reports = [incident(report_id=f"T{at}", **one) for at, one in enumerate(told)]
    (condition,) = [
        one for one in Searcher([*reports, *CROWD]).conditions(Question(words=words)) if one.label == label
    ]
    return [condition.reason(at).says for at in range(len(reports))]


EITHER = [
    ("man in Leeds or Bradford", "Place", [{"town": "Leeds"}, {"town": "Bradford"}], {"town": "Hull"}),
    ("Leeds, Bradford or Hull", "Place", [{"town": "Bradford"}, {"town": "Hull"}], {"town": "Bath"}),
    (
        "red Ford or blue Vauxhall",
        "Vehicle",
        [{"vehicle": "red Ford Focus"}, {"vehicle": "blue Vauxhall Astra"}],
        {"vehicle": "white Mercedes Sprinter van"},
    ),
    ("white van or silver car", "Vehicle", [{"vehicle": "white van"}, {"vehicle": "silver car"}], {"vehicle": "bus"}),
    ("in his 20s or 40s", "Age", [{"age": "25"}, {"age": "45"}], {"age": "70"}),
    ("25 or 50 years old", "Age", [{"age": "25"}, {"age": "50"}], {"age": "70"}),
    ("aged 25 or 50", "Age", [{"age": "25"}, {"age": "50"}], {"age": "70"}),
    (
        "asian or black man",
        "Perceived ethnicity", [{"ethnicity": "asian"}, {"ethnicity": "black"}], {"ethnicity": "white"}),
    ("stocky or slim man", "Build", [{"build": "stocky"}, {"build": "slim"}], {"build": "medium"}),
    ("flat or hotel", "Kind of place", [{"venue": "flat"}, {"venue": "hotel"}], {"venue": "sauna"}),
    ("man or woman", "Sex", [{"sex": "male"}, {"sex": "female"}], {}),
    ("on Monday or Friday", "Weekday", [{"date": "1 June 2026"}, {"date": "5 June 2026"}], {"date": "3 June 2026"}),
    ("in June 2019 or May 2021", "Date", [{"date": "3 June 2019"}, {"date": "4 May 2021"}], {"date": "5 June 2020"}),
]  # fmt: skip


@each_row(("words", "label", "any_of", "other"), EITHER)
def test_a_report_that_shows_any_alternative_agrees(
    words: str, label: str, any_of: list[dict[str, Any]], other: dict[str, Any]
) -> None:
    *shown, last = said([*any_of, other], words, label)
    assert shown == ["agrees"] * len(any_of)
    assert last == ("differs" if other else "not known")


def test_each_vehicle_has_its_own_colour() -> None:
    crossed = [{"vehicle": "blue Ford Focus"}, {"vehicle": "red Vauxhall Astra"}]
    assert "agrees" not in said(crossed, "red Ford or blue Vauxhall", "Vehicle")
    assert "agrees" not in said(crossed, "red Ford or blue Vauxhall in Leeds", "Vehicle")


def test_between_two_ages_lies_another_age() -> None:
    assert said([{"age": "33"}], "in his 20s or 50s", "Age") != ["agrees"]
    assert said([{"age": "27"}], "25 or 30 years old", "Age") == ["agrees"]


def test_years_that_meet_are_one_period() -> None:
    assert Searcher(CROWD).find(Question(words="in 2023 or 2024")).asked == ["Date: 2023-01-01 to 2024-12-31"]


def weights(words: str, label: str, reports: list[Report]) -> list[float]:
    (one,) = [one for one in Searcher([*reports, *CROWD]).conditions(Question(words=words)) if one.label == label]
    return [float(one.weights[at]) for at in range(len(reports))]


def test_the_rarer_alternative_says_no_more_than_the_other() -> None:
    reports = [incident(vehicle="red Ford"), *(incident(vehicle="blue Vauxhall") for _ in range(4))]
    rare, common, *_ = weights("red Ford or blue Vauxhall", "Vehicle", reports)
    assert rare == pytest.approx(common)
    assert rare > 0


def test_an_alternative_that_is_a_case_of_another_is_asked_for_in_particular() -> None:
    reports = [
        incident(vehicle="Land Rover Discovery 4x4"),
        *(incident(vehicle="Jeep Cherokee 4x4") for _ in range(4)),
    ]
    particular, like, *_ = weights("Land Rover Discovery or similar 4x4", "Vehicle", reports)
    assert particular > like > 0


@each_row(
    ("told", "first"),
    [({"weapon": "knife"}, "T0"), ({"weapon": "hammer"}, "T0"), ({"behaviours": "knife_shown"}, "T0")],
)
def test_of_two_weapons_either_is_found(told: dict[str, Any], first: str) -> None:
    found = Searcher([incident(report_id="T0", **told), *CROWD]).find(Question(words="with a knife or a hammer"))
    assert [row.report_id for row in found.rows if row.agrees] == [first]


def test_a_distance_holds_for_every_place_and_leaves_out_what_lies_outside_all() -> None:
    towns = ("Leeds", "Bradford", "Hull")
    searcher = Searcher([*(incident(report_id=town, town=town) for town in towns), *CROWD])
    for question in (
        Question(words="within 5 km of Leeds or Bradford"),
        Question(near="Leeds or Bradford", within_km=5),
    ):
        found = searcher.find(question)
        assert found.asked == ["Place: within 5 km of Leeds or Bradford"]
        assert sorted(row.report_id for row in found.rows) == ["Bradford", "Leeds"]


ACCOUNT = (
    "He was in his 30s and drove a red Ford or blue Vauxhall. He asked if she was free on Friday or Saturday. "
    "He said he was from Leeds or Bradford. He took her phone or purse and left in a car or van. "
)


def test_alternatives_of_a_long_account_are_read_in_their_own_sentence() -> None:
    asked = Searcher(CROWD).find(Question(words=ACCOUNT * 3)).asked
    assert "Place: within 15 km of Leeds or Bradford" in asked
    assert "Weekday: Friday or Saturday" in asked


def test_what_is_no_alternative_of_a_number_stays_with_it() -> None:
    assert said([{"age": "38"}, {"age": "25"}], "30 years or older", "Age") == ["agrees", "differs"]
    assert said([{"age": "25"}], "a man aged 25, 35 or 55", "Age") == ["agrees"]


def test_what_is_told_first_is_asked_for_and_no_alternatives_behind_it() -> None:
    asked = Searcher(CROWD).find(Question(words="Attacked in Norwich on 3 June 2019. From Leeds or Bradford.")).asked
    assert "Place: within 15 km of Norwich" in asked
    told = "On 3 June 2019 at 10pm. Said he worked on Monday or Friday."
    assert "Date: 2019-06-03 to 2019-06-03" in Searcher(CROWD).find(Question(words=told)).asked


def texts_read(words: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read for the alternatives of a question."""
    read, texts = reading._read_alone, list[str]()

    def counted(put: Put, today: date | None) -> tuple[Query, Claims]:
        texts.append(put.words)
        return read(put, today)

    monkeypatch.setattr(reading, "_read_alone", counted)
    read_question(Question(words=words))
    return texts


def test_what_is_said_again_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as first:
        once = texts_read("red Ford or blue Vauxhall. ", first)
    assert once == ["red Ford", "blue Vauxhall."]
    with monkeypatch.context() as other:
        assert texts_read("red Ford or blue Vauxhall. " * 9, other) == once


def test_a_pasted_text_is_read_for_its_alternatives_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    towns = ("Leeds", "Hull", "Bath", "Bristol", "Cardiff", "Norwich", "Bradford", "Glasgow")
    told = " ".join(f"a man aged {age} in {town} or {other}" for age in (25, 41) for town in towns for other in towns)
    texts = texts_read(told, monkeypatch)
    assert 0 < len(texts) <= MOST_READ
    assert max(len(text.split()) for text in texts) < len(told.split()) / 4
