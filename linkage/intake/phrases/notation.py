"""How a phrase is written in the vocabulary's files, and what it compiles to.

A phrase is written as plain words: pronouns and articles do not count and any inflection fits. Beyond that:

- `a|b` either word; `(a b/c d)` either run of words; `{neck}`, `{neck|face|wig}` any word of these sets in
  `english.toml` (or the plain word)
- `{her}`, `{him}` a person, by pronoun or noun; `word!` exactly this form of the word; `a+b` two words side by side
- `a b` up to two words in between, `a ~ b` none that counts, `a .. b` four within a part of the sentence,
  `a ... b` six within the sentence, `a // b` fourteen, across the end of a sentence
- `a ,, b` twelve within a list of things: "took ,, {phone}" finds "took a ring, £40 in cash and her phone"
- `{contacting}!` exactly the forms that stand in the set; `{number}` holds every number in figures
- `-word` at the end: this word stands neither within the phrase nor right behind it ("took phone -his"), `-a+b` nor
  these words in a row; `--word` nor behind it with only light words in between ("took hold --wheel")
- a phrase that opens with a word and `{her}` is looked for as a passive too ("drag {her} .. lane" finds "was dragged
  into a lane"); `-was -been` bars that
- in a group, `|` parts single words only: "(at a run/running)", never "(at a run|running)", which is one long run
- `her: ...` the harmed person is the subject, `party: ...` either side but nobody else, `any: ...` anybody
  (instead of whoever the variable names); `no: ...` counts only where it is denied ("no: touch {her}")
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from linkage.intake.document.words import dropped, people, read
from linkage.intake.patterns import compiled
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import names as set_names
from linkage.vocabulary.english import same_words, stem, words

ADJACENT, CLOSE, OBJECT_GAP, GAP, WIDE_GAP, OPEN_GAP, LIST_GAP, FAR_GAP = -1, 0, 1, 2, 4, 6, 12, 14
_GAPS = {"~": CLOSE, "..": WIDE_GAP, "...": OPEN_GAP, ",,": LIST_GAP, "//": FAR_GAP}
_CHOICE = compiled(r"\(([^()]*)\)")
_SUBJECT = compiled(r"(her|him|any|party|no):\s+")
_HYPHEN = compiled(r"(?<=\w)-(?=\w)")
_EITHER = compiled(r"\|(?![^{]*\})")
_SEVERAL = compiled(r"\{([^{}]+)\}")
_OBJECTS = frozenset(("her", "him", "me", "you", "them"))


class Phrase(NamedTuple):
    """A compiled phrase: the stems allowed at each place, and the gap allowed before each place.

    `barred` are word forms that may not stand within or right behind it, nor `barred_runs` as words in a row, nor
    `barred_next` as the next word of weight; `actor` is whose act it is where the phrase itself says so; `denies`
    that a denial is part of the phrase;
    `auxiliary` is the place of the "was" of a passive ("be+grab"), -1 where there is none;
    `undergone` that the subject of that "was" must be the person harmed, who is not in the phrase.
    """

    key: str
    surface: str
    places: tuple[frozenset[str], ...]
    gaps: tuple[int, ...]
    exact: tuple[frozenset[str] | None, ...]
    barred: frozenset[str] = frozenset()
    barred_next: frozenset[str] = frozenset()
    actor: str | None = None
    denies: bool = False
    auxiliary: int = -1
    undergone: bool = False
    barred_runs: tuple[tuple[str, ...], ...] = ()


def spelled_out(surface: str) -> list[str]:
    """Every reading of a surface with `(a b/c d)` in it."""
    choice = _CHOICE.search(surface)
    if choice is None:
        return [surface]
    before, after = surface[: choice.start()], surface[choice.end() :]
    parts = [one for part in choice[1].split("/") for one in _alternatives(part.strip())]
    single = [part for part in parts if not {" ", "!", "+"} & set(part)]
    options = [*(["|".join(single)] if single else ()), *(part for part in parts if part not in single)]
    return [full for option in options for full in spelled_out(before + option + after)]


def _alternatives(part: str) -> list[str]:
    """`a|b+c` or `a|b-c` among choices is `a` or `b+c`; a part with spaces, or without "+", is a run or a word."""
    joined = _HYPHEN.sub("+", part) if " " not in part else part
    return _EITHER.split(joined) if "+" in joined and " " not in joined else [part]


def compile_phrase(key: str, surface: str, close: bool = False) -> Phrase | None:
    """The phrase that `surface` writes, which holds no `(a/b)` any more; None when it holds no word that counts.

    `close` allows one word between two of the phrase, not two.
    """
    subject = _SUBJECT.match(surface)
    chunks = surface[subject.end() if subject else 0 :].replace("_", " ").split()
    bars = [chunk.lstrip("-") for chunk in chunks if chunk[0] == "-" and len(chunk) > 1]
    barred = frozenset(bar for bar in bars if "+" not in bar)
    runs = tuple(tuple(bar.split("+")) for bar in bars if "+" in bar)
    barred_next = frozenset(chunk[2:] for chunk in chunks if chunk[:2] == "--" and len(chunk) > 2)
    chunks = [_HYPHEN.sub("+", chunk) for chunk in chunks if chunk[0] != "-" or len(chunk) == 1]
    places: list[frozenset[str]] = []
    gaps: list[int] = []
    exact: list[frozenset[str] | None] = []
    gap = GAP
    for number, written in enumerate(chunks):
        person = "{him}" if written.lower() == "him" else "{her}"
        chunk = person if _is_object(chunks, number) else written
        if stem(chunk) in words("words", "modal") and chunks[number + 1 : number + 2] == ["not"]:
            continue
        if chunk in _GAPS or stem(chunk) in words("words", "pause"):
            gap = CLOSE if chunk == "~" else max(gap, _GAPS.get(chunk, OPEN_GAP))
        for position, piece in enumerate([] if chunk in _GAPS else chunk.split("+")):
            place, forms = _place(piece, alone="+" in chunk)
            if place:
                places.append(place)
                exact.append(forms)
                general = len(places) > 1 and places[-2] <= words("words", "close")
                near = CLOSE if general else OBJECT_GAP if place >= people("her") else GAP
                gaps.append(ADJACENT if position else min(near, GAP - close) if gap == GAP else gap)
                gap = GAP
    if not places:
        return None
    denies = any(not place.isdisjoint(words("voice", "deny")) for place in places)
    actor = subject[1] if subject else None
    be = frozenset(("be",))
    pairs = zip(places, exact, [*gaps[1:], GAP], strict=True)
    helper = next((at for at, pair in enumerate(pairs) if pair == (be, None, ADJACENT)), -1)
    made = Phrase(key, surface, tuple(places), tuple(gaps), tuple(exact), barred, barred_next, actor, denies, helper)
    return made._replace(barred_runs=runs) if runs else made


def passive_of(phrase: Phrase) -> Phrase | None:
    """What is done to the person harmed, said with her as the subject: "was dragged into a lane" for "drag {her} ..
    lane"; None for a phrase that does not open with a word and her behind it."""
    if len(phrase.places) < 2 or not phrase.places[1] >= people("her") or phrase.gaps[1] > OBJECT_GAP:
        return None
    if phrase.actor is not None or phrase.auxiliary >= 0 or phrase.denies or phrase.exact[0] is not None:
        return None
    places = (frozenset(("be",)), phrase.places[0], *phrase.places[2:])
    gaps = (GAP, ADJACENT, *phrase.gaps[2:])
    exact = (None, None, *phrase.exact[2:])
    return phrase._replace(places=places, gaps=gaps, exact=exact, auxiliary=0, undergone=True)


def _is_object(chunks: list[str], number: int) -> bool:
    """Whether the word is a pronoun that something is done to: needed in a short phrase, dropped in a long one."""
    if chunks[number].lower() not in _OBJECTS or number == 0:
        return False
    last = number + 1 == len(chunks)
    return (last or chunks[number + 1] in word_forms("same", "after_object")) and len(chunks) < 8


@lru_cache(maxsize=16_384)
def _place(piece: str, alone: bool) -> tuple[frozenset[str], frozenset[str] | None]:
    if piece == "{him}":
        return people("him") | people("any") & frozenset((stem("someone"), stem("somebody"))), None
    if piece == "{her}":
        return people("any") - {"himself"}, None
    if piece[0] == "{" and "|" not in piece:
        name = piece[1:].rstrip("}!")
        return words("sets", name), word_forms("sets", name) if piece[-1] == "!" else None
    if piece.endswith("!"):
        forms = frozenset(piece[:-1].lower().replace("!", "").split("|"))
        return frozenset(stem(form) for form in forms), forms
    options = [option for option in _SEVERAL.sub(_each_named, piece).split("|") if option]
    if len(options) > 1 and "{" in piece:
        return frozenset[str]().union(*(_place(option, alone)[0] for option in options)), None
    stems = frozenset[str]().union(*map(_stems_of, options)) | {"£"} & set(options)
    light = len(options) == 1 and not alone and stems <= dropped()
    return (frozenset() if light else stems.union(*(_same().get(s, ()) for s in stems))), None


@lru_cache(maxsize=16_384)
def _stems_of(option: str) -> frozenset[str]:
    return frozenset(s for s in read(option).stems if s not in (".", ","))


def _each_named(names: re.Match[str]) -> str:
    known = set_names("sets") | {"her", "him"}
    return "|".join(f"{{{name}}}" if name in known else name for name in names[1].split("|"))


@cache
def _same() -> dict[str, frozenset[str]]:
    return {member: group for group in same_words() for member in group}
