"""Registration marks: people's words, and how two plates agree."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from linkage.features import plate_pairs
from linkage.features.plate_compare import compare
from linkage.intake.values.vehicles import registration
from linkage.intake.values.vehicles.registration import format_of
from tests.rows import each_row

WORDS = [
    ("W?? 4X?", "W??4X?"),
    ("W??4X?", "W??4X?"),
    ("W__ 4X_", "W??4X?"),
    ("W-- 4X-", "W??4X?"),
    ("K5 something", "K5*"),
    ("something 7XK", "*7XK"),
    ("starts with YH05", "YH05*"),
    ("began YH05", "YH05*"),
    ("ends in 7XK", "*7XK"),
    ("YH05 something", "YH05*"),
    ("part reg AB12 C", "AB12C*"),
    ("AB12 CDE", "AB12CDE"),
    ("ab12-cde", "AB12CDE"),
    ("a.b.1.2.c.d.e", "AB12CDE"),
    ("partial: 5TR", "*5TR*"),
    ("*5TR*", "*5TR*"),
    ("57 plate", "??57???"),
    ("W reg", "W*"),
    ("K5", "*K5*"),
    ("YH05", "YH05*"),
    ("begins W ends 4X", "W*4X"),
    ("contains 4X", "*4X*"),
    ("AB12 ???", "AB12???"),
    ("first two letters YH, last letter K", "YH*K"),
    ("AB12...", "AB12*"),
    ("YHO5 XKT", "YH05XKT"),
    ("YH05 or YH06", "YH0?*"),
    ("AB12 CDE or similar", "AB12CDE"),
    ("K5 then something then X", "K5*X"),
    ("Reg. no: ab12cde", "AB12CDE"),
    ("ABC 123D", "ABC123D"),
    ("AIZ 1234", "AIZ1234"),
    ("WX 12345", "WX12345"),
    ("B-AB 1234", "BAB1234"),
    ("A 123 BCD", "A123BCD"),
    ("BD51 SMR (partial)", "BD51SMR"),
    ("unknown", None),
    ("not seen", None),
    ("???", None),
    ("didn't see it", None),
    ("", None),
    ("hello there", None),
]


@each_row(("words", "plate"), WORDS)
def test_words_become_a_pattern(words: str, plate: str | None) -> None:
    assert registration.normalise(words) == plate


@each_row(
    ("plate", "kind"),
    [
        ("AB12CDE", "current"),
        ("W123ABC", "prefix"),
        ("ABC123D", "suffix"),
        ("AIZ1234", "northern_ireland"),
        ("ABC123", "dateless"),
        ("1234AB", "dateless"),
        ("YH05*", "current"),
        ("WX12345", None),
        ("*", None),
        ("QI12ABC", None),
    ],
)
def test_uk_formats_are_known(plate: str, kind: str | None) -> None:
    assert format_of(plate) == kind


def test_agreement_counts_positions_confusions_and_differences() -> None:
    same = compare("AB12CDE", "AB12CDE")
    assert (same.compatible, same.agreed, same.confused, same.differing) == (True, 7, 0, 0)
    read = compare("ABI2CDE", "AB12CDE")
    assert (read.compatible, read.agreed, read.confused) == (True, 6, 1)
    assert read.information < same.information
    other = compare("AB12CDE", "AB13CDE")
    assert (other.compatible, other.agreed, other.differing) == (False, 6, 1)
    assert compare("AB12CD", "AB12CDE").differing == 1
    part = compare("AB12CDE", "*2CD*")
    assert (part.compatible, part.agreed) == (True, 3)
    apart = compare("YH05*", "*7XK")
    assert (apart.compatible, apart.agreed, apart.information) == (True, 0, 0.0)


def test_an_age_identifier_tells_less_than_a_serial() -> None:
    assert compare("YH05*", "??05???").information < compare("*5TR", "*TR").information


_pattern = st.text(alphabet="AB1I0O5S8?*X2Z", min_size=1, max_size=8)


@given(_pattern, _pattern)
def test_comparison_is_symmetric(a: str, b: str) -> None:
    assert compare(a, b) == compare(b, a)


@given(_pattern)
def test_a_plate_is_compatible_with_itself(a: str) -> None:
    result = compare(a, a)
    assert result.compatible
    assert result.differing == 0
    assert result.information >= 0


@given(st.text(max_size=60))
def test_no_text_raises_and_normalising_twice_changes_nothing(text: str) -> None:
    plate = registration.normalise(text)
    assert plate is None or registration.normalise(plate) == plate


@given(
    st.lists(
        st.sampled_from(
            [
                "reg",
                "starts",
                "with",
                "ends",
                "in",
                "YH05",
                "AB12",
                "CDE",
                "7XK",
                "W??",
                "4X?",
                "something",
                "or",
                "part",
                "K5",
                "the",
                "A",
            ]
        ),
        max_size=8,
    )
)
def test_words_of_plates_normalise_to_something_stable(words: list[str]) -> None:
    plate = registration.normalise(" ".join(words))
    assert plate is None or registration.normalise(plate) == plate


def _plates(count: int) -> list[str]:
    chance, letters = random.Random(3), "ABCDEFGHJKLMNOPRSTUVWXY"
    made: dict[str, None] = {}
    while len(made) < count:
        full = "".join(
            chance.choice(part) for part in (letters, letters, "015678", "0123456789", letters, letters, letters)
        )
        cut = chance.choice([full, full, full[:4] + "*", "*" + full[-3:], f"*{full[2:5]}*", f"{full[0]}??{full[3:]}"])
        made[cut] = None
    return list(made)


def test_comparing_all_gives_what_comparing_each_pair_gives() -> None:
    plates = [*_plates(120), "AAAB12*", "AA12AAA", "AB12CDE", "A8I2CDE", "AB12CD"]
    wanted = []
    for i in range(len(plates)):
        for j in range(i + 1, len(plates)):
            result = compare(plates[i], plates[j])
            if result.differing <= 1 and result.agreed + result.confused >= 2:
                wanted.append((i, j, result))
    assert plate_pairs.compare_all(plates) == wanted
    assert plate_pairs.compare_all([]) == []
