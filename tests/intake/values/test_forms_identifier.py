"""Phones, addresses and accounts in running text: surface form -> kind and value, None where there is none."""

from __future__ import annotations

from linkage.intake.values import identifier
from tests.intake.values.test_identifier import identifiers_of
from tests.rows import each_row

FORMS = [
    ("He rang from 07700 900123", "phone", "07700900123"),
    ("He rang from 07700900123.", "phone", "07700900123"),
    ("from 07700-900-123", "phone", "07700900123"),
    ("from 07700 900 123", "phone", "07700900123"),
    ("from 077 00 90 01 23", "phone", "07700900123"),
    ("from +44 7700 900123", "phone", "07700900123"),
    ("from +447700900123", "phone", "07700900123"),
    ("from 00447700900123", "phone", "07700900123"),
    ("from (0)7700 900123", "phone", "07700900123"),
    ("0113 496 0142", "phone", "01134960142"),
    ("(0113) 496 0142", "phone", "01134960142"),
    ("number ending 123", "phone", "*123"),
    ("his number ended in 0123", "phone", "*0123"),
    ("phone number ends 123", "phone", "*123"),
    ("mobile number starting 07700", "phone", "07700*"),
    ("mobile beginning 07700 9", "phone", "077009*"),
    ("07700 900???", "phone", "07700900???"),
    ("07700 9001xx", "phone", "077009001??"),
    ("he called from a withheld number", None, None),
    ("Contact detectives on 07700 900811.", None, None),
    ("DC Farrah Iqbal, on 07700 900558, is leading the case", None, None),
    ("said PC Anwen Price, who can be reached on 07700 900142", None, None),
    ("WHEN: 19/02/2022, 0320-0340", None, None),
    ("He told her to call him on 07700 900123", "phone", "07700900123"),
    ("The client would call her on 07700 900123", "phone", "07700900123"),
    ("email: joe.bloggs@example.com", "email", "joe.bloggs@example.com"),
    ("emailed from joe at example dot com", "email", "joe@example.com"),
    ("Joe.Bloggs@Example.com.", "email", "joe.bloggs@example.com"),
    ("uses the name bigdave77 on AdultWork", "username", "bigdave77"),
    ("his AdultWork username is bigdave77", "username", "bigdave77"),
    ("username: big_dave", "username", "big_dave"),
    ("profile name Big_Dave77", "username", "big_dave77"),
    ("he is @bigdave on Instagram", "username", "bigdave"),
    ("snapchat: bigdave99", "username", "bigdave99"),
    ("on Telegram as @dave_x", "username", "dave_x"),
    ("handle dave.x99", "username", "dave.x99"),
    ("his profile 'bigdave77'", "username", "bigdave77"),
    ("goes by bigdave77 online", "username", "bigdave77"),
    ("website www.example.com/dave", "website", "example.com/dave"),
    ("https://example.com", "website", "example.com"),
    ("example.co.uk", "website", "example.co.uk"),
    ("He paid £120 and left at 10.30", None, None),
    ("on 07/07/2009 at 0900", None, None),
    ("log number 4456 of 3 May", None, None),
    ("crime reference 13/12345/09", None, None),
    ("flat 12, 07 May", None, None),
    ("aged 20-25, 5ft 10", None, None),
    ("£07700", None, None),
    ("No: 456", None, None),
    ("number 12", None, None),
    ("house number ending 3", None, None),
    ("bus number 145", None, None),
    ("reg ending 123", None, None),
    ("plate ended 4TJ", None, None),
    ("ref 07700 12", None, None),
    ("call 101", None, None),
    ("approx. 50 yrs.He", None, None),
    ("came in.He", None, None),
    ("p.m.in", None, None),
    ("room no. 214", None, None),
    ("he took 3,500", None, None),
]


@each_row(("text", "kind", "value"), FORMS)
def test_the_identifier_is_read(text: str, kind: str | None, value: str | None) -> None:
    found = identifier.find(text) if kind else identifiers_of(text)
    assert [(one.field, one.value) for one in found] == ([(kind, value)] if kind else [])
