"""What stands around the phrases of a behaviour variable in a text: the features by which it is judged.

A row is one variable of one text, told by its best phrase: what the rules made of it and why not, who is mentioned
last before it, and how much else the text tells. But for the variable itself nothing here names a word of the text;
the words around the phrase are told apart from these, for `wording`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from linkage.intake.belief.wording import Around, Said, Wording, around
from linkage.intake.mention import BYSTANDER, HARMED, REPORTED, Mention

if TYPE_CHECKING:
    from linkage.intake.facts.candidate import Candidate
    from linkage.intake.facts.finding import Finding

Row = dict[str, float]

_FAR = 120
"""Characters from which on a mention counts as just as far [G]."""
_MOST_PHRASES = 5
"""Phrases of one variable from which on more are as good [G]."""


@dataclass(slots=True)
class Deeds:
    """The phrases of one text, by variable.

    `breaks` is where the sentences of `text` begin, `people` its mentions, `by_others` the
    findings that the rules give to a bystander, and `domains` the domain of each variable of the vocabulary.
    """

    text: str
    candidates: Sequence[Candidate]
    by_others: Sequence[Finding]
    breaks: Sequence[int]
    people: Sequence[Mention]
    domains: Mapping[str, str]
    by_key: defaultdict[str, list[Candidate]] = field(default_factory=lambda: defaultdict(list))
    told: set[str] = field(default_factory=set)
    _others: frozenset[Finding] = frozenset()
    _counting: list[Candidate] = field(default_factory=list)
    _best: dict[str, Candidate] = field(default_factory=dict)
    _in_domain: Counter[str] = field(default_factory=Counter)
    _in_sentence: Counter[int] = field(default_factory=Counter)
    _people_of: dict[int, tuple[Sequence[Mention], Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = [m for m in self.people if m.kind != "alias"]
        self._others = frozenset(self.by_others)
        for one in self.candidates:
            self.by_key[one.key].append(one)
            if self.counts(one):
                self._counting.append(one)
                self.told.add(one.key)
                self._in_sentence[self._sentence(one)] += 1
        self._in_domain = Counter(self.domains.get(key, "") for key in self.told)

    def counts(self, one: Candidate) -> bool:
        """Whether the rules take it for the reported person's deed."""
        made = one.finding
        return made is not None and one.kept and not made.negated and not self._of_others(made)

    def _of_others(self, made: Finding | None) -> bool:
        # a finding is compared as a whole, which is dear; most texts have none of others
        return bool(self._others) and made in self._others

    def best(self, key: str) -> Candidate:
        """The phrase that speaks best for a variable: one that counts, else the one that came nearest to it."""
        if key not in self._best:
            alike = self.by_key[key]
            self._best[key] = max(alike, key=self._standing) if len(alike) > 1 else alike[0]
        return self._best[key]

    def of(self, key: str) -> Row:
        """Features of a variable that has phrases in the text."""
        best, domain = self.best(key), self.domains.get(key, "")
        made, phrase = best.finding, best.found.phrase
        words = best.found.last - best.found.first + 1
        sentence = self._sentence(best)
        row: Row = {
            f"key={key}": 1.0,
            f"domain={domain}": 1.0,
            f"actor={best.how.actor}": 1.0,
            f"phrase actor={phrase.actor}": 1.0,
            f"reality={best.how.reality}": 1.0,
            "rule": float(self.counts(best)),
            "made": float(made is not None),
            "kept": float(best.kept),
            "by others": float(self._of_others(made)),
            "negated": float(best.how.denied if made is None else made.negated),
            "denied": float(best.how.denied),
            "quoted": float(best.quoted),
            "confidence": 0.0 if made is None else made.confidence,
            "words": min(words, 12),
            "places": len(phrase.places),
            "light words": words - len(phrase.places),
            "in domain": self._in_domain[domain] - (key in self.told),
            "told": len(self.told),
            "in sentence": self._in_sentence[sentence],
            "position": sentence / max(1, len(self.breaks) - 1),
            "first": float(sentence == 0),
        }
        self._phrases(row, key, best)
        self._people_around(row, best, sentence)
        return row

    def said(self, key: str) -> Said:
        """The words around the best phrase of a variable."""
        return self._around(key).said()

    def odds(self, key: str, learned: Wording) -> float:
        """The log odds of its wording."""
        phrase = self.best(key).found.phrase.surface
        return learned.odds_of_deed(key, self.domains.get(key, ""), phrase, self._around(key))

    def _around(self, key: str) -> Around:
        return around(self.text, *self._opens_and_closes(self.best(key)))

    def _opens_and_closes(self, one: Candidate) -> tuple[int, int, int, int]:
        opens = self._sentence(one)
        last = opens + 1 == len(self.breaks)
        return self.breaks[opens], one.start, one.end, len(self.text) if last else self.breaks[opens + 1]

    def _standing(self, one: Candidate) -> tuple[bool, bool, float, bool, int]:
        made = one.finding
        sure, denied = (0.0, one.how.denied) if made is None else (made.confidence, made.negated)
        return self.counts(one), one.kept, sure, not denied, -one.start

    def _sentence(self, one: Candidate) -> int:
        return bisect_right(self.breaks, one.start) - 1

    def _phrases(self, row: Row, key: str, best: Candidate) -> None:
        alike = self.by_key[key]
        beside = [one for one in self._counting if one.start < best.end and best.start < one.end and one.key != key]
        row["phrases"] = min(len(alike), _MOST_PHRASES)
        row["phrases that count"] = min(sum(map(self.counts, alike)), _MOST_PHRASES)
        row["negated anywhere"] = float(any(one.finding is not None and one.finding.negated for one in alike))
        row["overlaps"] = len(beside)
        row["within a longer"] = float(
            any(
                o.start <= best.start and best.end <= o.end and o.end - o.start > best.end - best.start
                for o in beside
            )
        )

    def _people_around(self, row: Row, best: Candidate, sentence: int) -> None:
        there, roles = self._people_in(sentence)
        before = [m for m in there if m.start <= best.start]
        if before:
            last = before[-1]
            row[f"last.role={last.role}"] = row[f"last.place={last.place}"] = 1.0
            row["last.noun"], row["last.governs"] = float(last.noun), float(last.governs)
            row["last.possessive"] = float(last.possessive)
            row["last.away"] = min(best.start - last.end, _FAR) / _FAR
        else:
            row["last.none"] = 1.0
        subject = next((m for m in reversed(before) if m.place == "subject" and not m.possessive), None)
        if subject is not None:
            row[f"subject.role={subject.role}"] = 1.0
            row["subject.away"] = min(best.start - subject.end, _FAR) / _FAR
        row |= roles

    def _people_in(self, sentence: int) -> tuple[Sequence[Mention], Row]:
        """The people mentioned in a sentence, and how many of each role as features."""
        if sentence not in self._people_of:
            opens = self.breaks[sentence]
            closes = self.breaks[sentence + 1] if sentence + 1 < len(self.breaks) else None
            there = [m for m in self.people if opens <= m.start and (closes is None or m.start < closes)]
            roles = Counter(m.role for m in there)
            counted: Row = {f"count.{role}": min(3, roles[role]) for role in (REPORTED, HARMED, BYSTANDER)}
            self._people_of[sentence] = there, counted
        return self._people_of[sentence]
