"""Plates, phones, accounts, things said and shared words: what is rare, partial or one of several."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Any

import numpy as np
import pytest

from linkage.features.evidence import Column
from linkage.features.parameters import elicited
from linkage.features.plate_compare import PlateComparison
from linkage.features.registration import plate_weight
from linkage.features.sparse import lookup, value_column
from linkage.features.speech import SIMILAR, phrase_cosines
from linkage.features.tokens import tokens
from linkage.report import Report
from tests.features.worlds import EVIDENCE
from tests.rows import each_row

WEIGHTS = elicited()
WORDS = ("rose", "anchor", "heart", "star", "dagger", "snake", "eagle", "skull")


def fit(name: str, *parts: dict[str, Any]) -> Column:
    rows = [Report.model_validate({"report_id": str(i), **part}) for i, part in enumerate(parts)]
    return EVIDENCE[name].fit(rows, WEIGHTS)


def weight(column: Column, a: int, b: int) -> float:
    return float(column.pair_weights(np.array([a]), np.array([b]))[0])


def plates(*values: str) -> dict[str, Any]:
    return {"vehicles": [{"registration": value} for value in values]}


def phones(*values: str) -> dict[str, Any]:
    return {"identifiers": [{"kind": "phone", "value": value} for value in values]}


def said(*values: str) -> dict[str, Any]:
    return {"speech": list(values)}


# Values held by few reports


def column_of(held: Sequence[tuple[str, ...]], compared: dict[tuple[str, str], float]) -> Column:
    return value_column(held, compared, -0.25, lambda _a, _b: "")


def test_the_best_of_several_speaks_less_the_tries() -> None:
    held = [("a",), ("a", "b"), ("a", "b"), ("c",), ()]
    column = column_of(held, {("a", "a"): 2.0, ("b", "b"): 1.0})

    assert weight(column, 0, 1) == pytest.approx(2.0 - log10(2), abs=0.001)
    assert weight(column, 1, 2) == pytest.approx(2.0 - log10(4), abs=0.001)
    assert weight(column, 0, 3) == -0.25
    assert weight(column, 0, 4) == 0


def test_tries_never_push_below_sharing_nothing() -> None:
    column = column_of([("a", "b", "c", "d"), ("a", "e", "f", "g")], {("a", "a"): 0.1})

    assert weight(column, 0, 1) == -0.25


def test_entries_that_are_not_stored_are_nought() -> None:
    column = column_of([("a",), ("a",), ("b",)], {("a", "a"): 2.0})
    found = lookup(column.exceptions, np.array([0, 1, 0, 2]), np.array([1, 0, 2, 2]))  # type: ignore[attr-defined]

    assert found.tolist() == [2250, 2250, 0, 0]


# Plates


def test_two_reports_of_the_very_same_plate() -> None:
    column = fit("registration", plates("KP57LMN"), plates("KP57LMN"), plates("YH05XKT"), {})

    assert weight(column, 0, 1) > 5
    assert weight(column, 0, 2) == pytest.approx(log10(0.5), abs=0.001)
    assert weight(column, 0, 3) == 0
    assert column.describe(0, 1).says == "agrees"
    assert column.describe(0, 1).rarity == "KP57LMN: in 2 reports"


def test_the_more_characters_agree_the_more_a_plate_says() -> None:
    column = fit("registration", plates("KP57LMN"), plates("KP57LMN"), plates("KP57*"), plates("K*"))

    assert weight(column, 0, 1) > weight(column, 0, 2) > weight(column, 0, 3)
    assert weight(column, 0, 2) > 1


def test_a_misread_plate_is_between_the_same_and_another() -> None:
    column = fit("registration", plates("KP57LMN"), plates("KP57LMN"), plates("KP57LMM"), plates("AB12CDE"))

    assert weight(column, 0, 1) > weight(column, 0, 2) > 1 > weight(column, 0, 3)


def test_the_plate_ratio_by_hand() -> None:
    agreed = PlateComparison(True, 4, 0, 0, 4.0)
    confused = PlateComparison(True, 3, 1, 0, 4.0)

    assert plate_weight(agreed, same=0.5, misread=0.1) == pytest.approx(log10(0.5 + 0.5 * 10_000))
    assert plate_weight(confused, same=0.5, misread=0.1) == pytest.approx(log10(0.5 + 0.5 * 1_000))


# Phones and accounts


def test_a_shared_phone_by_hand() -> None:
    same, population = WEIGHTS.get("phone", "consistency"), WEIGHTS.get("phone", "population")
    column = fit("phone", phones("07700900123"), phones("07700900123"), phones("07700900456"), {})

    assert weight(column, 0, 1) == pytest.approx(log10(1 - same + same * (population + 3) / 2), abs=0.001)
    assert weight(column, 0, 2) == pytest.approx(log10(1 - same), abs=0.001)
    assert weight(column, 0, 3) == 0


def test_a_phone_that_thirty_report_says_less_than_one_that_two_do() -> None:
    column = fit("phone", *[phones("07700900123")] * 2, *[phones("07700900456")] * 30)

    assert weight(column, 0, 1) == pytest.approx(weight(column, 2, 3) + log10(15), abs=0.01)


@pytest.mark.parametrize("part", ["*123", "07700900???", "0770*"])
def test_a_partial_number_says_no_more_than_a_whole_one(part: str) -> None:
    column = fit("phone", phones("07700900123"), phones("07700900123"), phones(part), phones("07911111111"))

    assert weight(column, 0, 1) >= weight(column, 0, 2) > 0.3
    assert weight(column, 2, 3) < 0


def test_the_fewer_digits_are_known_the_less_they_say() -> None:
    column = fit("phone", *map(phones, ("07700900123", "*00123", "*123", "*23*")))

    assert weight(column, 0, 1) > weight(column, 0, 2) > weight(column, 0, 3) > 0


def test_a_beginning_that_everybody_shares_says_next_to_nothing() -> None:
    everybody = [phones(f"07700900{last}") for last in range(100, 180)]
    column = fit("phone", phones("077009*"), phones("077009*"), phones("0770*"), *everybody)

    assert 0 <= weight(column, 0, 3) < 0.1
    assert weight(column, 3, 0) == weight(column, 0, 3)
    assert 0 <= weight(column, 0, 1) < 0.1
    assert 0 <= weight(column, 0, 2) < 0.1
    assert column.describe(0, 3).says == "close"
    assert column.describe(0, 3).rarity == "077009* fits 80 of 80 full ones"


def test_a_rare_beginning_says_much() -> None:
    everybody = [phones(f"07700900{last}") for last in range(100, 180)]
    column = fit("phone", phones("079115*"), phones("07911512345"), phones("079115*"), *everybody)

    assert weight(column, 0, 1) > 3
    assert weight(column, 0, 2) > 1.5
    assert weight(column, 0, 3) == pytest.approx(log10(1 - WEIGHTS.get("phone", "consistency")), abs=0.001)


def test_a_beginning_and_an_ending_that_can_be_one_say_nothing_of_each_other() -> None:
    everybody = [phones(f"07700900{last}") for last in range(100, 180)]
    column = fit("phone", phones("07700*"), phones("*123"), phones("*0900123"), *everybody)

    assert abs(weight(column, 0, 1)) < 0.25
    assert weight(column, 1, 2) > 1.5


def test_a_beginning_and_an_ending_that_no_known_number_has_both_of_speak_against() -> None:
    one = [f"0770090{last}" for last in range(1000, 1300)]
    other = [f"0791150{last}" for last in range(1000, 1300)]
    parts = phones("07700*"), phones("*5")
    even = fit("phone", *parts, *map(phones, one + other))
    apart = fit("phone", *parts, *(phones(number) for number in one if number[-1] != "5"), *map(phones, other))

    assert abs(weight(even, 0, 1)) < 0.02
    assert weight(apart, 0, 1) < -0.15


def test_an_address_of_which_the_host_is_known_says_as_much_as_the_host_is_rare() -> None:
    def email(value: str) -> dict[str, Any]:
        return {"identifiers": [{"kind": "email", "value": value}]}

    column = fit(
        "account", email("*@mail.example"), email("*@rare.example"), email("kestrel@rare.example"),
        *(email(f"name{at}@mail.example") for at in range(50)),
    )  # fmt: skip

    assert weight(column, 0, 3) < 0.2
    assert weight(column, 1, 2) > 2


def test_identifiers_are_shown_as_they_are_and_their_kind_in_words_where_it_is_not_plain() -> None:
    column = fit("phone", phones("07700900123"), phones("07700900123"))
    assert column.describe(0, 1).words_a == "07700900123"
    told = [("email", "a@example.org"), ("username", "kestrel"), ("website", "example.org"), ("other", "tag 7")]
    column = fit("account", *({"identifiers": [{"kind": kind, "value": value}]} for kind, value in told), {})
    words = [column.describe(row, 4).words_a for row in range(5)]
    assert words == ["e-mail a@example.org", "username kestrel", "website example.org", "tag 7", "not known"]


def test_a_name_is_no_phone_and_a_username_no_address() -> None:
    column = fit(
        "account",
        {"identifiers": [{"kind": "username", "value": "kestrel"}]},
        {"identifiers": [{"kind": "website", "value": "kestrel"}]},
        phones("07700900123"),
    )

    assert weight(column, 0, 1) < 0
    assert not column.known()[2]


# Things said


def test_phrases_retold_in_other_words_are_alike() -> None:
    cosines = phrase_cosines(
        ["nobody hears you out here", "nobody would hear her out here", "get the money"]
    ).toarray()

    assert cosines[0, 1] >= SIMILAR
    assert cosines[0, 2] == 0
    assert np.diag(cosines) == pytest.approx(np.ones(3))


def test_a_phrase_many_report_says_little() -> None:
    crowd = [said(f"mind the {word}") for word in ("gap", "door", "step", "dog", "child")] * 20
    rare = fit("speech", said("the kestrel comes home"), said("the kestrel comes home"), *crowd)
    common = fit("speech", *[said("the kestrel comes home")] * 40, *crowd)

    assert weight(rare, 0, 1) > 0.8 > weight(common, 0, 1)
    assert rare.describe(0, 1).rarity == "something like it in 2 of 102 reports"


def test_a_report_that_repeats_itself_counts_once() -> None:
    twice = said("nobody hears you out here", "nobody can hear you out here")
    column = fit("speech", twice, twice, said("get the money"), said("be quick"))

    assert column.describe(0, 1).rarity == "something like it in 2 of 4 reports"


def test_different_words_say_little_against() -> None:
    column = fit("speech", said("give me the money"), said("take off the shoes"))

    assert -0.1 < weight(column, 0, 1) < 0


# Shared words


def test_words_are_compared_by_their_stems_without_the_light_ones() -> None:
    assert tokens("The Tattoos of a swallow") == tokens("swallow tattoo, the")[::-1]


def test_the_rarest_shared_words_are_named() -> None:
    crowd = [{"suspects": [{"marks": [f"{word} tattoo"]}]} for word in WORDS] * 10
    kestrel = {"suspects": [{"marks": ["kestrel tattoo"]}]}
    column = fit("marks", kestrel, kestrel, *crowd)

    assert column.describe(0, 1).says == "agrees"
    assert column.describe(0, 1).rarity.startswith("kestrel: 2 of 82 reports")
    assert weight(column, 0, 1) > 0.5 > weight(column, 0, 2)


def test_marks_of_which_none_is_shared_say_little_against() -> None:
    crowd = [{"suspects": [{"marks": [f"{word} tattoo"]}]} for word in WORDS] * 10
    column = fit("marks", *crowd)

    assert -0.7 < weight(column, 0, 1) < 0


@each_row("words", ["Romanian", "asian", "olive", "broken English", "Eastern European", "Jamaican"])
def test_what_tells_ethnicity_carries_no_weight_through_the_narrative(words: str) -> None:
    crowd = [{"narrative": f"kestrel{i} over the roof{i}"} for i in range(600)]
    plain = fit("narrative", {"narrative": "thimble"}, {"narrative": "thimble"}, *crowd)
    told = fit("narrative", {"narrative": f"thimble {words}"}, {"narrative": f"thimble {words}"}, *crowd)

    assert weight(told, 0, 1) == weight(plain, 0, 1) > 0
    assert told.describe(0, 1).rarity == "thimble: 2 of 602 reports"
