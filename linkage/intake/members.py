"""Which of several reported people a mention stands for: "the first", "one ... the other", "the taller man"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.cues import cue
from linkage.intake.headcount import NUMBERS
from linkage.intake.mention import FEMALE, MALE, Mention, label, ordinal
from linkage.intake.patterns import compiled
from linkage.intake.tally import adds, armed_as, came_with, companion, count_reported, joined, labels_of, taken_up

_OPPOSITE = {
    "younger": "older", "taller": "shorter", "bigger": "smaller", "fatter": "thinner", "driver": "passenger",
    "young": "old", "tall": "short", "big": "small", "fat": "thin", "heavier": "lighter",
    "rider": "pillion", "attacker": "lookout",
    "elder": "younger", "eldest": "youngest", "oldest": "youngest", "tallest": "shortest",
}  # fmt: skip
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items() if other not in _OPPOSITE}
_LAST = compiled(r"\bthe last(?: of (?:the\b|them)[\w ]*)?$|\bthe last (?:one|man|lad|male|boy|youth)$")
_BOYS = ("youth", "juvenile", "teenager")
_LOOKS = ("white", "black", "asian", "mixed", "chinese", "bald", "bearded", "blonde")
_WAS_A = compiled(
    r"(?:\s+(?:was|is)|,)\s+an?\s+(?:[\w-]+\s+){0,3}?(?P<who>woman|girl|female|lady|man|male|lad|boy|bloke|guy)\b"
)
_OF_HIM = 110
"""Characters behind a person in which what is told is still told of them [G]."""

_LISTED = compiled(
    r";\s*(?:and\s+|or\s+)?$|\b(?:identify|trace|find|for|to|are|of|following)\s*:\s*$"
    r"|\b(?:upstairs|inside|outside|waiting|there|behind (?:him|it)|with him)(?: [\w']+){0,3} were\s+$"
)
"""Before one of several people who are told one after another: "want to trace: a black male ...; a white male",
"Upstairs were a bald man and a younger one"."""

_AGED = compiled(
    r"\b(?:aged?|about|around|his|her|early|mid|late|was|is|one)\b[\w\s'-]{0,12}?\b(?P<age>[1-8]\d)\b(?!\s*(?:cm|kg))"
)
"""An age behind one of several, by which "the older man" tells who is meant."""
_OLDER, _YOUNGER = ("older", "elder", "eldest", "oldest", "old"), ("younger", "youngest", "young")

_STANDS = compiled(
    r"\s+(?:who\s+(?:was|sat|stood|stayed|waited)\s+)?(?:sitting\s+|sat\s+|standing\s+)?"
    r"(?P<where>in the (?:back|rear)|in the front|at the door|"
    r"by the door|on the (?:left|right)|in the middle|behind the wheel|on the pillion)\b"
)
"""Behind "the man": where he is, which tells who of several is meant."""
_WATCHED = compiled(
    r"\s+(?:\w+ly\s+)?(?:kept (?:watch|look-?out)|stood (?:guard|watch)|looked on|acted as (?:a )?look-?out|waited)\b"
)
"""Behind one of several: what makes him "the lookout", and the other "the attacker"."""

_HEAVY = compiled(r"\b(?:heavily[ -]built|heavy[ -]?set|heavy|burly|bulky|overweight|massive|large)\b")
"""What makes one of several "the big one"."""
_NEXT_ONE = compiled(
    r"[.;(]|, the |, one|, another|, an? |while|and the|and one|and another|and an? |and his|, second|, first"
)


_SECOND = compiled(r"\sb\b")
"""What the next pattern cannot do without."""
_LETTERED = compiled(
    r"\b(?:offender|suspect|susp|man|male|subject|youth|boy|lad|person|girl|woman|female|attacker|robber|bloke|perp)\s+b\b"
)
"""The second of people who are told apart by letters."""


class Members:
    """The reported people of one narrative, counted, and told apart as the text goes on."""

    def __init__(self, low: str, reported: Sequence[Mention], with_him: bool = False) -> None:
        """`reported` are the nouns that stand for them; `with_him` where the text has a "he" too."""
        self._low = low
        self._lettered = _SECOND.search(low) is not None and _LETTERED.search(low) is not None
        labels = labels_of(low, reported, self._lettered)
        self._labelled = len(labels) > 1 or any(m.kind == "number" and m.words.isalpha() for m in reported)
        self.count = count_reported(low, reported, labels, with_him, self._lettered)
        couple = any(m.words == "couple" for m in reported)
        self._sexes: dict[int, str] = {0: MALE, 1: FEMALE} if couple else {}
        self._traits: dict[str, int] = {}
        self._ages: dict[int, int] = {}
        self._current = 0
        self._ones: int | None = None
        self._told_apart: set[int] = set()
        self._before: int | None = None
        self._single: list[int] = []
        self._group: frozenset[int] = frozenset()
        self._spoken: list[tuple[int, int, int]] = []

    def sexes(self) -> set[str]:
        """The sexes known of the reported people from a word such as "couple"."""
        return set(self._sexes.values())

    def learn(self, people: frozenset[int], sex: str | None) -> None:
        """The sex of one person, told by a predicate or a pronoun."""
        if len(people) == 1 and sex and self.count > 1:
            self._sexes.setdefault(min(people), sex)

    def again(self, known: frozenset[int]) -> frozenset[int]:
        """The person that a noun points back to ("the driver") is spoken of once more."""
        self._current = min(known)
        return known

    def which(self, m: Mention) -> frozenset[int]:
        """Indexes of the reported people that a mention stands for."""
        if self.count == 1:
            return frozenset((0,))
        found = self._which(m)
        self._before = m.end if m.noun and not m.plural else None
        if len(found) == 1:
            self._current = next(iter(found))
            if m.kind in ("member", "number") and m.sex is None:
                m.sex = self._sex_of_group()
            if m.sex is None and companion(m):
                m.sex = self._sexes.get(self._current)
            if m.sex and m.noun:
                self._sexes[self._current] = m.sex
            elif m.sex:
                self._sexes.setdefault(self._current, m.sex)
            if self._current not in self._single:
                self._single.append(self._current)
            self._spoken.append((m.opens, m.end, self._current))
            self._ones = self._current if m.words == "one" else None
            if m.kind == "member" and m.words != "the one" and not m.words.startswith("one of"):
                self._told_apart.add(self._current)
            if m.noun:
                self._note_traits(m)
        elif m.noun and m.plural:
            self._group = found
        if len(found) > 1 and m.sex and m.noun and m.plural:
            self._sexes |= {index: m.sex for index in found if index not in self._sexes}
        return found

    def _sex_of_group(self) -> str | None:
        """The sex of somebody only counted among others ("two women ... and a third"), where all have the same."""
        known = set(self._sexes.values())
        told = self._sexes.get(self._current)
        return told or (next(iter(known)) if len(known) == 1 and len(self._group) > 1 else None)

    def _note_traits(self, m: Mention) -> None:
        told = f"{m.words} {'' if m.kind == 'bystander' else m.before}"
        rest = _NEXT_ONE.split(self._low[m.end : m.end + 60])[0]
        looks = [trait for trait in cue("traits").findall(rest) if not cue("not_looks").fullmatch(trait)]
        if aged := _AGED.search(self._low, m.start, m.end + len(rest)):
            self._ages.setdefault(self._current, int(aged["age"]))
        if _WATCHED.match(self._low, m.end):
            looks.append("lookout")
        if _HEAVY.search(f"{told} {rest}"):
            looks.append("big")
        for trait in [*cue("traits").findall(told), *looks]:
            self._traits.setdefault("boy" if trait in _BOYS else trait, self._current)

    def _which(self, m: Mention) -> frozenset[int]:
        everybody = frozenset(range(self.count))
        if m.kind in ("they", "all"):
            if "both" in m.words:
                return self._two_of(everybody)
            return everybody - ({self._current} if "other" in m.words else set())
        number = label(self._low, m, self._lettered) if m.noun and self._labelled else None
        if number is not None:
            return frozenset((min(number, self.count) - 1,))
        if m.plural or m.kind in ("he", "she"):
            return self._several(m, everybody) if m.plural else self._of_sex(m.sex)
        if companion(m):
            other = 1 - self._current if self.count == 2 and len(self._single) > 1 else self._next()
            other = max(1, other) if m.words.startswith("accomplice") else other
            return frozenset((self._traits.setdefault("mate", other),))
        return frozenset((self._one(m),))

    def _several(self, m: Mention, everybody: frozenset[int]) -> frozenset[int]:
        if companion(m) and m.count < self.count:
            return everybody - {self._current if self._single else 0}
        if m.before.startswith("both") and self.count > 2:
            return self._two_of(everybody)
        if adds(m) and self._single:
            return everybody - {self._current} or everybody
        if m.sex and m.count and m.count < self.count:
            start = len(self._sexes)
            known = [index for index, sex in self._sexes.items() if sex == m.sex]
            return frozenset(known) if known else frozenset(range(start, min(start + m.count, self.count)))
        known = [index for index, sex in self._sexes.items() if sex == m.sex]
        return frozenset(known) if len(known) > 1 else everybody

    def _two_of(self, everybody: frozenset[int]) -> frozenset[int]:
        """Of whom "both" is told where there are more than two: the pair spoken of last, else the first two."""
        if len(self._group) == 2:
            return self._group
        return everybody if self._single else frozenset(sorted(everybody)[:2])

    def _of_sex(self, sex: str | None) -> frozenset[int]:
        if self._sexes.get(self._current) in (None, sex):
            return frozenset((self._current,))
        return frozenset((next((i for i, known in self._sexes.items() if known == sex), self._current),))

    def _one(self, m: Mention) -> int:
        said = ordinal(m)
        within = self._of_group(m, said) if said else self._first_of(m)
        if within is not None:
            return within
        if said in ("other", "another", "latter", "different"):
            opposite = 1 - self._current if self._single else 1
            return opposite if self.count == 2 else self._next()
        if said is not None and said in NUMBERS:
            return min(NUMBERS[said] + self._after_one(m), self.count) - 1
        if _LAST.search(f"{m.before} {m.words}"):
            return self.count - 1
        trait = next(iter(cue("traits").findall(f"{m.words} {m.before}")), None) or self._stands(m)
        if trait and (m.article != "new" or m.kind == "bystander"):
            return self._by_trait(trait, m.sex or self._sex_ahead(m))
        return self._next(m.sex) if self._is_new(m) else self._known(m)

    def _after_one(self, m: Mention) -> int:
        """How far "the second" is moved on by who was told of before "one", of more than two: "the driver ... Two of
        them got out. One ... The second"."""
        return self._ones or 0 if m.kind == "member" and self.count > 2 and m.article != "new" else 0

    def _first_of(self, m: Mention) -> int | None:
        known = self._by_words(m)
        if armed := armed_as(m):
            return self._by_trait(armed) if known is None else self._traits.setdefault(armed, known)
        return self._of_group(m, None) if known is None else known

    def _by_words(self, m: Mention) -> int | None:
        """Of whom what a noun takes up was told: "one had a knife ... the knifeman", "the one with the clipboard"."""
        stem = taken_up(self._low, m) if m.article == "known" or m.words == "the one" else ""
        if not stem:
            return None
        for told in reversed(list(re.finditer(stem, self._low[: m.opens]))):
            near = [
                index
                for opens, end, index in self._spoken
                if told.start() - _OF_HIM < end <= told.start() or opens <= told.start() < end  # "a masked man"
            ]
            if near:
                return near[-1]
        return None

    def _of_group(self, m: Mention, said: str | None) -> int | None:
        """The one of the group named last, smaller than all who are reported: "two of the men ... one of them"."""
        if m.kind != "member" or not 1 < len(self._group) < self.count:
            return None
        if m.words in ("one", "one of them") or (m.words.startswith("one of the ") and "three" not in m.words):
            return next((index for index in sorted(self._group) if index not in self._single), None)
        if said in ("other", "latter") and not m.sex and self._current in self._group:
            return next(index for index in sorted(self._group) if index != self._current)
        return None

    def _sex_ahead(self, m: Mention) -> str | None:
        """The sex that is told of somebody at once: "the driver was a woman"."""
        ahead = _WAS_A.match(self._low, m.end)
        return None if ahead is None else FEMALE if ahead["who"] in ("woman", "girl", "female", "lady") else MALE

    def _is_new(self, m: Mention) -> bool:
        beside = m.article == "new" and self._before is not None and joined(self._low, self._before, m.start)
        beside = beside or (
            m.article == "new" and _LISTED.search(self._low, max(0, m.opens - 16), m.opens) is not None
        )
        sex = m.sex or self._sex_ahead(m)
        other_sex = bool(sex and self._sexes) and sex not in self._sexes.values()
        return (
            beside
            or other_sex
            or (came_with(self._low, m) and (m.sex != FEMALE or FEMALE not in self._sexes.values()))
            or (m.kind == "member" and m.words != "that one")
            or re.search(r"\bone\b", m.before) is not None
        )

    def _known(self, m: Mention) -> int:
        if m.words in ("man", "male", "guy") and self.count == 2 and self._traits.get("boy") == self._current:
            return 1 - self._current
        others = [index for index, sex in self._sexes.items() if m.sex and sex == m.sex]
        return self._current if not others or self._current in others else others[0]

    def _stands(self, m: Mention) -> str | None:
        """What tells by his place, or by what he did, who is meant: "the man in the back", "the lookout"."""
        if m.words in ("lookout", "look-out", "attacker") and "lookout" in self._traits:
            return m.words.replace("-", "")
        here = _STANDS.match(self._low, m.end) if m.article == "known" and not m.plural else None
        return here["where"] if here else None

    def _by_age(self, trait: str) -> int | None:
        """Of two whose ages were told, "the older man" or "the younger one"."""
        if self.count != 2 or len(set(self._ages.values())) != 2 or trait not in (*_OLDER, *_YOUNGER):
            return None
        return (max if trait in _OLDER else min)(self._ages, key=self._ages.__getitem__)

    def _by_trait(self, trait: str, sex: str | None = None) -> int:
        trait = "boy" if trait in _BOYS else trait
        if trait in self._traits:
            return self._traits[trait]
        if (aged := self._by_age(trait)) is not None:
            return self._traits.setdefault(trait, aged)
        opposite = _OPPOSITE.get(trait)
        if opposite in self._traits and self.count == 2:
            found = 1 - self._traits[opposite]
        elif trait in _LOOKS:
            found = self._next() if len(self._single) < self.count else self._current
        else:
            taken = set(self._traits.values())
            fitting = [i for i in range(self.count) if sex is None or self._sexes.get(i) in (None, sex)]
            fitting = [i for i in fitting if i not in taken] or [self._current]
            found = next((i for i in fitting if i not in self._told_apart), fitting[0])
        self._traits[trait] = found
        return found

    def _next(self, sex: str | None = None) -> int:
        """The first reported person not yet spoken of alone; of those spoken of, one whose sex is not another."""
        taken = set(self._single) | {i for i in self._sexes if len(self._sexes) < self.count and not self._single}
        free = next((index for index in range(self.count) if index not in taken), 0)
        if sex is None or self._sexes.get(free) in (None, sex):
            return free
        return next((index for index in range(self.count) if self._sexes.get(index) in (None, sex)), free)
