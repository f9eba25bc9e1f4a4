"""What each field of a reported person becomes, from many people's ways of writing it."""

from __future__ import annotations

from linkage.intake.values.people.looks import (
    accent,
    build,
    complexion,
    ethnicity,
    eyes,
    facial_hair,
    glasses,
    hair,
    sex,
)
from linkage.intake.values.people.measures import age, height
from tests.rows import each_row

AGES = {
    "mid 30s": (33, 37), "mid-30's": (33, 37), "mid thirties": (33, 37), "early 30s": (30, 33), "late 30s": (37, 39),
    "30s": (30, 39), "thirties": (30, 39), "in his 30's": (30, 39), "late teens": (17, 19), "teens": (13, 19),
    "around 55": (53, 57), "approx. 40": (38, 42), "40ish": (38, 42), "forty-ish": (38, 42), "35": (35, 35),
    "35.0": (35, 35), "thirty five": (35, 35), "aged 28": (28, 28), "45 years old": (45, 45), "25yrs": (25, 25),
    "over 40": (40, None), "35+": (35, None), "40 plus": (40, None), "at least 50": (50, None),
    "under 30": (None, 30),
    "no older than 30": (None, 30), "20-25": (20, 25), "20 – 25": (20, 25), "20/25": (20, 25),
    "between 25 and 30": (25, 30), "25 to 30-year-old": (25, 30), "18 or 19": (18, 19), "33-37": (33, 37),
    "twenty five to thirty": (25, 30), "early to mid 40s": (40, 47), "mid to late 30s": (33, 39),
    "late twenties to mid 30's": (27, 37), "late 20s/early 30s": (27, 33), "20s-30s": (20, 39), "late 30": (37, 39),
    "c.30": (28, 32), "mid twentys": (23, 27),
    "thirty something": (30, 39), "middle-aged": (40, 60), "elderly": (65, None),
}  # fmt: skip

HEIGHTS = {
    "5 ft 7": (170, 170), "5'7\"": (170, 170), "5'7": (170, 170), "5’7”": (170, 170), "5' 7''": (170, 170),
    "5ft7in": (170, 170), "5ft7": (170, 170), "5 foot seven": (170, 170), "five foot seven": (170, 170),
    "five seven": (170, 170), "5-7": (170, 170), "5.7": (170, 170), "5 7": (170, 170), "5.10": (178, 178),
    "5 feet 11 inches": (180, 180), "5 ft. 9 in.": (175, 175), "5ft 8ins": (173, 173), "6ft": (183, 183),
    "6'": (183, 183), "six footer": (183, 183), "5 and a half foot": (168, 168), "5ft 7 1/2": (171, 171),
    "170cm": (170, 170), "170 cms": (170, 170), "170": (170, 170), "170.0": (170, 170), "1.7m": (170, 170),
    "1.70 m": (170, 170), "1m70": (170, 170), "1,75": (175, 175), "67 inches": (170, 170),
    "5ft 10 / 178cm": (178, 178), "5'6-5'8": (168, 173), "5ft8-5ft10": (173, 178), "5ft 6-8": (168, 173),
    "1.75-1.80m": (175, 180), "5.5 ft": (165, 165), "1m80cm": (180, 180), "5ft9/10": (175, 178),
    "between 5ft 8 and 5ft 10": (173, 178), "165 - 170 cm": (165, 170), "about six foot": (180, 186),
    "approx 5ft 9": (172, 178), "over 6 ft": (183, None), "6ft+": (183, None), "under 5ft 6": (None, 168),
    "just under 6ft": (178, 183), "average height": (170, 180), "tall": (180, 195), "170-173": (170, 173),
}  # fmt: skip

BUILDS = {
    "slim": ["slim"], "skinny": ["slim"], "lanky": ["slim"], "wiry": ["slim"], "thin": ["slim"], "slight": ["slim"],
    "Slim build": ["slim"], "slimm": ["slim"], "medium": ["medium"], "average": ["medium"],
    "average build": ["medium"], "athletic": ["athletic"], "athletec": ["athletic"], "sporty": ["athletic"],
    "muscular": ["muscular"], "muscly": ["muscular"], "well built": ["muscular"], "well-built": ["muscular"],
    "broad shouldered": ["stocky"], "hench": ["muscular"], "stocky": ["stocky"], "stockey": ["stocky"],
    "thickset": ["stocky"], "thick set": ["stocky"], "large": ["large"], "burly": ["large"], "chubby": ["large"],
    "heavy set": ["large"], "heavyset": ["large"], "heavily built": ["large"], "fat": ["large"],
    "overweight": ["large"],
    "Slightly overweight": ["large"], "beefy": ["large"], "slim to medium": ["slim", "medium"],
    "muscular/stocky": ["muscular", "stocky"], "slim, not muscular": ["slim"], "purple": None, "not known": None,
}  # fmt: skip

HAIR = {
    "short dark brown hair": (["brown"], ["short"]), "black": (["black"], []), "ginger": (["red"], []),
    "gingerr": (["red"], []), "blode": (["blond"], []), "blonde": (["blond"], []), "fair": (["blond"], []),
    "mousy": (["brown"], []), "light brown, curly": (["brown"], ["curly"]), "dark": (["black", "brown"], []),
    "greying": (["grey"], []), "salt and pepper": (["grey", "black"], []), "brown/grey": (["brown", "grey"], []),
    "strawberry blonde": (["blond", "red"], []), "auburn": (["red", "brown"], []), "dyed blue": (["dyed"], []),
    "bald": ([], ["bald"]), "none": ([], ["bald"]), "shaved head": ([], ["shaved"]), "skinhead": ([], ["shaved"]),
    "shaven headed": ([], ["shaved"]), "balding": ([], ["balding"]), "receding hairline": ([], ["receding"]),
    "black slicked down hair": (["black"], ["slicked"]), "slicked back": ([], ["slicked"]),
    "long blonde ponytail": (["blond"], ["long", "ponytail"]), "dreads": ([], ["dreadlocks"]),
    "crew cut": ([], ["crew cut"]), "number 2 all over": ([], ["cropped"]), "afro": ([], ["afro"]),
    "short back and sides, fair": (["blond"], ["short"]), "spikey black": (["black"], ["spiky"]),
    "dirty blonde, wavy": (["blond"], ["wavy"]), "skin head": ([], ["shaved"]),
    "dark hair and ginger beard": (["black", "brown"], []), "black baseball cap": None, "unknown": None, "": None,
}  # fmt: skip

FACIAL_HAIR = {
    "clean shaven": ["clean-shaven"], "cleanshaven": ["clean-shaven"], "clean-shaven": ["clean-shaven"],
    "none": ["clean-shaven"], "no facial hair": ["clean-shaven"], "stubble": ["stubble"], "unshaven": ["stubble"],
    "five o'clock shadow": ["stubble"], "designer stubble": ["stubble"], "beard": ["beard"], "bearded": ["beard"],
    "full beard": ["beard"], "long ginger beard": ["beard"], "moustache": ["moustache"], "moustashe": ["moustache"],
    "mustache": ["moustache"], "tash": ["moustache"], "goatee": ["goatee"], "goatee beard": ["goatee"],
    "side burns": ["sideburns"], "mutton chops": ["sideburns"], "stubble and moustache": ["stubble", "moustache"],
    "moustache, no beard": ["moustache"], "beard/tache": ["beard", "moustache"], "n/k": None, "unknown": None,
}  # fmt: skip

GLASSES = {
    "yes": True, "True": True, "1": True, "wears glasses": True, "gold rimmed glasses": True, "specs": True,
    "thick black framed": True, "spectacles": True, "no": False, "False": False, "none": False, "no glasses": False,
    "not wearing glasses": False, "without spectacles": False, "sunglasses": None, "dark glasses": None,
    "unknown": None, "not known": None, "": None, "n/a": None,
}  # fmt: skip

ETHNICITIES = {
    "white": ["white"], "White British": ["white"], "IC1": ["white"], "ic2": ["white"], "caucasian": ["white"],
    "Mediterranean": ["white"], "black": ["black"], "Black African": ["black"], "Afro-Caribbean": ["black"],
    "IC3": ["black"], "Somali": ["black"], "asian": ["asian"], "Asain": ["asian"], "IC 4": ["asian"],
    "Indian origin": ["asian"], "Pakistani": ["asian"], "South Asian": ["asian"], "Chinese": ["east_asian"],
    "east_asian": ["east_asian"], "IC5": ["east_asian"], "oriental": ["east_asian"], "Turkish": ["middle_eastern"],
    "W1": ["white"], "Arab": ["middle_eastern"], "IC6": ["middle_eastern"], "middle_eastern": ["middle_eastern"],
    "mixed race": ["mixed"], "dual heritage": ["mixed"], "mixed white and black caribbean": ["mixed"],
    "Polish": ["eastern_european"], "Romanian": ["eastern_european"], "white Polish": ["eastern_european"],
    "White - Eastern European": ["eastern_european"], "white or Asian": ["white", "asian"],
    "White/Mixed": ["white", "mixed"], "South American": ["other"], "purple": None, "IC9": None, "unknown": None,
}  # fmt: skip

ACCENTS = {
    "northern": ["northern"], "Northern accent": ["northern"], "scouse": ["liverpool"], "Liverpool": ["liverpool"],
    "geordie": ["newcastle"], "brummie": ["birmingham"], "cockney": ["london"], "manc": ["manchester"],
    "thick Scottish": ["scottish"], "scotish": ["scottish"], "glaswegian": ["glasgow"], "Irish": ["irish"],
    "Northern Irish": ["northern irish"], "belfast": ["northern irish"], "Welsh": ["welsh"],
    "Yorkshire": ["yorkshire"], "West Country": ["west country"], "posh": ["well spoken"], "local": ["local"],
    "Eastern European": ["eastern european"], "strong Polish accent": ["polish"], "foreign": ["foreign"],
    "heavy accent": ["heavily accented"], "broken English": ["broken english"],
    "London but heavily accented": ["london", "heavily accented"], "northern / scouse": ["northern", "liverpool"],
    "Ruritanian accent": ["ruritanian"], "none": None, "unknown": None,
}  # fmt: skip


@each_row(("words", "bounds"), AGES.items())
def test_an_age_in_words_becomes_its_years(words: str, bounds: tuple[float | None, float | None]) -> None:
    read = age.normalise(words)
    assert read is not None
    assert (read.min, read.max) == bounds


@each_row("words", ["unknown", "n/k", "5", "1985", "?", "", "blue"])
def test_what_is_no_age_is_not_read_as_one(words: str) -> None:
    assert age.normalise(words) is None


@each_row(("words", "bounds"), HEIGHTS.items())
def test_a_height_in_words_becomes_centimetres(words: str, bounds: tuple[float | None, float | None]) -> None:
    read = height.normalise(words)
    assert read is not None
    assert (read.min, read.max) == bounds


@each_row("words", ["unknown", "n/k", "", "35", "blue", "12 ft", "9999"])
def test_what_is_no_height_is_not_read_as_one(words: str) -> None:
    assert height.normalise(words) is None


@each_row(("words", "value"), BUILDS.items())
def test_build(words: str, value: list[str] | None) -> None:
    assert build.normalise(words) == value


@each_row(("words", "value"), HAIR.items())
def test_hair(words: str, value: tuple[list[str], list[str]] | None) -> None:
    read = hair.normalise(words)
    assert (read and (read.colour, read.style)) == value


@each_row(("words", "value"), FACIAL_HAIR.items())
def test_facial_hair(words: str, value: list[str] | None) -> None:
    assert facial_hair.normalise(words) == value


@each_row(("words", "value"), GLASSES.items())
def test_glasses(words: str, value: bool | None) -> None:
    assert glasses.normalise(words) is value


@each_row(("words", "value"), ETHNICITIES.items())
def test_perceived_ethnicity(words: str, value: list[str] | None) -> None:
    assert ethnicity.normalise(words) == value


@each_row(("words", "value"), ACCENTS.items())
def test_accent(words: str, value: list[str] | None) -> None:
    assert accent.normalise(words) == value


@each_row(
    ("words", "value"),
    {
        "M": "male", "Male": "male", "man": "male", "bloke": "male", "males": "male", "F": "female",
        "Woman": "female",
        "lady": "female", "trans woman": "other", "non-binary": "other", "other": "other", "unknown": None,
        "male/female": None, "": None,
    }.items(),
)  # fmt: skip
def test_sex(words: str, value: str | None) -> None:
    assert sex.normalise(words) == value


@each_row(
    ("words", "value"),
    {
        "olive": "olive", "Olive skinned": "olive", "olve": "olive", "dark": "dark", "swarthy": "dark",
        "pale": "pale",
        "pale skin": "pale", "tanned": "tanned", "sun tanned": "tanned", "Fair complexion": "fair", "light": "light",
        "ruddy": "ruddy", "freckles": "freckled", "spotty": "spotty", "unknown": None, "tartan": None,
    }.items(),
)  # fmt: skip
def test_complexion(words: str, value: str | None) -> None:
    assert complexion.normalise(words) == value


@each_row(
    ("words", "value"),
    {
        "blue": "blue", "Light blue": "blue", "dark brown": "brown", "hazel": "hazel", "green eyes": "green",
        "grey": "grey", "gray": "grey", "blue-green": "blue-green", "dark": "dark", "n/k": None, "nice": None,
    }.items(),
)  # fmt: skip
def test_eyes(words: str, value: str | None) -> None:
    assert eyes.normalise(words) == value


def test_a_caller_may_change_a_list_without_changing_the_next_answer() -> None:
    first = build.normalise("slim to medium")
    assert first is not None
    first.append("large")
    assert build.normalise("slim to medium") == ["slim", "medium"]
