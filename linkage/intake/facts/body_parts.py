"""How a part of the body looks, in whatever order it is told: "a broken nose", "the nose broken", "jug-eared"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.surface import alternation, found_at, openings
from linkage.intake.patterns import compiled
from linkage.vocabulary.loader import Entry, fold, load

_WHERE = (
    r"(?:(?:front|top|upper|lower|bottom|side|back|left|right|little|index|middle|brown|blue|green|grey|dark|pale|"
    r"red)\s+)?"
)
_WHERE_BEFORE = compiled(rf"\b{_WHERE}$")
_APART = compiled(r"[\s'-]+")
_SOME = (
    r"(?:(?:an?\s+(?:couple|few|number)|an?|one|two|three|four|half|part|several|some|most|all|both|(?:(?:the|"
    r"an?)\s+)?(?:tip|end|top|lobe|part|"
    r"joint)(?=\s+of\b))\s+(?:of\s+)?)?(?:(?:an?|his|the|her)\s+)?"
)
"""How much of a part: "missing two fingers", "missing the tip of a thumb"."""
_WAS = (
    r"(?:(?:that|which)\s+)?(?:(?:is|was|are|were|look(?:s|ed)?|seem(?:s|ed)|appear(?:s|ed)|(?:has|have|"
    r"had)\s+been|being)\s+"
    r"(?:(?:as\s+(?:though|if)\s+(?:it|they)\s+(?:had|has|have)\s+been|to\s+(?:be|have\s+been)|like\s+(?:it|"
    r"they)\s+(?:had|has|have)\s+been)\s+)?)?"
    r"(?:(?:very|quite|really|a\s+bit|a\s+little|slightly|all|so|badly|heavily|partly|rather|clearly|once|stained|"
    r"gone)\s+)*"
)
_LONGEST = 36
"""Characters before a part of the body in which its look is told [G]."""
_OTHER = r"(?:\s+(?:was|is)\s+[a-z]+)?\s+and\s+(?:one|the\s+other)(?:\s+(?:was|is))?\s+"
"""Between a part and how its fellow looks: "one brown eye and one clouded"."""
_ON_HAND = r"\s+(?:of|on)\s+(?:(?:his|her|the|one|a|left|right)\s+)+(?:hand|foot)"
_OF_HAND = compiled(r"\b(?:fingers?|thumb|toes?)\s+(?:of|on)\s+(?:(?:his|her|the|one|a|left|right)\s+)+$")
"""Between a finger and its look: the hand, of which the look is not told."""
_BETWEEN = (
    r"\s+(?:between|in|among|where)"
    r"\s+(?:(?:his|her|the|their|an?|one|two|three|front|top|upper|lower|bottom|middle|main|of)\s+)*$"
)
_AROUND = compiled(r"round\s+(?:his|her|the|their|both)\s")
"""Where something lies or is put: "an arm round his shoulders" tells no round shoulders."""
_SENTENCE_GOES_ON = (
    r"(?!\s+(?:hair|beard|eyes?|in|by(?!\s+(?:nicotine|tobacco|smok|paint|oil|ink|henna|dye))|him|her|"
    r"with\s+(?:his|a)|off|out\s+by|against|hands?|on\s+(?:her|my)))"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """The patterns of one part of the body."""

    entry: Entry
    before: re.Pattern[str]
    behind: re.Pattern[str]
    of: re.Pattern[str]
    between: re.Pattern[str] | None


@cache
def _parts() -> dict[str, tuple[_Part, bool]]:
    """Word for a part -> its patterns, and whether the word only ends an adjective ("eared")."""
    found: dict[str, tuple[_Part, bool]] = {}
    for entry in load("body_parts").entries.values():
        states = alternation(map(fold, entry.data["states"]))
        between = entry.data.get("between", ())
        part = _Part(
            entry,
            compiled(
                rf"\b(?P<state>{states})(?:(?:\s*,\s*|\s+and\s+|[\s-]+){states})*(?:[\s-]+|,\s+(?=pale|red|"
                rf"dark)){_SOME}(?P<where>{_WHERE})$"
            ),
            compiled(rf"(?:{_OTHER}|(?:{_ON_HAND})?\s+{_WAS})(?P<state>{states})\b{_SENTENCE_GOES_ON}"),
            compiled(rf"\s+(?:of|in|from)\s+(?P<state>{states})\b"),
            compiled(rf"\b(?P<state>{alternation(between)}){_BETWEEN}") if between else None,
        )
        found |= {fold(word).replace(" ", ""): (part, False) for word in entry.synonyms}
        found |= dict.fromkeys(entry.data["adjectival"], (part, True))
    return found


@cache
def _nouns() -> tuple[re.Pattern[str], Mapping[str, frozenset[str] | None]]:
    words = [fold(w) for e in load("body_parts").entries.values() for w in (*e.synonyms, *e.data["adjectival"])]
    return compiled(rf"\b{alternation(words)}\b"), openings(words)


def find(low: str) -> Iterator[tuple[str, int, int]]:
    """(mark, start, end) of looks told behind a part or as one adjective with it, in the usual order of words:
    "nose broken" is "broken nose". What is told in the usual order is left to the vocabulary of marks where that
    knows it; here it is given in the words of the text."""
    for noun in found_at(*_nouns(), low):
        part, adjective = _parts()[_APART.sub("", noun.group())]
        first = max(0, noun.start() - _LONGEST)
        before = part.before.search(low, first, noun.start())
        apart = part.between.search(low, first, noun.start()) if part.between else None
        if apart:
            yield low[apart.start() : noun.end()], apart.start(), noun.end()
        elif before and _AROUND.match(low, before.start(), noun.end()):
            continue
        elif before and (first == 0 or before.start() > first or not low[first - 1].isalnum()):
            start, end = before.start(), noun.end()
            told = part.entry.label if adjective else low[before.end("state") : end].strip(" -")
            usual = adjective or fold(before["state"]) in part.entry.data["said_as"]
            yield _told(part, before, told) if usual else low[start:end], start, end
        elif not adjective and not _OF_HAND.search(low, first, noun.start()):
            behind = part.behind.match(low, noun.end()) or part.of.match(low, noun.end())
            if behind:
                where = _WHERE_BEFORE.search(low[first : noun.start()])
                start = first + where.start() if where else noun.start()
                yield _told(part, behind, low[start : noun.end()]), start, behind.end()


def _told(part: _Part, said: re.Match[str], word: str) -> str:
    usual = part.entry.data["said_as"]
    state = fold(said["state"])
    return " ".join((usual.get(state, state), *(usual.get(one, one) for one in word.split())))
