"""Ages and heights: numbers of a person, one mechanism for both.

Every number that is written as one is a candidate, with the hedges and the unit that stand round it; whether it is a
person's age or height is judged by what stands beside it (`judge/numbers`). Words that tell one without a number
("a pensioner", "tall") are rows of a vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from linkage.intake.document.tokens import fine_tokens, located
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.linear import learned
from linkage.intake.judge.numbers import Number, features
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import Lexicon, flagged, is_unknown, plain
from linkage.intake.quantities import hedges, lengths, years
from linkage.report import Range

NUMBER_TOLD, WORD_TOLD, NOT_TOLD = 0.9, 0.7, 0.4
"""[G] Confidence in what a number or a word tells, and in a vague word ("tall"), which is too low to be kept."""
_NEXT = 14
"""Characters behind a word like "elderly" within which a number tells the same better [G]."""
_OPEN_RANGE = compiled(r"(\d)\s*-\s*$")


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
    def _bounds(self, words: str) -> hedges.Bounds | None:
        if is_unknown(words):
            return None
        text = _OPEN_RANGE.sub(r"\1+", plain(words).strip())
        if said := self.read(text):
            low, high = min(one[0] for one in said), max(one[1] for one in said)
            return hedges.hedged(low, high, hedges.kinds(fine_tokens(text), self.context), self.about, self.little)
        known = [key for key, _, _ in self._lexicon.read(words)]
        data = self._lexicon.entries[known[0]].data if known else None
        return (data.get("min"), data.get("max")) if data is not None else None

    def numbers(self, low: str) -> Iterator[Number]:
        """The candidates in `plain` text: numbers behind which nothing says what else they count ("40 miles")."""
        tokens = located(low)
        for span in self.spans(low):
            one = Number.of(low, tokens, span, self.context, self.lead, self.tail)
            if not self.counted or hedges.end_of(one.words, one.past, self.context, self.counted) == one.past:
                yield one

    def value(self, one: Number) -> Range | None:
        """What a candidate tells with its hedges, else without those behind it."""
        return self.normalise(one.low[one.start : one.end]) or self.normalise(one.low[one.start : one.ends])

    def find(self, text: str) -> list[Finding]:
        """What a free text tells, each with the words that tell it ("around 55 years old", "about six foot")."""
        low = plain(text)
        found: list[Finding] = []
        for one in self.numbers(low):
            apart = not found or found[-1].end <= one.start
            if apart and learned(self.field).chance(features(one)) >= SURE and (value := self.value(one)):
                found.append(Finding(self.field, value, one.start, one.end, "number", NUMBER_TOLD))
        for key, start, end in self._alone.scan(low):
            if all(end + _NEXT <= f.start or start >= f.end for f in found):
                data = self._alone.entries[key].data
                value = Range(min=data.get("min"), max=data.get("max"))
                sure = NOT_TOLD if data.get("vague") else self.word_told
                found.append(Finding(self.field, value, start, end, f"{self.words}:{key}", sure))
        return sorted(found, key=lambda one: one.start)


ABOUT_YEARS = 2
"""[G] "around 55" is read as 53-57."""
ABOUT_CM, JUST_CM = 3, 5
"""[G] "about 5 ft 7" is widened by about an inch either way, "just over 6 ft" reaches up to two inches further."""

age = Measure(
    "age", "age_context", "age_words", years.spans, lambda text: years.years(text, ABOUT_YEARS),
    ("about", "over", "under", "lead"), ("old", "years", "about", "over", "under"), ABOUT_YEARS, ABOUT_YEARS,
    WORD_TOLD, counted="no_age",
)  # fmt: skip
height = Measure(
    "height_cm", "height_context", "height_words", lengths.spans, lengths.heights, (), ("tall",), ABOUT_CM, JUST_CM,
    NOT_TOLD,
)  # fmt: skip
