"""What stands round the words of a field in a text, by the rows of `descriptor_cues.toml`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import cache

from linkage.intake.document.tokens import fine_tokens, located
from linkage.intake.phrases.memo import Memo
from linkage.vocabulary import load

_Phrases = dict[str, list[tuple[str, ...]]]
_Rows = Memo[tuple[str, str], _Phrases]
Step = Callable[[int, str], int]


@cache
def _rows(vocabulary: str, field: str) -> _Rows:
    """For a kind and a side the phrases of all fields and of this one, by the word next to the place."""
    return Memo(lambda asked: _phrases(vocabulary, field, *asked))


def _phrases(vocabulary: str, field: str, kind: str, side: str) -> _Phrases:
    found: _Phrases = defaultdict(list)
    for name in (kind, f"{field}_{kind}"):
        entry = load(vocabulary).entries.get(name)
        for phrase in entry.data[side] if entry else ():
            words = tuple(token.low for token in fine_tokens(phrase))
            found[words[0 if side == "behind" else -1]].append(words)
    for each in found.values():
        each.sort(key=len, reverse=True)
    return dict(found)


class Round:
    """A text in lower case as seen from the words of one field; places are tokens.

    With `side_by_side` one word of the field that stands right beside another is told of the same.
    """

    def __init__(self, low: str, field: str, side_by_side: bool = True, vocabulary: str = "descriptor_cues") -> None:
        self.low, self.side_by_side = low, side_by_side
        self.tokens = located(low)
        self._rows, self._words = _rows(vocabulary, field), [token.low for token in self.tokens.words]

    def past(self, at: int, kind: str) -> int:
        """The token behind the words of a kind that begin with the token `at`; that itself for none."""
        words = self._words
        for phrase in self._rows[kind, "behind"].get(words[at], ()) if at < len(words) else ():
            if tuple(words[at : at + len(phrase)]) == phrase:
                return at + len(phrase)
        return at

    def ahead(self, at: int, kind: str) -> int:
        """The token at which the words of a kind begin that end before the token `at`; that itself for none."""
        words = self._words
        for phrase in self._rows[kind, "before"].get(words[at - 1], ()) if at else ():
            if len(phrase) <= at and tuple(words[at - len(phrase) : at]) == phrase:
                return at - len(phrase)
        return at

    def leads_to(self, at: int, step: Step, kind: str, over: str) -> bool:
        """Whether words of a kind stand at the token `at`, going by `step`, or beyond words `over` which it goes."""
        while step(at, kind) == at:
            beyond = step(at, over)
            if beyond == at:
                return False
            at = beyond
        return True

    def reaches(
        self, at: int, step: Step, others: Collection[int] = (), hedged: bool = False, commas: bool = False
    ) -> tuple[int, int] | None:
        """The ends of the head word, near and far, that stands at the token `at` or beyond fillers; the same for one
        of `others`, which reach one themselves; None where something else stands between.

        A `loose` head is one only with a guess between ("an accent, possibly Polish"), or where the word is `hedged`.
        """
        here = at
        while True:
            head = step(at, "head")
            if head != at or (at in others and (self.side_by_side or at != here)):
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
