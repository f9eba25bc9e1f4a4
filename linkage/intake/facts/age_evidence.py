"""Whether a number is an age: what stands round it in a text, told by rows of `age_context.toml`."""

from __future__ import annotations

from linkage.intake.document.tokens import Located
from linkage.intake.facts.listing import among_descriptors, item_after, says_person
from linkage.intake.patterns import compiled
from linkage.intake.quantities import hedges
from linkage.intake.quantities.numbers import TWO_DIGIT_WORD, number
from linkage.intake.quantities.years import has_phase

BARE_YOUNGEST, BARE_OLDEST = 16, 85
"""[G] Bounds for a number that only its place in a list says to be an age."""
RANGE_YOUNGEST, RANGE_TEENS = 12, 22
"""[G] Bounds of a bare range that is read as the age of a youth: "mixed race, 15-16"."""
_AHEAD = 32
"""Characters behind "and" in which the next item of a description begins [G]."""
CONTEXT = "age_context"
_HEDGES = ("about", "over", "under")
_CANNOT = frozenset(("cannot", "can't", "could", "couldn't"))
"""In the words before a number: "cannot have been much more than"."""
_MARKS = frozenset(",;(/.!?:\n")
_OUT_OF_TEENS = compiled(
    r"\b(?:(?:not|only)\s+(?:long|just|recently)|barely|hardly|scarcely|just|recently|newly|not\s+yet\s+long)\s+"
    r"out\s+of\s+(?:(?:his|her|their|the)\s+)?$"
)
_NEITHER = compiled(
    r"\b(?:neither|none|nobody|no one|not one)\b(?:\s+of\s+(?:the\s+)?\w+)?\s+(?:was|is|were|are|looked|looks|look|"
    r"seemed|appeared)\s+(?:to be\s+)?(?P<over>(?:much )?(?:older|more) than|over|above|past)\s*$"
)
"""Before the age that nobody was above: "neither was older than 18"."""
_MONEY = compiled(
    r"(?:£\s?\d[\d,]*|\bcash|\bnotes|\bquid|\bpounds|\bmoney)(?:,?\s+all)?\s+in\s+$|"
    r"\b(?:paid in|fake|crisp|used|loose|counterfeit|two|three|four|five|six|few|couple of|\d+)\s*$"
)
_DECADE = compiled(r"[a-z]ies\b|tys\b|teens|[1-7]0'?s\b")
_OF_A_TIME = compiled(r"\s+(?!age|and\b|or\b|with\b|but\b)[a-z]|\W*$")
"""Behind "the 60s", what shows the years of a time or a thing: a noun ("the 60s tower")."""
_AGES = compiled(rf"\d+|{TWO_DIGIT_WORD}")
_VAGUE = compiled(r"ish\b|something|summ?[ai]t|or\s+so\b|odd\b")
_NO_SUBJECT = compiled(
    r"\b(?:assistant|cashier|victim|worker|witness|it|that|there|this|which|number|room|flat|house|fare|price|bill|"
    r"score|limit|speed|total|bus|time|cost|temperature|fine)\s*$"
)
_SOMEBODY_OF = compiled(
    r"\ban?\s+(?!(?:[\w-]+\s+)?(?:total|sum|cost|group|crowd|distance|age|speed|price|gang|number|bill|fee|fine|"
    r"deposit|charge|rate|depth|height|length|weight|term|sentence|mob|party|crew|row|stack|roll|bundle)\b)"
    r"(?:[\w-]+\s+){1,3}of\s+$"
)
_YOUNG = compiled(r"\b(?:younger|youngest|only|boys?|girls?|youths?|lads?|child|kid|school\w*|teen\w*|lad)\b")
_HAIR = compiled(r"\s+[a-z]+\s+(?:hair|beard|build|accent)\b")
_HE_SAID = compiled(r"\s*,?\s*(?:he|she)\s+(?:said|told|claimed|reckoned)\b")
_LIST_END = compiled(
    r"\s*[\"']?\s*(?:maybe|perhaps|probably|than (?:\w+|\d+)\b|by the looks? of (?:him|her|it|them)\b|"
    r"to look at\b|in an?\b)?\s*"
    r"(?:(?<=in a)\s|(?<=in an)\s|\(|[,;.)|\n\"']|:(?!\d)|-\s|/(?=\s*(?:[a-z]|\d'))|$)"
)


class Number:
    """A number, or two ends of one, with the hedges that lead up to it from `first` on, in a text in lower case.

    `start`, `end` and `first` are characters; `at`, `last` and `lead` the same as tokens.
    """

    def __init__(self, low: str, tokens: Located, start: int, end: int) -> None:
        self.low, self.words, self.start, self.end = low, tokens.words, start, end
        self.at, self.last = tokens.span(start, end)
        self.lead = self._lead()
        self.first = self.words[self.lead].start
        self.before = low[max(0, self.first - 45) : self.first]
        self.text = low[start:end]
        self.ages = [number(n) for n in _AGES.findall(self.text)]

    def _lead(self) -> int:
        """The token at which hedges and words like "aged between" begin."""
        at = before = self.at
        while True:
            at = hedges.start_of(self.words, at, CONTEXT, *_HEDGES, "lead")
            at = hedges.start_of(self.words, at)
            if at == before:
                return at
            before = at

    def _ahead(self, *kinds: str, at: int | None = None) -> int:
        """The token at which words of these kinds begin that end before `at`, or the hedges; that itself for none."""
        return hedges.start_of(self.words, self.lead if at is None else at, CONTEXT, *kinds)

    def _led_by(self, *kinds: str, at: int | None = None) -> bool:
        return self._ahead(*kinds, at=at) != (self.lead if at is None else at)

    def _past(self, *kinds: str, at: int | None = None) -> int:
        return hedges.end_of(self.words, self.last if at is None else at, CONTEXT, *kinds)

    def _followed_by(self, *kinds: str, at: int | None = None) -> bool:
        return self._past(*kinds, at=at) != (self.last if at is None else at)

    def is_no_age(self) -> bool:
        """Whether what follows says that the number is a time, a measure or the age of a thing."""
        old = self._past("old", "years")
        career = old != self.last and not self._followed_by("old") and self._followed_by("time", at=old)
        return career or self._followed_by("no_age") or self._followed_by("no_person", at=old)

    def out_of_teens(self) -> int | None:
        """The character at which "not long out of his" begins, before "teens"."""
        led = _OUT_OF_TEENS.search(self.low, max(0, self.first - 30), self.start)
        return led.start() if led and self.text.startswith("teens") else None

    def of_neither(self) -> int | None:
        """The character at which "older than" begins, behind "neither was"."""
        led = _NEITHER.search(self.low, max(0, self.first - 40), self.start)
        return led.start("over") if led else None

    def ends(self, with_years: bool) -> tuple[int, bool]:
        """The character behind the number, its "years old" and its hedges, and whether there are such."""
        last = self._past("old", "years") if with_years else self.last
        past = max(hedges.end_of(self.words, last), self._past(*_HEDGES, at=last))
        return (self.words[past - 1].end if past > self.last else self.end), past > last

    def evidence(self) -> tuple[float, str]:
        """How sure, and by which rule, the number is an age; an empty rule when nothing says so."""
        old, told_old = self._past("old", "years"), self._followed_by("old")
        if self._decade_of_a_person():
            return 0.95, "decade"
        if told_old or (old != self.last and (self._person_was() or self._listed())):
            return 0.95, "years old"
        if old != self.last and (self._has() or self._person_was()) and not self._followed_by("has_time", at=old):
            return 0.8, "has years"
        if self._led_by("says_age") or self._led_by("says_age", at=self.at) or self._says_aged():
            return 0.95, "aged"
        return self._bare()

    def _has(self) -> bool:
        """ "He has", or "has" by itself at the start of what is said."""
        at = self.lead - 1
        bare = at >= 0 and self.words[at].low in ("has", "have")
        return self._led_by("has") or (bare and (at == 0 or self.words[at - 1].text in ".;:,"))

    def _says_aged(self) -> bool:
        return any(word.low in ("age", "aged", "ages") for word in self.words[self.lead : self.at])

    def _decade_of_a_person(self) -> bool:
        """Whether this is a decade of a life and not of a century ("the 60s tower", "the eighties")."""
        if has_phase(self.text):
            return True
        if self.text.endswith("ies"):
            free = self.lead == 0 or not self.words[self.lead - 1].text.isalnum() or self._led_by("before_decade")
            if (not free and self.first == self.start) or _MONEY.search(
                self.low, max(0, self.start - 20), self.start
            ):
                return False
        the = self.at > 0 and self.words[self.at - 1].low == "the"
        if the and _OF_A_TIME.match(self.low, self.end):
            return False
        return _DECADE.search(self.text) is not None

    def _bare(self) -> tuple[float, str]:
        """As `_evidence`, for a number with no word for age beside it: only its place among descriptors speaks."""
        if not self.ages or max(self.ages) > BARE_OLDEST:
            return 0.0, ""
        teens = len(self.ages) == 2 and min(self.ages) >= RANGE_YOUNGEST and max(self.ages) <= RANGE_TEENS
        if min(self.ages) < BARE_YOUNGEST and not teens and not self._young():
            return (0.8, "child was") if self._child_was() else (0.0, "")
        if _VAGUE.search(self.text) and not self.before.rstrip().endswith(" at"):
            return 0.8, "vague number"
        if self._person_was() or any(word.low in _CANNOT for word in self.words[self.lead : self.at]):
            return 0.85, "person was"
        if self._of_age():
            return 0.85, "person of"
        described = self._was() and self._description_goes_on()
        return (0.8, "described") if described else (0.65, "listed") if self._in_a_list() else (0.0, "")

    def _told(self) -> bool:
        """Whether the number is a span or hedged ("about 40"), which prices and houses seldom are."""
        led = hedges.kinds(self.words[self.lead : self.at], CONTEXT) & {*_HEDGES, "not_much"}
        behind = hedges.end_of(self.words, self.last) > self.last or self._followed_by(*_HEDGES)
        return (
            len(self.ages) == 2
            or bool(led)
            or behind
            or "+" in self.text
            or "plus" in self.text
            or "over" in self.text
        )

    def _person_was(self) -> bool:
        """ "The man was", "he looked", "I'd say": the words before say of whom the number is told."""
        for at in (self.lead, self.at):
            adverbs = self._ahead("adverb", at=at)
            for end in {at, adverbs}:
                was = self._ahead("was", at=end)
                if was != end and self._led_by("person", at=was):
                    return True
                if self._led_by("said", at=end):
                    return True
        return False

    def _was(self) -> bool:
        end = self._ahead("adverb")
        was = self._ahead("was", at=end)
        return was != end and not _NO_SUBJECT.search(
            self.low[max(0, self.words[was].start - 20) : self.words[was].start]
        )

    def _of_age(self) -> bool:
        """ "A man of about 45", "a man between 45 and 50"."""
        led = {word.low for word in self.words[self.lead : self.at]}
        if self._led_by("of_age") and led & {"between"}:
            return True
        of = self.lead - 1
        return of > 0 and self.words[of].low == "of" and self._led_by("of_age", at=of)

    def _child_was(self) -> bool:
        was = self._ahead("was", at=self._ahead("adverb"))
        end = was if was != self.lead else self.lead - (self.words[self.lead - 1].low == "of" if self.lead else 0)
        return self._led_by("child", at=end)

    def _young(self) -> bool:
        """Whether a guess at a low number is one at the age of somebody told to be young."""
        guessed = "about" in hedges.kinds(self.words[self.lead : self.at], CONTEXT)
        near = _YOUNG.search(self.low, max(0, self.first - 30), self.first) or _YOUNG.search(
            self.low, self.end, self.end + 30
        )
        return guessed and near is not None and number(self.text.strip()) >= RANGE_YOUNGEST

    def _listed(self) -> str:
        """What a list has before the number: the noun of a person, or a mark that parts its items; "" for neither."""
        at = self.lead
        marked = at > 0 and self.words[at - 1].low in (",", ";", ":", "(", "-")
        metres = at > 1 and self.words[at - 1].low == "m" and self.words[at - 2].text.isdigit()
        if (marked and self._led_by("item", at=at - 1)) or (self._led_by("item") and not metres):
            return "person"
        if marked and at > 1 and self.words[at - 1].text == ":" and self.words[at - 2].low in ("him", "her", "them"):
            return "person"
        if at == 0:
            return "mark"
        slash = at > 1 and self.words[at - 1].text == "/" and self.words[at - 2].text.isdigit()
        dated = slash and self.words[at - 2].end == self.words[at - 1].start
        return "mark" if self.words[at - 1].text in _MARKS and not dated else ""

    def _list_end(self) -> bool:
        """Whether the item of a list ends behind the number and its hedges."""
        past = max(hedges.end_of(self.words, self.last), self._past(*_HEDGES))
        end = self.words[past - 1].end if past > self.last else self.end
        return _LIST_END.match(self.low, end) is not None

    def _and_more(self) -> bool:
        """Whether "and" and another descriptor follow."""
        if self.last < len(self.words) and self.words[self.last].low == "and":
            end = self.words[self.last].end
            return says_person(self.low[end : end + _AHEAD])
        return False

    def _description_goes_on(self) -> bool:
        """Whether a number is followed by the next item of a description: "was 35-40, heavily built"."""
        if self.last < len(self.words) and self.words[self.last].low == "and":
            return self._and_more()
        return self._list_end() and says_person(item_after(self.low, self.end))

    def _in_a_list(self) -> bool:
        """Whether the number stands in a description."""
        sign = self.lead > 0 and self.words[self.lead - 1].text in ".:#-"
        if self._led_by("number_of", at=self.lead - sign):
            return False
        listed, ends, told = self._listed(), self._list_end(), self._told()
        if listed and ends and (listed == "person" or told or among_descriptors(self.low, self.first, self.end)):
            return True
        goes_on = self._followed_by("goes_on") or self._and_more() or _HAIR.match(self.low, self.end)
        if listed and told and (goes_on or (listed == "person" and says_person(self.low[self.end : self.end + 20]))):
            return True
        somebody = _SOMEBODY_OF.search(self.before) is not None
        if (told and somebody and goes_on) or (len(self.ages) == 2 and ends and self._has()):
            return True
        beside = somebody or says_person(self.low[max(0, self.first - 16) : self.first])
        return _HE_SAID.match(self.low, self.end) is not None or (told and ends and beside)
