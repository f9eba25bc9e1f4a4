"""Ages as people write them, and numbers that are no age."""

from __future__ import annotations

import time

import pytest

from linkage.intake.facts import age
from tests.intake.facts.reading import read
from tests.rows import each_row

AGES = {
    "three boys - all 18 or 19 - ran": (18, 19), "She guesses 40 to 50.": (40, 50), "he puts his age at 40": (40, 40),
    "white, hardly more than 20, with": (18, 22), "Male 2: mixed race, 15-16, afro": (15, 16),
    "He is stocky, white and 35 to 45, and": (35, 45),
    "The offender was bald, sunburnt and about 45": (43, 47),
    "He is put at thirty-six or so": (34, 38), "He is put at 52 to 58, spare": (52, 58),
    "This lad's perhaps 24, in a kurta": (22, 26), "He'd be forty, she thinks": (40, 40),
    "a lad, twenty at the outside, in a blazer": (None, 20), "She was 50 or near it": (48, 52),
    "Witnesses give the driver's age as thirty-six": (36, 36),
    "He was in his early 30s.": (30, 33), "male, mid-30's, stocky": (33, 37), "in his late thirties": (37, 39),
    "He was in his 40s": (40, 49), "a man in his fifties": (50, 59), "a man in his twenties or thirties": (20, 39),
    "in his 20s or 30s": (20, 39), "mid to late forties": (43, 49), "mid-to-late 40s": (43, 49),
    "early-to-mid 20s": (20, 27), "late 20s to early 30s": (27, 33), "late twenties, early thirties": (27, 33),
    "28 to early 30s": (28, 33), "from 28 to his early 30s": (28, 33), "between 25 and his mid 30s": (25, 37),
    "aged about 25 to 30": (25, 30), "aged between 25 and 35": (25, 35), "aged 25-30": (25, 30),
    "An older man, 30 to 35 and stout, sat": (30, 35),
    "The driver, who said little, was 35-40, heavily built": (35, 40),
    "posh voice, 22-24 (says he's a student), 6ft": (22, 24), "Leo was 60 to 65, about 5ft 9": (60, 65),
    "He was then around 35, bald": (33, 37), "The man with the rake was about 19, gaunt": (17, 21),
    "younger, perhaps 14, in a school blazer": (12, 16), "Neither was older than 18.": (None, 18),
    "none of them looked more than 20.": (None, 20), "who was black, between 20 and 25 and pregnant": (20, 25),
    "a 40-year-old man": (40, 40), "a 25 to 30-year-old man": (25, 30), "a 25- to 30-year-old man": (25, 30),
    "a 30-something man": (30, 39), "thirty-something": (30, 39), "twenty-something lad": (20, 29),
    "he was twenty something": (20, 29), "around 40": (38, 42), "he was around 40": (38, 42),
    "a man between 45 and 50 grabbed her": (45, 50), "a woman of about 30 robbed her": (28, 32),
    "a man of 40 came in": (40, 40), "two men of between 20 and 25 ran off": (20, 25),
    "a stranger of around fifty followed her": (48, 52),
    "a man of about 50": (48, 52), "he looked 40ish": (38, 42), "40-ish, bald": (38, 42),
    "he was fortyish": (38, 42), "40 odd": (40, 49), "he was 40 odd": (40, 49), "he'd be 50-odd": (50, 59),
    "in his late teens": (17, 19), "in his teens": (13, 19), "late teens to early twenties": (17, 23),
    "late teens or early 20s": (17, 23), "a teenager": (13, 19), "18 or 19 years of age": (18, 19),
    "He was 18 to 20 years old": (18, 20), "eighteen or nineteen": (18, 19),
    "he must have been about fifty": (48, 52), "he was probably 35": (35, 35), "looked to be 35-40": (35, 40),
    "I would say he was 45": (45, 45), "I'd put him at 45": (45, 45), "I'd say 45 ish": (43, 47),
    "mid forties ish": (43, 47), "forties or fifties": (40, 59), "fortys": (40, 49), "forty to fifty": (40, 50),
    "he was over 50": (50, None), "over fifty": (50, None), "at least 60 years old": (60, None),
    "he was the wrong side of 50": (50, None), "no more than 25 years old": (None, 25),
    "under 25 years old": (None, 25), "he was not yet 20": (None, 20), "he was pushing 60": (58, 62),
    "nearly 40 years old": (38, 42), "he was getting on for 50": (48, 52), "he was approx 35 yrs": (33, 37),
    "approx age 35": (33, 37), "Age: 30-35": (30, 35), "Age approx 30": (28, 32), "age 20s": (20, 29),
    "aged in his 60s": (60, 69), "aged early twenties": (20, 23), "M, 35, slim": (35, 35),
    "white male 35-40 yrs": (35, 40), "w/m 30s": (30, 39), "IC1 male, 30-35, stocky": (30, 35),
    "a pensioner": (65, None), "an OAP": (65, None), "a middle-aged man": (40, 60), "a man in middle age": (40, 60),
    "he is maybe 35 year": (33, 37), "he was 30 or so": (28, 32), "mid-twenties": (23, 27), "mid 20 s": (23, 27),
    "lower twenties": (20, 23), "the early part of his thirties": (30, 33), "early to late twenties": (20, 29),
    "aged from 30 to 40": (30, 40), "25/30 yrs": (25, 30), "20's-30's": (20, 39),
    "A man, thought to be in his 50s": (50, 59), "aged around 30 to 35": (30, 35), "about 30-35 years": (30, 35),
    "25yo": (25, 25), "25 y/o male": (25, 25), "25y old": (25, 25), "aged 30+": (30, None),
    "40+ years old": (40, None), "he was late 30s, maybe early 40s": (37, 43),
    "anywhere from 20 to 30 years old": (20, 30), "mid to late 20's/early 30's": (23, 33),
    "aged 35 (approx)": (33, 37), "he was roughly thirty five": (33, 37), "older, about 50": (48, 52),
    "younger one, 19 or 20": (19, 20), "He's 34": (34, 34), "mid fiftys": (53, 57), "a boy of 16 or 17": (16, 17),
    "the older one mid 40s": (43, 47), "between the ages of 30 and 40": (30, 40),
    "somewhere between 30 and 40 years old": (30, 40), "aged mid-twenties to mid-thirties": (23, 37),
    "he was thirty to thirty five": (30, 35), "30yrs old": (30, 30), "thirty years old": (30, 30),
    "he was not much older than 20": (18, 22), "in the region of 50 years old": (48, 52),
    "white male, 50s": (50, 59), "Asian male 20s": (20, 29), "older than me, 60s": (60, 69),
    "in his mid-to-late-fifties": (53, 59), "in his early or mid twenties": (20, 27),
    "approximately 25 to 30 years of age": (25, 30), "white, skinny, about 20 and around five foot six": (18, 22),
    "He has maybe 50 years, fat": (48, 52), "white, 6 foots 2, age like 45, hair grey": (43, 47),
    "thought to be only 16 or 17": (16, 17), "he is 65 years or more": (65, None),
    "white british, 65 years or more, very thin": (65, None), "She puts him at thirty-eight or so": (36, 40),
    "she'd guess 40 to 45": (40, 45), "she'd say fifty at most, very thin": (None, 50),
    "twenty at most, baby faced": (None, 20), "white, short, acne, no older than 20": (None, 20),
    "slim / white / 27 / black hair": (27, 27), "He is 30 till 35 years": (30, 35),
    "5'11\", 37, wide neck": (37, 37), "Asian, tubby, 29, fade haircut": (29, 29),
    "brown goatee, 27 or 28, spots": (27, 28), "old boy, must be 70, walking stick": (70, 70),
    "Age: say 27. Accent: Italian": (27, 27), "abt 35 pink hair": (33, 37), "40 max, slim": (None, 40),
    "50 tops, bald": (None, 50), "polish, 42 years maybe, tall": (40, 44), "both around thirty, slim": (28, 32),
    "seventy-odd, white hair": (70, 79), "thirty-ish, tongue piercing": (28, 32),
    "I'd say 45 but fit for it": (45, 45), "over fifty, moustache": (50, None),
    "a boy of perhaps 16, thin": (14, 18), "had a beer gut and was no more than 40.": (None, 40),
    "The boy was 12 to 14 with ash-blond hair": (12, 14), "hes about 29, arab": (27, 31),
    "white, ordinary, thirty to forty', 5ft 8in": (30, 40), "sri lankan, 40 summat, pot belly": (40, 49),
    "older 1 abt 35 heavy, neck tat": (33, 37), "known as Big Stu: a Geordie of about 45, 6ft": (43, 47),
    "Fifty-three, he told her.": (53, 53), "brown goatee 27 or 28, spots": (27, 28),
    "well into his seventies": (70, 79), "bald, 50 plus, fat": (50, None), "he seems about 45": (43, 47),
    "high 20s": (27, 29), "thirtysomething": (30, 39), "aged somewhere in his 30s": (30, 39),
    "late 50's maybe 60": (57, 60), "20ish-25ish": (18, 27), "long beard, near 40.": (38, 42),
    "slim, 20 at maximum, green durag": (None, 20), "He has 25-30, thin like stick": (25, 30),
    "She thinks him about sixty, with tinted glasses": (58, 62), "Each is 14 to 16 and white.": (14, 16),
    "He proved to be about forty-five, slim": (43, 47), "someone of twenty-five to thirty": (25, 30),
    "a heavy-set Albanian of about 50 with a stick": (48, 52), "touching fifty, bald": (48, 52),
    "not a day over 25": (None, 25), "Gentleman about 70, silver hair": (68, 72),
    "The older one, perhaps fifty and roughly five foot six, had": (48, 52),
    "The eldest, about 35 and seventeen or eighteen stone, rang": (33, 37),
    "The leader, perhaps 17 and six foot, in a cap": (15, 19), "bony and old, easily 65, with a hat": (65, None),
    "The boy, fourteen or fifteen by the look of him, knocked": (14, 15),
    "black, thirty or just over, 6ft 2": (28, 32),
    "He is in his late teens or just twenty, white": (17, 20), "who had a beard and might have been 18": (18, 18),
    "A man who cannot have been much more than eighteen hit her": (None, 18),
    "He can't have been over 25": (None, 25),
    "A customer of around 55 lost his temper": (53, 57), "Height 5ft 11, mid forties, wiry": (43, 47),
    "He was not long out of his teens": (20, 22), "The robber, nearer sixty than fifty, wore a cap": (58, 62),
}  # fmt: skip

NO_AGE = [
    "she was dressed in a Fifties gown",
    "The score was 25 to 30, and", "The room was 16 to 18, and cold", "The bus was 40 to 50, white",
    "He was then about 40 miles away", "The fine was 30 to 35 pounds", "it was 40, a tall man said",
    "handed over £150 in twenties, which", "paid with Bank of Scotland twenties", "a pensioner's handbag",
    "a man between 20 and 30 minutes later", "a man of 30 years' experience", "a man of 20 stone",
    "Ref: 45, white male", "Alert no. 22, black male, tall", "Room 33, slim man", "he paid 40 for it",
    "I asked him 40, he gave 20", "paid her 50.", "gave them 60, then left", "£40", "40 quid", "he had 35 on him",
    "at number 35", "35 Baird Street", "she is 25 minutes late", "he got 10 years in prison",
    "served 20 years inside", "ten years for robbery", "sentenced to 12 years", "I have worked here for 20 years",
    "twenty years ago", "20 years in the army", "room 25", "flat 40, second floor", "bus 42",
    "he was 30 minutes late", "at 10 to 11", "around 20 men", "the mid 90s Golf", "a 52 plate Corsa",
    "about 50 yards away", "he was doing 50 in a 30", "M25", "A40 towards Oxford", "junction 25", "on the 25th",
    "he offered 40 then 50", "between 20 and 30 pounds", "20 cigarettes", "call 0113 496 0025", "20-30 texts",
    "in the 60s tower", "music from the eighties", "he was 20 feet away", "size 45 shoes", "grade 40", "ref 25/16",
    "he said he had done 15 years", "the young woman was crying", "an old van", "a younger man", "an older man",
    "his 18 month old son", "wages for 30 hours", "he was about 20 metres away", "he asked for 30 and got 20",
    "around 40 times", "between 11 and 12", "about 20 to 11", "he was 5ft 10", "he was 25 stone", "around 10 pm",
    "he was around 10 minutes", "60s music was playing", "20 Benson", "an envelope of fake twenties",
    "a woman ten years older", "roughly ten years younger than him", "paid in twenties", "two twenties",
    "he has 10 years of experience", "he works 40 hours", "the 30s speed limit", "at 30 Park Lane",
    "the woman next door has lived there 30 years", "near 40 Castle Street",
    "a gang of about 20 with bats", "it cannot have been more than 20 minutes", "he was out of his seat",
]  # fmt: skip


@each_row(("text", "bounds"), AGES.items())
def test_an_age_in_a_text(text: str, bounds: tuple[int | None, int | None] | None) -> None:
    ages = read(age.find, text)
    assert ages == ([bounds] if bounds else [])


@each_row("text", NO_AGE)
def test_what_is_no_age(text: str) -> None:
    assert read(age.find, text) == []


@pytest.mark.parametrize("blank", [" ", "\t", "\n"])
def test_a_run_of_white_space_behind_an_age_costs_no_minutes(blank: str) -> None:
    started = time.perf_counter()
    assert read(age.find, f"He was in his 30s{blank * 3000}. He wore a coat") == [(30, 39)]
    assert read(age.find, f"in his early {blank * 3000} thirties") == [(30, 33)]
    assert time.perf_counter() - started < 5
