"""Words that describe a person only beside other words: one mechanism for every such field.

A word of the field's vocabulary is a candidate wherever it stands. It counts by itself where its entry says so
("scouse"), beside a head word with nothing but fillers and other words of the field between ("dark brown eyes",
"accent was maybe Polish"), said of a person ("he was large", "a white man"), or as one item of a description written
as a list, of which the neighbours describe a person ("Male, white, 30s / 5 9 / slim"); and not beside what shows that
it tells something else ("a white van"). All of these stand in rows of `descriptor_cues.toml`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from linkage.intake.document.tokens import Context, Step, span_of
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import (
    Lexicon,
    answered,
    flagged,
    is_unknown,
    negated_before,
    plain,
    squeeze,
    unflagged,
)
from linkage.report import Hair

_REACH = 60
"""Characters of a neighbour in a list that are looked at [G]."""
_SAID = PatternTable(
    "descriptions",
    build=Lexicon("builds", only=unflagged("weak", "noun_only")).source,
    style=Lexicon("hair_styles", only=flagged("alone")).source,
    ethnicity=Lexicon("ethnicities", only=unflagged("of_things", "field_only")).source,
    accent=Lexicon("accents", only=flagged("alone")).source,
    make=Lexicon("makes", only=lambda make, _: make.data.get("caution", 0) == 0).source,
)
_ENDS_BEFORE = (*",;:/|(&+•.!?-*", "and", *_SAID.rows["hedge"])
"""With one of these, or the end of a line, all ends that may stand before an item of a list."""


class Item(NamedTuple):
    """Some words as an item of a list: whether a break of the list stands on both sides, the item `before` (empty at
    the start of a text), and the two items `after` (empty at its end)."""

    alone: bool
    before: str
    after: str


@lru_cache(maxsize=64)
def item(low: str, start: int, end: int) -> Item:
    """The words low[start:end] as an item."""
    before, behind = low[max(0, start - _REACH) : start], _SAID["behind_item"].match(low, end)
    said = before.rstrip()
    may_open = not said or said.endswith(_ENDS_BEFORE) or "\n" in before[len(said) :]
    opens = _SAID["before_item"].search(before) if may_open else None
    after = low[behind.end() if behind else end : end + _REACH].lstrip(" -")
    return Item(
        opens is not None and behind is not None,
        _SAID["between_items"].split(before[: opens.start()] if opens else before)[-1],
        " , ".join(_SAID["between_items"].split(after, 2)[:2]),
    )


def among_descriptors(low: str, start: int, end: int, colour: bool = False) -> bool:
    """Whether the item low[start:end] stands in a list beside a descriptor of a person, and not behind a vehicle.

    A `colour` may be that of the garment before it; beside another word a garment is a descriptor too.
    """
    _, before, after = item(low, start, end)
    if colour and (_SAID["worn"].search(before) or _SAID["worn"].search(after)):
        return False
    return says_person(before, worn=True) or (not names_vehicle(before) and says_person(after, worn=True))


def names_vehicle(words: str) -> bool:
    """Whether some words name a vehicle ("a small purple car")."""
    return _SAID["thing"].search(words) is not None


@lru_cache(maxsize=256)
def says_person(words: str, worn: bool = False) -> bool:
    """Whether some words describe a person ("5ft 6", "curly hair") and name no vehicle; `worn`: also by a garment."""
    person = _SAID["person"].search(words) or (worn and _SAID["worn"].search(words))
    return bool(person) and not names_vehicle(words)


def tells_of_thing(low: str, end: int) -> bool:
    """Whether the sentence up to `end` tells of a vehicle, of hair or of something worn."""
    sentence = _SAID["sentence_end"].split(low[max(0, end - _REACH) : end])[-1]
    return any(said.search(sentence) is not None for said in (_SAID["thing"], _SAID["worn"], _SAID["other_thing"]))


BESIDE_A_HEAD, BY_ITSELF, OF_A_PERSON, LISTED = 0.9, 0.85, 0.8, 0.75
"""[G] Confidence by what makes a word tell."""
_OPENS = frozenset(("", *".;:!?()*\n"))
_QUOTED = 9
"""Characters before a word among which quotation marks and spaces are passed over [G]."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A word of a field: its key, characters, tokens [first, last), and the flags it has in its entry."""

    key: str
    start: int
    end: int
    first: int
    last: int
    flags: frozenset[str]


@dataclass(frozen=True)
class Descriptor:
    """One field that is read by its words.

    Words are told apart by the lists of their entries, their flags: `bare` ones tell by themselves (all that are
    under none of `unless`, where that is given), `personal` ones where they are said of a person, `listed` ones as
    items of a description, `never` ones beside a head word alone. `colour`: they are of garments and vehicles too.
    `joined`: one is told by the guess beside it, by "any" or by one that is "told". `nouns`: one is said of a person
    whom a noun behind it names. `loose`: a loose head is enough. `labels`: values are labels, not keys. `single`: a
    field holds one value.
    """

    field: str
    vocabularies: tuple[str, ...]
    bare: str = "alone"
    unless: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    never: str = ""
    colour: bool = False
    joined: str = ""
    nouns: bool = True
    loose: bool = False
    labels: bool = False
    single: bool = False

    @cached_property
    def words(self) -> Lexicon:
        """All words of the vocabularies."""
        return Lexicon(*self.vocabularies)

    @cached_property
    def _flags(self) -> dict[str, frozenset[str]]:
        """The flags of each word, spelt as `squeeze` has it; one with a bare word in it is bare too ("bald guy")."""
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self.words.entries.values():
            for flag, said in entry.data.items():
                for word in said if isinstance(said, list) else ():
                    found[squeeze(word.lower())].add(flag)
            bare = [f" {word} " for word in entry.data.get(self.bare, ())]
            for word in entry.synonyms:
                if any(one in f" {word} " for one in bare):
                    found[squeeze(word.lower())].add(self.bare)
        return {word: frozenset(flags) for word, flags in found.items()}

    def value(self, key: str) -> str:
        """The canonical value of a key."""
        return self.words.entries[key].label if self.labels else key

    def normalise(self, words: str) -> list[str] | str | bool | Hair | None:
        """The values that a person's own words name, or the first for a single one; None when none is known."""
        values = self.named(words)
        return (values[0] if self.single else list(values)) if values else None

    @lru_cache(maxsize=4096)  # noqa: B019 - the fields live as long as the process
    def named(self, words: str) -> tuple[str, ...]:
        """As `normalise`, always several."""
        return () if is_unknown(words) else tuple(map(self.value, self.words.keys(words)))

    def find(self, text: str) -> list[Finding]:
        """Values that a free text tells, with the words that tell them."""
        low = plain(text)
        return [found for one, sure in self.told(low) for found in self.findings(low, one, sure)]

    def findings(self, low: str, one: Candidate, sure: float) -> Iterable[Finding]:
        """What a candidate tells; the words before it, or the answer of a form behind it, may deny it."""
        denied = negated_before(low, one.start) or answered(low, one.end) == "no"
        yield Finding(self.field, self.value(one.key), one.start, one.end, self.vocabularies[0], sure, denied)

    def told(self, low: str) -> Iterator[tuple[Candidate, float]]:
        """The candidates that count, and how surely."""
        spoken = [(key, start, end) for key, start, end in self.words.scan(low) if answered(low, end) != "unknown"]
        if not spoken:
            return
        around = Context(low, "descriptor_cues", self.field)
        flags = [self._flags.get(squeeze(low[start:end]), frozenset()) for _, start, end in spoken]
        found = [
            Candidate(*one, *span_of(around.tokens, *one[1:]), flagged)
            for one, flagged in zip(spoken, flags, strict=True)
        ]
        headed, aside = self._headed(found, around), self._set_aside(found, around)
        sure = {one: self.sure(one, around, one in headed) for one in found if one not in aside}
        seeds = [one for one in sure if sure[one] or self.joined == "any"] if self.joined else []
        firsts, lasts = {one.first for one in seeds}, {one.last for one in seeds}
        for one, how in sure.items():
            if how:
                yield one, how
            elif seeds and self.never not in one.flags:  # the other guess of two: "medium to stocky"
                past, ahead = around.past(one.last, "joiner"), around.ahead(one.first, "joiner")
                if (past != one.last and past in firsts) or (ahead != one.first and ahead in lasts):
                    yield one, LISTED

    def sure(self, one: Candidate, around: Context, headed: bool) -> float:
        """How surely a candidate tells a value by what stands round it; 0 where it does not."""
        if headed:
            return BESIDE_A_HEAD
        if self.never in one.flags:
            return 0.0
        if not one.flags.intersection(self.unless) if self.unless else self.bare in one.flags:
            return BY_ITSELF
        if one.flags.intersection(self.personal) and self._of_a_person(one, around):
            return OF_A_PERSON
        return LISTED if one.flags.intersection(self.listed) and self._in_a_list(one, around.low) else 0.0

    def _set_aside(self, found: list[Candidate], around: Context) -> set[Candidate]:
        """The candidates that tell of something else, and those that are joined to one: "Polish or Czech accent"."""
        aside: set[Candidate] = set()
        for one in reversed(found):
            adjoining = aside and {one.last, around.past(one.last, "joiner")} & {other.first for other in aside}
            other = around.past(one.last, "other") != one.last or around.ahead(one.first, "other") != one.first
            if adjoining or other or around.leads_to(one.last, around.past, "worn", "cloth"):
                aside.add(one)
        return aside

    def _headed(self, found: list[Candidate], around: Context) -> set[Candidate]:
        """The candidates that stand beside a head word, or beside another one that does, or have one in them."""
        ahead: set[int] = set()
        behind: set[int] = set()
        alone: set[int] = set()
        starts = {one.first for one in found}
        for one in found:
            apart = self._apart(one) and not self.words.entries[one.key].data.get("size")
            if self._reaches(one.first, around.ahead, ahead, self.loose, apart):
                ahead.add(one.last)
            itself = around.past(one.first, "head") == one.last and around.ahead(one.first, "filler") != one.first
            if itself or any(at < around.past(at, "head") <= one.last for at in range(one.first + 1, one.last)):
                (alone if around.ahead(one.first + 1, "filler") <= one.first else behind).add(one.first)
        for one in reversed(found):
            if reached := self._reaches(one.last, around.past, behind, commas=self._apart(one)):
                behind.update((one.first, *({reached[0]} & starts)))
        return {one for one in found if one.first in behind | alone or one.last in ahead}

    def _reaches(
        self, at: int, step: Step, others: Collection[int], hedged: bool = False, commas: bool = False
    ) -> tuple[int, int] | None:
        """The ends of the head word, near and far, that stands at the token `at` or beyond fillers; the same for one
        of `others`, which reach one themselves; None where something else stands between.

        A `loose` head is one only with a guess between ("an accent, possibly Polish"), or where the word is `hedged`.
        """
        here = at
        while True:
            head = step(at, "head")
            if head != at or (at in others and (not self.single or at != here)):
                return at, head
            if hedged and (loose := step(at, "loose")) != at:
                return at, loose
            beyond = step(at, "guess")
            hedged |= beyond != at
            for kind in ("filler", "comma") if commas else ("filler",):
                beyond = step(at, kind) if beyond == at else beyond
            if beyond == at:
                return None
            at = beyond

    def _apart(self, one: Candidate) -> bool:
        """Whether a comma may stand between a candidate and its head: "long, greasy hair"; not behind a colour."""
        return self.loose and not self.words.entries[one.key].data.get("colours")

    def _of_a_person(self, one: Candidate, around: Context) -> bool:
        """ "He was large", "a white stocky man", "suspect B white, 20-23", "it was white, 30s and tall"."""
        if self.nouns and around.leads_to(one.last, around.past, "noun", "adjective"):
            return True
        low, at, goes_on = around.low, one.first, _SAID["goes_on"].match(around.low, one.end) is not None
        while True:
            was = around.ahead(at, "was")
            if was != at and around.ahead(was, "person") != was:
                return True
            more = goes_on and was != at and says_person(item(low, one.start, one.end).after)
            if more and not tells_of_thing(low, one.start):
                return True
            if goes_on and (around.ahead(at, "is") != at or self._beside_a_person(at, one, around)):
                return True
            beyond = around.ahead(at, "adverb")
            if beyond == at:
                return False
            at = beyond

    def _beside_a_person(self, at: int, one: Candidate, around: Context) -> bool:
        """Whether a person stands before the token `at`; for what is no colour a comma is enough, or an age."""
        if not one.flags.intersection(self.listed):
            return False
        if around.ahead(at, "beside") != at:
            return True
        if self.colour:
            return around.ahead(at, "person") != at and not tells_of_thing(around.low, one.start)
        before = around.tokens[one.first - 1].low if one.first else ""
        return before.isdigit() or (
            before in (",", ";") and not names_vehicle(item(around.low, one.start, one.end).before)
        )

    def _in_a_list(self, one: Candidate, low: str) -> bool:
        """Whether a candidate is an item of a description, as its first, its next or its only word."""
        alone, before, after = item(low, one.start, one.end)
        if "place_names" in one.flags:
            return alone and says_person(before)
        opens = low[max(0, one.start - _QUOTED) : one.start].rstrip(" '\"")[-1:] in _OPENS
        if opens and _SAID["goes_on"].match(low, one.end) and says_person(after.split(" , ")[0]):
            return True
        listed = self.colour and says_person(before)
        return alone and (listed or among_descriptors(low, one.start, one.end, self.colour))
