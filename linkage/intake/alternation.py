"""A long alternation of regular expressions, laid out by the first letters that each alternative can begin with.

An alternation tries its alternatives, often some hundred, one after another at every place of a text, and at nearly
every place none fits. Laid out like this it tries, at the beginning of each word, those alone that can begin with the
letters found there, and finds the same. What an alternative can begin with is read off its own parse; one of which
that says nothing is tried everywhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from linkage.disk_cache import cached, digest_of_files, name_of
from linkage.intake.facts.memo import Memo
from linkage.intake.openings import OTHER_DIGIT, openings
from linkage.intake.patterns import compiled

_CODE = digest_of_files("linkage.intake/alternation.py", "linkage.intake/openings.py")
_LETTERS = 4
"""Letters by which alternatives are told apart [G]: by two of them twice as many are tried where none is found."""
_KEYS = 16_384
"""Such heads of words whose alternatives are kept at hand [G]: ordinary texts hold a few thousand."""


_MARKED = 4
"""Letters by which a place is chosen at which a pattern may begin anywhere [G]: three let twice as many through."""


class Anywhere:
    """What a pattern finds that may begin within a word, tried only where its first letters stand.

    Raises ValueError for one that may begin with anything. A match must not be empty.
    """

    def __init__(self, source: str) -> None:
        self._pattern = compiled(source)
        follows = name_of("first letters", _CODE, source)
        self._heads = compiled(cached(follows, lambda: _first_letters(source)))

    def match(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self._pattern.match(text)

    def search(self, text: str, at: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        for head in self._heads.finditer(text, at, end):
            if (found := self._pattern.match(text, head.start(), end)) is not None:
                return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        past, match = 0, self._pattern.match
        for head in self._heads.finditer(text):
            start = head.start()
            if start >= past and (found := match(text, start)) is not None:
                yield found
                past = found.end()


def _first_letters(source: str) -> str:
    """A pattern for the first letter of all that `source` can begin with, the others ahead; the letter comes first,
    for `re` walks fast to the next of some letters only."""
    heads = openings(source, letters=_MARKED)
    if "" in heads or OTHER_DIGIT in "".join(heads):
        raise ValueError(f"may begin with anything: {source[:60]}")
    arms = []
    for letter, some in groupby(sorted(heads), lambda head: head[0]):
        rest = "|".join(re.escape(head[1:]) for head in some)
        arms.append(f"{re.escape(letter)}(?={rest})")
    return "|".join(arms)


class Alternation:
    """What `(?:before)(?:alternatives)(?:after)` finds where a match begins a word, or with a sign of `signs`.

    `alternatives` are the name of a group, or "", and a source each; those of one group stand together. `before` must
    look at what stands before a match only, and a match must not be empty. As for `re.compile`, `flags` may be
    IGNORECASE.
    """

    def __init__(
        self,
        alternatives: Sequence[tuple[str, str]],
        before: str = "",
        after: str = "",
        flags: int = 0,
        signs: str = "",
    ) -> None:
        self._flags = flags
        self._folds = bool(flags & re.IGNORECASE)
        parts = [part for group, source in alternatives for part in (group, source)]
        follows = name_of("alternation by letters", _CODE, str(int(flags)), before, after, *parts)
        self._sources: dict[str, str] = cached(follows, lambda: _laid_out(alternatives, before, after, flags))
        self._starts = compiled(rf"\w+|[{re.escape(signs)}]" if signs else r"\w+")
        self._of = Memo(self._of_uncached, _KEYS)
        self._beginning_with = Memo(self._compiled)

    def match(self, text: str, at: int) -> re.Match[str] | None:
        """As `re.Pattern.match`; a word, or a sign, begins at `at`."""
        pattern = self._of[text[at : at + _LETTERS]]
        return pattern.match(text, at) if pattern is not None else None

    def search(self, text: str, at: int = 0, end: int | None = None) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return next(self.finditer(text, at, end), None)

    def finditer(self, text: str, at: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        stop = len(text) if end is None else end
        past, of = at, self._of
        for word in self._starts.finditer(text, at, stop):
            start = word.start()
            if start >= past and (pattern := of[text[start : start + _LETTERS]]) is not None:
                found = pattern.match(text, start, stop)
                if found is not None:
                    yield found
                    past = found.end()

    def _compiled(self, head: str) -> re.Pattern[str]:
        return compiled(self._sources[head], self._flags)

    def _of_uncached(self, letters: str) -> re.Pattern[str] | None:
        """The alternatives that can begin with some letters; None where none can."""
        if not letters.isascii():  # "ſ" may be an "s" and "٣" a digit, to `re`
            letters = "any"
        letters = letters.lower() if self._folds else letters
        heads = (letters[:size] for size in range(len(letters), -1, -1))
        head = next((head for head in heads if head in self._sources), None)
        return None if head is None else self._beginning_with[head]


def _laid_out(alternatives: Sequence[tuple[str, str]], before: str, after: str, flags: int) -> dict[str, str]:
    """For each head of some letters, and for any other head (""), the pattern of what can begin with it."""
    heads = [openings(source, flags, _LETTERS) for _, source in alternatives]
    laid_out = {"any": _joined(alternatives, before, after)}
    for head in {"", *(head for some in heads for head in some)}:
        fitting = [one for one, some in zip(alternatives, heads, strict=True) if any(map(head.startswith, some))]
        if fitting:
            laid_out[head] = _joined(fitting, before, after)
    return laid_out


def _joined(alternatives: Sequence[tuple[str, str]], before: str, after: str) -> str:
    arms = []
    for group, some in groupby(alternatives, lambda one: one[0]):
        words = "|".join(source for _, source in some)
        arms.append(f"(?P<{group}>{words})" if group else words)
    return f"{before}(?:{'|'.join(arms)}){after}"
