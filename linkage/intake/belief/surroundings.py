"""What stands around a fact of a person in a text: the features by which it is judged whose it is.

Nothing here names a word of a fact, a town or a name: features are roles and places of the people mentioned around,
cues of the sentence, how closely descriptions stand together, and what the rules of `whose` decided. The words around
it are told apart from these, for `wording`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from linkage.intake.belief.wording import Around, Said, around, plainly
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import holds
from linkage.intake.mention import BYSTANDER, HARMED, REPORTED, Mention
from linkage.intake.patterns import compiled

Row = dict[str, float]

_PARTS = {
    "described": "describ|description|believed to be|thought to be|said to be|appeared|appears|appearance|aged",
    "worn": "dressed",
    "sought": "detectives|officers|appeal|trace|tracing|wanted|sought|hunt|looking for|identif|anyone|information",
    "harmed": "complainant|survivor|injur|hospital|treated|shaken|harmed",
    "helping": "witness|passer|seen by|heard|helped|came to|rang|called|spotted|neighbour|colleague|friend|driver"
    "|staff|porter|owner|resident|worker",
    "saying": "told|says",
    "apart": "not a suspect|not suspect|no suspect|not thought to|not believed to|not connected|not involved"
    "|unconnected|ruled out|eliminated|as a witness|s witnesses|possible witness|potential witness|key witness"
    "|witness only|samaritan|come forward|came forward|apologis|in no way|not wanted|not being treated|not regarded"
    "|innocent|may have seen|might have seen|may have witnessed|can help us|could help|be able to help|thank"
    "|nothing to do with|mistake|not the attacker|not the offender|not responsible|already spoken to|been spoken to"
    "|been traced|helpful",
    "doing": "grabb|attack|assault|robb|rape|pull|push|threat|force|followed|approach|punch|snatch|flee|fled|ran off"
    "|made off|escaped|left",
}
_WORDS = {
    "described": r"a(?:bout|round) \d",
    "worn": r"w(?<=\bw)(?:ore|earing|ears)\b|i(?<=\bi)n an?\b",
    "sought": r"police(?<=\bpolice)\b",
    "harmed": r"victim(?<=\bvictim)",
    "helping": r"saw\b",
    "saying": r"said(?<=\bsaid)\b",
}
"""Cues that are more than letters; each opens with a letter, so that the search may leap to it."""

CUES = {
    name: (parts.split("|"), compiled(_WORDS[name]) if name in _WORDS else None) for name, parts in _PARTS.items()
}
"""Each cue as letters that may stand anywhere, which are sought much faster by themselves, and as an expression."""

_FAR = 120
"""Characters from which on a mention counts as just as far [G]."""


class _Sentence(NamedTuple):
    """What all facts of a sentence share: the people mentioned in it and `earlier`, who opened it (`subject`) and the
    `earlier_subject`, the cues in it, and the features that tell no fact apart."""

    opens: int
    closes: int
    there: Sequence[Mention]
    earlier: Sequence[Mention]
    subject: Mention | None
    earlier_subject: Mention | None
    cues: Sequence[str]
    row: Row


@lru_cache(maxsize=4096)
def _of_mention(
    name: str, role: str, place: str, article: str, noun: bool, governs: bool, possessive: bool
) -> Mapping[str, float]:
    """Features of a mention that are the same wherever it stands; shared, and not to be changed."""
    row = dict.fromkeys((f"{name}.role={role}", f"{name}.place={place}", f"{name}.article={article}"), 1.0)
    return row | {
        f"{name}.noun": float(noun),
        f"{name}.governs": float(governs),
        f"{name}.possessive": float(possessive),
    }


@lru_cache(maxsize=8)
def _parts_in(low: str) -> Mapping[str, Sequence[str]]:
    """The letters of each cue that stand in a text at all, so that its sentences need not be asked for the others."""
    return {name: [part for part in parts if part in low] for name, (parts, _) in CUES.items()}


def _cued(name: str, low: str, opens: int, closes: int) -> bool:
    """Whether a cue stands at [opens, closes) of lower-case text."""
    parts, pattern = _parts_in(low)[name], CUES[name][1]
    return (bool(parts) and holds(low[opens:closes], parts)) or (
        pattern is not None and pattern.search(low, opens, closes) is not None
    )


@lru_cache(maxsize=128)
def _cues(low: str, opens: int, closes: int) -> Sequence[str]:
    """The cues in a sentence: asked for itself, for those beside it, and for the vehicles of the same text."""
    return [name for name in CUES if _cued(name, low, opens, closes)]


@dataclass(slots=True)
class Surroundings:
    """One narrative with its people and findings; `of` gives the features of one finding.

    `low` is the `text` in lower case, `breaks` where its sentences begin, `people` its mentions, `reported` how many
    reported people it tells apart, `findings` the facts of people in order and `given` whether the rules gave each to
    a reported person.
    """

    text: str
    low: str
    breaks: Sequence[int]
    people: Sequence[Mention]
    reported: int
    findings: Sequence[Finding]
    given: Sequence[bool]
    _sentences: list[int] = field(default_factory=list)
    _density: Counter[int] = field(default_factory=Counter)
    _given_in: Counter[int] = field(default_factory=Counter)
    _given_of: Counter[str] = field(default_factory=Counter)
    _values: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _sexes: dict[bool, set[str]] = field(default_factory=dict)
    _mentions: Counter[int] = field(default_factory=Counter)
    _shared: dict[int, _Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sentences = [bisect_right(self.breaks, f.start) - 1 for f in self.findings]
        self._density = Counter(self._sentences)
        for number, finding in enumerate(self.findings):
            self._given_in[self._sentences[number]] += self.given[number]
            if not finding.negated:
                self._given_of[finding.field] += self.given[number]
                self._values[finding.field].add(str(finding.value))
        for is_reported in (True, False):
            self._sexes[is_reported] = {m.sex for m in self.people if m.sex and (m.role == REPORTED) == is_reported}
        self.people = [m for m in self.people if m.kind != "alias"]
        self._mentions = Counter(m.entity for m in self.people)

    def of(self, number: int) -> Row:
        """Features of the finding at this place in `findings`."""
        finding, sentence = self.findings[number], self._sentence(number)
        row: Row = {**sentence.row, f"field={finding.field}": 1.0, "rule": float(self.given[number])}
        self._people_around(row, finding, sentence)
        for name in sentence.cues:
            if _cued(name, self.low, sentence.opens, finding.start):
                row[f"cue before.{name}"] = 1.0
        self._neighbours(row, number)
        self._same_field(row, number)
        return row

    def said(self, number: int) -> Said:
        """The words around the finding at this place in `findings`, and those that name the people around it."""
        said = self.around(number).said() | self.named(number)
        del said["in"]
        return said

    def around(self, number: int) -> Around:
        """The words around the finding at this place in `findings`."""
        finding, sentence = self.findings[number], self._sentence(number)
        return around(self.text, sentence.opens, finding.start, finding.end, sentence.closes)

    def named(self, number: int) -> dict[str, str]:
        """The words that name the people around the finding at this place in `findings`."""
        start, sentence = self.findings[number].start, self._sentence(number)
        before = [m for m in sentence.there if m.start <= start]
        named = {
            "last": before[-1] if before else None,
            "next": next((m for m in sentence.there if m.start > start), None),
            "subject": sentence.subject,
            "governing": next((m for m in reversed(before) if m.governs), None),
            "earlier": sentence.earlier[-1] if sentence.earlier else None,
            "earlier subject": sentence.earlier_subject,
        }
        return {place: plainly(self.text, one.start, one.end) for place, one in named.items() if one is not None}

    def _sentence(self, number: int) -> _Sentence:
        """The sentence of the finding at this place in `findings`."""
        sentence = self._sentences[number]
        if sentence not in self._shared:
            self._shared[sentence] = self._read_sentence(sentence)
        return self._shared[sentence]

    def _read_sentence(self, number: int) -> _Sentence:
        opens, closes = self._bounds(number)
        there = [m for m in self.people if opens <= m.start < closes]
        earlier = [m for m in self.people if m.start < opens]
        subject = next((m for m in there if m.place == "subject" and not m.possessive), None)
        named = next((m for m in reversed(earlier) if m.place == "subject" and m.noun), None)
        cues = _cues(self.low, opens, closes)
        row: Row = {f"cue.{name}": 1.0 for name in cues}
        for place, beside in (("earlier", number - 1), ("next", number + 1)):
            if 0 <= beside < len(self.breaks):
                row |= {f"cue {place}.{name}": 1.0 for name in _cues(self.low, *self._bounds(beside))}
        if subject:
            row[f"subject.role={subject.role}"] = 1.0
        if earlier:
            row[f"before.role={earlier[-1].role}"] = 1.0
        if named:
            row[f"subject before.role={named.role}"] = 1.0
        roles = Counter(m.role for m in there)
        for role in (REPORTED, HARMED, BYSTANDER):
            row[f"count.{role}"] = min(3, roles[role]) / 3
        self._place(row, number)
        return _Sentence(opens, closes, there, earlier, subject, named, cues, row)

    def _bounds(self, number: int) -> tuple[int, int]:
        """Where a sentence opens and closes."""
        last = number + 1 == len(self.breaks)
        return self.breaks[number], len(self.low) if last else self.breaks[number + 1]

    def _place(self, row: Row, sentence: int) -> None:
        here = self._density[sentence]
        kinds = {f.field for f, at in zip(self.findings, self._sentences, strict=True) if at == sentence}
        row["descriptions here"], row["kinds here"] = min(here, 8) / 8, min(len(kinds), 6) / 6
        row["most here"] = float(here == max(self._density.values()))
        row["position"], row["first"] = sentence / max(1, len(self.breaks) - 1), float(sentence == 0)
        row["people told apart"] = min(self.reported, 4) / 4
        row["reported named"] = float(any(m.role == REPORTED for m in self.people))
        row["rule all"] = sum(self.given) / len(self.given)

    def _people_around(self, row: Row, finding: Finding, sentence: _Sentence) -> None:
        before = [m for m in sentence.there if m.start <= finding.start]
        after = next((m for m in sentence.there if m.start > finding.start), None)
        for name, mention in zip(("last", "last but one"), reversed(before[-2:]), strict=False):
            self._mention(row, name, mention, finding.start - mention.end)
        if not before:
            row["last.none"] = 1.0
        if after:
            self._mention(row, "next", after, after.start - finding.end)
        if governing := next((m for m in reversed(before) if m.governs), None):
            row[f"governing.role={governing.role}"] = 1.0
        entity = before[-1].entity if before else -1
        row["last.mentions"] = min(5, self._mentions[entity]) / 5 if entity >= 0 else 0.0

    def _mention(self, row: Row, name: str, mention: Mention, away: int) -> None:
        row |= _of_mention(
            name, mention.role, mention.place, mention.article, mention.noun, mention.governs, mention.possessive
        )
        row[f"{name}.away"] = min(away, _FAR) / _FAR
        if mention.sex:
            row[f"{name}.sex"] = float(mention.sex in self._sexes[True]) - float(mention.sex in self._sexes[False])

    def _neighbours(self, row: Row, number: int) -> None:
        sentence, finding = self._sentences[number], self.findings[number]
        beside = self._density[sentence] - 1
        row["rule here"] = (self._given_in[sentence] - self.given[number]) / beside if beside else 0.5
        if number:
            one = self.findings[number - 1]
            row[f"previous.field={one.field}"] = 1.0
            row["previous.rule"] = float(self.given[number - 1])
            row["previous.away"] = min(finding.start - one.end, 150) / 150
            row["previous.here"] = float(self._sentences[number - 1] == sentence)
        if number + 1 < len(self.findings):
            row["following.rule"] = float(self.given[number + 1])
            row["following.away"] = min(self.findings[number + 1].start - finding.end, 150) / 150

    def _same_field(self, row: Row, number: int) -> None:
        finding = self.findings[number]
        kind, itself = finding.field, self.given[number] and not finding.negated
        values = len(self._values[kind])
        row["only value"], row["values"] = float(values == 1), values / 4
        row["rule elsewhere"] = float(self._given_of[kind] > itself)
