"""How somebody looks, by words: sex, hair, facial hair, eyes, glasses, complexion, build."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from linkage.intake.document.context_phrases import Context
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, is_unknown, negated_before, plain
from linkage.intake.values.people.descriptors import Candidate, Descriptor
from linkage.intake.values.people.listing import initials
from linkage.report import Hair

_SEXES = Lexicon("sexes")
_SEX_WORDS = Lexicon("sexes", only=lambda _, surface: len(surface) > 1 and surface != "other")
_INITIAL = compiled(
    r"(?:^|[.;\n]\s*|\b(?:suspect|offender|attacker|person|punter|client|driver|"
    r"passenger)\s*(?:[1-9a-d]\b)?\s*[-/:,|]\s*)"
    r"(?P<word>[mf])(?=\s*[-,/|]\s*(?:(?:approx(?:imately|\.)?|about|abt|around|circa|aged|age)\s+)?(?:\d\d|w/|b/|white|wht|blk|black|asian|asn|mixed|chinese|eastern|early|mid|"
    r"late|ic\d))"
)
_LETTER = compiled(r"[mf](?<!\w.)\s*[-,/|]")
"""The heart of `_INITIAL`, which begins with a letter and so is found, or not, many times as fast."""
_NOT_A_PERSON = compiled(
    r"\s+(?:city|utd|united|u\b|cave|bag|bun|power|made|kind|hole|toilets?|friends?\b|names?\b|clothes|"
    r"clothing|underwear)"
)
_PRONOUN = compiled(r"\b(?:he|him|himself)\b")


_COLOURS, _STYLES = Lexicon("hair_colours"), Lexicon("hair_styles")
_OTHER_PART = compiled(
    r"(?:\b(?:and|with|but)\s+(?:an?\s+)?|[,;&]\s*)?(?:[a-z-]+\s+){0,2}\b(?:beard(?:ed)?|moustache|mustache|tash|"
    r"stubble|goatee|facial hair|eyes?|eyebrows?|cap|hat|beanie|hood(?:ie)?|jacket|skin(?!\s?head))\b"
)
"""In a field for hair, what is told of a beard or of clothes."""
_SKIN = frozenset(("skin", "skinned", "complexion", "complexioned"))
_REACH = 3
"""Tokens beside "freckled" among which a word for skin makes it a complexion [G]."""
_ONE = compiled(r"\b(?:one|left)\s+(?:was\s+)?$")
_THE_OTHER = compiled(r"(?:\s+eye)?\s*(?:,|\band)\s*(?:and\s+)?(?:one|the\s+other|(?:the\s+)?right)\s+(?:was\s+)?")
_BLACK_EYE = compiled(r"black[\s-]+eye\b(?!d)|(?:two|both)\s+black")
_SHAVEN = compiled(r"\W*(?:no(?:ne|thing|pe)?|false|shaved|shaven|no (?:beard|hair|facial hair)(?: at all)?)\W*")
_SUN = compiled(r"\b(?:sun\s?glasses|shades|goggles|(?:dark|mirrored|sun)[\s-]+glasses|ray[\s-]?bans|contact)\b")
_YES = compiled(
    r"\W*(?:yes|y|true|1(?:\.0)?|worn|wears?|wearing|wore|always|sometimes)\b|.*\b(?:rimmed|framed|frames|rims|lenses)\b"
)
_NO = compiled(
    r"\W*(?:no|n|none|false|0(?:\.0)?|never|without|not (?:worn|wearing|seen wearing|present)|absent|doesn'?t wear|"
    r"did ?n[o']t wear)\b(?!\s+idea)(?<!no(?=t? (?:known|sure|stated|recorded)))"
)


class _Sex:
    """Perceived sex, as contract section 2 names it."""

    @staticmethod
    @lru_cache(maxsize=1024)
    def normalise(words: str) -> str | None:
        """male, female or other from a person's own words; None when unknown or when they name more than one."""
        keys = [] if is_unknown(words) else _SEXES.keys(words)
        return "other" if "other" in keys else keys[0] if len(keys) == 1 else None

    @staticmethod
    def find(text: str) -> list[Finding]:
        """Words for men and women; where no word says "male", the first "he", at low confidence."""
        low = plain(text)
        found = [
            Finding("sex", key, start, end, f"sexes:{key}", 0.9)
            for key, start, end in _SEX_WORDS.scan(low)
            if not _NOT_A_PERSON.match(low, end) and not low.endswith("isle of ", 0, start)
        ]
        for initial in _INITIAL.finditer(low) if _LETTER.search(low) else ():
            value = "male" if initial["word"] == "m" else "female"
            found.append(Finding("sex", value, *initial.span("word"), "initial", 0.8))
        found += [Finding("sex", one.sex, *one.last, "initials", 0.8) for one in initials(text)]
        if all(f.value != "male" for f in found) and (pronoun := _PRONOUN.search(low)):
            found.append(Finding("sex", "male", *pronoun.span(), "pronoun", 0.6))
        return sorted(found, key=lambda f: f.start)


class _Hair(Descriptor):
    def find(self, text: str) -> list[Finding]:
        """Hair colours and styles said in a free text: one finding a basic colour ("dark" is two), one a style."""
        low = plain(text)
        found: list[Finding] = []
        for one, sure in self.told(low):
            colours, denied = self._colours(one), negated_before(low, one.start)
            field = "hair_colour" if colours else "hair_style"
            for value in colours or [self.value(one.key)]:
                found.append(Finding(field, value, one.start, one.end, f"{field}s:{value}", sure, denied))
        return found

    def _colours(self, one: Candidate) -> list[str]:
        return list(self.words.entries[one.key].data.get("colours", ()))

    def normalise(self, words: str) -> Hair | None:
        """Colours and styles from the words of a hair field ("short dark brown hair"); None when it holds neither."""
        colours, styles = _colours_and_styles(words)
        return Hair(colour=list(colours), style=list(styles)) if colours or styles else None


@lru_cache(maxsize=4096)
def _colours_and_styles(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if plain(words).strip(" .") in ("none", "no"):
        return (), ("bald",)
    if is_unknown(words):
        return (), ()
    text = _OTHER_PART.sub(" ", plain(words))
    said = [item for item in _COLOURS.read(text) if not negated_before(text, item[1])]
    styles = [item for item in _STYLES.read(text) if not negated_before(text, item[1]) and not _inside(item, said)]
    exact = [item for item in _STYLES.scan(text) if not _inside(item, said)]
    colours = [c for item in said if not _inside(item, exact) for c in _COLOURS.entries[item[0]].data["colours"]]
    return tuple(dict.fromkeys(colours)), tuple(dict.fromkeys(_STYLES.entries[key].label for key, _, _ in styles))


def _inside(item: tuple[str, int, int], others: list[tuple[str, int, int]]) -> bool:
    """Whether a longer one of `others` holds the item's words ("dirty" in "dirty blonde")."""
    _, start, end = item
    return any(s <= start and end <= e and end - start < e - s for _, s, e in others)


class _Complexion(Descriptor):
    """Freckles and spots are marks, unless they are said of the skin or the complexion itself."""

    def sure(self, one: Candidate, around: Context, headed: bool) -> float:
        if self.words.entries[one.key].data.get("mark"):
            near = around.tokens.words[max(0, one.first - _REACH) : one.last + _REACH]
            if not headed or _SKIN.isdisjoint(word.low for word in near):
                return 0.0
        return super().sure(one, around, headed)


class _Eyes(Descriptor):
    """A black eye is an injury, not a colour; eyes of two colours are odd."""

    def find(self, text: str) -> list[Finding]:
        """Eye colours said in a free text."""
        low = plain(text)
        if "eye" not in low:
            return []
        said = [(start, end) for _, start, end in self.words.scan(low)]
        two = [
            Finding("eyes", "odd", start, past, "two colours")
            for (start, end), (then, past) in pairwise(said)
            if _THE_OTHER.fullmatch(low, end, then) and _ONE.search(low, max(0, start - 9), start)
        ]
        single = [f for f in super().find(text) if not any(odd.start <= f.start < odd.end for odd in two)]
        return two + [f for f in single if not _BLACK_EYE.search(low, max(0, f.start - 5), f.end + 5)]


class _FacialHair(Descriptor):
    def normalise(self, words: str) -> list[str] | str | bool | Hair | None:
        """Kinds from a person's own words ("stubble, moustashe"); "none" is clean-shaven."""
        return ["clean-shaven"] if _SHAVEN.fullmatch(plain(words)) else super().normalise(words)


class _Glasses(Descriptor):
    """Their value is whether there are any: "no glasses" is a finding with value False, not a negated one."""

    def finding(self, low: str, one: Candidate, sure: float) -> Finding:
        found = super().finding(low, one, sure)
        return replace(found, value=not found.negated, negated=False)

    def normalise(self, words: str) -> bool | None:
        """True or False from a person's own words or a yes/no; None when unknown, or of sunglasses only."""
        low = plain(words).strip()
        found = [one.value for one in self.find(words)]
        if is_unknown(words) or (not found and _SUN.search(low)):
            return None
        if found:
            return True in found
        return False if _NO.match(low) else True if _YES.match(low) else None


sex = _Sex()
hair = _Hair("hair", ("hair_colours", "hair_styles"), loose=True, labels=True)
complexion = _Complexion(
    "complexion", ("complexions",), personal=("listed", "alone"), listed=("listed", "alone"), colour=True, single=True
)
eyes = _Eyes("eyes", ("eye_colours",), bare="", single=True)
facial_hair = _FacialHair("facial_hair", ("facial_hair",), unless=("no",))
glasses = _Glasses("glasses", ("glasses",), unless=("no",))
build = Descriptor(
    "build", ("builds",), unless=("weak", "noun_only"), personal=("weak",), listed=("weak", "listed"), joined="told"
)
