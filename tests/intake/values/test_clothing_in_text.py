"""Clothing as people write it, one phrase a garment with its colours; and things that are not worn."""

from __future__ import annotations

import pytest

from linkage.intake.values.people import clothing
from tests.intake.values.reading import denied, read
from tests.rows import each_row

CLOTHES = {
    "Both had snoods up": ["snoods"], "30s, black North Face.": ["black north face"], "sharp suits": ["sharp suits"],
    "in a black-and-amber jersey": ["black-and-amber jersey"], "navy v neck, accent": ["navy v neck"],
    "grey suit trousers, torn": ["grey suit trousers"], "a rosary tattooed round his neck": [],
    "what looked like a hat": ["hat"],

    "She wore a bridesmaid's dress": ["bridesmaid's dress"],
    "a cord jacket with leather elbow patches and a tie": ["cord jacket with leather elbow patches", "tie"],
    "opened a long raincoat": ["long raincoat"], "in socks and sandals": ["socks", "sandals"],

    "carrying a red toolbox": ["red toolbox"], "swimming goggles": ["swimming goggles"],
    "in what she took for uniform shirts.": ["uniform shirts"], "Barbour, red chinos": ["barbour", "red chinos"],
    "wearing a grey Nike hoodie, dark jogging bottoms and white trainers": [
        "grey nike hoodie", "dark jogging bottoms", "white trainers",
    ],
    "He had on a dark green bomber jacket and light jeans": ["dark green bomber jacket", "light jeans"],
    "a black puffer jacket": ["black puffer jacket"], "he wore a waterproof jacket": ["waterproof jacket"],
    "a long dark overcoat": ["long dark overcoat"], "carried an umbrella": ["umbrella"],
    "white shirt and tie": ["white shirt", "tie"], "suit & tie": ["suit", "tie"], "a suit and tie": ["suit", "tie"],
    "white shirt and black tie": ["white shirt", "black tie"],
    "a navy blazer and a signet ring": ["navy blazer", "signet ring"], "a grey beanie": ["grey beanie"],
    "a black woolly hat": ["black woolly hat"], "baseball cap": ["baseball cap"], "BASEBALL CAP.": ["baseball cap"],
    "a flat cap": ["flat cap"], "a tweed cap": ["tweed cap"], "white cap": ["white cap"],
    "a straw hat and a lanyard": ["straw hat", "lanyard"], "a durag": ["durag"], "white durag": ["white durag"],
    "a black balaclava": ["black balaclava"], "balaclava rolled up": ["balaclava"], "a clown mask": ["clown mask"],
    "wearing a face mask": ["face mask"], "a scarf over his face": ["scarf"], "black gloves": ["black gloves"],
    "latex gloves": ["latex gloves"], "leather gloves": ["leather gloves"],
    "a motorcycle helmet": ["motorcycle helmet"], "a black helmet": ["black helmet"],
    "grey hooded top": ["grey hooded top"], "blue hooded top with hood up": ["blue hooded top"],
    "a grey hoodie with the hood up": ["grey hoodie"], "hood up": ["hood up"], "a hi-vis vest": ["hi-vis vest"],
    "hi-vis": ["hi-vis"], "a hi viz jacket": ["hi viz jacket"], "orange work trousers": ["orange work trousers"],
    "blue jeans": ["blue jeans"], "ripped jeans": ["ripped jeans"],
    "grey trackie bottoms": ["grey trackie bottoms"], "track suit top": ["track suit top"],
    "His jacket was pale grey and too big": ["pale grey jacket"], "coat beige, perfume": ["beige coat"],
    "a velvet jacket of bottle green and": ["bottle green velvet jacket"], "turban (orange),": ["orange turban"],
    "a linen suit the colour of sand, and": ["sand linen suit"], "hoodie, black hair": ["hoodie"],
    "in jeans in a black BMW": ["jeans"], "a blazer with brass buttons.": ["blazer with brass buttons"],
    "a t-shirt with a wolf on it.": ["t-shirt with a wolf on it"],
    "trackie top navy": ["navy trackie top"], "red tracksuit": ["red tracksuit"],
    "Grey Nike tracksuit.": ["grey nike tracksuit"], "black Adidas tracksuit": ["black adidas tracksuit"],
    "a leather biker jacket": ["leather biker jacket"], "full black leathers": ["full black leathers"],
    "a black vest": ["black vest"], "a tight white T shirt": ["tight white t-shirt"],
    "orange shirt": ["orange shirt"], "a Liverpool shirt": ["liverpool shirt"], "a rugby shirt": ["rugby shirt"],
    "green Adidas top": ["green adidas top"], "a pink velour top": ["pink velour top"],
    "jeans and a black top": ["jeans", "black top"], "wearing shorts": ["shorts"], "grey mac": ["grey mac"],
    "an anorak": ["anorak"], "a corduroy jacket": ["corduroy jacket"], "a combat jacket": ["combat jacket"],
    "a cream linen suit and brown brogues": ["cream linen suit", "brown brogues"],
    "traditional dress": ["traditional dress"], "grey shalwar kameez": ["grey shalwar kameez"],
    "a rucksack": ["rucksack"], "carrying a black holdall": ["black holdall"],
    "wearing a gold chain": ["gold chain"], "expensive watch": ["expensive watch"], "wearing a watch": ["watch"],
    "silver rings": ["silver rings"], "wedding ring": ["wedding ring"], "sunglasses": ["sunglasses"],
    "gold rimmed shades": ["gold rimmed shades"], "dressed in black": ["black clothing"],
    "dressed all in black.": ["black clothing"], "all in black": ["black clothing"],
    "dark clothing": ["dark clothing"], "wearing dark clothes": ["dark clothes"],
    "in a school blazer": ["school blazer"], "long ginger hair, denim, pale": ["denim"],
    "double denim": ["double denim"], "dirty white puffa": ["dirty white puffa"], "black boots": ["black boots"],
    "blue boiler suit and black boots": ["blue boiler suit", "black boots"],
    "a green puffa-style jacket": ["green puffa-style jacket"], "cloth cap": ["cloth cap"],
    "steel toe cap boots": ["steel toe cap boots"], "white Nike trainers": ["white nike trainers"],
    "a dressing gown": ["dressing gown"], "an army greatcoat": ["army greatcoat"],
    "black and white striped top": ["black and white striped top"], "wearing a polo and jeans": ["polo", "jeans"],
    "a blue polo shirt": ["blue polo shirt"], "blue or black jacket": ["blue or black jacket"],
    "a black jacket with white stripes": ["black jacket with white stripes"],
    "a gilet and chinos": ["gilet", "chinos"], "his hair was covered by a grey beanie": ["grey beanie"],
    "wearing a parka with the hood up": ["parka"], "a Crombie overcoat": ["crombie overcoat"],
    "a grey shell suit top": ["grey shell suit top"], "a balaclava-type mask": ["balaclava-type mask"],
    "stole her phone, wearing a black coat": ["black coat"], "ran off with his hood up": ["hood up"],
    "made off with a man in a red coat": ["red coat"], "a tie-dye bandana": ["tie-dye bandana"],
}  # fmt: skip

NO_CLOTHES = [
    "a red Fiat with a grey bonnet",
    "a van with the bonnet up",

    "he read a newspaper", "a woman with a pushchair asked",
    "a grey Polo", "Vehicle: grey Polo, part plate", "he got on top of her", "a top speed",
    "took a shoulder bag from a woman", "hid her shoes", "stole her bag", "he grabbed my handbag",
    "hit her with a belt", "tied her hands", "a boxing ring",
    "watch out", "a chain of shops", "at the bottom of the lane", "dress smart", "told her to dress", "masked",
    "cash, jewellery and phones", "a coat hanger", "Coat Lane", "Hatfield", "two white vans", "the boot of the car",
    "he booted her", "suitable", "suited him", "ring me back", "he tied me up", "a white Transit", "Tees Valley",
    "in the trailer", "neighbourhood", "he was in a mood", "all in all", "black cab", "in black ink", "the kneecap",
    "in white Audi",

    "her ring, watch and keys were gone",
    "put a carrier bag over her head", "had her handbag ripped off her shoulder", "a dressing gown cord",
    "one trouser leg was rolled up", "hair in a top knot",
]  # fmt: skip


@each_row(("text", "expected"), CLOTHES.items())
def test_clothing_in_a_text(text: str, expected: list[str]) -> None:
    assert read(clothing.find, text) == expected


@each_row("between", [" ", "\n", "\t", "  ", "\r\n"])
def test_what_a_garment_has_on_it_may_stand_on_the_next_line(between: str) -> None:
    assert read(clothing.find, f"a grey hoody{between}with white stripes") == ["grey hoodie with white stripes"]
    assert read(clothing.find, f"a t-shirt{between}with a wolf on it") == ["t-shirt with a wolf on it"]


@each_row("text", NO_CLOTHES)
def test_what_is_not_worn(text: str) -> None:
    assert read(clothing.find, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("he was not wearing a mask", "mask"),
        ("no gloves", "gloves"),
        ("without a coat", "coat"),
        ("not dressed in black", "black clothing"),
    ],
)
def test_denied_clothing(text: str, value: str) -> None:
    assert read(clothing.find, text) == []
    assert denied(clothing.find, text) == [value]


def test_words_of_garments_without_an_end_take_no_time() -> None:
    assert "jacket" in read(clothing.find, "He wore denim " + "short sleeved " * 60 + "xq jacket.")[-1]
