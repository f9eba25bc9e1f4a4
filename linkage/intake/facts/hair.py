"""Hair of the head: basic colours and style words. Beards, clothes and cars have colours of their own."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.facts.descriptor_cues import Round
from linkage.intake.facts.descriptors import BESIDE_A_HEAD, Candidate, Descriptor
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import Lexicon, is_unknown, negated_before, plain
from linkage.intake.patterns import compiled
from linkage.report import Hair

_COLOURS, _STYLES = Lexicon("hair_colours"), Lexicon("hair_styles")
_OTHER_PART = compiled(
    r"(?:\b(?:and|with|but)\s+(?:an?\s+)?|[,;&]\s*)?(?:[a-z-]+\s+){0,2}\b(?:beard(?:ed)?|moustache|mustache|tash|"
    r"stubble|goatee|facial hair|eyes?|eyebrows?|cap|hat|beanie|hood(?:ie)?|jacket|skin(?!\s?head))\b"
)
"""In a field for hair, what is told of a beard or of clothes."""
_PHRASE_ENDS = compiled(
    r"\s*(?:[.,;:)/!]|$)|\s+(?:and|with|but|in|he|she|who|was|wearing|wore|at|on|as|from|off|behind|over|beard|"
    r"moustache|stubble|goatee|eyes?)\b"
)
"""Where a phrase behind a bare "hair" may end: "hair short brown," but not "brown hair grey trackies"."""
_OF_SOMEBODY = compiled(
    r"\s*(?:[,.;&)]|$|\b(?:m[ae]n|males?|guy|bloke|lads?|wom[ae]n|female|lady|girl|boy|one|bald|balding|and|with|in|"
    r"curtains|at|aged|short|long|hair|who|going|turning|called|named|"
    r"of (?:about|around|perhaps|maybe|roughly|\d\d|[a-z]+(?:ty|een)))\b)"
)
"""Behind a colour with no word for hair: "a blonde woman", "ginger, about 30"."""
_BEFORE_CURTAINS = compiled(r"\b(?:blonde?|ginger|brown|floppy) $")
_OF_PERSON_TOO = frozenset(("white", "black", "medium"))
"""Before a comma these tell of the person: "white, dyed red hair"."""
_OF_SIZE_TOO = frozenset(("short", "medium"))


class _Hair(Descriptor):
    def find(self, text: str) -> list[Finding]:
        """Hair colours and styles said in a free text: one finding a basic colour ("dark" is two), one a style."""
        low = plain(text)
        found: list[Finding] = []
        for one, sure in self.told(low):
            colours, denied = self._colours(one), negated_before(low, one.start)
            field = "hair_colour" if colours else "hair_style"
            for value in colours or [self.value(one.key)]:
                found.append(Finding(field, value, one.start, one.end, f"{field}s:{value}", sure, denied))
        return found

    def sure(self, one: Candidate, around: Round, headed: bool) -> float:
        low = around.low
        if low.startswith("curtains", one.start):
            return BESIDE_A_HEAD if _BEFORE_CURTAINS.search(low, max(0, one.start - 9), one.start) else 0.0
        if not headed and self._colours(one) and not _OF_SOMEBODY.match(low, one.end):
            return 0.0
        return super().sure(one, around, headed)

    def loosely(self, run: list[Candidate], around: Round) -> bool:
        """Whether a bare "hair" is enough before a run: the phrase ends with one of its words, or a filler behind."""
        for one in run:
            at = one.last
            while (beyond := around.past(at, "filler")) != at:
                at = beyond
            if any(_PHRASE_ENDS.match(around.low, end) for end in (one.end, around.tokens.words[at - 1].end)):
                return True
        return False

    def behind_comma(self, one: Candidate, run: list[Candidate]) -> bool:
        return not self._colours(one) and (one.key not in _OF_SIZE_TOO or len(run) > 1)

    def before_comma(self, one: Candidate) -> bool:
        return one.key not in _OF_PERSON_TOO

    def _colours(self, one: Candidate) -> list[str]:
        return list(self.words.entries[one.key].data.get("colours", ()))


def normalise(words: str) -> Hair | None:
    """Colours and styles from the words of a hair field ("short dark brown hair"); None when it holds neither."""
    colours, styles = _parts(words)
    return Hair(colour=list(colours), style=list(styles)) if colours or styles else None


@lru_cache(maxsize=4096)
def _parts(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if plain(words).strip(" .") in ("none", "no"):
        return (), ("bald",)
    if is_unknown(words):
        return (), ()
    text = _OTHER_PART.sub(" ", plain(words))
    said = [item for item in _COLOURS.read(text) if not negated_before(text, item[1])]
    styles = [item for item in _STYLES.read(text) if not negated_before(text, item[1]) and not _inside(item, said)]
    exact = [item for item in _STYLES.scan(text) if not _inside(item, said)]
    colours = [c for item in said if not _inside(item, exact) for c in _COLOURS.entries[item[0]].data["colours"]]
    return tuple(dict.fromkeys(colours)), tuple(dict.fromkeys(_STYLES.entries[key].label for key, _, _ in styles))


def _inside(item: tuple[str, int, int], others: list[tuple[str, int, int]]) -> bool:
    """Whether a longer one of `others` holds the item's words ("dirty" in "dirty blonde")."""
    _, start, end = item
    return any(s <= start and end <= e and end - start < e - s for _, s, e in others)


hair = _Hair("hair", ("hair_colours", "hair_styles"), labels=True)
find = hair.find
