"""Facial hair, eyes and glasses as people write them, and what is none of them."""

from __future__ import annotations

import pytest

from linkage.intake.values.people.looks import eyes, facial_hair, glasses
from tests.intake.values.reading import denied, read
from tests.rows import each_row

FACIAL_HAIR = {
    "of slight physique, goateed,": ["goatee"],
    "clean shaven": ["clean-shaven"], "clean-shaven": ["clean-shaven"], "cleanly shaven": ["clean-shaven"],
    "no facial hair": ["clean-shaven"],
    "no beard or moustache": ["clean-shaven"], "no hair on his face": ["clean-shaven"],
    "freshly shaved": ["clean-shaven"], "stubble": ["stubble"], "grey stubble": ["stubble"],
    "bit of stubble": ["stubble"], "several days' growth of stubble": ["stubble"],
    "a few days' growth": ["stubble"], "unshaven": ["stubble"], "designer stubble": ["stubble"],
    "a five o'clock shadow": ["stubble"], "5 o'clock shadow": ["stubble"], "needed a shave": ["stubble"],
    "bum fluff": ["stubble"], "a beard": ["beard"], "bearded": ["beard"], "a full beard": ["beard"],
    "a neatly trimmed beard": ["beard"], "ginger beard": ["beard"], "long dyed-orange beard": ["beard"],
    "a bushy grey beard": ["beard"], "short beard": ["beard"], "patchy beard": ["beard"],
    "salt & pepper beard": ["beard"], "a chinstrap": ["beard"], "a moustache": ["moustache"],
    "thin moustache": ["moustache"], "pencil moustache": ["moustache"], "tash": ["moustache"],
    "a grey tache": ["moustache"], "mustache": ["moustache"], "big moustache": ["moustache"],
    "handlebar moustache": ["moustache"], "a goatee": ["goatee"], "goatee beard": ["goatee"],
    "brown goatee": ["goatee"], "beard like goat": ["goatee"], "sideburns": ["sideburns"],
    "thick white sideburns": ["sideburns"], "side burns": ["sideburns"], "mutton chops": ["sideburns"],
    "beard and moustache": ["beard", "moustache"], "moustache but no beard": ["moustache"],
    "Beard: no. Moustache: yes": ["moustache"], "Beard: not seen": [],
    "goatee and moustache": ["goatee", "moustache"], "stubble or a short beard": ["stubble", "beard"],
    "ltd facial hair, stubble": ["stubble"], "bald with a beard": ["beard"],
    "dark hair and a ginger beard": ["beard"],
}  # fmt: skip

NO_FACIAL_HAIR = [
    "clean shaven head", "shaved head", "he had no beard", "without a beard", "did not have a moustache",
    "he shaved his head", "hairy chest", "bearing down", "smooth talker", "a clean face", "he had a bald head",
    "shave foam",
    "held on to her handlebars",
]  # fmt: skip

EYES = {
    "blue eyes": ["blue"], "bright blue eyes": ["blue"], "light blue eyes": ["blue"],
    "piercing blue eyes": ["blue"], "eyes blue": ["blue"], "blue eye, 1m72": ["blue"],
    "Eyes: brown.": ["brown"], "eyes were brown": ["brown"], "brown eyes": ["brown"], "dark brown eyes": ["brown"],
    "green eyes": ["green"], "green-eyed": ["green"], "hazel eyes": ["hazel"], "Eyes: hazel": ["hazel"],
    "grey eyes": ["grey"], "dark eyes": ["dark"], "his eyes were very dark": ["dark"], "blue-eyed": ["blue"],
    "kind blue eyes": ["blue"], "eye colour brown": ["brown"], "blue/green eyes": ["green"],
    "blue coloured eyes": ["blue"],
    "eyes that were very blue": ["blue"],
    "grey or hazel eyes": ["grey", "hazel"],
}  # fmt: skip

NO_EYES = [
    "a black eye", "gave her a black eye.", "he had blue jeans", "eyes open", "dark glasses over his eyes",
    "kept an eye on me", "red eyes", "bloodshot eyes", "sprayed in the eyes", "he looked me in the eye",
    "eyebrow scar", "brown eyebrows", "eyes, brown hair", "blue eyeshadow",
    "two black eyes",
]  # fmt: skip

GLASSES = {
    "wearing glasses": [True], "glasses": [True], "thick glasses": [True], "gold-rimmed glasses": [True],
    "rimless glasses": [True], "silver framed glasses": [True], "black framed glasses": [True],
    "half-moon glasses": [True], "bottle-bottom glasses": [True], "NHS-style glasses": [True], "specs": [True],
    "wire specs": [True], "gold rimmed specs": [True], "spectacles": [True], "bespectacled": [True],
    "wears his glasses on a cord": [True], "with glasses": [True], "reading glasses": [True], "no glasses": [False],
    "not wearing glasses": [False], "without glasses": [False], "he didn't wear glasses": [False],
    "did not have glasses on": [False], "glasses on a string": [True], "he had on glasses": [True],
    "varifocals": [True], "tinted glasses": [True],
    "round glasses": [True], "Glasses: no": [False], "Glasses - none": [False],
    "Glasses: yes": [True], "Glasses: not seen": [],
}  # fmt: skip

NO_GLASSES = [
    "sunglasses", "dark glasses", "sun glasses", "mirrored sunglasses", "two glasses of wine", "a glass of water",
    "wine glasses", "broken glass", "a pint glass", "glass bottle", "shades",
    "gold rimmed shades", "poured three glasses", "glassy eyes", "Specsavers",
]  # fmt: skip


@each_row(("text", "expected"), FACIAL_HAIR.items())
def test_facial_hair_in_a_text(text: str, expected: list[str]) -> None:
    assert read(facial_hair.find, text) == expected


@each_row("text", NO_FACIAL_HAIR)
def test_what_is_no_facial_hair(text: str) -> None:
    assert read(facial_hair.find, text) == []


@pytest.mark.parametrize(("text", "value"), [("he had no beard", "beard"), ("without a moustache", "moustache")])
def test_denied_facial_hair(text: str, value: str) -> None:
    assert denied(facial_hair.find, text) == [value]


@each_row(("text", "expected"), EYES.items())
def test_eyes_in_a_text(text: str, expected: list[str]) -> None:
    assert read(eyes.find, text) == expected


@each_row("text", NO_EYES)
def test_what_is_no_colour_of_eyes(text: str) -> None:
    assert read(eyes.find, text) == []


@each_row(("text", "expected"), GLASSES.items())
def test_glasses_in_a_text(text: str, expected: list[bool]) -> None:
    assert read(glasses.find, text) == expected


@each_row("text", NO_GLASSES)
def test_what_is_no_pair_of_glasses(text: str) -> None:
    assert read(glasses.find, text) == []
