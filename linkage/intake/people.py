"""Finds the words of a narrative that stand for somebody: nouns, pronouns, "the first", "both", names that report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from linkage.intake.alternation import Alternation
from linkage.intake.cues import cue, either, nouns
from linkage.intake.facts import names_used
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.read_off import alternatives
from linkage.intake.mention import FEMALE, MALE, Mention
from linkage.intake.noun_phrase import owns, place_of, read_phrase, sex_of
from linkage.intake.patterns import compiled
from linkage.intake.unlisted import is_label, unlisted

_VERB_AFTER = compiled(
    r"\s+(?:was|is|were|are|had|has|wore|looked|seemed|appeared"
    r"|(?:came|comes|stepped|jumped|sprang|climbed|walked|got)(?=\s+(?:out|in|up|over|from)\b))\b(?!\s+(?:been\s+)?"
    r"(?:(?!tattooed|bearded|shaved|bleached|dyed|cropped|braided|slicked|scarred|pierced|gelled|freckled)\w+ed"
    r"|taken|seen|hurt|found)\b)"
)
_NAMED = compiled(
    r"(?=[A-Z])(?:(?<=^)|(?<=[.!?:\n] )|(?<=\n))(?P<name>[A-Z](?:[a-z]+|(?=\s)))"
    r"(?=(?:\s*,\s*\d\d\s*,|\s*\([^()\n]{2,60}\))?\s+(?:came in|came with|says|said|told us|reports|reported"
    r"|rang|disclosed|states|stated|attended|is a worker|works)\b)"
)
_NOBODY = compiled(r"(?:\bno\s+|\blike\s+(?:an?\s+)?|\bnot an?\s+)$")
_NOT_THE = compiled(r"\b(?:is|was|are|were) not the (?:suspect|attacker|offender|culprit|robber)s?\b")
_NAMED_ONLY = compiled(r"[\w -]{0,12}['’\"]")
"""Behind a noun in quotation marks that nobody is: 'a so-called "client"'."""

_TOLD_OF = compiled(r"\b(?:describ(?:e|es|ed|ing)|remember(?:s|ed)?|recall(?:s|ed)?|put|puts|gave)\s+$")
_AS_TALL = compiled(r"'s?\s+(?:own\s+)?(?:height|size|build|age|weight)\b")
"""Behind somebody like whom the reported person looks: "about my brother's height"."""

_WORN = compiled(r"\b(?:in|wearing|wore|carrying|had)\s+(?:an?\s+)?(?:[\w-]+\s+)?$")
_CALLED_ON = compiled(r"girls|ladies|guys|lads|lasses|fellas|gents|boys|women")
_SPELT_NUMBER = compiled(r"\b(?:offender|suspect|man|male|attacker|person)\s$")
_WHO_DOES = compiled(
    r"(?:\s+(?:in|from|at|on|behind)\s+(?:the\s+)?[\w-]+)?\s*,\s*who\s+(?!(?:he|she|they|i|we)\b)\w+"
)
_AT_WHEEL = compiled(
    r" (?:(?:who was |sat |sitting )?(?:at|behind) the wheel|in the driver'?s seat|(?:who was )?doing the driving)\b"
)
_HEADS = compiled(r"\b(?:one|two|three|four|five|six|lone|all|single|multi|half)-$")
_MAKER = compiled(r"\b(?P<word>[A-Z][a-z]+)\s$")
_LEAST_NAME = 2
"""Letters of a name below which its letters may be those of another word [G]."""

_SUCH_A = compiled(r"\ban?\s+(?:[\w-]+\s+){1,3}$")
"""Before the "one" of a thing: "their van, a small red one"."""

_IN_THE = compiled(r"\b(?:in|during|on|at|since)\s$")
_OF_DEEDS = compiled(
    r"\b(?:attacks|assaults|incidents|robberies|rapes|offences|cases|occasions|reports|two bookings)\b"
)
"""What "the first" of "in the first" is one of, where no person is meant."""

_ONE_THING = compiled(r"\bone\s+(?:[\w-]+\s+){1,3}and\s+$")
_COMMA = compiled(r"\s*,")
_COMPOUND = compiled(r"-[a-z]")
_TOLD_BEHIND = compiled(r"[\"'”’]?\s*(?::|,? (?:who|aged)\b|\()")
_OWN_HEIGHT = compiled(r"\s+(?:own\s+)?(?:height|size|build|age|weight)\b")
_ARE = compiled(r"(?:'re)?\s+(?:are|were|both|all)\b")
_AS = compiled(r"\s+as\b|\s*[:(–]")
_THE = compiled(r"the |1$")
_OWNS = compiled(r"'s?\s")
_AS_LOOKS = compiled(r"(?:\s+\w+)?\s+(?:as|to be|being|having|wearing)\b")
_PRONOUNS = {
    "he": "he's|he'd|hes|himself|him|his|he",
    "she": "she's|she'd|shes|herself|hers|her|she",
    "i": "i'm|im|i'd|i've|ive|i|myself|my|mine|me|we're|we|us|our",
    "they": "they're|they'd|they|themselves|them|their",
}


@cache
def _pattern() -> Alternation:
    """All kinds of mentions, one named group each."""
    kinds = {g: nouns(g) for g in ("bystander", "harmed", "reported", MALE, FEMALE, "person")} | _PRONOUNS
    follows = rf"(?=\s*(?:{either('follows_ordinal')}))"
    kinds["member"] = either("one_of_several").replace("{follows}", follows)
    kinds |= {"number": either("numbered_person"), "all": either("all_of_them")}
    parts = [(kind, word) for kind, words in kinds.items() for word in alternatives(words)]
    return Alternation(parts, before=r"(?<![\w])", after=r"\b", signs="#(")


def mentions(text: str, low: str, breaks: Sequence[int]) -> list[Mention]:
    """All mentions in a text and its lower-case form, in order, not yet resolved; sentences begin at `breaks`."""
    found: list[Mention] = []
    named = [one for one in _NAMED.finditer(text) if not _is_noun(one.group(0).lower())]
    for one in sorted([*_pattern().finditer(low), *named], key=lambda m: m.start()):
        kind = str(one.lastgroup)
        if kind == "all" and followed_by_person(low, one.end()):
            continue
        if kind not in ("he", "she", "i", "they", "member", "all") and followed_by_person(low, one.end()):
            if kind in (MALE, FEMALE):
                continue
            if kind == "bystander" or not _COMMA.match(low, one.end()):
                continue
        if kind == "bystander" and (cue("attribute_of").match(low, one.end()) or _AS_TALL.match(low, one.end())):
            continue
        if _is_nobody(low, one.start(), one.end()) or _spoken_to(low, one, kind):
            continue
        if kind == "member" and one.group(0) == "one" and followed_by_person(low, one.end()):
            continue  # "one female in a red top": the noun tells who
        if _part_of_word(text, low, one) or (kind == "member" and _no_member(low, one, found)):
            continue
        if (
            kind == "member"
            and one.group(0).endswith("one")
            and _WORN.search(low, max(0, one.start() - 30), one.start())
        ):
            continue  # "the other in a black one"
        spelt = kind == "member" and one.group(0) in ("one", "1")
        if spelt and _SPELT_NUMBER.search(low, max(0, one.start() - 12), one.start()):
            continue
        sentence = bisect_right(breaks, one.start()) - 1
        found.append(_mention(low, one, kind, sentence, breaks[sentence]))
    taken = [(m.start, m.end) for m in found]
    found += [m for m in _aliases(text, low, breaks) if not any(s < m.end and m.start < e for s, e in taken)]
    return _with_unlisted(text, low, breaks, sorted(found, key=lambda m: m.start))


def _is_noun(word: str) -> bool:
    return (said := _pattern().match(word, 0)) is not None and said.end() == len(word)


def _is_nobody(low: str, start: int, end: int) -> bool:
    """Whether a noun is only denied, likened to or put in quotation marks."""
    if low[start - 1 : start] in ("'", "‘", '"') and start:
        return low[start - 1] != '"' or _NAMED_ONLY.match(low, end) is not None
    denied = _NOT_THE.search(low, max(0, start - 14), end) is not None
    return denied or _NOBODY.search(low, max(0, start - 14), start) is not None


def _aliases(text: str, low: str, breaks: Sequence[int]) -> list[Mention]:
    """The names that somebody goes by where they stand for them again: "a man calling himself Ed ... Ed is tall"."""
    first: dict[str, Finding] = {}
    for said in names_used.find(text):
        first.setdefault(str(said.value), said)  # told once more, it stands for whoever was called so first
    told = list(first.values())
    made: list[Mention] = []
    for one in told:
        name = str(one.value).removeprefix("the ").split()[-1]
        for start in _said_again(text, name, one.end) if len(name) >= _LEAST_NAME else ():
            if any(f.start <= start < f.end for f in told):
                continue
            sentence, end = bisect_right(breaks, start) - 1, start + len(name)
            alias = Mention(start, end, "alias", low[start:end], sentence, start)
            alias.borne = one.about[0] if one.about else one.start
            alias.count = sum(f.about == one.about and f.start < one.start for f in told)
            alias.place = place_of(low, alias.start, breaks[sentence], bare=True)
            alias.possessive = low.startswith(("'s ", "’s "), alias.end)
            behind = _TOLD_BEHIND.match(low[alias.end : alias.end + 8]) is not None
            alias.governs = not alias.possessive and (alias.place in ("subject", "agent") or behind)
            made.append(alias)
    return made


def _said_again(text: str, name: str, start: int) -> Iterator[int]:
    """Where a name stands as a word of its own: no pattern, for to compile one takes longer than to look."""
    while (at := text.find(name, start)) >= 0:
        start = at + len(name)
        before, behind = text[at - 1 : at], text[start : start + 1]
        if before.isalnum() or behind.isalnum() or (before and before in "_'’-") or (behind and behind in "_-"):
            start = at + 1
        else:
            yield at


def _part_of_word(text: str, low: str, found: re.Match[str]) -> bool:
    """Whether a noun only counts heads in a compound, or is the model of a car: "a one-woman business", "a Peugeot
    Partner"."""
    if _HEADS.search(low, max(0, found.start() - 8), found.start()):
        return True
    if not text[found.start()].isupper() or text.isupper():
        return False
    maker = _MAKER.search(text, max(0, found.start() - 16), found.start())
    return maker is not None and is_label(maker["word"])


@cache
def _after_one_thing() -> re.Pattern[str]:
    """Before "the other" that takes up one of two things: "one white trainer, the other"."""
    return compiled(rf"\bone{cue('one_thing').pattern}[^.;!?]{{0,60}}$")


def _no_member(low: str, found: re.Match[str], before: list[Mention]) -> bool:
    """Whether "first" only says when, or "one" takes up a thing: "the man first came", "one brown eye and one"."""
    if found.group(0) in ("first", "second", "third") and before and not low[before[-1].end : found.start()].strip():
        return True
    first_floor = found.group(0).split()[-1] in ("first", "second", "third") and _COMPOUND.match(low, found.end())
    if first_floor or (found.group(0) == "one" and cue("one_thing").match(low, found.end())):
        return True
    if found.group(0) == "the other" and _after_one_thing().search(low, max(0, found.start() - 90), found.start()):
        return True
    if found.group(0) == "one" and _SUCH_A.search(low, max(0, found.start() - 40), found.start()):
        return True
    if found.group(0).startswith("the ") and _IN_THE.search(low, max(0, found.start() - 10), found.start()):
        return _OF_DEEDS.search(low) is not None
    thing = _ONE_THING.search(low, max(0, found.start() - 40), found.start()) if found.group(0) == "one" else None
    return thing is not None and not any(thing.start() <= m.start for m in before)


def _with_unlisted(text: str, low: str, breaks: Sequence[int], found: list[Mention]) -> list[Mention]:
    """The mentions and, where none of them stands, people whom no list of nouns holds."""
    taken = [(m.opens if m.noun and m.article else m.start, m.end) for m in found]
    nouns_at = [m.start for m in found if m.noun]
    added: list[Mention] = []
    for one in unlisted(text, low):
        if any(start < one.end and one.start < end for start, end in taken):
            continue
        sentence = bisect_right(breaks, one.start) - 1
        made = Mention(one.start, one.end, "bystander", low[one.start : one.end], sentence, one.start)
        if not one.name:
            _read_noun(low, made, breaks[sentence])
        else:
            made.heads, made.article, made.sex = {made.words.rstrip(".")}, "known", one.sex
            made.named = True
            _read_place(low, made, breaks[sentence])
        if _is_nobody(low, made.start, made.end):
            continue
        if not one.name and any(made.opens <= start < one.start for start in nouns_at):
            continue
        if one.sure or made.place != "object":
            added.append(made)
    return sorted([*found, *added], key=lambda m: m.start) if added else found


def _spoken_to(low: str, found: re.Match[str], kind: str) -> bool:
    """Whether a bare plural only calls on the readers: "Be careful of this one girls.", "Ladies, watch out"."""
    if kind not in (MALE, FEMALE) or _CALLED_ON.fullmatch(found.group(0)) is None:
        return False
    if cue("warned").search(low, max(0, found.start() - 40), found.start()):
        return True
    opens_line = not low[: found.start()].rstrip(" ") or low[: found.start()].rstrip(" ")[-1] in ".!?\n"
    if opens_line and cue("watch_out").match(low, found.end()):
        return True
    opens = cue("opens_call").search(low, max(0, found.start() - 40), found.start()) is not None
    ends = cue("ends_call").match(low, found.end()) is not None
    return ends and (opens or cue("before_call").search(low, max(0, found.start() - 60), found.start()) is not None)


def _mention(low: str, found: re.Match[str], kind: str, sentence: int, opening: int) -> Mention:
    made = Mention(found.start(), found.end(), kind, found.group(0), sentence, found.start(), place="object")
    if made.noun:
        return _read_noun(low, made, opening)
    first = made.words.split("'")[0]
    made.possessive = owns(low, made)
    subject = first in ("he", "she", "i", "we", "they", "im", "hes", "shes")
    made.place = "subject" if subject else "object"
    after = low[made.end : made.end + 4]
    likened = _OWN_HEIGHT.match(low[made.end : made.end + 14])
    if likened and made.possessive:
        made.possessive = False
        made.place = "object"
        return _pronoun_ends(made, kind)
    several = first in ("we", "us", "our") and _ARE.match(low[made.end : made.end + 8]) is None
    subject = subject and not several
    made.governs = subject or (made.words != "hers" and _AS.match(after) is not None)
    made.governs = made.governs or (made.possessive and place_of(low, made.start, opening, bare=True) == "subject")
    return _pronoun_ends(made, kind)


def _read_noun(low: str, made: Mention, opening: int) -> Mention:
    """Article, number, sex and place of a noun."""
    several = made.kind == "all" or (made.kind == "member" and made.words.startswith("one of "))
    if not several and (made.kind != "member" or not _THE.match(made.words)):
        read_phrase(low, made, opening)
    made.sex = sex_of(made)
    if made.kind in (MALE, FEMALE, "person") and _AT_WHEEL.match(low, made.end):
        made.before = f"{made.before} driver".lstrip()
    return _read_place(low, made, opening)


def _read_place(low: str, made: Mention, opening: int) -> Mention:
    """Where a noun stands in its sentence, and whether a description that follows is about it."""
    made.place = place_of(low, made.opens, opening, bare=not made.article)
    made.described = cue("described_at_once").match(low, made.end) is not None
    made.possessive = _OWNS.match(low[made.end : made.end + 3]) is not None and made.words[-2:] != "'s"
    told_of = made.place == "object" and _TOLD_OF.search(low, max(opening, made.opens - 30), made.opens) is not None
    made.governs = (
        made.place in ("subject", "agent", "predicate")
        or (told_of and _AS_LOOKS.match(low[made.end : made.end + 24]) is not None)
        or _VERB_AFTER.match(low, made.end) is not None
        or made.article == "new"
        or made.described
        or (made.place == "object" and _WHO_DOES.match(low, made.end) is not None)
        or (not made.article and made.kind in ("reported", MALE, "member", "all"))
    )
    return made


def _pronoun_ends(made: Mention, kind: str) -> Mention:
    made.sex = {"he": MALE, "she": FEMALE}.get(kind)
    made.plural = kind == "they"
    return made


def followed_by_person(low: str, end: int) -> bool:
    """Whether another noun for a person follows at once: "male client", "woman driver", "female sex worker"."""
    next_one = _pattern().match(low, end + 1) if low[end : end + 1] == " " else None
    return next_one is not None and next_one.lastgroup in ("bystander", "harmed", "reported", MALE, FEMALE)
