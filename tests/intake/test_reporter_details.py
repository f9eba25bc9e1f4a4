"""Details of the person who reports: found in the many ways they are written, and nothing of the reported person."""

from __future__ import annotations

from linkage.intake import extract_report
from linkage.intake.assemble.reasons import reasons_of
from linkage.intake.fields.reporter_details import REMOVED, private_details, without
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


# Written before anything was tried on them. Of 24 one was not found, "Referrer - Wilma Sample, 07700 900321", which
# looks like "Worker - Robbed in Leeds" and is no heading.
HEADED = [
    ("REPORTER TEL: 07700 900321\nMale, white.", ["07700 900321"]),
    ("Informant: Ms Kelly Made-Up / 07700 900321 / white van man", ["Kelly Made-Up", "07700 900321"]),
    ("Complainant's contact no: 07700900321, suspect's: 07700900654", ["07700900321"]),
    ("Male drove off. Caller's details - Lena Invented, 07700 900321. White van.", ["Lena Invented", "07700 900321"]),
    ("Phone no of informant = 0161 496 0321", ["0161 496 0321"]),
    ("Email address of the victim: made.up@example.org", ["made.up@example.org"]),
    ("Victim's DOB: 03/04/1991. Offender white, 40s.", ["03/04/1991"]),
    ("victim_phone: 07700 900321\nhe had a knife", ["07700 900321"]),
    ("[Worker: Mia, mob 07700 900321] Client refused to pay.", ["Mia", "07700 900321"]),
    ("Taken by AB. Caller: Nadia Example (call back number 07700 900321).", ["Nadia Example", "07700 900321"]),
    ("I was robbed. My mobile is 07700 900321 if you need me.", ["07700 900321"]),
    ("My e-mail: made.up@example.org. He had a beard.", ["made.up@example.org"]),
    ("My WhatsApp number is +44 7700 900321", ["+44 7700 900321"]),
    ("Service user: Olga Fiction, 07700 900321. Punter was aggressive.", ["Olga Fiction", "07700 900321"]),
    (
        "Reporting person: Pia Sample\nAddress of reporting person: 9 Nowhere Lane\nHe ran.",
        ["Pia Sample", "9 Nowhere"],
    ),
    ("Injured party: Rosa Sample, 0113 496 0321", ["Rosa Sample", "0113 496 0321"]),
    ("Victim's home address: Flat 2, 9 Nowhere Lane. The man left in a taxi.", ["9 Nowhere Lane"]),
    ("Report taken from: Sara Made-Up 07700-900-321", ["Sara Made-Up", "07700-900-321"]),
    ("Sender: Tess, 07700 900321", ["Tess", "07700 900321"]),
    ("Details of caller: Una Sample 07700 900321", ["Una Sample", "07700 900321"]),
    ("Name of injured party: Vera Sample. Weapon: knife", ["Vera Sample"]),
    ("Escort's number 07700 900321 (not to be shared)", ["07700 900321"]),
    ("Survivor's phone: 07700 900321; his phone: 07700 900654", ["07700 900321"]),
]
NOT_HEADED = [
    "The nuisance caller's number was 07700 900654.",
    "Offender's phone: 07700 900654",
    "He gave his number: 07700 900654",
    "Suspect: Dave, 07700 900654",
    "Punter's mobile no. 07700 900654",
    "Number he rang from: 07700 900654",
    "Calls came from 07700 900654",
    "Victim: woman in her 20s. Client: white, 50s, tel 07700 900654",
    "Phone number of suspect: 07700 900654",
    "Caller: withheld",
    "Male rang her phone from 07700 900654",
    "Driver's details: white, bald, email man@example.com",
    "Victim: Robbed at knifepoint in Leeds.",
    "Worker: Called from 07700 900654 and threatened.",
]


@each_row(("text", "words"), HEADED)
def test_what_stands_behind_a_heading_for_the_reporter_is_found(text: str, words: list[str]) -> None:
    found = private_details(text)
    left = without(text, found)
    assert [word for word in words if word in left] == []
    assert left.count("900654") == text.count("900654")
    assert private_details(left) == []


@each_row("text", NOT_HEADED)
def test_a_heading_for_somebody_else_is_left_alone(text: str) -> None:
    assert private_details(text) == []


def test_what_follows_a_heading_in_the_next_sentence_stays() -> None:
    text = "Caller: Jane Sample, 07700 900321. He hit her in Leeds."
    assert without(text, private_details(text)) == f"Caller: {REMOVED}. He hit her in Leeds."


@each_row("mask", [REMOVED, "[name redacted]", "[Number withheld]"])
def test_nothing_is_read_of_a_mask(mask: str) -> None:
    text = f"My name is {mask} and my number is {mask}. He slapped me."
    report = extract_report(text)
    assert report.narrative == text
    assert report.behaviours.present == ["slaps_or_punches"]
    assert text[slice(*report.spans["behaviours.present.1"][0])] == "slapped me"
    assert [one.fact for one in reasons_of(report)][:1] == ["behaviours.present.1"]
