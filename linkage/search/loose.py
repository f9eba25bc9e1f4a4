"""Facts of words that stand without a sentence around them: "bald stocky northern"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from rapidfuzz import fuzz, process

from linkage.intake.encoder.windows import vocabulary
from linkage.intake.fields import vehicle
from linkage.intake.gazetteer.resolution import gazetteer
from linkage.intake.phrases.field_words import VOCABULARIES
from linkage.intake.values import identifier, place
from linkage.intake.values.people.looks import build, ethnicity, facial_hair, glasses, hair, sex
from linkage.intake.values.people.measures import age, height
from linkage.report import Identifier, Vehicle
from linkage.search.bare_plates import no_age, plate_at
from linkage.search.expansion import SHORTEST_MISSPELT, given_names, is_everyday, is_ordinary, tells_a_deed
from linkage.search.query import DENIED, Claims, Query, fact_at, facts_at
from linkage.search.word_context import tells_no_person
from linkage.vocabulary import fold, load
from linkage.vocabulary.english import forms, stem

MISSPELT = 85.0
"""rapidfuzz ratio at which a word is a misspelt colour [G]."""

LENGTHS = ("long", "short")
"""Lengths of a beard as well as of hair."""

LONGER = 6
"""Letters from which a single word is believed to be a place or a fact misspelt [G]."""

_PHONE = re.compile(r"(?:phone |number |mobile )*(?:ending|ends|end)(?: in| with)? [0-9]{3,6}", re.IGNORECASE)
_BY_SLIP = ("build", "hair", "ethnicity", "facial_hair")
"""Facts of a person of which a short word is believed to be a slip beside another word of the person."""
_DESCRIBES = frozenset((*_BY_SLIP, "sex"))
_OF_HAIR = re.compile(r"hair|blond|ginger|brunette|dyed")
_OF_GLASSES = re.compile(r"\b(?:rimmed|framed|lenses|(?:dark|horn|wire|gold|silver|thick|thin) (?:rims|frames))\b")
_FOLLOWING = re.compile(r"[A-Za-z]+")
_PARTS = re.compile(r"[^\sA-Za-z-]")
_LONGEST = 4  # words of the longest fact that is looked for


def _hair(words: str) -> Any:
    """Hair of words that name it or a style: "grey" alone may be of anything, and so may a style misspelt."""
    read, known = hair.normalise(words), load("hair_styles").surfaces
    named = _OF_HAIR.search(words.lower()) or " " not in words or any(word in known for word in fold(words).split())
    return read if read and (_OF_HAIR.search(words.lower()) or (read.style and named)) else None


def _glasses(words: str) -> bool | None:
    """Glasses of words that name them: a plain 1 or "always" answers nobody's question."""
    return glasses.normalise(words) if glasses.find(words) or _OF_GLASSES.search(words.lower()) else None


def _accent(words: str) -> list[str] | None:
    """An accent by the name that reports have it under."""
    key = load("accents").find(words)
    return [load("accents").entries[key].label] if key else None


_PERSON: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("age", age.normalise),
    ("height_cm", height.normalise),
    ("facial_hair", facial_hair.normalise),
    ("build", build.normalise),
    ("accent", _accent),
    ("ethnicity", ethnicity.normalise),
    ("hair", _hair),
    ("glasses", _glasses),
    ("sex", sex.normalise),
)
"""Facts of a person that single words may carry, in the order in which they claim them."""


def single_facts(
    asked: Query,
    words: str,
    free: list[tuple[int, int]],
    claimed: Claims,
) -> Iterator[tuple[int, int, str | None]]:
    """Give `asked` the facts of words that stand free, the longest run first, each word once; yields what was read.

    `free` are the spans of the words that the grammars of free text left, `claimed` the spans of those they read.
    """
    slips = frozenset(_slips_beside(words, free, claimed))
    at = 0
    while at < len(free):
        if words[free[at][0] : free[at][1]].lower() in forms("voice", "deny"):
            yield from ((*span, DENIED) for span in free[at : at + 2])
            at += 2
            continue
        if tells_no_person(words, free[at], claimed):
            at += 1
            continue
        if colours_beard(words, free[at], claimed):
            yield (*free[at], "facial_hair")
            at += 1
            continue
        if (found := plate_at(words, free, at, bool(asked.report.vehicles))) is not None:
            asked.report.vehicles.append(Vehicle(registration=found[1]))
            yield free[at][0], free[at + found[0] - 1][1], "registration"
            at += found[0]
            continue
        for size in range(min(_LONGEST, len(free) - at), 0, -1):
            start, end = free[at][0], free[at + size - 1][1]
            apart = size > 1 and fact_at((start, end), claimed) is not None
            if (street := _street_of(words, start, end)) is not None:
                asked.phrases += [street] if street not in asked.phrases else []
                apart = True
            kind = (
                None
                if apart or end - start > 40
                else _single_fact(asked, words[start:end].strip("."), free[at] in slips)
            )
            if kind:
                if kind == "vehicle" and at and _colours_the_next(asked, words, free[at - 1], free[at], claimed):
                    yield (*free[at - 1], "vehicle")
                asked.slips += [words[start:end]] if free[at] in slips and kind in _BY_SLIP else []
                yield start, end, kind
                at += size
                break
        else:
            at += 1


def _street_of(words: str, start: int, end: int) -> str | None:
    """The street of which a town's name is the first word, where no town is told: "York Road" is not in York."""
    following = words[end:].split(maxsplit=1)[:1]
    if not following or not words[end : end + 1].isspace() or _centre(words[start:end]) is None:
        return None
    said = f"{words[start:end]} {following[0].rstrip(',.;')}"
    named = place.normalise({"text": said})[0]
    return " ".join(said.split()[-2:]) if named.precision == "street" and named.lat is None else None


def _single_fact(asked: Query, words: str, slip: bool) -> str | None:
    if _PHONE.fullmatch(words) and (number := identifier.normalise_phone(words)):
        asked.report.identifiers.append(Identifier(kind="phone", value=number))
        return "identifier"
    is_make = asked.circles and load("makes").find(words)  # "Bentley in Leeds": the place is known
    centre = _centre(words) if _may_name_a_place(words) and not is_make else None
    if centre and not _shorter(_centre, words, centre):
        asked.mention(place.normalise({"text": words})[0])
        return "place"
    if _colours_vehicle(asked, words) or _names_vehicle(asked, words):
        return "vehicle"
    for name, normalise in _PERSON:
        believed = _believable(name, words) or (slip and name in _BY_SLIP and " " not in words)
        value = normalise(words) if believed else None
        if value in (None, []) or getattr(asked.person, name) not in (None, []) or _shorter(normalise, words, value):
            continue
        setattr(asked.person, name, value)
        return name
    return None


def _believable(name: str, words: str) -> bool:
    """May the words be meant for this field? One word has to be of its vocabulary, or a number, or a slip of a longer
    word that is no everyday word: "back" is not "black" misspelt."""
    word = fold(words)
    if word in forms("search", "no_description") or (name in ("age", "height_cm") and no_age(words)):
        return False
    if " " in word or not word.isalpha() or any(word in load(one).surfaces for one in VOCABULARIES.get(name, ())):
        return True
    if len(word) < LONGER or is_ordinary(stem(word)) or word in vocabulary():
        return False
    return name not in _BY_SLIP or not tells_a_deed(word)


def _slips_beside(words: str, free: list[tuple[int, int]], claimed: Claims) -> Iterator[tuple[int, int]]:
    """Free words that are short slips of a description: they run up to a word that describes or names somebody, with
    nothing between them but slips like them ("stoky bauld man"). A capital letter is of a name, and so may be what
    stands behind one or a word for one ("called whyte")."""
    every = [found.span() for found in _FOLLOWING.finditer(words)]
    run: list[tuple[int, int]] = []
    for at, span in enumerate(every):
        before = words[every[at - 1][1] : span[0]] if at else ""
        if before.strip(" "):
            run = []
        if any(start <= span[0] < end for start, end in free) and not fact_at(span, claimed):
            named = at and _may_name(words[slice(*every[at - 1])]) and not before.strip(" ")
            run = [*run, span] if _is_slip(words[slice(*span)]) and (run or not named) else []
        else:
            yield from run if set(facts_at(span, claimed)) & _DESCRIBES else []
            run = []


def _may_name(word: str) -> bool:
    return word[:1].isupper() or fold(word) in given_names() or fold(word) in forms("search", "names_follow")


def _is_slip(word: str) -> bool:
    """Is it no word of its own, in small letters, and a slip of one that describes a person?"""
    if not word.islower() or len(word) < SHORTEST_MISSPELT or word in vocabulary() or is_everyday(stem(word)):
        return False
    return any(normalise(word) not in (None, []) for name, normalise in _PERSON if name in _BY_SLIP)


def colours_beard(words: str, span: tuple[int, int], claimed: Claims) -> bool:
    """Is it a colour that stands before facial hair, perhaps with other words for its look between? Then it is of the
    hair: "black bushy beard" tells nothing of who wears it."""
    colours, beards = load("hair_colours").surfaces, load("facial_hair").surfaces
    said = fold(words[slice(*span)])
    if said not in colours.keys() | load("colours").surfaces.keys() and said not in LENGTHS:
        return False
    for following in _FOLLOWING.finditer(words, span[1]):
        if _PARTS.search(words[span[1] : following.start()]):
            return False
        said = following.group().lower()
        if said in beards or "facial_hair" in facts_at(following.span(), claimed):
            return True
        if said not in forms("search", "of_beard") and said not in colours:
            return False
    return False


def _centre(words: str) -> tuple[float, float] | None:
    """Latitude and longitude of a town or district."""
    found = gazetteer().resolve(words)
    if found is not None and found.postcode and " " in found.postcode and " " not in words:
        return None  # "M456" begins a registration: a sector has a space before it
    if found is not None and words.islower() and not _surely_named(words, found.town or ""):
        return None
    if found is None or found.lat is None or found.lon is None or found.precision not in ("town", "district"):
        return None
    return found.lat, found.lon


def _surely_named(words: str, town: str) -> bool:
    """Is a place in small letters no everyday words, and named as it is or, if long, with a slip?"""
    if any(is_ordinary(stem(word)) for word in fold(words).split()):
        return False
    return fold(town) == fold(words) or (" " not in words and len(words) >= LONGER)


def _colours_vehicle(asked: Query, words: str) -> bool:
    """Is it the colour, perhaps misspelt, of a vehicle asked for without one? Then the vehicle has it now."""
    bare = [one for one in asked.report.vehicles if not one.colour and (one.make or one.body)]
    colour = _colour(fold(words)) if bare and len(words) > 2 else None
    if colour:
        bare[0].colour.append(colour)
    return colour is not None


def _colours_the_next(
    asked: Query, words: str, colour: tuple[int, int], named: tuple[int, int], claimed: Claims
) -> bool:
    """Does a free word right before a vehicle colour it? It was passed while no vehicle was known."""
    apart = words[colour[1] : named[0]].strip(" ") or fact_at(colour, claimed)
    return not apart and _colours_vehicle(asked, words[slice(*colour)])


def _colour(said: str) -> str | None:
    """The colour that words are, perhaps with a slip after the first letter; no everyday word is one ("and")."""
    known = load("colours")
    colour = known.find(said)
    if colour or not said or any(is_everyday(stem(word)) for word in said.split()):
        return colour
    near = process.extractOne(said, known.surfaces.keys(), scorer=fuzz.ratio, score_cutoff=MISSPELT)
    return known.surfaces[near[0]] if near and (near[0][0] == said[0] or near[0][:2] == said[1::-1]) else None


def _names_vehicle(asked: Query, words: str) -> bool:
    """Is it a make or a kind of vehicle, and nothing everyday? Then it is of the vehicle asked for, or the first."""
    everyday = forms("search", "naming") | forms("search", "everyday_makes")
    known = [load(name).find(words) for name in ("makes", "bodies")]
    read = vehicle.normalise_words(words) if any(known) and words not in everyday else {}
    if not (read.get("make") or read.get("body")):
        return False
    if not asked.report.vehicles:
        asked.report.vehicles.append(Vehicle())
    one = asked.report.vehicles[0]
    one.make, one.body = one.make or read.get("make"), one.body or read.get("body")
    return True


def _shorter(normalise: Callable[[str], Any], words: str, value: Any) -> bool:
    """Do fewer of the words say the same? Then the others are something else."""
    parts = words.split()
    return len(parts) > 1 and value in (normalise(" ".join(parts[1:])), normalise(" ".join(parts[:-1])))


def _may_name_a_place(words: str) -> bool:
    """A capital letter, or no everyday word and no word of a person: "leeds" is a town, "deal" or "large" is not."""
    if len(words) < 4 or words[0].isupper():
        return len(words) > 3
    said = (str(normalise(words)) for name, normalise in _PERSON if name != "accent")
    return words not in forms("search", "everyday_towns") and not any(words in value for value in said)
