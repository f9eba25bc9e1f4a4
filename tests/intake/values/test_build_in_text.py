"""Builds as people write them, and things that are slim, big or solid."""

from __future__ import annotations

import pytest

from linkage.intake.values.people.looks import build
from tests.intake.values.reading import denied, read
from tests.rows import each_row

BUILDS = {
    "a boxer's build": ["muscular"], "gym physique": ["athletic"], "short and squat in a green coat": ["stocky"],
    "bald, fleshy, perhaps": ["large"], "tall, rake-like, 50": ["slim"], "a lardy 60-something": ["large"],
    "of slim build": ["slim"], "slim": ["slim"], "skinny": ["slim"], "skinny lad": ["slim"],
    "he was thin": ["slim"], "about 170cm, thin.": ["slim"], "small and thin; glasses": ["slim"], "wiry": ["slim"],
    "wirey": ["slim"], "gangling": ["slim"], "skin and bone": ["slim"], "a lanky youth": ["slim"],
    "weedy, 5 foot 6": ["slim"], "slight; pale": ["slim"], "slightly built": ["slim"], "of slight build": ["slim"],
    "gaunt build": ["slim"], "petite": ["slim"], "very thin, hair dyed": ["slim"], "thin as a rake": ["slim"],
    "medium build": ["medium"], "average build": ["medium"], "build medium, height 5'7": ["medium"],
    "Build: average": ["medium"], "5ft 9, med. Local": ["medium"], "of medium height and build": ["medium"],
    "normal build": ["medium"], "medium height and medium build": ["medium"],
    "5'9, average, brown hair": ["medium"], "athletic build": ["athletic"], "of athletic build": ["athletic"],
    "athletic, tanned": ["athletic"], "he looked fit": ["athletic"], "gym body, 45": ["athletic"],
    "sporty build": ["athletic"], "muscular": ["muscular"], "very muscular": ["muscular"],
    "well built": ["muscular"], "well-built": ["muscular"], "powerfully built": ["muscular"], "hench": ["muscular"],
    "muscly": ["muscular"], "a six pack": ["muscular"], "strong build": ["muscular"],
    "built like a bodybuilder": ["muscular"], "stocky": ["stocky"], "stocky build": ["stocky"],
    "of stocky build": ["stocky"], "thickset": ["stocky"], "thick-set": ["stocky"], "thick set": ["stocky"],
    "solidly built": ["stocky"], "broad build": ["stocky"], "broad shoulders": ["stocky"],
    "broad-shouldered": ["stocky"], "broad across the shoulders": ["stocky"], "big square shoulders": ["stocky"],
    "barrel chested": ["stocky"], "built like a brick": ["stocky"], "squat, bald": ["stocky"], "fat": None,
    "he was fat": ["large"], "fat, 40-45": ["large"], "6FT 2, FAT, SHAVED HEAD": ["large"], "overweight": ["large"],
    "very overweight": ["large"], "heavy build": ["large"], "heavy set": ["large"], "heavily built": ["large"],
    "large build": ["large"], "big build": ["large"], "a big lad": ["large"], "a big unit, white beard": ["large"],
    "6 feet but thin like stick": ["slim"], "abt 35 heavy, neck tat": ["large"],
    "late 20s thin n twitchy": ["slim"], "big fella": ["large"], "he was a big man": ["large"],
    "Large. Glasses on a string": ["large"], "him: big, crew cut": ["large"], "beefy": ["large"],
    "burly": ["large"], "chubby": ["large"], "plump": ["large"], "tubby": ["large"], "portly": ["large"],
    "with a paunch": ["large"], "beer belly": ["large"], "a beer gut": ["large"], "belly big": ["large"],
    "fat belly": ["large"], "round belly": ["large"], "pot belly": ["large"],
    "South Asian, fortyish, heavy, clean": ["large"], "big-boned": ["large"], "obese": ["large"],
    "stocky/large": ["stocky", "large"], "slim to medium build": ["slim", "medium"],
    "medium to large build": ["medium", "large"], "slim/medium build": ["slim", "medium"],
    "slim or athletic build": ["slim", "athletic"], "medium to stocky": ["medium", "stocky"],
    "stocky or muscular": ["stocky", "muscular"], "tall and slim": ["slim"], "tall, slim": ["slim"],
    "short and stocky": ["stocky"], "not fat but broad across the shoulders": ["stocky"], "skinny build": ["slim"],
    "stockily built": ["stocky"], "slim-built": ["slim"], "lean build": ["slim"], "chunky build": ["stocky"],
    "slim, fit and in dark jeans": ["slim", "athletic"], "he is grossly fat, with a beard": ["large"],
    "painfully thin, aged 50": ["slim"], "the man, seen by two women, is thin, with grey hair": ["slim"],
}  # fmt: skip

NO_BUILD = [
    "a large knife", "a big dog", "heavy rain", "a large van", "slim jeans", "skinny jeans", "a thin moustache",
    "a slim chance", "a thick Scottish accent", "fat chance", "a large amount of money", "big trouble",
    "a broad accent", "a solid door", "heavy footsteps", "a strong smell", "the wide road", "a slight limp",
    "slight accent", "a thin blade", "a big red coat", "heavy breathing", "a huge bunch", "large, white van",
    "big black car", "medium sized dog", "a light blue top", "he ripped her dress", "a massive scar", "gaunt face",
    "a fit of rage", "a square jaw", "a big house, red door", "built-up area", "new build flats", "strong lager",
    "a round of drinks",
    "slim-fit grey jeans", "skinny ripped blue jeans", "a slim-fitting shirt", "a strong body odour",
]  # fmt: skip


@each_row(("text", "expected"), BUILDS.items())
def test_a_build_in_a_text(text: str, expected: list[str] | None) -> None:
    assert read(build.find, text) == (expected or [])


@each_row("text", NO_BUILD)
def test_what_is_no_build(text: str) -> None:
    assert read(build.find, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("he was not slim", "slim"),
        ("not overweight", "overweight"),
        ("he wasn't muscular", "muscular"),
        ("not fat", "fat"),
    ],
)
def test_a_denied_build_is_not_read(text: str, value: str) -> None:
    assert read(build.find, text) == []
    assert value == "fat" or denied(build.find, text)
