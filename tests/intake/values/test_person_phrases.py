"""Marks, clothing and names: fields that stay short phrases."""

from __future__ import annotations

from linkage.intake.values.people import clothing, marks, names_used
from tests.rows import each_row

MARKS = {
    "tattoo of a snake on left forearm": ["tattoo of a snake on left forearm"],
    "Tattoo on his neck": ["tattoo on neck"], "a scar on chin": ["scar on chin"],
    "Tatoo on neck; scar on his chin": ["tattoo on neck", "scar on chin"],
    "scar on chin and tattoo on neck": ["scar on chin", "tattoo on neck"],
    "snake and dagger tattoo": ["snake and dagger tattoo"], "Gold tooth, limp": ["gold tooth", "limp"],
    "hairy arms": ["hairy arms"], "had a lazy eye": ["lazy eye"], "six toes": ["six toes"],
    "birthmark on face. tattoo on hand": ["birthmark on face", "tattoo on hand"], "none seen": None,
    "limp; limp": ["limp"], "none": None, "unknown": None, "": None,
}  # fmt: skip

CLOTHING = {
    "black jacket; jeans": ["black jacket", "jeans"], "wearing a suit": ["suit"], "sunglasses": ["sunglasses"],
    "Black hoody, grey jogging bottoms": ["black hoodie", "grey jogging bottoms"],
    "blue jeans and white trainers": ["blue jeans", "white trainers"],
    "black and white trainers": ["black and white trainers"], "unknown": None, "n/a": None,
    "black hoodie/jeans": ["black hoodie", "jeans"],
}  # fmt: skip

NAMES = {
    "Sandro": ["Sandro"], "Dave / Big Dave": ["Dave", "Big Dave"], "John or Jack": ["John", "Jack"],
    '"Mike"': ["Mike"], "said his name was Pete": ["Pete"], "Mr Smith": ["Mr Smith"], "DAVE": ["DAVE"],
    "Dave; dave": ["Dave"], "unknown": None, "none": None, "?": None,
}  # fmt: skip

MARKS_IN_TEXT = {
    "late 40’s, hairy chest, goatee": [("hairy chest", "hairy chest")],
    "he had a spider web tattoo on his neck": [("spider web tattoo on his neck", "spider web tattoo on neck")],
    "a tattoo of a snake on his left forearm and a scar across his right cheek": [
        ("tattoo of a snake on his left forearm", "tattoo of a snake on left forearm"),
        ("scar across his right cheek", "scar across right cheek"),
    ],
    "walked with a limp": [("limp", "limp")], "tribal tattoos on both arms": [("tribal tattoos on both arms",) * 2],
    "he had bad teeth and a gold tooth": [("bad teeth", "bad teeth"), ("gold tooth", "gold tooth")],
    "outside the tattoo parlour": [], "she was scared": [], "punched her in the teeth": [],
}  # fmt: skip

CLOTHES_IN_TEXT = {
    "wearing grey tracksuit bottoms and a navy puffer jacket. Walked": [
        "grey tracksuit bottoms", "navy puffer jacket",
    ],
    "a dark blue Adidas tracksuit top and jeans": ["dark blue adidas tracksuit top", "jeans"],
    "sunglasses and a black baseball cap": ["sunglasses", "black baseball cap"],
    "a grey hoody with white stripes": ["grey hoodie with white stripes"], "in a white t-shirt": ["white t-shirt"],
    "suit and tie": ["suit", "tie"],
    "he got on top of her": [], "watch out, he said": [], "a gold watch": ["gold watch"],
}  # fmt: skip

NAMES_IN_TEXT = {
    "he called himself Sandro": ["Sandro"], "said his name was Tom or Tim": ["Tom", "Tim"],
    "He said his name was dave.": ["dave"], "He gave his name as Mr Bloggs": ["Mr Bloggs"],
    'said he was called "Big Al" and left': ["Big Al"], "a man called Zed": ["Zed"], "aka Spider": ["Spider"],
    "goes by the name of Ziggy": ["Ziggy"], "Said his name was Terry. He then": ["Terry"],
    "a street known as Foo": [], "gave a false name": [], "called himself the boss": [], "called her Mary": [],
}  # fmt: skip


@each_row(("words", "value"), MARKS.items())
def test_marks_keep_their_place_on_the_body(words: str, value: list[str] | None) -> None:
    assert marks.normalise(words) == value


@each_row(("words", "value"), CLOTHING.items())
def test_clothing_is_one_phrase_a_garment(words: str, value: list[str] | None) -> None:
    assert clothing.normalise(words) == value


@each_row(("words", "value"), NAMES.items())
def test_names_stay_as_written(words: str, value: list[str] | None) -> None:
    assert names_used.normalise(words) == value


@each_row(("text", "expected"), MARKS_IN_TEXT.items())
def test_marks_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.words(text), f.value) for f in marks.find(text)] == expected


@each_row(("text", "expected"), CLOTHES_IN_TEXT.items())
def test_clothes_in_a_text(text: str, expected: list[str]) -> None:
    assert [f.value for f in clothing.find(text)] == expected


@each_row(("text", "expected"), NAMES_IN_TEXT.items())
def test_names_in_a_text(text: str, expected: list[str]) -> None:
    assert [f.value for f in names_used.find(text)] == expected
