"""Signs of whose a vehicle is: how it is brought in, whose it is called, and what the text tells of vehicles.

All are told of one mention and, beside it, of every other mention of the same vehicle in the text ("the Micra was
found burnt out"). The turns of phrase stand in `vehicle_signs.toml`, beside what was learned from them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from linkage.intake.belief.surroundings import Row
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.stretches import inside, merged
from linkage.intake.mention import Mention
from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import parsed

_REACH = 70
"""Characters behind a vehicle, in its sentence, in which something is told of it [G]."""
_ARTICLE_REACH, _ARTICLE_WORDS = 50, 5
"""Characters and words before a vehicle in which its article stands [G]."""
_LEAST_NAME = 3
"""Letters of the shortest word by which a vehicle is named again [G]."""

_TOKEN = compiled(r"[\w’'-]+|[^\w\s]")
_OWNER = ("'s", "s'", "’s", "s’")
_NAMING = ("make", "model", "body")


@cache
def _file() -> dict[str, Any]:
    return parsed(Path(__file__).with_name("vehicle_signs.toml").read_text(encoding="utf-8"))


@cache
def _opening() -> dict[str, str]:
    """What each word tells that may open the phrase of a vehicle; "none" where one without such a word ends."""
    return {word: kind for kind, words in _file()["article"].items() for word in words}


@cache
def _signs(place: str) -> dict[str, re.Pattern[str]]:
    """The turns of phrase sought in a "text" or "after" a vehicle."""
    return {name: compiled(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)") for name, ways in _file()[place].items()}


def signs(
    low: str, breaks: Sequence[int], people: Sequence[Mention], groups: Sequence[Sequence[Finding]]
) -> list[Row]:
    """Features of each vehicle of a text in lower case; `groups` are its mentions, in order."""
    spans = [(min(f.start for f in group), max(f.end for f in group)) for group in groups]
    here = [_of_mention(low, breaks, people, span) for span in spans]
    everywhere = {f"text {name}": 1.0 for name, said in _signs("text").items() if said.search(low)}
    named = [{str(f.value) for f in group if f.field in _NAMING and f.value != "car"} for group in groups]
    rows = []
    for number, group in enumerate(groups):
        same = [n for n, values in enumerate(named) if n != number and values & named[number]]
        again = [here[n] for n in same]
        again += [_of_mention(low, breaks, people, span) for span in _named_again(low, group, spans)]
        row = here[number] | everywhere | {"mentions of it": float(len(again))}
        for told in again:
            for name, value in told.items():
                row[f"any {name}"] = max(value, row.get(f"any {name}", 0.0))
        row["first of it"] = float(all(spans[n][0] > spans[number][0] for n in same))
        rows.append(row)
    return rows


def _of_mention(low: str, breaks: Sequence[int], people: Sequence[Mention], span: tuple[int, int]) -> Row:
    start, end = span
    sentence = bisect_right(breaks, start) - 1
    closes = breaks[sentence + 1] if sentence + 1 < len(breaks) else len(low)
    article, at = _article(low, breaks[sentence], start)
    row = {f"article {article}": 1.0}
    if article == "owned":
        owner = next((m.role for m in people if m.start <= at < m.end), "unknown")
        row[f"owner {owner}"] = 1.0
    if " own " in low[max(at, 0) : start]:
        row["own"] = 1.0
    behind = low[end : min(closes, end + _REACH)]
    for name, said in _signs("after").items():
        found = said.search(behind)
        if found is not None:
            row[f"after {name}"] = 1 - found.start() / (_REACH + 1)
    return row


def _article(low: str, opens: int, start: int) -> tuple[str, int]:
    """How the phrase of a vehicle opens, and where; ("none", -1) for a phrase without an article."""
    words = list(_TOKEN.finditer(low, max(opens, start - _ARTICLE_REACH), start))[-_ARTICLE_WORDS:]
    for word in reversed(words):
        said = word.group()
        kind = _opening().get(said, "none" if not said[0].isalnum() else "")
        if said.endswith(_OWNER) and len(said) > _LEAST_NAME:
            kind = "owned"
        if kind:
            return kind, word.start() if kind != "none" else -1
    return "none", -1


def _named_again(low: str, group: Sequence[Finding], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the text says a name of this vehicle beyond its mentions: "the Micra"."""
    names = [low[f.start : f.end].split() for f in group if f.field in _NAMING]
    taken = merged([(opens - 1, closes + 1) for opens, closes in spans])
    for word in sorted({words[-1] for words in names if words}):
        at = low.find(word) if len(word) >= _LEAST_NAME else -1
        while at >= 0:
            end = at + len(word)
            whole = not low[at - 1 : at].isalnum() and not low[end : end + 1].isalnum()
            if whole and not inside(at, taken):
                yield at, end
            at = low.find(word, end)
