"""Names that the reported person gave, as people write it; and what is no name."""

from __future__ import annotations

from linkage.intake.values.people import names_used
from tests.intake.values.reading import read
from tests.rows import each_row

NAMES = {
    "under three names (Paul, Lee, then Graham) and": ["Paul", "Lee", "Graham"],
    'met off an app, profile "otter_92". Met': ["otter_92"], 'booked thro an ad site by "Conor". On': ["Conor"],
    'a woman she half knows as "Shaz" let': ["Shaz"], 'Client = "Rob", IC1': ["Rob"],
    'Client: "Mr Olsen", Haymarket hotel': ["Mr Olsen"], "Name he gives: Taz / Big T\nLooks": ["Taz", "Big T"],
    'Suffolk accent, "Graham". Came': ["Graham"], 'Booked by text (07700 900129) as "Paddy", came': ["Paddy"],
    "Name that he uses is Professor Jim, but": ["Professor Jim"], "from the site with name Kelvin, he": ["Kelvin"],
    "His name maybe Gary, 45": ["Gary"], "he signed as Dr. A. Whitlock. Arrived": ["Dr. A. Whitlock"],
    '"Adam", who collected her, swore': ["Adam"], 'He said to her: "Get out". She left': [],
    "advertised himself as Gary, 39": ["Gary"], "passed himself off as Dr Moss": ["Dr Moss"],
    "the man she knew as Uncle Ted": ["Uncle Ted"], "a regular the girls call Bones": ["Bones"],
    'bookings from "Curtis" on': ["Curtis"], "messages from 'Ray'": ["Ray"],
    "whose name badge said Sheila": ["Sheila"], "The new one, 'Ricky', films": ["Ricky"],
    "called himself Dave": ["Dave"], "calls himself Uncle Dave.": ["Uncle Dave"],
    "calling himself Dr Philip Orme and": ["Dr Philip Orme"], 'called himself "Brad", suit': ["Brad"],
    "he gave the name Mick": ["Mick"], "He gave the name Craig when he booked": ["Craig"],
    "gave his name as Mick": ["Mick"], "giving the name of Smith": ["Smith"], "gave a false name of Jim": ["Jim"],
    "goes by 'Jay'": ["Jay"], "goes by Jay": ["Jay"], "went by the name of Ziggy": ["Ziggy"],
    "who used the name Jay, is": ["Jay"], "using the name Tom": ["Tom"], "said his name was Pete": ["Pete"],
    "say his name is Mark.": ["Mark"], "says his names Tony but it aint": ["Tony"],
    "say name Ali, he want": ["Ali"], "He said his name Olly.": ["Olly"],
    "He name Steven, 44 years old": ["Steven"], "He told his name is Geoffrey, he was": ["Geoffrey"],
    "said he was called Zed": ["Zed"], "says hes called Zak.": ["Zak"], "he's called Zak": ["Zak"],
    "a man called Zed": ["Zed"], "a client named Paul": ["Paul"],
    "a 34 year old accountant called Simon.": ["Simon"], "introduced himself as Robert": ["Robert"],
    "described himself as Lee": ["Lee"], "aka Spider": ["Spider"], "also known as Big Al": ["Big Al"],
    "known to her only as Big Stu": ["Big Stu"], "he is known as Spud": ["Spud"],
    "under the name Wilson.": ["Wilson"], "booked as Mr Jones": ["Mr Jones"],
    "Booked me on the app as 'Rob'.": ["Rob"], "booked under the name of Chris": ["Chris"],
    "booked in as Tony": ["Tony"], "name of Steve, wanted 2 hrs": ["Steve"], 'profile name "Jonno".': ["Jonno"],
    "nickname Taz": ["Taz"], "nicknamed Taz": ["Taz"], "Name: Dave": ["Dave"], "Name used: Dave": ["Dave"],
    "name given as Kev": ["Kev"], "said his name was Tom or Tim": ["Tom", "Tim"],
    "called himself Mo and Moe": ["Mo", "Moe"], "told her his name was Ian": ["Ian"],
    "He said his name was dave.": ["dave"], "alias Duke": ["Duke"], "answers to the name Ned": ["Ned"],
    "claimed to be called Max": ["Max"], "signed himself Gaz": ["Gaz"],
    "spoke in a low voice and called himself Duncan.": ["Duncan"], "The man called himself Neil and ran": ["Neil"],
    'The rider was called "Moz" by the others': ["Moz"], "One of the others was called Midge and": ["Midge"],
    'he called his mate "Fitz"': ["Fitz"], 'booked by email as "Mark, surveyor", for 9pm': ["Mark"],
    "had been introduced as Captain. He": ["Captain"], "He signed in as Mr T. Hale. He": ["Mr T. Hale"],
    "signed the register P. Dunn, with": ["P. Dunn"], "Booked online as 'Ed' for": ["Ed"],
    "was known at the gym as Rocky. He": ["Rocky"], 'had agreed to meet a "Mr Pell" at': ["Mr Pell"],
    "calls himself Roy, and on one occasion Ray.": ["Roy", "Ray"], 'Booked via website by "Al".': ["Al"],
    "referred to as 'Smithy' by the other": ["Smithy"],
    "who had e-mailed as Dr Lennox and": ["Dr Lennox"], 'a man going by "Oisin".': ["Oisin"],
    "answers profiles on Instagram as @lens_uk, offers": ["@lens_uk"],
    "where he traded as @vane.lens, he": ["@vane.lens"],
    "whose screen name was kingfisher_ox, captured": ["kingfisher_ox"], 'styling himself "Gethin", and': ["Gethin"],
    'whom the other called "Chief", had': ["Chief"], "whom she knew slightly as Piet, gave": ["Piet"],
    'known to the women of three flats only as "Uncle" called': ["Uncle"],
    "whom everyone called Captain, paid": ["Captain"],
    'shouted "Leave her, Dean". Plate': ["Dean"], 'said "hurry up, Daz". They': ["Daz"],
    'Beware of "Maureen". She': ["Maureen"], 'He called the first man "Tee". All': ["Tee"],
}  # fmt: skip

NO_NAME = [
    'a tattoo of the name "Kim" on his hand', "bookings from men she knew", "he saw himself as a gentleman",
    "gave a false name", "gave no name", "would not give his name", "refused to give a name",
    "he would not tell me his name.", "called her Mary", "a street known as Foo", "he called me names",
    "called her degrading names", "he was called away", "called the police", "the man called back",
    "he called from a withheld number", "did not know his name", "her name was on the card", "my real name",
    "what her real name was", "he named a price", "he is known to police", "booked a room", "booked by phone",
    "booked as usual", "booked as a couple", "he went under the bridge", "a man called at the flat",
    "known as a regular", "gave the name of the hotel", "he texts as soon as she is online", "called him a taxi",
    "hes called twice", "he's called again on Monday", "asked her name and where she lived", "name not known",
    "no names were given", "a pub called Moon", "a woman called Anna", "a dog called Rex", "goes by train",
    "goes by bike", "a black labrador called Bess", "a dog which was called Rex by the boy",
    "called the driver a taxi",
    "was introduced to her as a client", "called the other car", "the name on the card", "in the name of love",
    "A staffie called Duke sits up front", "a labradoodle called Biscuit", 'said "leave it, mate". He',
]  # fmt: skip


@each_row(("text", "expected"), NAMES.items())
def test_a_name_that_was_given(text: str, expected: list[str]) -> None:
    assert read(names_used.find, text) == expected


@each_row("text", NO_NAME)
def test_what_is_no_name(text: str) -> None:
    assert read(names_used.find, text) == []
