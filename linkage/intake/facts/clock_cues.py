"""What stands around a clock time: which figures are one, how vaguely they are meant, and which half of the day."""

from __future__ import annotations

from linkage.intake.facts.clock_grammar import Time, half_of
from linkage.intake.facts.time_words import Line, kinds, rule

_CONTEXT = 90  # [G] characters in which "evening" or "night" tells the half of the day of a bare "9.30"
_TWELVE, _INCHES, _HALF_HOUR = 12, 11, 30
_YEARS = 19, 20  # the first two of four figures that are more likely a year
_BEFORE = rule(
    "(<about=roughly>|<justafter=justafter>|<gone=gone>|<justbefore=justbefore>|<after=after|past|since>|"
    "<before=before|till>|<exact=from>|<cue=at|between|timecue ?-?|((^|[,.;]|clause) )was>)[: ]*$"
)
_BARE = rule("(at|between|from)? fig( (to|and|or|till|-)? fig)?$")
_STOP_BEFORE = rule("(<day=(wd|yyyy|[./]d2)[)]?[.,]? >|[,;|/\\n•*-] ?)$")
_DAY_AFTER = rule(
    " [,]? (on)? (the)? (part of)? (weekday|fig( th)? (of)? (month|may)|(month|may) fig|fig[./]fig[./](d2|yyyy))"
)
"""Behind figures: the day, which a year or a sum of money has not."""
_STOP_AFTER = rule(" ?($|[.,;|/\\n¤•*)-](?!any_fig))")
_HALF_BEFORE = rule(
    "dark[,:( -]*((at|roughly|justafter|justbefore|after|gone|between|from|before|earlier|of|the|to|on|wd|relday|"
    "month|may|yyyy|holiday|[(]?fig( th)?)[)]?[, (]*){0,8}$"
)
_AFTER_HOUR = rule(
    " ?($|[,.;:)\\n-]|ish|oclock|approx|roughly|and|clause|in|on|this|to|that|before|a (?!half|other_word))"
)
_ALONE_BEFORE, _ALONE_AFTER = rule("(^|[.,] |- |\\n|[(])$"), rule(" ?([.,:;)] |\\)|-|$)")
_FIGURES, _DARK, _LIGHT = kinds("any_fig"), kinds("dark"), kinds("daylight")
_STOPS = frozenset("!?;\n")


def cue_before(line: Line, place: int) -> tuple[str | None, int]:
    """What the word before a time makes of it ("about", "after", "cue" ...), and the place where it begins."""
    found = _BEFORE.search(line.kinds, max(0, place - 6), place)
    return (found.lastgroup, found.start()) if found else (None, place)


def glued(line: Line, place: int) -> bool:
    """Figures right behind another figure's stop ("30.9", "2009-09") do not start a time."""
    before = line.kinds[max(0, place - 2) : place]
    return line.kinds[place] in _FIGURES and len(before) == 2 and before[1] in "./:-'" and before[0] in _FIGURES


def half_nearby(line: Line, time: Time) -> str | None:
    """The half of the day that "evening", "night" ... in the same sentence gives to a bare time."""
    start, end = line.span(time.first, time.last)
    before, behind = line.places[time.first] - 1, line.places[time.last - 1] + 1
    for around in (range(before, -1, -1), range(behind, len(line.words))):
        for at in around:
            word = line.words[at]
            if start - word.start > _CONTEXT or word.end - end > _CONTEXT or _stops(line, at):
                break
            if word.kind in _LIGHT or word.kind in _DARK or word.value in ("nights", "nites"):
                return "day" if word.kind in _LIGHT else half_of(str(word.value))
    return None


def _stops(line: Line, at: int) -> bool:
    """Whether a word ends a sentence; a point before figures may be one within a time."""
    word = line.words[at]
    if word.kind != ".":
        return word.kind in _STOPS
    return at + 1 >= len(line.words) or line.words[at + 1].kind not in _FIGURES


def admissible(line: Line, time: Time, cue: str | None, lenient: bool) -> bool:
    """Whether figures or words that may be a time are one here; in free text they need a cue, "pm", ":" or "hrs"."""
    if time.strong:
        return True
    if lenient:
        return time.timed or _BARE.match(line.kinds) is not None or half_nearby(line, time) is not None
    if time.four:
        return _four_figures(line, time, cue)
    if _beside_half(line, time, cue):
        return True
    cued = cue in ("cue", "about")
    if cued and time.minute == _HALF_HOUR and line.kinds[time.first] not in _FIGURES:
        return half_nearby(line, time) is not None  # "at half eleven on the night of ..."
    cued = cued or _alone(line, time) or _DAY_AFTER.match(line.kinds, time.last) is not None
    return time.timed and cued and not _like_a_height(line, time)


def _four_figures(line: Line, time: Time, cue: str | None) -> bool:
    """Whether four figures without "hrs" are a time: "at 2130", "approx. 1800", or "0345" between two stops."""
    if cue == "cue":
        return line.words[line.places[time.first] - 1].value != "between"
    zero = line.text[line.span(time.first, time.last)[0]] == "0"
    year = time.hour in _YEARS
    if time.rough or (cue == "about" and zero) or (not year and _DAY_AFTER.match(line.kinds, time.last)):
        return True
    if _STOP_AFTER.match(line.kinds, time.last) is None or year:
        return False
    before = _STOP_BEFORE.search(line.kinds, max(0, time.first - 4), time.first)
    return cue == "about" or (before is not None and (zero or bool(before["day"])))


def _beside_half(line: Line, time: Time, cue: str | None) -> bool:
    """Whether an hour stands right beside its part of the day: "last night at 11", "Friday night, 9ish"."""
    if not 1 <= time.hour <= _TWELVE or not _AFTER_HOUR.match(line.kinds, time.last):
        return False
    if _HALF_BEFORE.search(line.kinds, max(0, time.first - 24), time.first) is None:
        return False
    return cue in ("cue", "about") or time.minute > 0 or time.rough


def _like_a_height(line: Line, time: Time) -> bool:
    """Whether "5.10" may as well be feet and inches: nothing else says that it is a time."""
    feet = time.hour in (4, 5, 6) and time.minute <= _INCHES
    return feet and half_nearby(line, time) is None


def _alone(line: Line, time: Time) -> bool:
    """Whether "21.30" is a sentence of its own, as in the house form of alerts."""
    opens = _ALONE_BEFORE.search(line.kinds, max(0, time.first - 2), time.first)
    return opens is not None and _ALONE_AFTER.match(line.kinds, time.last) is not None
