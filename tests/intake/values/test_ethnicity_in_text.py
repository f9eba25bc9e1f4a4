"""Perceived ethnicity as people write it, kept apart from accent, complexion and the colour of things."""

from __future__ import annotations

from linkage.intake.values.people.looks import complexion, ethnicity
from tests.intake.values.reading import denied, read
from tests.rows import each_row

ETHNICITIES = {
    "may be as young as 15, is white and very thin": ["white"], "His pal: black, much bigger": ["black"],
    "CCTV showed someone white, of average build": ["white"],
    "who is believed to be from Eastern Europe, is": ["eastern_european"],
    "in his thirties, from the Middle East, hairy": ["middle_eastern"],
    "he was from Poland, she thinks": ["eastern_european"],
    "White Welshman with a Valleys accent": ["white"], "His companion, also white, had a fleece": ["white"],
    "1) Black, mid-30s, tall": ["black"], "the man on the scooter. White, 40s, bald": ["white"],

    "after a white, pasty-faced male": ["white"], "two, one of whom is black with a limp": ["black"],

    "He was South African, about 40": [], "White South African, muscly": ["white"],
    "He was short, fat and white, with a woolly hat": ["white"],
    "a white man": ["white"], "He is described as white, in his 30s": ["white"],
    "white, skinny, about 20": ["white"], "The second was white, skinny": ["white"],
    "Third white, short, acne": ["white"], "First was black, tall": ["black"],
    "(1) driver, white, 18-19, acne": ["white"], "shaved head, white, she'd guess 40": ["white"],
    "White, Mackem, 5ft 5": ["white"], "The man who rang the bell was white, 30 to 35": ["white"],
    "Man two: black, over 6ft": ["black"], "First: white, thirty-ish": ["white"],
    "Him: white, Swansea accent": ["white"], "White. Late thirties": ["white"], "white male": ["white"],
    "White British": ["white"], "w/m, 40s": ["white"], "IC1 male": ["white"], "IC3": ["black"], "IC 4": ["asian"],
    "IC5 male": ["east_asian"], "IC6": ["middle_eastern"], "a black man": ["black"], "Blk male, 30s": ["black"],
    "TWO MALES, BOTH BLACK.": ["black"], "a young black guy": ["black"], "black, 30s, 6ft": ["black"],
    "he was black": ["black"], "Afro-Caribbean": ["black"], "of African appearance": ["black"],
    "a Somali man": ["black"], "Asian male": ["asian"], "an Asian man": ["asian"],
    "he was Asian, maybe Pakistani": ["asian"], "of South Asian appearance": ["asian"],
    "Indian or Sri Lankan": ["asian"], "Pakistani heritage": ["asian"], "a Sikh man": ["asian"],
    "Asian or Middle Eastern": ["asian", "middle_eastern"], "Asian/Middle Eastern": ["asian", "middle_eastern"],
    "of Middle Eastern or North African appearance": ["middle_eastern"], "of Arab appearance": ["middle_eastern"],
    "Turkish background": ["middle_eastern"], "a Turkish man": ["middle_eastern"], "Kurdish": ["middle_eastern"],
    "Chinese looking, 45ish": ["east_asian"], "a Chinese man": ["east_asian"],
    "of East Asian appearance": ["east_asian"], "Chinese male, 27-30": ["east_asian"],
    "SE Asian / Filipino looking": ["east_asian"], "oriental": ["east_asian"], "mixed race": ["mixed"],
    "mixed-race man": ["mixed"], "dual heritage": ["mixed"],
    "Second mixed race, same age": ["mixed"], "white or light-skinned mixed race": ["white", "mixed"],
    "white or mixed race": ["white", "mixed"], "black or mixed race": ["black", "mixed"],
    "white or Asian": ["white", "asian"], "either white or mixed race": ["white", "mixed"],
    "Eastern European appearance": ["eastern_european"], "of Eastern European appearance": ["eastern_european"],
    "believed to be Eastern European": ["eastern_european"],
    "Eastern European, possibly Romanian or Bulgarian": ["eastern_european"], "Polish, 42": ["eastern_european"],
    "white Eastern European": ["eastern_european"], "white, possibly Polish": ["white", "eastern_european"],
    "Both Albanian or thereabouts": ["eastern_european"], "a Romanian man": ["eastern_european"],
    "a Latvian": ["eastern_european"], "South American": ["other"], "a Brazilian man": ["other"],
    "Mediterranean appearance": ["white"], "an Irish man": ["white"], "white Irish": ["white"],
    "both white irish.": ["white"], "a white lad, 19": ["white"], "brown eyes, tanned, maybe spanish.": ["white"],
    "turkish or greek, dark eyes": ["middle_eastern", "white"], "white European": ["white"],
    "a white, stocky man": ["white"], "a tall white man of about 60": ["white"], "a white teenager": ["white"],
    "was described as being white, around 5ft 6in": ["white"], "a boy described as also being black, 15": ["black"],
}  # fmt: skip

NO_ETHNICITY = [
    "odd trainers - one white, one grey", "one white trainer, one black.",
    "a white van", "the man's black and white trainers", "the man's white, red and blue cap",
    "black car", "black, 3 series BMW", "a BMW, black, new plates",
    "a small purple car, Japanese maybe", "came on a motorbike, black, couldn't tell you the make", "a white shirt",
    "black hoodie, black jeans", "white trainers", "black and white trainers", "in black", "dressed in black",
    "all in black", "black eye", "black hair", "white beard", "white hair, short beard (white)",
    "Black Country accent", "spoke with an Eastern European accent", "a Polish accent", "sounded Polish",
    "he speak arab on telephone", "an Indian takeaway", "Chinese restaurant", "a Turkish barbers",
    "blue eyes, Irish.", "northern irish. early 40s", "stocky, Welsh, tattoo", "Irish accent", "French accent",
    "black coffee", "white powder", "a mixed grill", "Black Horse pub", "White Street", "Blackpool", "a German car",
    "Italian leather", "the English lessons", "a black cat", "white lines", "black bin bag", "Greek Street",
    "black, leather jacket", "white dog", "a black bag", "the white one, a Transit", "scarf, black, round his face",
]  # fmt: skip


@each_row(("text", "expected"), ETHNICITIES.items())
def test_an_ethnicity_in_a_text(text: str, expected: list[str]) -> None:
    assert read(ethnicity.find, text) == expected


@each_row("text", NO_ETHNICITY)
def test_what_is_no_ethnicity(text: str) -> None:
    assert read(ethnicity.find, text) == []


def test_a_denied_ethnicity() -> None:
    assert read(ethnicity.find, "he was not white") == []
    assert denied(ethnicity.find, "he was not white") == ["white"]


COMPLEXIONS = {
    "olive skinned": ["olive"], "olive-skinned": ["olive"], "olive complexion": ["olive"],
    "Skin: olive.": ["olive"], "skin was olive": ["olive"], "an olive-skinned man": ["olive"],
    "with olive skin": ["olive"], "dark skinned": ["dark"], "dark-skinned": ["dark"], "very dark skin": ["dark"],
    "a dark complexion": ["dark"], "swarthy": ["dark"], "light skinned": ["light"],
    "light-skinned mixed race": ["light"], "light brown skin": ["brown"], "brown skin": ["brown"], "pale": None,
    "pale skin": ["pale"], "a pale complexion": ["pale"], "pale-faced": ["pale"],
    "slim, pale, green eyes": ["pale"], "a pale face": ["pale"], "pasty": ["pale"],
    "denim, pale as milk, specs": ["pale"], "very pale, thin": ["pale"], "tanned": ["tanned"],
    "athletic, tanned, blond": ["tanned"], "heavily tanned": ["tanned"], "sun-tanned": ["tanned"],
    "a fake tan": ["tanned"], "ruddy": ["ruddy"], "a ruddy complexion": ["ruddy"], "ruddy-faced": ["ruddy"],
    "red face": ["ruddy"], "rosy cheeks": ["ruddy"],
    "a freckled complexion": ["freckled"], "freckled skin": ["freckled"],
    "spotty complexion": ["spotty"], "freckled": [], "spotty face": [], "ginger, freckly": [],
    "sallow": ["sallow"], "sallow skin": ["sallow"], "weathered face": ["weathered"],
    "weather-beaten": ["weathered"], "fair skin": ["fair"], "fair complexion": ["fair"], "fair skinned": ["fair"],
    "weathered brown face": ["weathered"], "a leathery face": ["weathered"],
    "the driver was pale with a long nose": ["pale"], "a fresh complexion": ["fresh"], "a builder's tan": ["tanned"],
}  # fmt: skip

NO_COMPLEXION = [
    "a pale blue shirt", "dark clothing", "dark hair", "an olive jacket", "olive green coat",
    "a tan leather jacket", "a dark alley", "he went pale", "she was pale and shaking", "light blue jeans",
    "fair hair", "a fair price", "red car", "pale yellow Suzuki", "a dark face mask", "skinhead", "dark eyes",
    "pale ale", "light rain", "it was dark", "tan boots", "face down", "her face went white",
    "the driver was pale with rage", "he was pale, trembling",
]  # fmt: skip


@each_row(("text", "expected"), COMPLEXIONS.items())
def test_a_complexion_in_a_text(text: str, expected: list[str] | None) -> None:
    assert read(complexion.find, text) == (expected or [])


@each_row("text", NO_COMPLEXION)
def test_what_is_no_complexion(text: str) -> None:
    assert read(complexion.find, text) == []
