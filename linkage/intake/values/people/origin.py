"""What somebody seems to be from: accent and perceived ethnicity, which is sensitive.

An accent is one canonical phrase; one that the vocabulary does not know keeps its own words. Ethnicity is told by
plain words, nationalities and police IC codes. "White" and "black" are colours of most things in a report, so they
count only where they describe a person; a nationality does not count before "accent" or "takeaway".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import is_unknown, negated_before, plain, stop_words
from linkage.intake.values.people.descriptors import Candidate, Descriptor
from linkage.intake.values.people.listing import initials

_NEAR = 40
"""Characters between how strong an accent is and the accent, which then tells more [G]."""
_SPLIT = compiled(r"\s*(?:[;,/&|]|\bor\b|\bbut\b|\band\b|\bpossibly\b|\bmaybe\b|\bwith\b)\s*")
_NONE = compiled(r"\W*(?:none|no|no accent)\W*")
_NO_ACCENT = frozenset(
    ("accent", "accents", "accented", "twang", "dialect", "lilt", "drawl", "sounding", "sounded", "spoke", "speaks")
) | {"a", "an", "the", "had", "has", "very", "quite"}
_UNKNOWN_ENDS, _DEGREE = stop_words("accent_ends"), stop_words("accent_degree")
_BEFORE_NOUN = compiled(
    rf"\b(?!(?:{'|'.join(sorted(_UNKNOWN_ENDS | _DEGREE))})\b)(?P<word>[a-z-]+)(?<!'s)\s+accent(?:s|ed)?\b"
)
_PARTS = compiled(r"\s*(?:[:,(/&-]\s*)?(?:(?:of|and|maybe|possibly|perhaps|half|part)\s+)*")
"""What may stand between "mixed" and the parts that it is said to be mixed of."""
_Said = tuple[str, int, int]


class _Accent(Descriptor):
    def find(self, text: str) -> list[Finding]:
        """Accents said in a free text, one finding an accent ("London accent but heavily accented" gives two)."""
        low = plain(text)
        told = [*self.told(low)]
        found = [self.finding(low, one, sure) for one, sure in told if not self._only_strong(one, told)]
        return sorted([*found, *_unknown(low, found)], key=lambda one: one.start)

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


def _unknown(low: str, found: list[Finding]) -> Iterator[Finding]:
    """Accents that no vocabulary has, in their own words: the word right before "accent"."""
    for said in _BEFORE_NOUN.finditer(low) if "accent" in low else ():
        start, end = said.span("word")
        if not any(f.start < said.end() and start < f.end for f in found):
            near = accent.words.nearest(said["word"])
            value = accent.value(near) if near else said["word"]
            yield Finding("accent", value, start, end, "accents", 0.7, negated_before(low, start))


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
        read = [(one.key, one.start, one.end) for one, _ in self.told(low)]
        return [
            *(
                Finding("ethnicity", key, start, end, f"ethnicities:{key}", 0.85, negated_before(low, start))
                for key, start, end in _refined(low, read)
            ),
            *(Finding("ethnicity", one.ethnicity, *one.first, "initials", 0.85) for one in initials(text)),
        ]


def _refined(low: str, read: list[_Said]) -> list[_Said]:
    """One reading where two words stand side by side: "white Polish" is Polish; "mixed, white and Asian" is mixed."""
    merged: list[_Said] = []
    for item in read:
        joined = _as_one(merged[-1][0], item[0], low[merged[-1][2] : item[1]]) if merged else None
        if joined:
            merged[-1] = (joined, merged[-1][1], item[2])
        else:
            merged.append(item)
    return merged


def _as_one(first: str, second: str, gap: str) -> str | None:
    """What two words with `gap` between them say as one, or None when they stand apart."""
    adjacent = not gap.strip(" -(")
    if (first == "mixed" and _PARTS.fullmatch(gap)) or (second == "mixed" and adjacent):
        return "mixed"
    return second if adjacent and first in ("white", "black", "asian") and second != first else None


accent = _Accent("accent", ("accents",), personal=("nations",), listed=("listed",), nouns=False, labels=True)
ethnicity = _Ethnicity(
    "ethnicity",
    ("ethnicities",),
    unless=("of_things", "of_voice", "field_only"),
    personal=("of_things", "of_voice"),
    listed=("of_things",),
    never="field_only",
    colour=True,
    joined="any",
)
