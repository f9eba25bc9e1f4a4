"""Words that only look like a vehicle: streets, people and dogs of that name, and counts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from linkage.intake.facts.vehicle_look import body_words, colour_words
from linkage.intake.facts.vehicle_names import Name, names
from linkage.intake.facts.vehicle_tokens import Label, Tokens, context_words
from linkage.intake.patterns import compiled
from linkage.vocabulary import load

_PLACE = context_words("place_ends")
_SMALL_WORD = 2  # letters of a model's name that is an everyday word: Volkswagen Up, Lexus IS
_NO_VEHICLE = context_words("named_after_a_make")
_NAMED = frozenset(["mr", "mrs", "ms", "miss", "called", "named", "name", "surname", "calls", "aka", "alias", "dr"])
_ROAD = compiled(r"[abm][0-9]{1,4}")
_ALONG = frozenset(("along", "off", "near", "junction", "via", "alongside"))
_OF_VEHICLES = frozenset(
    (
        "reg",
        "plate",
        "registration",
        "pulled",
        "drove",
        "parked",
        "driver",
        "with",
        "had",
        "itself",
        "sped",
        "stopped",
    )
)
_TOWNS = frozenset(
    ("carlton", "lincoln", "cambridge", "oxford", "bentley", "bedford", "ascot", "durango", "sandringham")
)
_BEFORE_A_MAKE = frozenset(
    ("a", "old", "older", "battered", "rusty", "small", "big", "large", "the", "possibly", "type")
)
_BEDFORDS = frozenset(
    ("van", "vans", "lorry", "truck", "camper", "tipper", "cf", "rascal", "midi", "astra", "dormobile")
)
_IN = frozenset(("in", "at", "near", "from", "around", "outside", "across"))
_WRITTEN = frozenset(("word", "words", "logo", "brand", "slogan", "letters", "saying", "reading", "name"))
_QUESTION = compiled(r"(?:(?<=[\n.?!)])|(?<=[.?!)]\s)|^)(?-i:Q\d)(?=\W{0,2}\s*(?-i:[A-Z]))", re.MULTILINE)
_TIMES = compiled(r"x[0-9]")
_RARE = 3  # caution of a make of cycles that is no everyday word: "a black Raleigh" needs no bicycle
_TRIMS = frozenset(["ST"])  # "Focus ST" is a trim, "Focus St" a street


def named_all_the_same(tokens: Tokens, best: Label) -> bool:
    """A phrase that is nothing in lower case, but a vehicle with a capital and more said: "an Escort van"."""
    beside = tokens.words[best.last : best.last + 2]
    if tokens.words[best.first] == "samsung":
        return False  # "a Samsung Galaxy, gold earrings"
    said = any(word in body_words() or word in colour_words() for word in beside)
    return said and tokens.capital(best.last - 1) and tokens.words[best.last - 1] in names()


def is_place(here: Label, tokens: Tokens) -> bool:
    """A name before "Road", "Street" ... is a place ("Bentley Road"), and so is one in an address ("Victoria Road,
    Vauxhall, Liverpool")."""
    return (
        _in_address(here, tokens)
        or _in_town(here, tokens)
        or _bare_town(here, tokens)
        or (
            isinstance(here.value, Name)
            and here.last < len(tokens.words)
            and tokens.words[here.last] in _PLACE
            and tokens.text[slice(*tokens.spans[here.last])] not in _TRIMS
            and tokens.gap(here.last - 1, here.last) == " "
            and tokens.text[tokens.spans[here.last][0]].isupper()
        )
    )


def _bare_town(here: Label, tokens: Tokens) -> bool:
    """ "Bedford" is a van only behind an article or a colour, or before what that maker made; else it is the town."""
    if here.last - here.first != 1 or tokens.words[here.first] != "bedford":
        return False
    before = tokens.words[here.first - 1] if here.first else ""
    behind = "".join(tokens.words[here.last : here.last + 1])
    if behind in body_words() and behind not in _BEDFORDS:
        return True
    return before not in _BEFORE_A_MAKE and before not in colour_words() and behind not in _BEDFORDS


def _in_town(here: Label, tokens: Tokens) -> bool:
    """Whether a name that is a town's too stands as one: "a bus stop in Carlton, Nottingham"."""
    if not isinstance(here.value, Name) or not here.first or here.last - here.first != 1:
        return False
    town, before = tokens.words[here.first], tokens.words[here.first - 1]
    behind = tokens.words[here.last : here.last + 1]
    goes_on = bool(behind) and tokens.gap(here.last - 1, here.last) == " "
    of_vehicles = goes_on and (behind[0] in body_words() or behind[0] in names() or behind[0] in _OF_VEHICLES)
    return town in _TOWNS and before in _IN and not of_vehicles


def _in_address(here: Label, tokens: Tokens) -> bool:
    if not (isinstance(here.value, Name) and here.first and here.last < len(tokens.words)):
        return False
    street, town = tokens.words[here.first - 1], tokens.words[here.last]
    commas = (tokens.gap(here.first - 1, here.first), tokens.gap(here.last - 1, here.last))
    a_name = tokens.capital(here.last) and town not in names() and town not in colour_words()
    return street in _PLACE and a_name and all("," in gap for gap in commas)


def is_person(here: Label, tokens: Tokens) -> bool:
    """A name that somebody or a dog is called ("Mr Ford", "a worker called Mercedes")."""
    before = tokens.words[max(0, here.first - 2) : here.first]
    named = bool(before) and (
        before[-1] in _NAMED or (before[0] in ("name", "names") and before[-1] in ("of", "is", "was"))
    )
    return isinstance(here.value, Name) and named


def is_thing(here: Label, tokens: Tokens) -> bool:
    """A make on a garment or over a door: "a Jaguar baseball cap", "the Ford garage", the word "Puma"."""
    behind = tokens.words[here.last : here.last + 1]
    quoted = tokens.text[: tokens.spans[here.first][0]][-1:] in "'\"‘“" and here.first > 0
    written = quoted and not _WRITTEN.isdisjoint(tokens.words[max(0, here.first - 2) : here.first])
    return isinstance(here.value, Name) and (written or not _NO_VEHICLE.isdisjoint(behind))


def is_smart(here: Label, tokens: Tokens) -> bool:
    """ "a smart saloon" is well kept, and no Smart."""
    written = tokens.text[slice(*tokens.spans[here.first])]
    behind = tokens.words[here.last : here.last + 1]
    return here.kind == "make" and written == "smart" and behind not in (["car"], ["cars"], ["cabrio"], ["roadster"])


def is_road(here: Label, tokens: Tokens) -> bool:
    """ "a services on the A1" names a road, no Audi: a letter and figures behind "the" and no word of a vehicle."""
    if here.kind != "model" or here.last - here.first != 1 or here.first < 1:
        return False
    written, before = tokens.words[here.first], tokens.words[max(0, here.first - 2) : here.first]
    behind = tokens.words[here.last : here.last + 1]
    onto = before[-1] == "the" or before[-1] in _ALONG
    said = any(word in body_words() or word in _OF_VEHICLES for word in behind)
    return (
        _ROAD.fullmatch(written) is not None and onto and not said and tokens.gap(here.first - 1, here.first) == " "
    )


def is_question(here: Label, tokens: Tokens) -> bool:
    """ "Q5 What did he look like?" numbers a question of a form, where there are others."""
    return (
        here.kind == "model"
        and _QUESTION.match(tokens.text, tokens.spans[here.first][0]) is not None
        and len(set(_QUESTION.findall(tokens.text))) > 1
    )


def is_line(here: Label, tokens: Tokens) -> bool:
    """ "parked on the double yellow": a line on the road, no colour of a vehicle."""
    before = tokens.words[here.first - 1] if here.first else ""
    behind = tokens.words[here.last : here.last + 1]
    return here.kind == "colour" and (before == "double" or behind in (["line"], ["lines"]))


def is_man(here: Label, tokens: Tokens) -> bool:
    """ "a man in a blue Astra" names no lorry of MAN, which is written in capitals."""
    written = tokens.text[slice(*tokens.spans[here.first])]
    return here.kind == "make" and written.lower() == "man" and (written != "MAN" or tokens.text.isupper())


def is_count(here: Label, tokens: Tokens) -> bool:
    """ "lads x3" is how many, no BMW."""
    before = tokens.words[here.first - 1] if here.first else ""
    counted = here.last - here.first == 1 and _TIMES.fullmatch(tokens.words[here.first]) is not None
    return counted and before.endswith(("s", "men")) and before not in names()


def _coloured(before: list[Label], each: Label, tokens: Tokens) -> bool:
    """Whether a colour stands right before a name with a capital: "a turquoise Ka"."""
    return bool(before) and before[0].kind == "colour" and before[0].last == each.first and tokens.capital(each.first)


def of_their_make(found: list[Label], tokens: Tokens) -> list[Label]:
    """Each model with the make said beside it ("Daewoo Matiz"); a model that is a small word ("is", "up") only so."""
    kept: list[Label] = []
    for at, each in enumerate(found):
        name = each.value
        if each.kind != "model" or not isinstance(name, Name):
            kept.append(each)
            continue
        said = each
        beside = [o.value for o in found[max(0, at - 1) : at + 2] if o.kind == "make" and isinstance(o.value, Name)]
        near = [o.make for o in beside]
        if name.make not in near:
            word = "".join(tokens.words[each.first : each.last])
            same = [n for n in names().get(word, ()) if n.model and n.make in near]
            if same:
                said = replace(each, value=same[0])
            elif len(word) <= _SMALL_WORD and word.isalpha() and not _coloured(found[at - 1 : at], each, tokens):
                continue
        kept.append(said)
    return kept


@cache
def cycle_makes() -> dict[str, str]:
    """Makes that are of cycles only where a cycle is spoken of ("Giant", "Apollo") -> what they make."""
    return {e.label: str(e.data["rides"]) for e in load("makes").entries.values() if "rides" in e.data}


def of_cycles(group: list[Label], tokens: Tokens) -> list[Label]:
    """A mention with its make of cycles: "a silver Carrera" is a Porsche, but on "his bike" it is none."""
    cycle = any(one.kind == "body" and one.value == ("bicycle",) for one in group)
    made: list[Label] = []
    for each in group:
        if isinstance(each.value, Name):
            word = "".join(tokens.words[each.first : each.last])
            ridden = next((n for n in names().get(word, ()) if n.make in cycle_makes() and not n.model), None)
            if cycle and ridden and tokens.text[tokens.spans[each.first][0]].isupper():
                made.append(replace(each, kind="make", value=ridden))
                continue
            if each.value.make in cycle_makes() and (each.caution > _RARE or not tokens.capital(each.first)):
                continue
        made.append(each)
    return made
