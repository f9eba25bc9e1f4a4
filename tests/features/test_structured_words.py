"""A word speaks once: what other comparisons read carries nothing among the words of narratives."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.features.evidence import Fitted
from linkage.features.parameters import elicited
from linkage.features.sparse import SparseColumn
from linkage.features.structured_words import structured_words
from linkage.features.tokens import tokens
from linkage.report import Identifier, Part, Person, Place, Report, Vehicle
from tests.factories import incident
from tests.features.worlds import EVIDENCE, STORY, every_pair, reports_from
from tests.rows import each_row

WEIGHTS = elicited()
few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
NARRATIVE = EVIDENCE["narrative"]

CODES = {
    "AB12CDE": ["AB12 CDE", "ab12cde", "AB12 / CDE"],
    "YH05*": ["YH05", "yh05"],
    "07700900101": ["07700 900 101", "+44 7700 900101", "07700-900-101"],
    "blue_kestrel": ["blue_kestrel", "bluekestrel", "blue kestrel"],
    "a.fox@example.org": ["a.fox@example.org", "a fox at example org"],
}


def told(draw: random.Random, report: Report, value: str) -> tuple[Report, str]:
    """The report with a plate or identifier that its narrative tells in some way, and the same story without it."""
    way, story = draw.choice(CODES[value]), " ".join(draw.sample(STORY, 4))
    if value[:2].isupper():
        extra = {"vehicles": [Vehicle(registration=value)]}
    else:
        kind = "phone" if value[0] == "0" else "email" if "@" in value else "username"
        extra = {"identifiers": [Identifier(kind=kind, value=value, raw={"value": way})]}
    return report.model_copy(update={**extra, "narrative": f"{story} {way}"}), story


@few
@given(seed=st.integers(0, 2**32), value=st.sampled_from(sorted(CODES)))
def test_what_a_plate_or_identifier_was_read_from_carries_nothing_in_the_narrative(seed: int, value: str) -> None:
    draw = random.Random(seed)
    made = [told(draw, report, value) for report in reports_from(seed, 6, 0.8)]
    silent = [report.model_copy(update={"narrative": story}) for report, story in made]
    left, right = every_pair(len(made))
    with_it = NARRATIVE.fit([report for report, _ in made], WEIGHTS)
    without = NARRATIVE.fit(silent, WEIGHTS)

    assert (with_it.pair_weights(left, right) == without.pair_weights(left, right)).all()


@few
@given(seed=st.integers(0, 2**32), value=st.sampled_from(sorted(CODES)))
def test_nor_does_it_for_a_report_that_comes_later(seed: int, value: str) -> None:
    draw = random.Random(seed)
    made = [told(draw, report, value) for report in reports_from(seed, 6, 0.8)]
    rows, (new, story) = [report for report, _ in made[1:]], made[0]
    encode = NARRATIVE.newcomers(Fitted(NARRATIVE.fit(rows, WEIGHTS), rows, WEIGHTS))
    found, silent = encode(new), encode(new.model_copy(update={"narrative": story}))

    assert found is not None
    assert silent is not None
    assert (found.weights == silent.weights).all()


@each_row(
    ("part", "words"),
    [
        ({"suspects": [Person(marks=["swallow tattoo on neck"])]}, "swallow tattoo"),
        ({"suspects": [Person(names_used=["Florian"])]}, "florian"),
        ({"suspects": [Person(clothing=["paisley cravat"])]}, "cravats"),
        ({"vehicles": [Vehicle(make="Mitsubishi", model="Shogun")]}, "mitsubishi shogun"),
        ({"vehicles": [Vehicle(features=["nodding dog"])]}, "nodding dog"),
        ({"speech": ["count to ten slowly"]}, "slowly"),
        ({"place": Place(text="Tarporley Wharf", town="Chester")}, "tarporley wharf chester"),
    ],
)  # fmt: skip
def test_what_a_comparison_of_its_own_reads_is_not_read_again(part: dict[str, Part], words: str) -> None:
    report = Report(report_id="R", narrative=f"It was {words} by the gasworks.", **part)

    assert set(tokens(words)) <= structured_words(report)
    assert not structured_words(report) & set(tokens("gasworks"))


def test_words_that_nothing_else_reads_go_on_speaking() -> None:
    text = "The driver of AB12 CDE whistled on the gravel by the kiosk."
    reports = [incident(report_id=f"R{i}", narrative=text, date="3 May 2019") for i in range(2)]
    reports += [incident(report_id=f"Q{i}", narrative="Nothing else was seen.") for i in range(40)]
    assert reports[0].vehicles[0].registration == "AB12CDE"
    column = NARRATIVE.fit(reports, WEIGHTS)
    assert isinstance(column, SparseColumn)

    assert column.pair_weights(np.array([0]), np.array([1]))[0] > 0.2
    rarity = column.describe(0, 1).rarity
    assert "ab12" not in rarity
    assert "cde" not in rarity
