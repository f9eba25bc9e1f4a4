"""How somebody looks and sounds, by words: sex, hair, facial hair, eyes, glasses, complexion, build, accent and
perceived ethnicity, which is sensitive.

"White" and "black" are colours of most things in a report, so they count only where they describe a person; a
nationality is no ethnicity before "accent" or "takeaway". An accent is one canonical phrase; one that the vocabulary
does not know keeps its own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from linkage.intake.document.tokens import Context
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import Lexicon, is_unknown, negated_before, plain, words_under
from linkage.intake.values.people.descriptors import BY_ITSELF, Candidate, Descriptor
from linkage.report import Hair
from linkage.vocabulary.tables import table

_SEXES = Lexicon("sexes")
_SEX_WORDS = Lexicon("sexes", only=lambda _, surface: len(surface) > 1 and surface != "other")
_OF_INITIAL = {"W": "white", "B": "black", "A": "asian", "M": "male", "F": "female"}
_SKIN = frozenset(("skin", "skinned", "complexion", "complexioned"))
_REACH = 3
"""Tokens beside "freckled" among which a word for skin makes it a complexion [G]."""
_NEAR = 40
"""Characters between how strong an accent is and the accent, which then tells more [G]."""
_NO_ACCENT = frozenset(
    ("accent", "accents", "accented", "twang", "dialect", "lilt", "drawl", "sounding", "sounded", "spoke", "speaks")
) | {"a", "an", "the", "had", "has", "very", "quite"}
_UNKNOWN_ENDS, _DEGREE = words_under("accent_ends"), words_under("accent_degree")
_SAID = PatternTable("descriptions", no_name="|".join(sorted(_UNKNOWN_ENDS | _DEGREE)))


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
            if not _SAID["not_a_person"].match(low, end) and not low.endswith("isle of ", 0, start)
        ]
        for initial in _SAID["initial"].finditer(low) if _SAID["letter"].search(low) else ():
            value = "male" if initial["word"] == "m" else "female"
            found.append(Finding("sex", value, *initial.span("word"), "initial", 0.8))
        for initials in _SAID["initials"].finditer(text):
            found.append(Finding("sex", _OF_INITIAL[initials["last"]], *initials.span("last"), "initials", 0.8))
        if all(f.value != "male" for f in found) and (pronoun := _SAID["pronoun"].search(low)):
            found.append(Finding("sex", "male", *pronoun.span(), "pronoun", 0.6))
        return sorted(found, key=lambda f: f.start)


class _Hair(Descriptor):
    """Colours and styles: a finding for each basic colour ("dark" is two), or one for a style."""

    def findings(self, low: str, one: Candidate, sure: float) -> Iterator[Finding]:
        colours = self.words.entries[one.key].data.get("colours", ())
        field = "hair_colour" if colours else "hair_style"
        for value in colours or [self.value(one.key)]:
            yield Finding(field, value, one.start, one.end, f"{field}s:{value}", sure, negated_before(low, one.start))

    def normalise(self, words: str) -> Hair | None:
        """Colours and styles from the words of a hair field ("short dark brown hair"); None when it holds neither."""
        low = plain(words)
        if low.strip(" .") in ("none", "no"):
            return Hair(style=["bald"])
        keys = [] if is_unknown(words) else self.words.keys(_SAID["other_part"].sub(" ", low))
        colours = dict.fromkeys(one for key in keys for one in self.words.entries[key].data.get("colours", ()))
        styles = dict.fromkeys(self.value(key) for key in keys if not self.words.entries[key].data.get("colours"))
        return Hair(colour=[*colours], style=[*styles]) if colours or styles else None


class _Complexion(Descriptor):
    """Freckles and spots are marks, unless they are said of the skin or the complexion itself."""

    def sure(self, one: Candidate, around: Context, headed: bool) -> float:
        if self.words.entries[one.key].data.get("mark"):
            near = around.tokens[max(0, one.first - _REACH) : one.last + _REACH]
            if not headed or _SKIN.isdisjoint(word.low for word in near):
                return 0.0
        return super().sure(one, around, headed)


class _Eyes(Descriptor):
    """A black eye is an injury, not a colour."""

    def findings(self, low: str, one: Candidate, sure: float) -> Iterable[Finding]:
        injury = _SAID["black_eye"].search(low, max(0, one.start - 5), one.end + 5)
        return () if injury else super().findings(low, one, sure)


class _FacialHair(Descriptor):
    def normalise(self, words: str) -> list[str] | str | bool | Hair | None:
        """Kinds from a person's own words ("stubble, moustashe"); "none" is clean-shaven."""
        return ["clean-shaven"] if _SAID["shaven"].fullmatch(plain(words)) else super().normalise(words)


class _Glasses(Descriptor):
    """Their value is whether there are any: "no glasses" is a finding with value False, not a negated one."""

    def findings(self, low: str, one: Candidate, sure: float) -> Iterator[Finding]:
        return (replace(f, value=not f.negated, negated=False) for f in super().findings(low, one, sure))

    def normalise(self, words: str) -> bool | None:
        """True or False from a person's own words or a yes/no; None when unknown, or of sunglasses only."""
        low = plain(words).strip()
        found = [one.value for one in self.find(words)]
        if is_unknown(words) or (not found and _SAID["sunglasses"].search(low)):
            return None
        if found:
            return True in found
        return False if _SAID["no_glasses"].match(low) else True if _SAID["has_glasses"].match(low) else None


class _Accent(Descriptor):
    def find(self, text: str) -> list[Finding]:
        """Accents said in a free text; how strong one is only where none is told beside it ("heavily accented")."""
        low = plain(text)
        told = [*self.told(low)]
        found = [
            finding
            for one, sure in told
            if "degree" not in one.flags
            or all(other is one or abs(other.start - one.end) >= _NEAR for other, _ in told)
            for finding in self.findings(low, one, sure)
        ]
        for said in _SAID["before_accent"].finditer(low) if "accent" in low else ():
            (start, end), value = said.span("word"), self._own_words(said["word"])
            if value and not any(f.start < said.end() and start < f.end for f in found):
                found.append(Finding("accent", value, start, end, "accents", 0.7, negated_before(low, start)))
        return sorted(found, key=lambda one: one.start)

    @lru_cache(maxsize=4096)  # noqa: B019 - one for the process
    def named(self, words: str) -> tuple[str, ...]:
        """As of any words; what no vocabulary has stays in its own, and how strong it is gives way to which."""
        low = plain(words).strip()
        if is_unknown(low) or _SAID["no_accent"].fullmatch(low):
            return ()
        known = [self.value(key) for key, start, _ in self.words.scan(low) if not negated_before(low, start)]
        found = known or [said for part in _SAID["between_accents"].split(low) if (said := self._own_words(part))]
        strong = self.value("heavily_accented")
        distinct = tuple(dict.fromkeys(found))
        return distinct if len(distinct) == 1 else tuple(f for f in distinct if f != strong or found[-1] == strong)

    def _own_words(self, part: str) -> str:
        """An accent in words that the vocabulary may not know, without those that only say that it is one."""
        rest = [word for word in re.findall(r"[\w'-]+", part) if word not in _NO_ACCENT | _DEGREE]
        near = self.words.nearest(rest[0]) if len(rest) == 1 else None
        return self.value(near) if near else " ".join(rest)


class _Ethnicity(Descriptor):
    @lru_cache(maxsize=4096)  # noqa: B019 - one for the process
    def named(self, words: str) -> tuple[str, ...]:
        """Contract keys from a person's own words ("white or Asian" gives both)."""
        low = plain(words)
        read = [] if is_unknown(words) else [one for one in self.words.read(words) if not negated_before(low, one[1])]
        return tuple(dict.fromkeys(key for key, _, _ in _refined(low, read)))

    def find(self, text: str) -> list[Finding]:
        """Perceived ethnicities said of people in a free text, one finding a key and place."""
        low = plain(text)
        found = [
            Finding("ethnicity", key, start, end, f"ethnicities:{key}", BY_ITSELF, negated_before(low, start))
            for key, start, end in _refined(low, [(one.key, one.start, one.end) for one, _ in self.told(low)])
        ]
        for initials in _SAID["initials"].finditer(text):
            key, span = _OF_INITIAL[initials["first"]], initials.span("first")
            found.append(Finding("ethnicity", key, *span, "initials", BY_ITSELF))
        return found


def _refined(low: str, read: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """One reading where two words stand side by side: "white Polish" is Polish; "mixed, white and Asian" is mixed."""
    merged: list[tuple[str, int, int]] = []
    for second, start, end in read:
        first, begins, ends = merged[-1] if merged else ("", 0, 0)
        gap = low[ends:start]
        adjacent = not gap.strip(" -(")
        if (first == "mixed" and _SAID["mixed_of"].fullmatch(gap)) or (first and second == "mixed" and adjacent):
            merged[-1] = ("mixed", begins, end)
        elif adjacent and first in ("white", "black", "asian") and second != first:
            merged[-1] = (second, begins, end)
        else:
            merged.append((second, start, end))
    return merged


def _as(field: str) -> dict[str, Any]:
    """How `descriptors.toml` has a field read."""
    return {"field": field} | {
        name: tuple(said) if isinstance(said, list) else said for name, said in table("descriptors")[field].items()
    }


sex = _Sex()
hair = _Hair(**_as("hair"))
complexion = _Complexion(**_as("complexion"))
eyes = _Eyes(**_as("eyes"))
facial_hair = _FacialHair(**_as("facial_hair"))
glasses = _Glasses(**_as("glasses"))
build = Descriptor(**_as("build"))
accent = _Accent(**_as("accent"))
ethnicity = _Ethnicity(**_as("ethnicity"))
