"""What stands around a fact of a person in a text: the features by which it is judged whose it is.

Nothing here names a word of a fact, a town or a name: features are roles and places of the people mentioned around,
cues of the sentence, how closely descriptions stand together, and what the rules of `whose` decided. The words around
it are told apart from these, for `wording`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from linkage.intake.belief.wording import Said, plainly, spoken
from linkage.intake.facts.finding import Finding
from linkage.intake.mention import BYSTANDER, HARMED, REPORTED, Mention
from linkage.intake.patterns import compiled

Row = dict[str, float]

_CUES = {
    "described": r"describ|description|believed to be|thought to be|said to be|appear(?:ed|s|ance)|about \d"
    r"|around \d|aged",
    "worn": r"\bw(?:ore|earing|ears)\b|dressed|\bin an?\b",
    "sought": r"\bpolice\b|detectives|officers|appeal|trac(?:e|ing)|wanted|sought|hunt|looking for|identif|anyone"
    r"|information",
    "harmed": r"\bvictim|complainant|survivor|injur|hospital|treated|shaken|harmed",
    "helping": r"witness|passer|saw\b|seen by|heard|helped|came to|rang|called|spotted|neighbour|colleague|friend"
    r"|driver|staff|porter|owner|resident|worker",
    "saying": r"\bsaid\b|told|says",
    "doing": r"grabb|attack|assault|robb|rap(?:e|ed)|pull|push|threat|force|followed|approach|punch|snatch|flee|fled"
    r"|ran off|made off|escaped|left",
}
CUES = {name: compiled(words) for name, words in _CUES.items()}
_FAR = 120
"""Characters from which on a mention counts as just as far [G]."""


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
    _kinds: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    _sexes: dict[bool, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sentences = [bisect_right(self.breaks, f.start) - 1 for f in self.findings]
        self._density = Counter(self._sentences)
        for finding, sentence in zip(self.findings, self._sentences, strict=True):
            self._kinds[sentence].add(finding.field)
        for is_reported in (True, False):
            self._sexes[is_reported] = {m.sex for m in self.people if m.sex and (m.role == REPORTED) == is_reported}
        self.people = [m for m in self.people if m.kind != "alias"]

    def of(self, number: int) -> Row:
        """Features of the finding at this place in `findings`."""
        finding, sentence = self.findings[number], self._sentences[number]
        opens, closes = self._sentence(sentence)
        row: Row = {f"field={finding.field}": 1.0, "rule": float(self.given[number])}
        self._people_around(row, finding, opens, closes)
        self._people_before(row, opens)
        words, before = self.low[opens:closes], self.low[opens : finding.start]
        for name, pattern in CUES.items():
            if pattern.search(words):
                row[f"cue.{name}"] = 1.0
                if pattern.search(before):
                    row[f"cue before.{name}"] = 1.0
        self._place(row, sentence)
        self._neighbours(row, number)
        self._same_field(row, number)
        return row

    def said(self, number: int) -> Said:
        """The words around the finding at this place in `findings`, and those that name the people around it."""
        finding, (opens, closes) = self.findings[number], self._sentence(self._sentences[number])
        there = [m for m in self.people if opens <= m.start < closes]
        before = [m for m in there if m.start <= finding.start]
        earlier = [m for m in self.people if m.start < opens]
        named = {
            "last": before[-1] if before else None,
            "next": next((m for m in there if m.start > finding.start), None),
            "subject": next((m for m in there if m.place == "subject" and not m.possessive), None),
            "governing": next((m for m in reversed(before) if m.governs), None),
            "earlier": earlier[-1] if earlier else None,
            "earlier subject": next((m for m in reversed(earlier) if m.place == "subject" and m.noun), None),
        }
        around = spoken(self.text, opens, finding.start, finding.end, closes)
        del around["in"]
        words = {place: plainly(self.text, one.start, one.end) for place, one in named.items() if one is not None}
        return around | words

    def _sentence(self, number: int) -> tuple[int, int]:
        """Where a sentence opens and where the next one does."""
        last = number + 1 == len(self.breaks)
        return self.breaks[number], len(self.low) if last else self.breaks[number + 1]

    def _people_around(self, row: Row, finding: Finding, opens: int, closes: int) -> None:
        there = [m for m in self.people if opens <= m.start < closes]
        before = [m for m in there if m.start <= finding.start]
        after = next((m for m in there if m.start > finding.start), None)
        for name, mention in zip(("last", "last but one"), reversed(before[-2:]), strict=False):
            self._mention(row, name, mention, finding.start - mention.end)
        if not before:
            row["last.none"] = 1.0
        if after:
            self._mention(row, "next", after, after.start - finding.end)
        subject = next((m for m in there if m.place == "subject" and not m.possessive), None)
        governing = next((m for m in reversed(before) if m.governs), None)
        for name, one in (("subject", subject), ("governing", governing)):
            if one:
                row[f"{name}.role={one.role}"] = 1.0
        roles = Counter(m.role for m in there)
        for role in (REPORTED, HARMED, BYSTANDER):
            row[f"count.{role}"] = min(3, roles[role]) / 3
        row["reported named"] = float(any(m.role == REPORTED for m in self.people))
        entity = before[-1].entity if before else -1
        row["last.mentions"] = min(5, sum(m.entity == entity for m in self.people)) / 5 if entity >= 0 else 0.0

    def _mention(self, row: Row, name: str, mention: Mention, away: int) -> None:
        row[f"{name}.role={mention.role}"] = row[f"{name}.place={mention.place}"] = 1.0
        row[f"{name}.article={mention.article}"] = 1.0
        row[f"{name}.noun"], row[f"{name}.governs"] = float(mention.noun), float(mention.governs)
        row[f"{name}.possessive"], row[f"{name}.away"] = float(mention.possessive), min(away, _FAR) / _FAR
        if mention.sex:
            row[f"{name}.sex"] = float(mention.sex in self._sexes[True]) - float(mention.sex in self._sexes[False])

    def _people_before(self, row: Row, opens: int) -> None:
        before = [m for m in self.people if m.start < opens]
        subject = next((m for m in reversed(before) if m.place == "subject" and m.noun), None)
        if before:
            row[f"before.role={before[-1].role}"] = 1.0
        if subject:
            row[f"subject before.role={subject.role}"] = 1.0

    def _place(self, row: Row, sentence: int) -> None:
        here = self._density[sentence]
        row["descriptions here"], row["kinds here"] = min(here, 8) / 8, min(len(self._kinds[sentence]), 6) / 6
        row["most here"] = float(here == max(self._density.values()))
        row["position"], row["first"] = sentence / max(1, len(self.breaks) - 1), float(sentence == 0)
        row["people told apart"] = min(self.reported, 4) / 4

    def _neighbours(self, row: Row, number: int) -> None:
        sentence, finding = self._sentences[number], self.findings[number]
        beside = [self.given[i] for i, s in enumerate(self._sentences) if s == sentence and i != number]
        row["rule here"] = sum(beside) / len(beside) if beside else 0.5
        row["rule all"] = sum(self.given) / len(self.given)
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
        kind = self.findings[number].field
        alike = [i for i, f in enumerate(self.findings) if f.field == kind and not f.negated]
        values = len({str(self.findings[i].value) for i in alike})
        row["only value"], row["values"] = float(values == 1), values / 4
        row["rule elsewhere"] = float(any(self.given[i] for i in alike if i != number))
