"""Whose vehicle is spoken of: an attacker's, or a victim's, a helper's, one by the way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from linkage.intake.cues import cue
from linkage.intake.mention import BYSTANDER, HARMED, REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.sections import Section

_THE = compiled(r"\b(?:the|this|that|same|said)\s+(?:[\w-]+\s+){0,2}$")
_IS_A = compiled(
    r"(?:[^,.;]{0,12}\s(?:is|was|'s)|,\s+(?:it|which|this)(?:'s|\s+is|\s+was))\s+(?:an?|the)?\s*(?:(?!(?:my|her|"
    r"his|our|their)\b)[\w-]+\s+){0,2}"
)
_IT = compiled(r"\s*(?:it|its|this|colou?r|reg|registration|plate)\b")
_HIS = compiled(r"the (?:client|man|driver|offender|punter)")
_DRIVEN_BY = compiled(
    r"[^.,!?;\n]{0,45}?(?:,\s+(?:which\s+)?(?:was|is)\s+)?\b(?:driven|owned|ridden|parked|used) by\b"
)
_CALLED = compiled(
    r"(?:'s?)?\s+(?:own\s+)?(?:veh|vehicle|car|motor)\s*(?:is|was|:|-)?\s*(?:an?\s+)?(?:[\w-]+\s+){0,2}"
)
_TRANSPORT = compiled(r"(?:[\w-]+ )?(?:bus|train|tram|ambulance|coach)\b")
_DROVE_IT = compiled(r"\b(?:drove|driving|drives?|driver of)\s+(?:an?|the|his)?\s*(?:[\w-]+\s+)?$")
_BROUGHT_IN = compiled(
    r"\s*(?:also\s+)?(?:there (?:was|is)\s+)?(?:an?|one|another|some|two)\s+(?:[\w'-]+[ ,]+){0,5}", re.IGNORECASE
)
_DROVE_OFF = compiled(r"\band\s+(?:then\s+)?(?:drove|sped|left|fled|made off|rode|ran)\b")
_AT_WORK = compiled(r"driver|cabb|courier|rider|motorist")
_KNOWN = compiled(r"\bthe\s+(?:[\w-]+\s+)?$")
_NAMES = compiled(r"[\w-]{3,}")
_SOME = compiled(r"(?:someone|somebody) (?:in|on|driving)\b")
_GOES_ABOUT = compiled(
    r"(?: (?:motorcycle|motorbike|moped|scooter|bike|car|van))?,? (?:is|was|has been|keeps|kept) \w+ing\b"
)
_TRADE = compiled(r"\b(?:in|driving|drove|from|of|with|by|into|had|using)\s+an?\s+$")
"""Before "florist's van": a kind of van, and not the van of a florist who was told of."""
_KIN = compiled(
    r"(?:neighbour|friend|colleague|passer|relative|client|customer|stranger|resident|sister|mother|daughter|"
    r"(?:wo)?man|girl|boy|lady|victim|pensioner|teenager|student|widow|couple|lad|motorist|passenger)"
)
_DRIVER_OF = compiled(
    r"\b(?:the|an?|another|any|both)\s+(?:[\w-]+\s+)?(?:driver|occupants?|rider|owner|passengers?|"
    r"motorist)\s+(?:of|in|on|from)\s+(?:an?|the|another|that)?\s*"
    r"(?:[\w-]+\s+){0,3}$"
)
_HELPS = compiled(
    r"[^.!?;\n]{0,45}?\b(?:(?:took|drove|ran|walked|escorted) (?:her|him|them|the (?:woman|victim|student|girl|"
    r"teenager|pair|\w+)) (?:\w+ )?(?:home|to (?:hospital|"
    r"safety|a (?:police|nearby)|the (?:police|hospital|station)))|gave (?:her|him|the \w+) (?:an? )?(?:lift|ride)|"
    r"(?:rang|called|dialled|phoned|alerted) (?:for |"
    r"the |an? )?(?:police|999|ambulance|help)|came to (?:her|his|their) aid|(?:saw|witnessed|heard|noticed|"
    r"filmed) |raised the alarm|comforted|helped|rescued|"
    r"(?:sounded|hit|pressed|blew|beeped|honked) (?:the|his|her|its) horn|hooted|should (?:call|ring|contact|come)|"
    r"found (?:her|him|the)|braked|swerved|(?:is|are) (?:not a suspect|asked to|urged to|thanked)|(?:may|might|"
    r"could) (?:have (?:seen|witnessed|footage|heard|"
    r"information|dash)|be able to help|hold)|(?:has|have) (?:come forward|been (?:thanked|spoken|traced))|"
    r"stopped (?:to help|for her|and (?:helped|called|took)))"
)
_HEAR_FROM = compiled(r"\b(?:hear|heard) from\b[^.;!?]{0,90}$|\b(?:thank|thanked|praised|praise)\b[^.;!?]{0,60}$")
_IN_CONNECTION = compiled(r"[^.!?]{0,80}\b(?:in connection with|suspected|described as)\b")
_INTERRUPTED = compiled(
    r"\b(?:ran (?:off|away)|fled|scattered|let (?:go|(?:her|him|them|the \w+) go)|gave up|made off|desisted|"
    r"only stopped|released (?:her|him|them)|took fright|panicked)\b[^.!?;\n]{0,25}"
    r"\b(?:when|as|after|because)\s+(?:an?|another)\s+(?:[\w'-]+\s+){0,3}$"
)
"""Before a vehicle that comes and ends the attack: "He let go when a lorry ..."."""
_ARRIVES = compiled(
    r"(?:\s[\w'-]+){0,2}?\s(?:pulled (?:up|in|over)|came|drove|passed|beeped|sounded|hooted|honked|approached|"
    r"appeared|turned|arrived|stopped|slowed|went by|flashed)\b"
    r"(?!\s(?:alongside|beside|next to|behind) (?:her|him|them)\b)"
)
_GETS_AWAY = compiled(
    r"\b(?:left|fled|made off|escaped|got away|drove (?:off|away)|driven (?:off|away)|went off|sped (?:off|away)|"
    r"ran (?:off )?to|g[eo]t(?:ting)? into|jumped into|climbed into)\b[^.,;!?]{0,45}$"
)
"""Before a vehicle that an attacker leaves in, whoever drives it."""
_SAW_IT = compiled(
    r"\s+(?:who\s+|also\s+){0,2}(?:saw|witnessed|noticed)\s+(?!her\b|me\b|"
    r"(?:the )?(?:woman|girl|victim))"
)
_ON_THE_WAY = compiled(
    r"\b(?:on (?:her|his|their) way|going|heading|headed|travelling|returning|sitting|sat|waiting|stuck|asleep|"
    r"alone)\b[^.;!?]{0,40}\bin (?:an?|her|his|their|the) (?:[\w-]+\s+){0,3}$"
)
_DONE_BY = compiled(
    r"\b(?:approached|spoken to|grabbed|followed|attacked|propositioned|assaulted|abducted|beckoned|threatened|"
    r"offered an? \w+)\b[^.;!?]{0,30}\bby (?:the |an? |two |three )?(?:male |lone )?"
    r"(?:driver|occupants?|passengers?|rider|m[ae]n|people|youths?)\s+(?:of|in|on|driving|riding)\s+an?\s+"
    r"(?:[\w-]+\s+){0,2}$"
)
_WITNESS_DOES = compiled(
    r"\b(?:hear|heard) from (?:an?|the|two|another) (?:[\w-]+ ){0,2}?who (?:was|were|had been) "
    r"(?!seen|driving|described|in connection)[^.;!?]{0,60}$"
)
"""Before the vehicle of somebody whom police want to hear from: "hear from a woman who was loading a ..."."""
_BEFORE = 110
"""Characters before a vehicle in which an owner, or a passing-by, is looked for [G]."""


def tied_to_reported(low: str, people: Sequence[Mention], end: int) -> bool | None:
    """The verdict of "driven by", "traced to", "belonging to" somebody, told of the vehicle that ends at `end`; None
    where nobody is named behind it."""
    by = _DRIVEN_BY.match(low, end) or cue("tied").match(low, end)
    named = next((m for m in people if by.end() <= m.start < by.end() + 40), None) if by else None
    return None if named is None else named.role == REPORTED


class Vehicles:
    """Answers for one vehicle of a narrative after another, in the order of the text."""

    def __init__(
        self, low: str, breaks: Sequence[int], people: Sequence[Mention], sections: Sequence[Section]
    ) -> None:
        self._low, self._breaks, self._people, self._sections = low, breaks, people, sections
        self._starts = [m.start for m in people]
        self._others: list[str] = []
        self._by_default = False  # whether the last verdict rests on nothing but who the sentence is about
        self._his: list[str] = []
        self._last: tuple[int, bool] = (-9, True)
        self._before: tuple[int, bool] = (-9, True)

    def reported(self, start: int, end: int) -> bool:
        """Whether the vehicle named at [start, end) is used by a reported person."""
        sentence = bisect_right(self._breaks, start) - 1
        mine = self._again(start, end, sentence)
        self._by_default = False
        if mine is None:
            mine = self._reported(start, end, sentence)
        if mine or not self._by_default:
            (self._his if mine else self._others).append(self._low[start:end])
        self._last = (sentence, mine)
        self._before = (end, mine)
        return mine

    def _again(self, start: int, end: int, sentence: int) -> bool | None:
        """What is known where the words go on about a vehicle: "Her car is a Corsa", "The Corsa was red"."""
        previous, owned = self._before
        gap = self._low[previous:start]
        if previous >= self._breaks[sentence] and _IS_A.fullmatch(gap):
            return owned
        before = self._low[self._breaks[sentence] : start]
        words = set(_NAMES.findall(self._low[start:end]))
        if _THE.search(before) and any(words & set(_NAMES.findall(other)) for other in self._others):
            return False
        if (
            _THE.search(before)
            and any(words & set(_NAMES.findall(one)) for one in self._his)
            and tied_to_reported(self._low, self._people, end) is not False
        ):
            return True
        last, was_his = self._last
        return False if not was_his and sentence - last <= 1 and _IT.match(before) else None

    def _reported(self, start: int, end: int, sentence: int) -> bool:
        opening = self._breaks[sentence]
        base = max(opening, start - _BEFORE)
        before = self._low[base:start]
        his = any(m.role == REPORTED and m.governs and opening <= m.start < start for m in self._people)
        elsewhere = not his and any(s.start <= start < s.end and s.role != REPORTED for s in self._sections)
        if elsewhere or cue("victims_own").search(before):
            return False
        owned = cue("owned").search(before)
        if owned and self._of_a_trade(owned, before):
            owned = None
        owner = self._owner(owned, base) if owned else None
        if owner is not None:
            return owner
        if not _DONE_BY.search(before) and (self._of_noun(start, end) or self._elsewhere(before, start, end)):
            return False
        tied = tied_to_reported(self._low, self._people, end)
        if _DONE_BY.search(before) or (tied is False and his and _GETS_AWAY.search(before)):
            return True
        if tied is None and (self._stands_by(opening, start, end) or self._hired(opening, start, end)):
            return False
        self._by_default = tied is None
        return tied if tied is not None else self._by_subject(opening, start, before)

    def _of_noun(self, start: int, end: int) -> bool:
        """Whether the vehicle only says what somebody else does for a living: "a taxi man", "the lorry driver"."""
        near = (m for m in self._people if m.noun and m.kind != "harmed" and m.start <= end + 1 and m.end > start)
        return any(m.role != REPORTED and (m.start <= start or self._low[end : m.start] in (" ", "-")) for m in near)

    def _elsewhere(self, before: str, start: int, end: int) -> bool:
        """Whether the words around tell that the vehicle is another's, or stands or passes by the way."""
        own = cue("own_is").search(before)
        return (
            (own is not None and not _HIS.match(own["who"]))
            or (_TRANSPORT.match(self._low, start) is not None and not _DROVE_IT.search(before))
            or cue("official").match(self._low, start) is not None
            or any(cue(name).match(self._low, end) is not None for name in ("ends_elsewhere", "not_his"))
            or self._by_the_way(before, start, end)
            or (_INTERRUPTED.search(before) is not None and _ARRIVES.match(self._low, end) is not None)
            or _SAW_IT.match(self._low, end) is not None
            or _WITNESS_DOES.search(before) is not None
            or self._of_a_helper(before, end)
        )

    @staticmethod
    def _of_a_trade(owned: re.Match[str], before: str) -> bool:
        """Whether "a florist's van" tells the kind of van: the article belongs to the van."""
        indefinite = _TRADE.search(before, 0, owned.start("who")) is not None
        return indefinite and owned["who"].endswith(("'s", "s'")) and _KIN.match(owned["who"]) is None

    def _of_a_helper(self, before: str, end: int) -> bool:
        """Whether it names a driver who only helped or may have seen: "The driver of a blue taxi took her home"."""
        if _DRIVER_OF.search(before) is None:
            return False
        asked = _HEAR_FROM.search(before) is not None and _IN_CONNECTION.match(self._low, end) is None
        return asked or _HELPS.match(self._low, end) is not None

    def _by_the_way(self, before: str, start: int, end: int) -> bool:
        """Whether a turn of phrase sets it aside; but "someone on a moped is stopping women" brings him in."""
        said = cue("by_the_way").search(before)
        if (
            said is not None
            and said.group(0).startswith("unmarked")
            and _DROVE_IT.search(before[: said.start()] + " ")
        ):
            return False  # "The men drive an unmarked Vectra"
        if said is None or _SOME.match(said.group(0)) is None or _GOES_ABOUT.match(self._low, end) is None:
            return said is not None
        return any(m.role == REPORTED for m in self._people[: bisect_right(self._starts, start)])

    def _stands_by(self, opening: int, start: int, end: int) -> bool:
        """Whether a sentence brings in one more vehicle that only stands or passes: "A blue Kia parked ..."."""
        brought_in = _BROUGHT_IN.fullmatch(self._low, opening, start) is not None
        return brought_in and cue("stands_by").match(self._low, end) is not None

    def _hired(self, opening: int, start: int, end: int) -> bool:
        """Whether somebody else took it for the fare: "by taxi (a silver Skoda)", "Taxi home, blue Vectra"."""
        said = cue("fare").search(self._low, opening, end)
        if said is None:
            return False
        there = [m for m in self._people if opening <= m.start < start and m.role == REPORTED]
        his = any(m.governs or m.kind == BYSTANDER or m.start > said.end() for m in there)
        driver = any(
            m.role == REPORTED and (m.kind == BYSTANDER or "driver" in m.words or "cabb" in m.words)
            for m in self._people
        )
        return not his and not driver

    def _by_subject(self, opening: int, start: int, before: str) -> bool:
        """By the phrase that the vehicle stands in, else by who the sentence is about."""
        there = [m for m in self._people if opening <= m.start < start]
        if self._in_brackets(opening, start) or self._in_phrase(there, start):
            return False
        subject = next((m for m in reversed(there) if m.governs), None)
        if subject is not None and _DROVE_OFF.search(self._low, subject.end, start):
            subject = next((m for m in there if m.governs), None)  # "he picked up two girls and drove off in a ..."
        if subject is not None and subject.role == REPORTED:
            return True
        if cue("public").match(self._low, start) and cue("fetched").search(before):
            return False
        return subject is None or self._used_by_other(subject, self._low[subject.end : start])

    @staticmethod
    def _used_by_other(subject: Mention, between: str) -> bool:
        """Whether a vehicle is the reported person's though the sentence is about somebody else."""
        if subject.role == HARMED:
            at_work = _AT_WORK.search(" ".join(subject.heads)) and cue("bound_to_was").search(between)
            drives = cue("drives").search(between) or cue("bound_to").fullmatch(between)
            drives = drives or _ON_THE_WAY.search(between)
            return not at_work and (cue("entered").search(between) is not None or drives is None)
        with_him = subject.before.startswith(("his", "their")) and _KNOWN.search(between) is not None
        return with_him or cue("seen_by").search(between) is not None

    def _in_brackets(self, opening: int, start: int) -> bool:
        """Whether the vehicle stands in brackets after somebody else: "my friend (yellow Mini)"."""
        bracket = self._low.rfind("(", opening, start)
        if bracket <= self._low.rfind(")", opening, start):
            return False
        named = next((m for m in reversed(self._people) if bracket - 8 <= m.end <= bracket), None)
        return named is not None and named.role != REPORTED

    def _in_phrase(self, there: list[Mention], start: int) -> bool:
        """Whether it stands in the phrase of a bystander, or is called "the victim's car"."""
        nearest = next((m for m in reversed(there) if m.noun), None)
        if nearest is None or nearest.role == REPORTED:
            return False
        between = self._low[nearest.end : start]
        named = _CALLED.fullmatch(between) is not None
        return named or (nearest.role != HARMED and cue("bound_to").fullmatch(between) is not None)

    def _under_several(self, base: int, at: int) -> bool:
        """Whether "his" is told of several attackers, and so is another's: "They could not find his car"."""
        subject = next((m for m in reversed(self._people) if base <= m.start < at and m.governs), None)
        several = subject is not None and subject.role == REPORTED and _SEVERAL.match(subject.words) is not None
        return several and _GETS_AWAY.search(self._low, base, at) is None

    def _owner(self, owned: re.Match[str], base: int) -> bool | None:
        if owned["who"] in ("my", "our"):
            return False
        at, stop = base + owned.start("who"), base + owned.end("who")
        found = next((m for m in self._people if m.start <= at < m.end or at <= m.start < stop), None)
        if found is not None and found.role != REPORTED and found.before.startswith("his"):
            return None  # "in his mother's Rio"
        if owned["who"] in ("his", "her") and self._under_several(base, at):
            return False
        if found is not None:
            return found.role == REPORTED
        return False if owned["who"] in ("her", "next door's") else None


_SEVERAL = compiled(r"they|(?:the |two |three |four |both )?(?:men|pair|robbers|raiders|gang|thieves|youths|trio)$")
