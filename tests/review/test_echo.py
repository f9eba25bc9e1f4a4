"""A report that may repeat an alert is marked, and weighed without what the alert told. All reports are invented."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import pytest

from linkage.linker import Linker
from linkage.report import Report
from linkage.review.echo import Circulated, Shared, could_have_seen, shared, without_told
from linkage.review.echo_marks import AS_TOLD, DISCOUNT, both_strengths, marked, stands_from, taken_out, to_leave_out
from tests.factories import incident

WORDS: dict[str, object] = {
    "report_id": "R1", "received": "1 March 2024", "date": "20 February 2024", "town": "Leeds",
    "person": "Male, mid 30s, stocky build, bald", "marks": "gold tooth; scar on the chin",
    "vehicle": "silver Shogun", "behaviours": "gags_or_blindfolds; parks_against_wall; ties_up",
}  # fmt: skip
SOURCE = incident(**WORDS)
OTHERS = [
    incident(report_id=f"U{n}", date=f"{n % 27 + 1} May 2023", town=("Leeds", "York", "Hull")[n % 3],
             person=f"Male, aged {20 + n}, {('slim', 'medium', 'large')[n % 3]} build", behaviours="steals_cash")
    for n in range(24)
]  # fmt: skip
ALERT = Circulated(
    3,
    "2024-03-08",
    ("Yorkshire and the Humber",),
    ("R1",),
    frozenset({"sex", "age", "build", "hair", "marks", "vehicle", "did"}),
    {"did": frozenset({"gags_or_blindfolds", "parks_against_wall"})},
    "Leeds. Male, mid 30s, stocky build, bald, gold tooth. Parks so that the door cannot open. No: 3",
)


def later(**changes: object) -> Report:
    words: dict[str, object] = {
        "report_id": "R2", "received": "20 March 2024", "date": "18 March 2024", "town": "Leeds",
        "person": "Male, aged 50, slim", "marks": "gold tooth",
        "behaviours": "parks_against_wall; gags_or_blindfolds; steals_cash",
        "vehicle": "silver Shogun",
        "narrative": "He was the one who parks so that the door cannot open. He took my money.",
    }  # fmt: skip
    return incident(**{**words, **changes})


def test_what_is_shared_with_the_alert_is_named() -> None:
    found = shared(later(), ALERT, [SOURCE])
    assert found is not None
    assert ("marks", "gold tooth") in found.details
    assert found.run == 7
    assert "parks so that the door cannot open" in found.words


@pytest.mark.parametrize(
    "changes",
    [
        {"received": "7 March 2024", "date": "1 March 2024"},
        {"town": "Brighton"},
        {"report_id": "R1"},
        {"marks": "limp", "behaviours": "steals_cash", "narrative": "He took my money."},
    ],
    ids=["made before", "made elsewhere", "the alert's own", "shares nothing"],
)
def test_what_could_not_repeat_the_alert_is_not_marked(changes: dict[str, object]) -> None:
    assert shared(later(**changes), ALERT, [SOURCE]) is None


def test_an_alert_to_everywhere_and_a_place_that_is_not_known_are_in_reach() -> None:
    assert could_have_seen(later(town="Brighton"), replace(ALERT, regions=()))
    assert could_have_seen(later(town="somewhere"), ALERT)


def test_what_the_alert_told_is_not_known_and_never_absent_and_spans_stay() -> None:
    report = later()
    found = shared(report, ALERT, [SOURCE])
    assert found is not None
    without = without_told(report, found, ALERT)
    assert "steals_cash" in without.behaviours.present
    assert "parks_against_wall" not in without.behaviours.present
    assert "parks_against_wall" not in without.behaviours.absent
    assert without.behaviours.withheld == {"parks_against_wall", "gags_or_blindfolds"}
    assert "parks_against_wall" not in without.behaviours.model_dump_json()
    assert (without.suspects[0].marks, without.suspects[0].build) == ([], ["slim"])
    assert without.narrative is not None
    assert len(without.narrative) == len(report.narrative or "")
    assert without.narrative.endswith("He took my money.")
    assert "door" not in without.narrative


def test_a_detail_that_was_held_back_is_no_echo_and_keeps_its_weight() -> None:
    told = replace(ALERT, values={**ALERT.values, "marks": frozenset({"scar on the chin"})})
    source = incident(**{**WORDS, "report_id": "R1"})
    both = later(marks="gold tooth; scar on the chin", vehicle="", narrative="", person="Male")
    one = later(marks="scar on the chin", vehicle="", narrative="", person="Male")
    found = shared(both, told, [source])
    assert found is not None
    assert [words for kind, words in found.details if kind == "marks"] == ["scar on chin"]
    assert without_told(both, found, told).suspects[0].marks == ["gold tooth"]

    def strength(report: Report) -> float:
        fresh = Linker().take([source, report, *OTHERS])
        mark = marked([told], {"R1": source, "R2": report})["R2"][0]
        return both_strengths(fresh, report, source, mark)[1]

    assert strength(both) > strength(one) + 0.3


def test_details_of_a_vehicle_that_the_alert_told_are_an_echo_and_others_are_not() -> None:
    seen = SOURCE.vehicles[0].model_copy(update={"features": ["cracked wing mirror", "football scarf in the back"]})
    source = SOURCE.model_copy(update={"vehicles": [seen]})
    told = replace(
        ALERT,
        kinds=ALERT.kinds | {"vehicle_detail"},
        values={**ALERT.values, "vehicle_detail": frozenset({"cracked wing mirror"})},
    )
    report = later()
    report = report.model_copy(
        update={"vehicles": [report.vehicles[0].model_copy(update={"features": list(seen.features)})]}
    )
    found = shared(report, told, [source])
    assert found is not None
    assert ("vehicle_detail", "cracked wing mirror") in found.details
    assert without_told(report, found, told).vehicles[0].features == ["football scarf in the back"]


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker().take([SOURCE, later(), *OTHERS])


def test_both_strengths_are_told_and_the_echo_is_the_weaker(linker: Linker) -> None:
    marks = marked([ALERT], {"R1": SOURCE, "R2": later()})
    as_evidence, as_echo = both_strengths(linker, later(), SOURCE, marks["R2"][0])
    assert as_evidence > as_echo + 0.5


def test_a_report_with_the_alerts_own_words_has_to_stand_as_any_pair_does() -> None:
    with_words, without = Shared(3, (), 5), Shared(3, (("marks", "gold tooth"), ("did", "ties up")), 4)
    assert stands_from(with_words, -2.0) == 2.0
    assert stands_from(with_words, -4.0) == 4.0  # among more reports it takes more
    assert stands_from(without, -2.0) == stands_from(without, -4.0) == pytest.approx(log10(4))


def test_a_pair_with_strong_evidence_outside_the_alert_keeps_what_was_told() -> None:
    for phone, out in (("07700 900123", {}), ("07700 900987", {"R2": [3]})):
        source, report = incident(**{**WORDS, "phone": "07700 900123"}), later(narrative="He paid.", phone=phone)
        reports = {"R1": source, "R2": report}
        fresh = Linker().take([source, report, *OTHERS])
        assert to_leave_out(marked([ALERT], reports), reports, DISCOUNT, fresh) == out


def test_the_setting_and_what_a_person_judged_say_what_a_run_leaves_out(linker: Linker) -> None:
    reports = {"R1": SOURCE, "R2": later()}
    for judged, setting, out in (
        ("", AS_TOLD, {}),
        ("", DISCOUNT, {"R2": [3]}),
        ("echo", AS_TOLD, {"R2": [3]}),
        ("own", DISCOUNT, {}),
    ):
        marks = marked([ALERT], reports, {("R2", 3): judged} if judged else {})
        assert to_leave_out(marks, reports, setting, linker) == out
        taken = {one.report_id: one for one in taken_out(list(reports.values()), marks, out)}
        assert (taken["R2"] == reports["R2"]) == (not out)
        assert taken["R1"] == SOURCE
