"""Hair of the head as people write it, colour and style, and what is no hair of a head."""

from __future__ import annotations

import pytest

from linkage.intake.values.people.looks import hair
from tests.intake.values.reading import denied, read
from tests.rows import each_row

DARK = ["black", "brown"]
HAIR = {
    "low cut hair, one gold tooth": ([], ["short"]), "Passenger was without hair, muscle": ([], ["bald"]),
    "hair in two tails": ([], ["bunches"]),
    "slim, blond going white, pale": (["blond", "white"], []), "a freckled redhead of eighteen": (["red"], []),
    "with a wig and a cravat": ([], ["wig"]), "5ft 6, Navy haircut": ([], ["crew cut"]),
    "is black with a fade": ([], ["fade"]), "22 to 26, small twists, 5ft 9": ([], ["twists"]),
    "pallid and ponytailed, had": ([], ["ponytail"]), "black hair slicked flat": (["black"], ["slicked"]),
    "short brown hair": (["brown"], ["short"]), "with short, dark brown hair": (["brown"], ["short"]),
    "dark hair and a ginger beard": (DARK, []), "black-haired with grey stubble": (["black"], []),
    "brown hair with a long red beard": (["brown"], []), "grey beard and no hair": ([], ["bald"]),
    "dark hair, grey beard": (DARK, []), "his hair was short and blond": (["blond"], ["short"]),
    "hair white and long": (["white"], ["long"]), "hair short brown": (["brown"], ["short"]),
    "hair grey, short": (["grey"], []),
    "hair in short twists": ([], ["twists", "short"]), "black hair gelled back": (["black"], ["gelled"]),
    "clean shaven, black hair gelled back": (["black"], ["gelled"]),
    "black hair slicked back": (["black"], ["slicked"]), "swept-back silver hair": (["grey"], ["swept back"]),
    "a blonde bob": (["blond"], ["bob"]), "blond crew cut": (["blond"], ["crew cut"]),
    "crew cut, fair hair": (["blond"], ["crew cut"]),
    "greasy collar length hair": ([], ["greasy", "collar length"]), "wispy white hair": (["white"], ["wispy"]),
    "long hair tied back": ([], ["long", "tied back"]),
    "long dark hair in a ponytail": (DARK, ["long", "ponytail"]), "shoulder-length hair": ([], ["shoulder length"]),
    "hair down to his shoulders": ([], ["long"]), "cornrows": ([], ["cornrows"]), "dreads": ([], ["dreadlocks"]),
    "short dreadlocks": ([], ["short", "dreadlocks"]),
    "he had dreadlocks tied back": ([], ["dreadlocks", "tied back"]),
    "wavy silver hair swept back from his forehead": (["grey"], ["wavy", "swept back"]),
    "a small afro": ([], ["afro"]), "bald": ([], ["bald"]),
    "he was bald on top with grey at the sides": (None, ["balding"]), "a bald head": ([], ["bald"]),
    "completely bald": ([], ["bald"]), "no more hair on head": ([], ["bald"]), "balding": ([], ["balding"]),
    "going bald": ([], ["balding"]), "a bald patch": ([], ["balding"]),
    "thinning brown hair": (["brown"], ["thinning"]), "thinning on top": ([], ["thinning"]),
    "a receding hairline": ([], ["receding"]), "receding grey hair": (["grey"], ["receding"]),
    "shaved head": ([], ["shaved"]), "shaven-headed": ([], ["shaved"]), "his head was shaved": ([], ["shaved"]),
    "head shaved smooth": ([], ["shaved"]), "a skinhead": ([], ["shaved"]), "a skinhead haircut": ([], ["shaved"]),
    "close-cropped black hair": (["black"], ["cropped"]), "closely cropped grey hair": (["grey"], ["cropped"]),
    "number two all over": ([], ["cropped"]), "a grade 1 haircut": ([], ["shaved"]),
    "a buzz cut": ([], ["cropped"]), "ginger": (["red"], []), "ginger hair": (["red"], []),
    "a ginger lad": (["red"], []), "ginger, freckly": (["red"], []), "a redhead": (["red"], []),
    "red hair with curls": (["red"], ["curly"]), "curly ginger hair": (["red"], ["curly"]),
    "tight curly black hair": (["black"], ["curly"]), "wavy black hair": (["black"], ["wavy"]),
    "spiky hair": ([], ["spiky"]), "spiky hair dyed orange": (["red"], ["spiky"]),
    "hair dyed jet black": (["black"], []), "hair dyed blue": (["dyed"], []), "bright pink hair": (["dyed"], []),
    "a green mohican": (["dyed"], ["mohican"]), "bleached blonde hair": (["blond"], []),
    "dirty blonde hair": (["blond"], []), "strawberry blond hair": (["blond", "red"], []),
    "mousy hair": (["brown"], []), "salt and pepper hair": (["grey", "black"], []),
    "dark hair going grey": (["black", "brown", "grey"], []),
    "dark hair greying at the temples": (["black", "brown", "grey"], []), "greying": (["grey"], []),
    "grey haired": (["grey"], []), "grey-haired man": (["grey"], []), "fair-haired": (["blond"], []),
    "dark-haired": (DARK, []), "long-haired": ([], ["long"]), "black or dark brown hair": (["black", "brown"], []),
    "brown/black hair": (["brown", "black"], []), "light brown to blond hair": (["brown", "blond"], []),
    "side parting": ([], ["side parting"]), "hair parted in the middle": ([], ["centre parting"]),
    "a comb over": ([], ["comb over"]), "few strands of hair combed over": ([], ["balding", "comb over"]),
    "fair hair combed forward": (["blond"], ["combed forward"]), "a man bun": ([], ["bun"]),
    "hair in a bun": ([], ["bun"]), "skin fade": ([], ["fade"]), "scruffy hair": ([], ["messy"]),
    "long greasy hair": ([], ["long", "greasy"]), "a mullet": ([], ["mullet"]),
    "hairs grey cut very short": (["grey"], ["short"]), "hairs brown with white, ring": (["brown", "white"], []),
    "hair with gel black, perfume": (["black"], ["gelled"]),
    "hair in a bowl cut": ([], ["bowl cut"]),
    "black hair in a parting": (["black"], ["parting"]), "black hair, long on top": (["black"], ["long"]),
    "in plaits": ([], ["plait"]), "braided hair": ([], ["braids"]), "dark roots / blonde hair": (["blond"], []),
    "hair short black": (["black"], ["short"]), "long in tail of horse": ([], ["ponytail"]),
    "possibly wearing a wig": ([], ["wig"]),
    "dark ginger hair": (["red"], []), "long stringy white hair": (["white"], ["long", "straggly"]),
    "grey hair brushed straight back": (["grey"], ["swept back"]), "white tufts over each ear": (["white"], []),
    "a blond wedge haircut": (["blond"], ["wedge"]), "a step haircut": ([], ["step"]),
}  # fmt: skip

NO_HAIR = [
    "clean shaven", "clean-shaven, slim", "a ginger beard", "grey stubble", "a white moustache", "hairy chest",
    "brown eyes", "he pulled my hair", "dragged her by the hair", "bald tyres", "a black jacket",
    "his hair was covered by a grey beanie", "a long wait", "short man", "a short coat", "he cut her hair",
    "a grey hoodie", "hairdresser", "ginger beer", "golden eagle", "he grabbed me by my hair", "the hair salon",
    "facial hair", "white van man", "dark clothing", "a long black coat", "hair not seen", "a black and white dog",
    "a straight road", "red Fiesta", "his hair and grey beard", "he spiked my drink", "thick glasses",
    "grey hair on the backs of his hands", "dark hairs on his forearms", "hair growing out of his ears",
    "a plaited beard", "his beard was plaited",
]  # fmt: skip


@each_row(("text", "expected"), HAIR.items())
def test_hair_in_a_text(text: str, expected: tuple[list[str] | None, list[str]] | None) -> None:
    colours, styles = read(hair.find, text, "hair_colour"), read(hair.find, text, "hair_style")
    wanted = expected or ([], [])
    assert sorted(styles) == sorted(wanted[1])
    assert wanted[0] is None or sorted(colours) == sorted(wanted[0])


@each_row("text", NO_HAIR)
def test_what_is_no_hair(text: str) -> None:
    assert read(hair.find, text) == []


@pytest.mark.parametrize(
    ("text", "value"), [("he was not bald", "bald"), ("no dreadlocks", "dreadlocks"), ("not blond hair", "blond")]
)
def test_denied_hair(text: str, value: str) -> None:
    assert value in denied(hair.find, text)
