"""Marks as people write them: what is carried on the body, with its place; and things that are no mark."""

from __future__ import annotations

import pytest

from linkage.intake.values.people import marks
from tests.intake.values.reading import denied, read
from tests.rows import each_row

MARKS = {
    "a saltire on his calf": ["saltire tattoo on calf"], "The man had a left hand tattoo.": ["hand tattoo"],
    "He had been left with a limp.": ["limp"], 'He yelled "slag" over his shoulder as he ran.': [],
    "with an anchor on either forearm": ["anchor tattoo on either forearm"],
    "an Albanian flag on his bicep": ["albanian flag tattoo on bicep"],
    "a lion shows on his hand": ["lion tattoo shows on hand"],
    "a skull on the back of the van": [], "'get out' over his shoulder": [], "a jacket with a skull on the back": [],
    "black suit, mothball smell.": ["mothball smell"], "breath that stank of mints;": ["breath that stank of mints"],
    "a stye on one eyelid": ["stye on one eyelid"], "half an index finger.": ["half an index finger"],
    "a nipple ring": ["nipple ring"], "a boxer's ears": ["boxer's ears"], "hairy-armed, in": ["hairy arms"],
    "he had a soft, perhaps Welsh, voice.": ["soft, perhaps welsh, voice"],
    "a voice like a foghorn": ["voice like a foghorn"], "talks very quietly": ["talks very quietly"],
    "a roll-up behind his ear": ["roll-up behind ear"], "He smoked a pipe.": ["smoked a pipe"],
    "a patch over one eye": ["patch over one eye"], "an eyebrow with three nicks in it": ["eyebrow with three nicks"],
    "a habit of licking his lips": ["licking lips"], "clay under his fingernails": ["clay under fingernails"],
    "hands black with grease": ["hands black with grease"], "very thin wrists": ["thin wrists"],
    "paint on his cheeks": ["paint on cheeks"], "slurred his words": ["slurred words"],
    "may be nursing a painful scratch near one eye": ["painful scratch near one eye"],
    "a mermaid on his forearm": ["mermaid tattoo on forearm"], "safety pins in one ear": ["safety pins in one ear"],
    "a scar by his left eye": ["scar by left eye"], "left with a scar by the attack": [],
    "about 25 ginger w freckles": ["freckles"], "bout 40 w 3 tattoos": ["3 tattoos"],
    "a scar on his chin": ["scar on chin"], "scar across right cheek": ["scar across right cheek"],
    "tiny scar through her left eyebrow": ["tiny scar through left eyebrow"],
    "pale scar through one eyebrow": ["pale scar through one eyebrow"],
    "a burn scar down his cheek": ["burn scar down cheek"], "scar top lip": ["scar"],
    "SCAR ON CHIN.": ["scar on chin"], "a swallow tattoo on his left hand": ["swallow tattoo on left hand"],
    "tattoo of snake on the neck": ["tattoo of snake on neck"],
    "spider web tattoo on his elbow": ["spider web tattoo on elbow"],
    "HATE lettered across the knuckles": ["hate tattoo lettered across knuckles"],
    "a tribal tattoo on his forearm": ["tribal tattoo on forearm"],
    "full sleeve tattoo left arm": ["full sleeve tattoo"], "'MUM' tattooed on his neck": ["mum' tattooed on neck"],
    "tattooed neck": ["tattooed neck"], "a tattooed teardrop": ["tattooed teardrop"],
    "tattooed hands and neck": ["tattooed hands and neck"], "neck tat": ["neck tat"],
    "heavily tattooed": ["heavily tattooed"], "tattoo across the knuckles": ["tattoo across knuckles"],
    "a home-made tattoo reading LEE on the knuckles": ["home-made tattoo reading lee on knuckles"],
    "tattoos on both arms": ["tattoos on both arms"], "gold tooth": ["gold tooth"], "bad teeth": ["bad teeth"],
    "missing teeth": ["missing teeth"], "a broken front tooth": ["broken front tooth"],
    "braces on his teeth": ["braces on teeth"], "skinny, braces, rucksack": ["braces"],
    "gap between his front teeth": ["gap between front teeth"], "teeths yellow": ["yellow teeth"],
    "yellow teeth": ["yellow teeth"], "no front teeth": ["missing front teeth"], "walks with a limp": ["limp"],
    "a slight limp": ["slight limp"], "acne on both cheeks": ["acne on both cheeks"],
    "pale, spots on the chin": ["spots on chin"], "goatee 27 or 28, spots, plump": ["spots"],
    "slim, freckles": ["freckles"], "thin, freckled, in a blazer": ["freckles"],
    "scabs on his chin": ["scabs on chin"], "bad skin, always a vest": ["bad skin"],
    "pock-marked skin": ["pock-marked"], "an eyebrow piercing": ["eyebrow piercing"],
    "tongue piercing": ["tongue piercing"], "nose stud": ["nose stud"], "nose ring": ["nose ring"],
    "a diamond stud in his left ear": ["diamond stud in left ear"],
    "a silver hoop earring": ["silver hoop earring"], "gold hoop in one ear": ["gold hoop in one ear"],
    "ring in nose": ["ring in nose"], "an earring": ["earring"], "ear stretcher": ["ear stretcher"],
    "a stud in his tongue": ["stud in tongue"], "hearing aid": ["hearing aid"], "squashed nose": ["squashed nose"],
    "broken nose": ["broken nose"], "hooked nose": ["hooked nose"], "red nose": ["red nose"],
    "ears stick out": ["sticking out ears"], "cauliflower ear": ["cauliflower ear"], "lazy eye": ["lazy eye"],
    "a squint": ["squint"], "thick eyebrows": ["thick eyebrows"], "eyebrow slit": ["eyebrow slit"],
    "no eyebrows": ["no eyebrows"], "sunken cheeks": ["sunken cheeks"], "weak chin": ["weak chin"],
    "double chin": ["double chin"], "high forehead": ["high forehead"], "round-shouldered": ["round shoulders"],
    "with a hump, curly hair": ["hump"], "missing the tip of a finger": ["missing tip of a finger"],
    "missing finger": ["missing finger"], "wide neck": ["wide neck"], "hairy arms": ["hairy arms"],
    "a lisp": ["lisp"], "spoke with a stammer": ["stammer"], "a stutter": ["stutter"],
    "cold sore on lip": ["cold sore on lip"], "smelled strongly of aftershave": ["smelled strongly of aftershave"],
    "expensive aftershave": ["expensive aftershave"], "perfume strong": ["perfume strong"],
    "body odour": ["body odour"], "bad breath": ["bad breath"],
    "breath that smelled of onions": ["breath that smelled of onions"],
    "birthmark on his neck": ["birthmark on neck"],
    "mole on chin": ["mole on chin"], "track marks on arms": ["track marks on arms"],
    "rough hands": ["rough hands"], "dirty fingernails": ["dirty fingernails"], "circumcised": ["circumcised"],
    "tattoo letters on fingers": ["tattoo"], "a walking stick": ["walking stick"],
    "may have scratch marks to the left side of his neck": ["scratch marks to left side of neck"],
    "could have an injury to his left hand": ["injury to left hand"], "thin faced, white": ["thin faced"],
    "male, 30s, cut above right eyebrow, cap": ["cut above right eyebrow"],
    "his right arm was in a sling": ["right arm was in a sling"], "a cast on her left wrist": ["cast on left wrist"],
    "dark hair on the backs of his hands": ["dark hair on backs of hands"],
    "front teeth that crossed over": ["crossed over front teeth"], "missing top of thumb": ["missing top of thumb"],
    "had lost the lobe of his left ear": ["missing lobe of left ear"], "he was softly spoken": ["softly spoken"],
    "he smelled of Brut aftershave": ["smelled of brut aftershave"],
}  # fmt: skip

NO_MARK = [
    "put an arm round his shoulders", "She went limp and",
    "he took one of her earrings",
    "used a towel to bandage them",
    "the high wall and a voice", "he walked like that", "a low hedge, and she heard a voice",
    "spoke to her slowly enough",
    "she would burn in hell", "I'll burn the house", "the tattoo parlour", "side burns", "she was scared",
    "punched her in the teeth", "gritted his teeth", "brushed her teeth", "a parking spot",
    "several spots along the road", "stopped on the spot", "no scars", "no tattoos", "no visible tattoos",
    "without any scars", "Tattoos: none", "Scars: not seen", "he had no limp", "she coughed up blood",
    "he burned her arm", "a mark-up", "ring road", "rang the bell", "a stick", "he pierced the tyre", "ink",
    "skinny", "her ears were ringing", "nosey", "he stood at the front", "the hands of the clock",
    "car hooped", "limpid",
    "hit her with a wheel brace", "a top with the number 9 on the back", "a cap with the letter B on the front",
    "said she was pregnant", "the victim needed nine stitches", "one leg of his jeans was torn",
    "she was left with an injury to her face",
]  # fmt: skip


@each_row(("text", "expected"), MARKS.items())
def test_marks_in_a_text(text: str, expected: list[str]) -> None:
    assert read(marks.find, text) == expected


@each_row("text", NO_MARK)
def test_what_is_no_mark(text: str) -> None:
    assert read(marks.find, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("no visible tattoos", "visible tattoos"), ("Tattoos: none", "tattoos"), ("did not have a scar", "scar")],
)
def test_a_denied_mark(text: str, value: str) -> None:
    assert [one for one in denied(marks.find, text) if one in value] != []
