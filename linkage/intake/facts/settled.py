"""Findings of behaviours settled among each other: one for each variable and place, the best told one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.stretches import Apart
from linkage.intake.patterns import compiled
from linkage.vocabulary import Entry, load

_FURTHER = compiled(r"\b(?:and|n)\b|[,&+]", re.I)


def _entries() -> dict[str, Entry]:
    return load("behaviours").entries


def settled(found: list[Finding], text: str) -> list[Finding]:
    """One finding for each variable and place; a general variable gives way to a special one for the same words."""
    taken: dict[object, Apart] = defaultdict(Apart)
    plain = [one for one in found if not one.negated]
    found = [one for one in found if not (one.negated and any(_holds_the_denial(other, one) for other in plain))]
    surest = sorted(found, key=lambda f: (-f.confidence, len(f.rule.split()) < 2, f.end - f.start))
    kept = [one for one in surest if taken[one.value].take(one.start, one.end)]
    kept.sort(key=lambda f: (f.start, f.end, str(f.value)))
    told = {str(f.value) for f in kept if not f.negated}
    starts, longest = [f.start for f in kept], max((f.end - f.start for f in kept), default=0)

    def gives_way(one: Finding) -> bool:
        """Whether another of the kept findings around says it better."""
        around = kept[bisect_left(starts, one.start - longest) : bisect_left(starts, one.end)]
        return any(_gives_way(one, other, text) for other in around)

    return [one for one in kept if not _told_better(one, told) and not gives_way(one)]


def _holds_the_denial(told: Finding, denied: Finding) -> bool:
    """Whether the word that denies is part of what is told: "could not get an erection, he blamed"."""
    return told.value == denied.value and told.start < denied.start < told.end


def _told_better(general: Finding, told: set[str]) -> bool:
    """Whether the text tells elsewhere what exactly was done: "she was attacked" beside "he punched her"."""
    data = _entries()[str(general.value)].data
    vague = general.rule.startswith(tuple(data.get("vague_rules", ())))
    better = (*data.get("yields_in_text", ()), *(data["vague_yields"] if vague else ()))
    return not general.negated and not told.isdisjoint(better)


def _gives_way(general: Finding, special: Finding, text: str) -> bool:
    """Whether the same words are told better by the special variable; "took her bag and phone" tells of both."""
    if general.negated != special.negated or special.start >= general.end or general.start >= special.end:
        return False
    if _FURTHER.search(text, general.end, max(special.end, general.end)):
        return False
    entry, other = (_entries()[str(f.value)] for f in (general, special))
    plain = entry.data.get("general", False) and not other.data.get("general", False)
    return other.key in entry.data.get("yields_to", ()) or (plain and entry.data["domain"] == other.data["domain"])
