"""Phones, e-mail addresses, usernames and websites of the reported person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.document import read_document
from linkage.intake.finding import Finding
from linkage.intake.values import identifier
from linkage.intake.values.vehicles.registration import fits_pattern
from tests.rows import each_row

# Numbers are from the ranges that Ofcom keeps free for drama.
VALUES = [
    ("phone", "+44 7700 900123", "07700900123"),
    ("phone", "0044 (0)7700-900.123", "07700900123"),
    ("phone", "07700 900 123", "07700900123"),
    ("phone", "7700900123", "07700900123"),
    ("phone", "(0161) 496 0000", "01614960000"),
    ("phone", "447700900123", "07700900123"),
    ("mobile", "07700.900.123", "07700900123"),
    ("phone", "07700900123 ext 4", "07700900123"),
    ("phone", "ending 4471", "*4471"),
    ("phone", "ends in 4471", "*4471"),
    ("phone", "last four digits 4471", "*4471"),
    ("phone", "last 3 digits 123", "*123"),
    ("phone", "077?? ???123", "077?????123"),
    ("phone", "077xx xxx123", "077?????123"),
    ("phone", "starts 0770", "0770*"),
    ("phone", "starting 077 ending 123", "077*123"),
    ("phone", "077...123", "077*123"),
    ("phone", "4471", "*4471*"),
    ("phone", "*4471", "*4471"),
    ("phone", "07700*", "07700*"),
    ("phone", "+353 85 012 3456", "+353850123456"),
    ("phone", "withheld", None),
    ("phone", "private number", None),
    ("phone", "no caller id", None),
    ("phone", "unknown", None),
    ("phone", "blue", None),
    ("email", "Joe.B@Mail.example.COM", "joe.b@mail.example.com"),
    ("email", "joe at mail dot com", "joe@mail.com"),
    ("email", "no address", None),
    ("username", "@BigJoe_99", "bigjoe_99"),
    ("Screen name", "BigJoe99", "bigjoe99"),
    ("website", "https://www.Example.com/Ads/", "example.com/ads"),
    ("website", "example.org", "example.org"),
    ("website", "none", None),
    ("other", "Some  Pager 12", "some pager 12"),
]


def identifiers_of(text: str) -> list[Finding]:
    """What is found and taken for a reported person's."""
    return [one for one in identifier.find(text) if identifier.is_reported(read_document(text), one.start)]


@each_row(("kind", "words", "value"), VALUES)
def test_an_identifier_is_normalised(kind: str, words: str, value: str | None) -> None:
    read = identifier.normalise(kind, words)
    assert (read[1] if read else None) == value
    if read:
        assert identifier.normalise(*read) == read


def test_an_address_in_a_username_field_is_an_email() -> None:
    assert identifier.normalise("username", "a@b.com") == ("email", "a@b.com")


@each_row(
    ("text", "found"),
    [
        ("He rang from 07700 900123, then texted", [("phone", "07700900123", "07700 900123")]),
        ("call from +44 (0)7700 900123", [("phone", "07700900123", "+44 (0)7700 900123")]),
        ("number ending 4471 called her", [("phone", "*4471", "ending 4471")]),
        ("phone 077?? ???123", [("phone", "077?????123", "077?? ???123")]),
        ("Nobody was hurt. CID can be telephoned on 01632 960114.", []),
        ("Number for the DC is 01632 960144", []),
        ("Detectives are on 01632 960450, or 07700 900012 out of hours.", []),
        ("mail joe@mail.com or @joe_b", [("email", "joe@mail.com", "joe@mail.com"), ("username", "joe_b", "joe_b")]),
        ("www.example.co.uk/ad?1 and", [("website", "example.co.uk/ad?1", "www.example.co.uk/ad?1")]),
        ("his username was bigjoe99 on it", [("username", "bigjoe99", "bigjoe99")]),
        ("aged 30-35, 5ft 7, 9.30 -10 pm on 12.05.2010, No: 456", []),
        ("on 30/09/2009 21:30, AB12 CDE, paid £120 for 30 mins", []),
        ("his number was withheld. he left.He said hi", []),
        ("lat 53.4808 2.2426", []),
    ],
)
def test_identifiers_are_found_in_a_text(text: str, found: list[tuple[str, str, str]]) -> None:
    read = identifier.find(text) if found else identifiers_of(text)
    assert [(one.field, one.value, one.words(text)) for one in read] == found


def test_partial_numbers_are_compatible_with_what_completes_them() -> None:
    assert fits_pattern("*4471", "07700904471")
    assert fits_pattern("077*", "*4471")
    assert fits_pattern("077?????123", "07700900123")
    assert not fits_pattern("*1", "07700904472")
    assert not fits_pattern("07700900123", "07700900124")


_part = st.text(alphabet="0123?*", max_size=12)


@given(_part, _part)
def test_compatibility_is_symmetric(a: str, b: str) -> None:
    assert fits_pattern(a, b) == fits_pattern(b, a)


@given(st.sampled_from(["phone", "email", "username", "website", "other", "fax"]), st.text(max_size=60))
def test_no_text_raises_and_normalising_twice_changes_nothing(kind: str, text: str) -> None:
    read = identifier.normalise(kind, text)
    assert read is None or identifier.normalise(*read) == read
    for one in identifier.find(text):
        assert 0 <= one.start < one.end <= len(text)


@given(st.text(alphabet="+0123456789 -().?*xending start", max_size=24))
def test_phone_like_text_normalises_to_itself(text: str) -> None:
    read = identifier.normalise("phone", text)
    assert read is None or identifier.normalise(*read) == read
