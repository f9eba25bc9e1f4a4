"""Heights as people write them, and lengths that are no height."""

from __future__ import annotations

from linkage.intake.facts import height
from tests.intake.facts.reading import read
from tests.rows import each_row

HEIGHTS = {
    "He was 5ft 9in tall": (175, 175), "5'9\"": (175, 175), "he was 5'9": (175, 175), "5’9": (175, 175),
    "5 9, slim build": (175, 175), "male, 5 9, slim": (175, 175), "he was about 5 9": (172, 178),
    "he was 5 9": (175, 175), "about 5 9 tall": (172, 178), "he is 5-9": (175, 175), "he was 5.9": (175, 175),
    "he was 5.10 or 5.11": (178, 180), "five foot nine": (175, 175), "he was five nine": (175, 175),
    "five foot nine inches": (175, 175), "five feet and nine inches": (175, 175), "five-foot-nine": (175, 175),
    "he was six foot odd": (180, 186), "six foot something": (183, None), "1m75": (175, 175), "1.75m": (175, 175),
    "1.75 metres": (175, 175), "1.75 metres tall": (175, 175), "1,75 m": (175, 175), "he was 1.75": (175, 175),
    "he was 1.75 tall": (175, 175), "175cm": (175, 175), "175 cm tall": (175, 175), "175 centimetres": (175, 175),
    "he was 175 tall": (175, 175), "one metre seventy five": (175, 175), "one metre eighty": (180, 180),
    "170-175 cm": (170, 175), "170cm to 175cm": (170, 175), "between 170 and 175 cm": (170, 175),
    "1.70 to 1.75 metres": (170, 175), "5ft 7-9": (170, 175), "5ft 7 to 9": (170, 175), "5'7-9": (170, 175),
    "5'7-5'9": (170, 175), "5ft 7in to 5ft 9in": (170, 175), "5ft 7ins or 5ft 8ins": (170, 173),
    "five foot six to five foot eight": (168, 173), "between 5ft 8in and 6ft": (173, 183),
    "between 5ft 8in and 6ft tall": (173, 183), "between 5'8 and 6 foot": (173, 183),
    "from 5ft 8 to 6ft": (173, 183), "about 5 foot 6 to 5 foot 8": (168, 173), "5 foot 6 - 5 foot 8": (168, 173),
    "5 or 6 foot": (152, 183), "five eight or five nine": None, "he was five eight or five nine": (173, 175),
    "5 ft 10 - 6 ft": (178, 183), "5ft10/6ft": (178, 183), "5'10 / 5'11": (178, 180),
    "5ft 8in - 5ft 10in": (173, 178), "5 feet 8 inches to 5 feet 10 inches": (173, 178),
    "just under six foot": (178, 183), "just under 6ft tall": (178, 183), "just over 6ft": (183, 188),
    "a bit under 6ft": (178, 183), "slightly over 6 foot": (183, 188), "a little over five foot": (152, 157),
    "a shade under six feet": (178, 183), "over 6ft": (183, None), "over six feet tall": (183, None),
    "well over six foot": (183, None), "more than 6ft": (183, None), "6ft plus": (183, None), "6ft+": (183, None),
    "6ft or over": (183, None), "6ft or taller": (183, None), "at least 5'10": (178, None),
    "at least six foot": (183, None), "taller than 6ft": (183, None), "upwards of 6ft": (183, None),
    "under 5ft 6": (None, 168), "no more than 5ft 6": (None, 168), "not much over 5ft": (149, 155),
    "no bigger than 160cm": (None, 160), "not taller than 5ft 6": (None, 168),
    "less than 5 foot 6": (None, 168), "up to 6ft tall": (None, 183), "about 6ft": (180, 186),
    "around six feet": (180, 186), "approximately 6 ft tall": (180, 186), "6ft ish": (180, 186),
    "6ftish": (180, 186), "roughly 5ft 8": (170, 176), "nearly 6ft": (180, 186), "almost six foot tall": (180, 186),
    "bout 6'3": (187, 193), "6' 3\" tall": (190, 190), "6'3\"": (190, 190), "6''3": (190, 190), "6\"3": (190, 190),
    "5f9": (175, 175), "5ft9": (175, 175), "5ft.9": (175, 175), "5 ft. 9 in.": (175, 175), "5-foot-9": (175, 175),
    "6 foot 2": (188, 188), "six foot two": (188, 188), "six two": None, "he was six two": (188, 188),
    "the host is six-four and enormous": (193, 193), "a six-four win": None,
    "He was six two perhaps, about 40": (188, 188),
    "six-two, bald": (188, 188), "a six footer": (183, 183), "a six-foot man": (183, 183),
    "six foot tall": (183, 183), "5 and a half foot": (168, 168), "five and a half feet": (168, 168),
    "5 foot and a half": (168, 168), "5ft 8 1/2": (174, 174), "5ft 8½": (174, 174), "height 5ft 8": (173, 173),
    "Height: 5 8": (173, 173), "height approx 175": (172, 178), "height about 1.80": (177, 183),
    "his height was 5'8": (173, 173), "5ft 8 in height": (173, 173), "5ft 8, maybe 5ft 9": (173, 175),
    "5ft 8 possibly 5ft 10": (173, 178), "he stood 6ft 1": (185, 185), "he was 6 1": (185, 185),
    "about 6 1, well built": (182, 188), "white, 6', slim": (183, 183), "5 foot 10ish": (175, 181),
    "5ft 5 - 5ft 7, slim": (165, 170), "five eleven, thickset, 42 or so": (180, 180),
    "Londoner, 5 7 or 5 8, mid thirties": (170, 173), "white, 26, five-eleven, rangy": (180, 180),
    "Short, five three or five four, hairy arms": (160, 163), "slim, five six or seven, scabs": (168, 170),
    "abt 5 9 greasy brown hair": (172, 178), "he ran off. 5 11 black country accent": (180, 180),
    "5ft 4in tops": (None, 163), "5ft7 tops.": (None, 170), "5.9ft, slim": (175, 175), "5.11 ft tall": (180, 180),
    "just shy of 6ft": (178, 183), "6ft 2 at least": (188, None), "170/175cm": (170, 175),
    "in the region of 5ft 10in": (175, 181), "around the 6ft mark": (180, 186),
    "I'd put him at five seven": (170, 170), "height I think 1,80 or 1,85, slim": (180, 185),
    "He is small, 1.60, with round belly": (160, 160), "not big, 1.70, white": (170, 170),
    "He has about 1.78, skin brown": (175, 181), "6 foots 2": (188, 188), "one meter sixty five": (165, 165),
    "5ft 6 or 7, freckles": (168, 170), "1m80 or more": (180, None), "6'2 or more": (188, None),
    "5ft 10in at most": (None, 178), "5ft,8": (173, 173), "5 feet, 8 inches": (173, 173),
    "around 5 8 / 5 9": (173, 175), "6 feet tall": (183, 183), "six feet tall": (183, 183),
    "six-foot-one to six-foot-three": (185, 190), "between five-foot-two inches and five-foot-five": (157, 165),
    "between 5ft 4in tall and 5ft 9in tall": (163, 175),
}  # fmt: skip

NO_HEIGHT = [
    "a 6 inch knife", "a knife with a five inch blade", "a 2 foot metal bar", "a three foot long stick",
    "a 5ft fence", "6 ft away", "he stood six feet away from her", "about five feet behind me", "fell six feet",
    "within 5 feet of the door", "six feet from the door", "it cost 5.50", "£5.80", "5.30pm", "from 5 to 6",
    "between 5 and 6 o'clock", "5 or 6 men", "about 5 9 inch nails", "5 10 pound notes", "flat 5, 9 High Street",
    "5-10 minutes", "about 5 10 minute calls", "bus 5 10, then home", "rooms 5 6 and 7", "from 5 10 to 5 30",
    "the code was 5 9 1 2", "5 10 or 15 minutes", "much taller than me (5ft 5)", "5.9 feet away",
    "paid 1.50, then left", "five six seven o'clock", "he was tall", "a tall man", "he was short", "average height",
    "very short hair", "175 pounds", "he paid 175", "flat 175", "175 Park Road", "1.75 litres", "1.5 miles",
    "a 6ft drop", "six foot wall", "a 5 foot high gate", "5 foot of rope", "on foot", "six months",
    "a 6 foot ladder", "room 5/9", "5/9/2016", "score was 5-2", "he was on 5 10 bags a day",
    "he was six weeks late", "two metres away", "1.8m from the kerb", "about 2 metres behind",
    "threw me five feet across the room", "a four foot pole", "his 6 inch penis", "10 foot fence",
    "a six foot high wall", "moved 6ft back", "size 5-9", "Call 5.10 to 5.20", "he was five minutes late",
    "between five and six he came back", "he was 5 minutes early", "at 5.45", "the 5.9 from York",
    "he was 6.1 miles away", "they were five or six men", "a 6ft by 4ft room", "a bed 6ft long",
]  # fmt: skip


@each_row(("text", "bounds"), HEIGHTS.items())
def test_a_height_in_a_text(text: str, bounds: tuple[int | None, int | None] | None) -> None:
    heights = read(height.find, text)
    assert heights == ([bounds] if bounds else [])


@each_row("text", NO_HEIGHT)
def test_what_is_no_height(text: str) -> None:
    assert read(height.find, text) == []
