"""Ages and heights: numbers of a person, one mechanism for both.

Every number that is written as one is proposed, with the hedges and the unit that stand round it; whether it is a
person's age or height is judged by what stands beside it (`judge/numbers`). Words that tell one without a number
("a pensioner", "tall") are rows of a vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from linkage.intake.document.tokens import ahead, fine_tokens, past, span_of
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, flagged, is_unknown, plain
from linkage.intake.quantities import Bounds, age_spans, ages, hedge_kinds, hedged, height_spans, heights
from linkage.report import Range

NUMBER_TOLD, WORD_TOLD, NOT_TOLD = 0.9, 0.7, 0.4
"""[G] Confidence in what a number or a word tells, and in a vague word ("tall"), which is too low to be kept."""
_NEXT = 14
"""Characters behind a word like "elderly" within which a number tells the same better [G]."""
_OPEN_RANGE = compiled(r"(\d)\s*-\s*$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in `plain` text, of which `words` are the fine tokens: characters [start, end) with the hedges and
    units round it, [begins, ends) without; tokens [first, last) and [at, past) likewise."""

    low: str
    words: Sequence[str]
    start: int
    end: int
    begins: int
    ends: int
    first: int
    at: int
    past: int
    last: int


@dataclass(frozen=True)
class Measure:
    """One field that is a number of a person.

    `spans` finds the numbers in `plain` text that may be one, `read` their lowest and highest values. `context` names
    the rows that tell what stands beside them; of those `lead` and `tail` are part of what is said ("aged", "years
    old"). A number that is hedged is widened by `about` either way or by `little` to one side. `words` name the
    vocabulary of what is told without a number, `word_told` how surely where no entry calls a word vague; behind a
    number that a row of `counted` follows none is told.
    """

    field: str
    context: str
    words: str
    spans: Callable[[str], Iterator[tuple[int, int]]]
    read: Callable[[str], list[tuple[int, int]]]
    lead: tuple[str, ...]
    tail: tuple[str, ...]
    about: int
    little: int
    word_told: float
    counted: str = ""

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(self.words)

    @cached_property
    def _alone(self) -> Lexicon:
        return Lexicon(self.words, only=flagged("alone"))

    def normalise(self, words: str) -> Range | None:
        """The range that a person's own words tell ("mid 30s" 33-37, "over 6ft" 183 up); None when they tell none."""
        bounds = self._bounds(words)
        return Range(min=bounds[0], max=bounds[1]) if bounds else None

    @lru_cache(maxsize=8192)  # noqa: B019 - one for the process
    def _bounds(self, words: str) -> Bounds | None:
        if is_unknown(words):
            return None
        text = _OPEN_RANGE.sub(r"\1+", plain(words).strip())
        if said := self.read(text):
            low, high = min(one[0] for one in said), max(one[1] for one in said)
            kinds = hedge_kinds([token.low for token in fine_tokens(text)], self.context)
            return hedged(low, high, kinds, self.about, self.little)
        known = [key for key, _, _ in self._lexicon.read(words)]
        data = self._lexicon.entries[known[0]].data if known else None
        return (data.get("min"), data.get("max")) if data is not None else None

    def numbers(self, low: str) -> Iterator[Number]:
        """The candidates in `plain` text: numbers behind which nothing says what else they count ("40 miles")."""
        tokens = fine_tokens(low)
        words = [token.low for token in tokens]
        for start, end in self.spans(low):
            at, behind = span_of(tokens, start, end)
            first, last = self._with_hedges(words, at, behind)
            if not self.counted or past(words, behind, self.context, self.counted) == behind:
                opens = tokens[first].start if first < at else start
                closes = tokens[last - 1].end if last > behind else end
                yield Number(low, words, opens, closes, start, end, first, at, behind, last)

    def _with_hedges(self, words: Sequence[str], first: int, last: int) -> tuple[int, int]:
        """The tokens of a number with the hedges round it, and the rows of its context that go with them."""
        before = (-1, -1)
        while (first, last) != before:
            before = first, last
            first = ahead(words, first, self.context, *self.lead) if self.lead else first
            last = past(words, last, self.context, *self.tail)
            first, last = ahead(words, first, "hedges"), past(words, last, "hedges")
        return first, last

    def value(self, one: Number) -> Range | None:
        """What a candidate tells with its hedges, else without those behind it."""
        return self.normalise(one.low[one.start : one.end]) or self.normalise(one.low[one.start : one.ends])

    def words_told(self, low: str, numbers: Sequence[Finding]) -> Iterator[Finding]:
        """What `plain` text tells without a number, but for words beside one of the `numbers` that are told."""
        for key, start, end in self._alone.scan(low):
            if all(end + _NEXT <= one.start or start >= one.end for one in numbers):
                data = self._alone.entries[key].data
                value = Range(min=data.get("min"), max=data.get("max"))
                sure = NOT_TOLD if data.get("vague") else self.word_told
                yield Finding(self.field, value, start, end, f"{self.words}:{key}", sure)


ABOUT_YEARS = 2
"""[G] "around 55" is read as 53-57."""
ABOUT_CM, JUST_CM = 3, 5
"""[G] "about 5 ft 7" is widened by about an inch either way, "just over 6 ft" reaches up to two inches further."""

age = Measure(
    "age", "age_context", "age_words", age_spans, lambda text: ages(text, ABOUT_YEARS),
    ("about", "over", "under", "lead"), ("old", "years", "about", "over", "under"), ABOUT_YEARS, ABOUT_YEARS,
    WORD_TOLD, counted="no_age",
)  # fmt: skip
height = Measure(
    "height_cm", "height_context", "height_words", height_spans, heights, (), ("tall",), ABOUT_CM, JUST_CM,
    NOT_TOLD,
)  # fmt: skip
