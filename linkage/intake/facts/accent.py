"""Accent: one canonical phrase an accent; an accent the vocabulary does not know keeps its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.facts.descriptor_cues import Round
from linkage.intake.facts.descriptors import BY_ITSELF, Candidate, Descriptor
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import is_unknown, negated_before, plain, stop_words
from linkage.intake.patterns import compiled

_NEAR = 40
"""Characters between how strong an accent is and the accent, which then tells more [G]."""
_NOUN = compiled(r"\b(?:accent(?:s|ed)?|twang|dialect|lilt|drawl)\b")
_WORD = compiled(r"[a-z'-]+|[,;.]")
_SPLIT = compiled(r"\s*(?:[;,/&|]|\bor\b|\bbut\b|\band\b|\bpossibly\b|\bmaybe\b|\bwith\b)\s*")
_NONE = compiled(r"\W*(?:none|no|no accent)\W*")
_NO_ACCENT = frozenset(
    ("accent", "accents", "accented", "twang", "dialect", "lilt", "drawl", "sounding", "sounded", "spoke", "speaks")
) | {"a", "an", "the", "had", "has", "very", "quite"}
_UNKNOWN_ENDS, _DEGREE = stop_words("accent_ends"), stop_words("accent_degree")


class _Accent(Descriptor):
    def find(self, text: str) -> list[Finding]:
        """Accents said in a free text, one finding an accent ("London accent but heavily accented" gives two)."""
        low = plain(text)
        told = [*self.told(low)]
        found = [self.finding(low, one, sure) for one, sure in told if not self._only_strong(one, told)]
        found += _spoken_badly(low)
        return sorted([*found, *_unknown(low, found)], key=lambda one: one.start)

    def sure(self, one: Candidate, around: Round, headed: bool) -> float:
        """As of any word; a people counts as spoken of, too, and a nation that somebody spoke like."""
        if sure := super().sure(one, around, headed):
            return sure
        folk = around.past(one.last, "folk") != one.last or around.ahead(one.first, "pure") != one.first
        language = self.words.entries[one.key].data.keys() & {"sensitive", "language"}
        spoken = around.ahead(one.first, "spoke") != one.first and not language
        return BY_ITSELF if spoken or (folk and one.flags & {"alone", "listed"}) else 0.0

    def _only_strong(self, one: Candidate, told: list[tuple[Candidate, float]]) -> bool:
        """Whether a word only tells how strong an accent is that is told beside it."""
        return "degree" in one.flags and any(
            other is not one and abs(other.start - one.end) < _NEAR for other, _ in told
        )

    @lru_cache(maxsize=4096)  # noqa: B019 - one for the process
    def named(self, words: str) -> tuple[str, ...]:
        """As of any words; what no vocabulary has stays in its own, and how strong it is gives way to which."""
        low = plain(words).strip()
        if is_unknown(low) or _NONE.fullmatch(low):
            return ()
        known = [self.value(key) for key, start, _ in self.words.scan(low) if not negated_before(low, start)]
        found = known or [said for part in _SPLIT.split(low) if (said := self._own_words(part))]
        strong = self.value("heavily_accented")
        distinct = tuple(dict.fromkeys(found))
        return distinct if len(distinct) == 1 else tuple(f for f in distinct if f != strong or found[-1] == strong)

    def _own_words(self, part: str) -> str:
        """What is left of an accent in words that the vocabulary does not know."""
        rest = [word for word in re.findall(r"[\w'-]+", part) if word not in _NO_ACCENT | _DEGREE]
        near = self.words.nearest(rest[0]) if len(rest) == 1 else None
        return self.value(near) if near else " ".join(rest)


def _spoken_badly(low: str) -> Iterator[Finding]:
    """English that is not spoken well, however it is put: "his English was not very good"."""
    around = Round(low, "english") if "english" in low else None
    for at, word in enumerate(around.tokens.words if around else ()):
        if around is None or word.low != "english":
            continue
        words = around.tokens.words
        first, past = around.reaches(at, around.ahead), around.reaches(at + 1, around.past)
        if first is not None or past is not None:
            start, end = words[first[1] if first else at].start, words[past[1] - 1 if past else at].end
            yield Finding("accent", "broken english", start, end, "accents", 0.8, negated_before(low, start))


def _unknown(low: str, found: list[Finding]) -> Iterator[Finding]:
    """Accents that no vocabulary has, in their own words: one or two words right before "accent"."""
    for noun in _NOUN.finditer(low):
        said: list[re.Match[str]] = []
        for word in reversed([*_WORD.finditer(low, max(0, noun.start() - 40), noun.start())]):
            taken = any(f.start < noun.end() and word.start() < f.end for f in found)
            if (
                taken
                or word.group() in _UNKNOWN_ENDS | _DEGREE
                or word.group().endswith(("'s", ",", ";", "."))
                or len(said) == 2
            ):
                break
            said.insert(0, word)
        if said:
            near = accent.words.nearest(said[-1].group())
            value = accent.value(near) if near else " ".join(word.group() for word in said)
            start, end = said[-1 if near else 0].start(), said[-1].end()
            yield Finding("accent", value, start, end, "accents", 0.7, negated_before(low, start))


accent = _Accent("accent", ("accents",), personal=("nations",), listed=("listed",), nouns=False, labels=True)
find, normalise = accent.find, accent.normalise
