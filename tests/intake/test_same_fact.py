"""The scorer takes two ways of telling one mark or garment for the same fact, and two different facts never."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from tests.rows import each_row

FILE = Path(__file__).parents[2] / "benchmarks" / "same_fact.py"


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("same_fact", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["same_fact"] = module
    spec.loader.exec_module(module)
    return module


SCORER = _scorer()

SAME_MARK = [
    ("chipped tooth", "chipped front tooth"),
    ("gold tooth", "gold upper tooth"),
    ("gold teeth", "two gold teeth at the side"),
    ("gap teeth", "gap between top teeth"),
    ("gap teeth", "gap-toothed"),
    ("missing front tooth", "front tooth missing"),
    ("swallow tattoo neck", "swallow tattooed on neck"),
    ("tattoo neck", "swallow tattoo on neck"),
    ("anchor tattoo calf", "anchor inked on left calf"),
    ("spider's web tattoo neck", "spider's-web tattoo on neck"),
    ("eagle tattoo forearm", "eagle tattooed on one forearm"),
    ("tattoo arm", "tattoo on left forearm"),
    ("tattooed hands", "tattoos on both hands"),
    ("scar eyebrow", "scar through left eyebrow"),
    ("scar", "scar across right cheek"),
    ("scar face", "scar on chin"),
    ("burn scar", "scar on his hand"),
    ("scarred face", "scar on face"),
    ("missing thumb tip", "tip of a thumb missing"),
    ("clouded eye", "cloudy left eye"),
    ("limp", "walks with a slight limp"),
    ("stammer", "stutter"),
    ("freckles", "freckled face"),
    ("large hands", "hands like shovels"),
    ("nose ring", "ring in nose"),
    ("stooped", "stooped shoulders"),
    ("smell of diesel", "stank of diesel"),
]
NOT_SAME_MARK = [
    ("chipped tooth", "gold tooth"),
    ("chipped tooth", "missing tooth"),
    ("no teeth", "bad teeth"),
    ("tattoo neck", "tattoo on hand"),
    ("tattoo neck", "scar on neck"),
    ("swallow tattoo neck", "spider tattoo on neck"),
    ("scar cheek", "scar on chin"),
    ("scar eyebrow", "pierced eyebrow"),
    ("nose ring", "lip ring"),
    ("nose ring", "signet ring"),
    ("missing thumb", "missing tooth"),
    ("small hands", "large hands"),
    ("clouded eye", "bloodshot eye"),
    ("glass eye", "black eye"),
    ("broken nose", "broken tooth"),
    ("stammer", "lisp"),
    ("limp", "walking stick"),
    ("smell of diesel", "smell of aftershave"),
    ("gold tooth", "gold chain"),
]
SAME_GARMENT = [
    ("fleece", "navy fleece"),
    ("leather jacket", "tan leather jacket"),
    ("football shirt", "swansea city shirt"),
    ("hooded top", "grey hoodie"),
    ("T-shirt", "tight white t-shirt"),
    ("jacket", "bright orange work jacket"),
    ("tracksuit bottoms", "black jogging bottoms"),
    ("hi-vis", "hi-vis jacket"),
    ("mask", "Joker mask"),
    ("Crocs", "white crocs"),
    ("cords", "mustard corduroy trousers"),
    ("hooded top", "grey hooded top with white logo"),
    ("roll-neck", "black roll neck jumper"),
]
NOT_SAME_GARMENT = [
    ("leather jacket", "denim jacket"),
    ("black jacket", "red jacket"),
    ("jacket", "coat"),
    ("shirt", "t-shirt"),
    ("jacket", "jeans"),
    ("football shirt", "rugby shirt"),
    ("signet ring", "wedding ring"),
    ("baseball cap", "flat cap"),
    ("gloves", "latex"),
]


KEY_WORDS = [
    ("marks", "teeth", "missing front teeth"),
    ("marks", "stud", "diamond stud in left ear"),
    ("marks", "spider", "spider inked on neck"),
    ("marks", "onions", "smelled of onions"),
    ("clothing", "hi vis", "hi vis work jacket"),
    ("clothing", "black", "black clothing"),
    ("clothing", "hood", "hood up"),
]
"""(field, label, reading): a label of key words only, which the reading holds; not the other way round."""


@each_row(("label", "read"), SAME_MARK)
def test_one_mark_told_in_two_ways(label: str, read: str) -> None:
    assert SCORER.same("marks", label, read)
    assert SCORER.same("marks", read, label)


@each_row(("label", "read"), NOT_SAME_MARK)
def test_two_marks(label: str, read: str) -> None:
    assert not SCORER.same("marks", label, read)
    assert not SCORER.same("marks", read, label)


@each_row(("label", "read"), SAME_GARMENT)
def test_one_garment_told_in_two_ways(label: str, read: str) -> None:
    assert SCORER.same("clothing", label, read)
    assert SCORER.same("clothing", read, label)


@each_row(("label", "read"), NOT_SAME_GARMENT)
def test_two_garments(label: str, read: str) -> None:
    assert not SCORER.same("clothing", label, read)
    assert not SCORER.same("clothing", read, label)


@each_row(("name", "label", "read"), KEY_WORDS)
def test_a_label_of_key_words(name: str, label: str, read: str) -> None:
    assert SCORER.same(name, label, read)
    assert not SCORER.same(name, read, label)


def test_jewellery_counts_where_the_label_has_it() -> None:
    read = {"clothing": ["gold wedding ring", "black jacket"], "marks": ["walking stick"]}
    moved = SCORER.beside({"marks": ["wedding ring"], "clothing": ["walking stick"]}, read)
    assert moved == {"clothing": ["black jacket", "walking stick"], "marks": ["gold wedding ring"]}
    assert SCORER.beside({"marks": ["scar"]}, read) == read
    assert SCORER.beside({"marks": ["black jacket"]}, read) == read
