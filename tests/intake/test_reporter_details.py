"""Details of the person who reports: found in the many ways they are written, and nothing of the reported person."""

from __future__ import annotations

from linkage.intake.reporter_details import REMOVED, private_details, without
from tests.rows import each_row

FOUND = [
    ("My name is Anna Test. He hit me.", ["Anna Test"]),
    ("my name is anna and he hit me", ["anna"]),
    ("My name's Bea. He drove off.", ["Bea"]),
    ("I'm Beth from the parlour. He hit me.", ["Beth"]),
    ("I am Cara Example, he hit me.", ["Cara Example"]),
    ("Hi it's Dana. He drove a van.", ["Dana"]),
    ("Please call me Ella.", ["Ella"]),
    ("Name: Fay Example\nHe drove a van.", ["Fay Example"]),
    ("Reporter name: Fay Example\nHe drove a van.", ["Fay Example"]),
    ("From: Gina <gina@example.com>\nHe drove a van.", ["Gina <gina@example.com>"]),
    ("He drove a van. Regards,\nHana Example", ["Hana Example"]),
    ("The victim, Iris, was hit.", ["Iris"]),
    ("A woman called Jo was hit by a man called Dave.", ["Jo"]),
    ("He hit Miss Smith's flatmate.", ["Smith"]),
    ("My name is Анна. He hit me.", ["Анна"]),
    ("My name is O'Hara-Lee. He hit me.", ["O'Hara-Lee"]),
    ("My number is 07700 900456. He hit me.", ["07700 900456"]),
    ("He hit me. Please call me on 07700 900456.", ["07700 900456"]),
    ("He hit me. Email me at invented@example.com", ["invented@example.com"]),
    ("You can reach me on 07700 900456 or 07700 900457.", ["07700 900456", "07700 900457"]),
    ("Phone: 07700 900456\nHe hit me.", ["07700 900456"]),
    ("I live at 3 Invented Road, Leeds. He hit me.", ["3 Invented Road, Leeds"]),
    ("My date of birth is 1/2/1990. He hit me.", ["1/2/1990"]),
]
NOTHING = [
    "",
    "He said I'm Dave and drove off.",
    "He texted my name is Mark, see you at 9.",
    "He said his name was Mark and gave his number as 07700 900123.",
    "He rang from 07700 900123 and his email was man@example.com.",
    "A man called Dave drove a white van, reg AB12 CDE.",
    "He came up to her in the street and said “I'm Dave, call me Dave”. Then he drove off.",
    "He said he would call me from 07700 900123.",
    "I am scared. I'm not sure who he was. It's a white van.",
    "My name is not known to him.",
    "Thanks. He left. Wednesday 30th September 2009, Baird Street Manchester.",
    "Victim: female, 30s. Male, white British, mid 30s.",
    "Контакт: высокий мужчина.",
    f"My name is {REMOVED} and my number is {REMOVED}.",
]


@each_row(("text", "words"), FOUND)
def test_a_detail_of_the_reporter_is_found_and_can_be_taken_out(text: str, words: list[str]) -> None:
    found = private_details(text)
    assert [one.words for one in found] == words
    assert all(text[one.start : one.end] == one.words for one in found)
    left = without(text, found)
    assert REMOVED in left
    assert not any(word in left for word in words)
    assert private_details(left) == []


@each_row("text", NOTHING)
def test_nothing_else_is_taken_for_one(text: str) -> None:
    assert private_details(text) == []
    assert without(text, []) == text
