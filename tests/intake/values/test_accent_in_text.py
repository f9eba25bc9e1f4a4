"""Accents as people write them, and words of places and voices that are no accent."""

from __future__ import annotations

from linkage.intake.values.people.looks import accent
from tests.intake.values.reading import denied, read
from tests.rows import each_row

ACCENTS = {
    "a faintly Dutch inflection": ["dutch"], "accent poss Dutch.": ["dutch"], "a rising intonation": None,
    "whose accent she placed as Derry": ["northern irish"],
    "He was South African, about 40": ["south african"], "The man was American.": ["american"],
    "Man, 40s, Canadian, slim": ["canadian"],
    "with a local accent": ["local"], "local accent": ["local"], "a strong local accent": ["local"],
    "Local acc.": ["local"], "a Birmingham accent": ["birmingham"], "Brummie accent": ["birmingham"],
    "a scouse accent": ["liverpool"], "Scouse": ["liverpool"], "a broad Yorkshire accent": ["yorkshire"],
    "broad Yorkshire": None, "5ft 6, freckles, Yorkshire.": ["yorkshire"],
    "stank, weathered face, West Country. Didn't want": ["west country"],
    "white, Mackem, five foot five": ["newcastle"], "balaclava, stocky. Mancunian.": ["manchester"],
    "head shaved smooth. northern irish. early 40s": ["northern irish"], "blue eyes, Irish.": ["irish"],
    "slim, hooded top, local.": ["local"], "Both posh, southern. 6ft": ["well spoken", "southern"],
    "walking stick, tall, welsh. sweet": ["welsh"], "tattooed neck, irish too. took my tin": ["irish"],
    "posh voice": ["well spoken"], "posh sounding": ["well spoken"], "well spoken": ["well spoken"],
    "well-spoken": ["well spoken"], "spoke with a posh accent": ["well spoken"], "Local voice": ["local"],
    "an Irish voice": ["irish"], "a London sort of accent": ["london"], "Accent: possibly London": ["london"],
    "Accent: Italian or Spanish": ["italian", "spanish"], "accent was Devon": ["west country"],
    "accent like from Poland": ["polish"], "He speak english like person from Poland": ["polish"],
    "talk turkish accent": ["turkish"], "sounded Scottish": ["scottish"], "he sounded Polish": ["polish"],
    "he sounded like he was from Glasgow": ["glasgow"], "sounded as if he came from Liverpool": ["liverpool"],
    "sounded Geordie": ["newcastle"], "sounded Dutch": ["dutch"], "sounds like a Londoner": ["london"],
    "sounded maybe Polish or Russian": ["polish", "russian"], "sounding foreign": ["foreign"],
    "spoke with an Eastern European accent": ["eastern european"],
    "spoke in an Eastern European accent": ["eastern european"],
    "spoke with what was thought to be a Birmingham accent": ["birmingham"], "spoke with a Welsh twang": ["welsh"],
    "a soft Irish accent": ["irish"], "a slight Scottish accent": ["scottish"],
    "thick Glaswegian accent": ["glasgow"], "a thick accent": ["heavily accented"],
    "heavily accented English": ["heavily accented"], "a foreign accent": ["foreign"],
    "a northern accent": ["northern"], "northern or scouse accent": ["northern", "liverpool"],
    "a north-east accent": ["newcastle"], "spoke broken English": ["broken english"],
    "his English was poor": ["broken english"], "little English": ["broken english"],
    "an American accent": ["american"], "an African accent": ["african"], "a Nigerian accent": ["nigerian"],
    "Jamaican accent": ["caribbean"], "a West Indian accent": ["caribbean"], "Asian accent": ["asian"],
    "an Indian accent": ["indian"], "Cork accent": ["irish"], "Estuary accent": ["essex"],
    "Potteries accent": ["midlands"], "Black Country accent": ["black country"], "Swansea accent": ["welsh"],
    "North Walian": ["welsh"], "Shropshire way of talking": ["midlands"], "a Kent accent": ["kent"],
    "a Norfolk accent": ["east anglian"], "London/Essex accent": ["london", "essex"], "Cockney": ["london"],
    "a real cockney": ["london"], "Geordie": ["newcastle"], "a Geordie of about 45": ["newcastle"],
    "Liverpudlian": ["liverpool"], "French accent": ["french"], "Dutch or German accent": ["dutch", "german"],
    "accent: scottish": ["scottish"], "accent sounded Irish": ["irish"], "an accent which sounded Welsh": None,
    "a Ruritanian accent": ["ruritanian"], "his accent was northern": ["northern"],
    "with a Lancashire accent": ["lancashire"], "Teesside accent": ["middlesbrough"],
    "he spoke with an English accent": ["english"], "Southern accent": ["southern"],
    "accent - Manchester": ["manchester"],
    "has an accent, possibly from the North-West": ["northern"],
    "sounded as though he was from the Leeds area": None,
}  # fmt: skip

NO_ACCENT = [
    "no accent", "he did not have an accent", "he didn't have an accent", "no accent I could place",
    "no accent to speak of", "without any accent", "couldn't place the accent", "could not place his accent",
    "he had an accent", "in Liverpool city centre", "Barnsley, Yorkshire", "Leeds, West Yorkshire.",
    "from Manchester to Leeds", "a deep voice", "soft voice", "a local man", "local police", "the Irish Centre",
    "Irish pub", "a Polish shop", "said he was from London", "Polish woman, 30", "works locally",
    "a Scottish terrier", "the Northern Quarter", "London Road", "in broad daylight", "broad shoulders",
    "the local shop, 50 yards away", "a thick jumper", "he sounded angry", "it sounded like a car",
    "sounded the horn", "sounds like the one from Rochdale last year", "a strong smell", "accentuated",
    "Essex Street, Norwich", "near Cork Street", "he spoke to a Polish girl", "spoke on the phone",
]  # fmt: skip


@each_row(("text", "expected"), ACCENTS.items())
def test_an_accent_in_a_text(text: str, expected: list[str] | None) -> None:
    assert expected is None or read(accent.find, text) == expected


@each_row("text", NO_ACCENT)
def test_what_is_no_accent(text: str) -> None:
    assert read(accent.find, text) == []


@each_row(
    ("text", "value"),
    [
        ("he had no Scottish accent", "scottish"),
        ("not a local accent", "local"),
        ("he didn't have a scouse accent", "liverpool"),
        ("he did not speak with a Welsh accent", "welsh"),
        ("a non-local accent", "local"),
    ],
)
def test_a_denied_accent(text: str, value: str) -> None:
    assert read(accent.find, text) == []
    assert denied(accent.find, text) == [value]
