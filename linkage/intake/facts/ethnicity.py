"""Perceived ethnicity: contract keys from plain words, nationalities and police IC codes. Sensitive.

"White" and "black" are colours of most things in a report, so they count only where they describe a person; a
nationality does not count before "accent", "takeaway" or another thing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from linkage.intake.facts.descriptor_cues import Round
from linkage.intake.facts.descriptors import OF_A_PERSON, Candidate, Descriptor
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import in_brackets, initials
from linkage.intake.facts.surface import is_unknown, negated_before, plain
from linkage.intake.patterns import compiled

_HALF = compiled(r"\bhalf[\s-]+$")
_AND_HALF = compiled(r"\s*(?:,|/|&|-|and)?\s*half[\s-]+(?:an?\s+)?")
_MIX = compiled(r"\s+mix(?:ed|ture)?\b(?!\s+(?:race|up|with))")
_BOTH = compiled(r"\s*(?:/|&|-|\band\b)\s*")
_PARTS = compiled(r"\s*(?:[:,(/&-]\s*)?(?:(?:of|and|maybe|possibly|perhaps|half|part)\s+)*")
"""What may stand between "mixed" and the parts that it is said to be mixed of."""
_Said = tuple[str, int, int]


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
            *(Finding("ethnicity", key, *said.span(), "from a place", 0.7) for said, key in _from_places(low)),
            *(Finding("ethnicity", one.ethnicity, *one.first, "initials", 0.85) for one in initials(text)),
            *(Finding("ethnicity", key, *span, "initials", OF_A_PERSON) for key, span in in_brackets(text)),
        ]

    def is_joined(self, one: Candidate, around: Round, told: set[Candidate]) -> bool:
        """Also "mixed" right before its parts."""
        parts = one.key == "mixed" and one.last in {other.first for other in told}
        return parts or super().is_joined(one, around, told)


def _refined(low: str, read: list[_Said]) -> list[_Said]:
    """One reading where two words stand side by side: "white Polish" is Polish; "mixed, white and Asian" is mixed."""
    kept: list[_Said] = []
    for item in read:
        joined = _as_one(kept[-1][0], item[0], low[kept[-1][2] : item[1]]) if kept else None
        if kept and _half_and_half(low, kept[-1], item):
            joined = "mixed"
        if joined:
            kept[-1] = (joined, kept[-1][1], item[2])
        else:
            kept.append(item)
    return kept


def _half_and_half(low: str, first: _Said, second: _Said) -> bool:
    """Whether two words tell the parts of one person: "Chinese/English mix", "half Thai half English"."""
    gap = low[first[2] : second[1]]
    if _BOTH.fullmatch(gap):
        return _MIX.match(low, second[2]) is not None
    return _AND_HALF.fullmatch(gap) is not None and _HALF.search(low[max(0, first[1] - 8) : first[1]]) is not None


def _as_one(first: str, second: str, gap: str) -> str | None:
    """What two words with `gap` between them say as one, or None when they stand apart."""
    beside = not gap.strip(" -(")
    if (first == "mixed" and _PARTS.fullmatch(gap)) or (second == "mixed" and beside):
        return "mixed"
    return second if beside and first in ("white", "black", "asian") and second != first else None


@cache
def _places() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """ "From" a place, words for people said to be from there, which are dearer to look for, and each place's key."""
    entries = ethnicity.words.entries.items()
    keys = {place: key for key, entry in entries for place in entry.data.get("places", ())}
    named = "|".join(sorted(keys, key=len, reverse=True))
    from_place = rf"from\s+(?:the\s+)?(?P<place>{named})\b(?!\s+(?:road|street|lane|house|to\b))"
    said_of = compiled(
        r"(?:\b(?:to be|possibly|probably|perhaps|maybe|originally|"
        r"(?:he|she|who|man|both|they) (?:is|was|are|were|came|comes))\s+"
        r"|(?<=ies), (?:and )?|(?<=\d0s), (?:and )?)"
        rf"{from_place}"
    )
    return compiled(from_place), said_of, keys


def _from_places(low: str) -> list[tuple[re.Match[str], str]]:
    from_place, said_of, keys = _places()
    return [(said, keys[said["place"]]) for said in said_of.finditer(low)] if from_place.search(low) else []


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
find, normalise = ethnicity.find, ethnicity.normalise
