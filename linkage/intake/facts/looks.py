"""How a face and a body look, by words: complexion, eyes, facial hair, glasses, build."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from linkage.intake.facts.descriptor_cues import Round
from linkage.intake.facts.descriptors import Candidate, Descriptor
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, is_item
from linkage.intake.facts.surface import is_unknown, plain
from linkage.intake.patterns import compiled

_SKIN = frozenset(("skin", "skinned", "complexion", "complexioned"))
_REACH = 3
"""Tokens beside "freckled" among which a word for skin makes it a complexion [G]."""
_ONE = compiled(r"\b(?:one|left)\s+(?:was\s+)?$")
_THE_OTHER = compiled(r"(?:\s+eye)?\s*(?:,|\band)\s*(?:and\s+)?(?:one|the\s+other|(?:the\s+)?right)\s+(?:was\s+)?")
_BLACK_EYE = compiled(r"black[\s-]+eye\b(?!d)|(?:two|both)\s+black")
_SHAVEN = compiled(r"\W*(?:no(?:ne|thing|pe)?|false|shaved|shaven|no (?:beard|hair|facial hair)(?: at all)?)\W*")
_NO_FACIAL_HAIR = compiled(r"\bfacial hair\s*[:=-]\s*(?:none|no|nil)\b(?!\s+(?:idea|seen|known))")
_SUN = compiled(r"\b(?:sun\s?glasses|shades|goggles|(?:dark|mirrored|sun)[\s-]+glasses|ray[\s-]?bans|contact)\b")
_YES = compiled(
    r"\W*(?:yes|y|true|1(?:\.0)?|worn|wears?|wearing|wore|always|sometimes)\b|.*\b(?:rimmed|framed|frames|rims|lenses)\b"
)
_NO = compiled(
    r"\W*(?:no|n|none|false|0(?:\.0)?|never|without|not (?:worn|wearing|seen wearing|present)|absent|doesn'?t wear|"
    r"did ?n[o']t wear)\b(?!\s+idea)(?<!no(?=t? (?:known|sure|stated|recorded)))"
)


class _Complexion(Descriptor):
    """Freckles and spots are marks, unless they are said of the skin or the complexion itself."""

    def sure(self, one: Candidate, around: Round, headed: bool) -> float:
        if self.words.entries[one.key].data.get("mark"):
            near = around.tokens.words[max(0, one.first - _REACH) : one.last + _REACH]
            if not headed or _SKIN.isdisjoint(word.low for word in near):
                return 0.0
        return super().sure(one, around, headed)

    def in_a_list(self, one: Candidate, low: str) -> bool:
        of_things = one.key != "pale"
        return is_item(low, one.start, one.end) and among_descriptors(low, one.start, one.end, colour=of_things)


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
    def find(self, text: str) -> list[Finding]:
        """Facial hair said in a free text; "no beard" is a negated finding, "no facial hair" is clean-shaven."""
        low = plain(text)
        none = _NO_FACIAL_HAIR.finditer(low) if "facial hair" in low else ()
        answers = [Finding("facial_hair", "clean-shaven", *said.span(), "answered") for said in none]
        return sorted([*super().find(text), *answers], key=lambda one: one.start)

    def normalise(self, words: str) -> list[str] | str | bool | None:
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


complexion = _Complexion(
    "complexion", ("complexions",), personal=("listed", "alone"), listed=("listed", "alone"), colour=True, single=True
)
eyes = _Eyes("eyes", ("eye_colours",), bare="", single=True)
facial_hair = _FacialHair("facial_hair", ("facial_hair",), unless=("no",))
glasses = _Glasses("glasses", ("glasses",), unless=("no",))
build = Descriptor(
    "build", ("builds",), unless=("weak", "noun_only"), personal=("weak",), listed=("weak", "listed"), joined="told"
)
