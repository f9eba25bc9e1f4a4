"""Quick find by report number and by a piece of a plate; masking of identifiers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.report import Identifier, Report, Vehicle
from linkage.review.quick_find import masked, plates_agree, quick_find
from tests.rows import each_row

REPORTS = [
    Report(report_id="R-0017", vehicles=[Vehicle(registration="K5VWX")]),
    Report(report_id="R-0018", vehicles=[Vehicle(registration="W??4X?")]),
    Report(report_id="R-0170"),
]


@each_row(
    ("words", "found"),
    [
        ("R-0017", ["R-0017"]),
        (" r-0018 ", ["R-0018"]),
        ("017", ["R-0017", "R-0170"]),
        ("k5 v", ["R-0017"]),
        ("?5VW*", ["R-0017"]),
        ("K*WX", ["R-0017"]),
        ("W12 4X", ["R-0018"]),
        ("ZZ9", []),
        ("", []),
        ("?*", []),
        ("K", []),
    ],
)
def test_a_report_is_found_by_number_or_plate(words: str, found: list[str]) -> None:
    assert [one.name for one in quick_find(words, REPORTS)] == found


@each_row(
    ("words", "found"),
    [
        ("S-R-0017", [("S-R-0017", True)]),
        ("s-r-0017", [("S-R-0017", True)]),
        ("series s-r-0017", [("S-R-0017", True)]),
        ("R-0017", [("R-0017", False)]),  # a whole number: nothing else
        ("0017", [("R-0017", False), ("S-R-0017", True)]),
        ("series", []),
        ("series 9", []),
    ],
)
def test_a_series_is_found_by_its_number(words: str, found: list[tuple[str, bool]]) -> None:
    assert [(one.name, one.series) for one in quick_find(words, REPORTS, ["S-R-0017", "S-R-0200"])] == found


TOLD = [
    Report(
        report_id="R-1",
        identifiers=[
            Identifier(kind="phone", value="447700900123"),
            Identifier(kind="username", value="harbourman77"),
        ],
    ),
    Report(report_id="R-2", narrative="He had an Anchor tattoo, on his neck."),
]


@each_row(
    ("words", "found"),
    [
        ("07700 900123", [("R-1", "phone")]),
        ("+44 7700 900123", [("R-1", "phone")]),
        ("0123", [("R-1", "phone")]),
        ("123", []),
        ("HarbourMan", [("R-1", "username")]),
        ("anchor tattoo", [("R-2", "words")]),
        ("tattoo on his", [("R-2", "words")]),
        ("anch", []),
        ("an", []),
    ],
)
def test_a_report_is_found_by_its_phone_its_account_or_its_words(words: str, found: list[tuple[str, str]]) -> None:
    assert [(one.name, one.why) for one in quick_find(words, TOLD)] == found


@each_row(
    ("fragment", "plate", "agree"),
    [
        ("AB12", "AB12CDE", True),
        ("12CD", "AB12CDE", True),
        ("AB*DE", "AB12CDE", True),
        ("DE*AB", "AB12CDE", False),
        ("A?12", "AB12CDE", True),
        ("AC12", "AB12CDE", False),
        ("AB", "??????", False),
        ("AB12CDEF", "AB12CDE", False),
    ],
)
def test_a_fragment_may_stand_anywhere_in_a_plate(fragment: str, plate: str, agree: bool) -> None:
    assert plates_agree(fragment, plate) is agree


@given(st.text(max_size=12))
def test_quick_find_takes_any_words(words: str) -> None:
    quick_find(words, REPORTS)


@given(st.text(alphabet="ABC123", min_size=4, max_size=12))
def test_a_masked_value_shows_three_characters_at_most(value: str) -> None:
    hidden = masked(value)
    assert len(hidden) == len(value)
    assert sum(character != "•" for character in hidden) == 3


def test_a_short_value_is_masked_whole() -> None:
    assert masked("AB") == "••"
