"""Who is who in a text: what its pronouns stand for, and whether a woman is among the reported people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from linkage.intake.facts.phrases import Words, read
from linkage.intake.patterns import compiled
from linkage.vocabulary.english import stem, words


@dataclass(frozen=True, slots=True)
class Cast:
    """What the pronouns of a whole text stand for.

    `men_only`: no woman and no speaker comes into it, or the text says so, so that the person harmed may be a man;
    `women_too`: a woman is among the reported people, so that "the girl" may be; `man_harmed`: the text says that a
    man was harmed."""

    he: str | None
    she: str | None
    they: str | None
    men_only: bool
    women_too: bool = False
    man_harmed: bool = False


def cast(text_words: Words, quoted: frozenset[int] = frozenset()) -> Cast:
    """Read the pronouns of a text. "he" is the reported person where a woman or the speaker was harmed; where both
    are men the text does not tell; "she" is the reported person where a speaker ("I", "me") names no man; "they" are
    the reported people where nobody is called "he", or where several are told of and only one was harmed."""
    plain = {s for i, s in enumerate(text_words.stems) if i not in quoted}
    speaker = not plain.isdisjoint({"i", "me", "my", "we", "us"})
    pronoun = not plain.isdisjoint({"he", "him", "his"})
    male = pronoun or not plain.isdisjoint(words("people", "him"))
    female = not plain.isdisjoint({"she", "her", "woman", "girl", "lady", stem("female")})
    harmed = not plain.isdisjoint(words("people", "her"))
    he = "him" if speaker or female or not harmed else None
    she: str | None = "him" if speaker and (not male or _mostly_hers(text_words, quoted)) else "her"
    said = " ".join(text_words.forms)
    women_too = _women_too(said)
    if women_too and not speaker:
        she = None
    men_only = not speaker and not female
    man_harmed = not speaker and _man_harmed(said)
    if man_harmed:
        he, she, men_only = None, None, True
    several = not speaker and _several_reported(said)
    return Cast(he, she, "him" if several or not pronoun else None, men_only, women_too, man_harmed)


@lru_cache(maxsize=32)
def cast_of(text: str, quoted: frozenset[int] = frozenset()) -> Cast:
    """`cast` of a text of which the words at some places are quoted: few quote any, and several grammars ask."""
    return cast(read(text), quoted)


def _mostly_hers(text_words: Words, quoted: frozenset[int]) -> bool:
    """Whether a text speaks of "her" more than twice as often as of "him"."""
    stems = text_words.stems
    said = [one for at, one in enumerate(stems) if at not in quoted] if quoted else stems
    hers, his = (sum(map(said.count, who)) for who in (("she", "her"), ("he", "him", "his")))
    return hers > 2 * his + 1


_REACH = 8
"""Words before a noun in which the police may thank or call on whom it names [G]."""


def called_on(at: int, text_words: Words) -> bool:
    """Whether police thank the person named at `at`, or hope to hear from them: a witness, who did none of it."""
    stems = text_words.stems[max(0, at - _REACH) : at]
    within = stems[len(stems) - stems[::-1].index(".") :] if "." in stems else stems
    if "who" in within:
        return False
    heard = ("hear", "from") in pairwise(within)
    return heard or not {"thank", "thankyou"}.isdisjoint(within)


def newcomer(at: int, text_words: Words) -> bool:
    """Whether "a woman" at `at` who does something comes in when the one who was harmed has long been told of: a
    passer-by ("a woman pushing a buggy shouted at him"). To whom something was done is the next one harmed."""
    stems, forms = text_words.stems, text_words.forms
    start = at - 1
    while start >= 0 and stems[start] in words("people", "before_noun") and forms[start] not in ("a", "another"):
        start -= 1
    if start < 0 or forms[start] not in ("a", "another"):
        return False
    after = at + 1 + (stems[at + 1 : at + 2] == ["who"])
    if not {"be", "get", "have"}.isdisjoint(stems[after : after + 2]):
        return False
    before = stems[: text_words.sentence(start)[0]]
    return "she" in before or not words("people", "her").isdisjoint(before)


_WOMEN_TOO = compiled(
    r"\b(?:man|men|male|males|lads?|bloke|guy)\s+(?:and|&)\s+(?:an?\s+|the\s+|one\s+|his\s+)?(?:woman|girl|female|lady)\b"
    r"|\b(?:woman|girl|female|lady)\s+(?:and|&)\s+(?:an?\s+|one\s+|2\s+|two\s+)?(?:man|men|lad|bloke|male)\b"
    r"|\b(?:offenders?|suspects?|off|attackers?)\s*\d?\s*\W{0,3}(?:an?\s+)?(?:female|woman)\b"
    r"|\b(?:two|three|2|3)\s+(?:females|women)\s+(?:who|are\s+(?:wanted|sought)|blocked|attacked|robbed|approached)\b"
    r"|\ba\s+(?:woman|female)\s+(?:who\s+\w+\s+|is\s+)?(?:is\s+)?(?:wanted|sought|being\s+sought)\b"
    r"|\b(?:a|the)\s+couple\s+(?:are\s+|is\s+)?(?:wanted|sought|posing|after|who\s+(?:robbed|attacked|conned))\b|\b(?:looking\s+for|trace|identify|find)\s+a\s+couple\b"
    r"|\b(?:robbed|attacked|assaulted|drugged|conned|punched|slapped|snatched|targeted|tricked)\s+by\s+(?:an?|another|two|three)\s+(?:[\w-]+\s+){0,2}?(?:woman|women|female|females|girl|girls)\b"
    r"|\b(?:she|female|woman|her)\s+(?::|,)\s+(?:also\s+)?(?:white|black|asian|mixed|about|around|older|younger|short|tall|\d+)\b"
    r"|\b(?:description|picture|image|images|footage)\s+of\s+(?:the|a)\s+woman\s+(?:who|they|responsible|wanted|suspected|police)\b"
    r"|\b(?:young|teenage)\s+women\s*(?:,|are|who)[^.]{0,60}\bsought\b|\b(?:two|three)\s+girls\s+did\s+it\b|\bwoman\s+(?:is|was)\s+said\s+to\s+have\b"
)
"""Words that tell of a woman among the reported people."""


_MAN = r"(?:man|men|male|males|businessman|pensioner|lad|lads|boy|grandfather|holidaymaker|tourist|gentleman)"
_HARMED = (
    r"(?:robbed|attacked|assaulted|abducted|beaten|stabbed|slashed|lured|set\s+upon|punched|kicked|mugged|kidnapped|raped"
    r"|drugged|targeted|ambushed|headbutted|jumped|tricked|left\s+with|verbally|himself\s+the\s+victim)"
)
_MAN_HARMED = compiled(
    rf"(?<!injured\s)\b{_MAN}\b(?:\s(?!(?:who|wanted|sought|suspected|by|robbed|woman|women|girl|female|after|since|when|said|saw|arrested)\b)[\w,'’-]+){{0,9}}?\s(?:was|were|been)\s(?:\w+ly\s)?{_HARMED}\b"
    rf"|\b(?:robbed|attacked|assaulted|beat|stabbed|abducted|mugged|lured|drugged|(?:robbery|attack|assault|stabbing|drugging"
    rf"|abduction|kidnap|rape)\s(?:of|on))\s(?:an?|the|another)\s(?:[\w-]+\s){{0,3}}?{_MAN}\b(?!\s(?:and|or)\b)"
    r"|\b(?:robbed|attacked|assaulted|beat|stabbed|abducted|mugged)\s(?:an?|the)\s\d+\syear\sold\s(?:\w+\s)?(?:as|when|while|after)\she\b"
    rf"|\bvictim\s(?:is|was|,)\s(?:an?\s)?(?:[\w-]+\s){{0,3}}?{_MAN}\b"
    r"|\bmale\s(?:sex\s(?:worker|client)|escort|worker|masseur)|\bman\s(?:in\shis\s\w+\s)?who\s(?:sells|sold|pays|paid)\s(?:for\s)?sex\b"
)
"""Words that tell of a man who was harmed."""


_OPENS = compiled(
    r"(?:m(?:an|en|ales?)|b(?:usinessman|oy|eat)|pensioner|lads?|g(?:randfather|entleman)|holidaymaker|tourist|r(?:obbed"
    r"|obbery|ape)|a(?:ttacked|ssaulted|bducted|ttack|ssault|bduction)|stabb(?:ed|ing)|mugged|lured|drugg(?:ed|ing)"
    r"|kidnap|victim)\b"
)
"""What each way of `_MAN_HARMED` opens with: tried only there, it costs a tenth of a search."""


@lru_cache(maxsize=8)
def _man_harmed(told: str) -> bool:
    return any(_MAN_HARMED.match(told, opening.start()) for opening in _OPENS.finditer(told))


_ANY_NUMBER = r"(?:two|three|four|five|six|several|both|\d+|gang\sof|group\sof|pair\sof)"
_SEVERAL_REPORTED = compiled(
    rf"\b{_ANY_NUMBER}\s(?:[\w-]+\s){{0,2}}?(?:men|males|youths|teenagers|robbers|lads|boys|brothers|raiders|attackers|offenders"
    r"|suspects|blokes|males|accomplices)\b|\b(?:an?\s(?:man|woman|boy|girl|youth)\sand\s(?:an?|his|her|another)\s(?:[\w-]+\s)?(?:m[ae]n|wom[ae]n|boy|girl|youth|lad"
    r"|teenager|accomplice|friend|mate|son|brother|partner|wife|husband)|the\spair|the\strio|a\spair|the\sgang|a\sgang)\b"
)
_SEVERAL_OTHERS = compiled(
    rf"\b{_ANY_NUMBER}\s(?:[\w-]+\s){{0,2}}?(?:women|workers|escorts|girls|victims|students|friends|ladies|masseuses|passengers"
    r"|witnesses|people|couples|sisters)\b|\b(?:a|the|elderly|young|passing)\scouple\b|\bboth\s(?:women|victims|girls)\b"
)


@lru_cache(maxsize=8)
def _several_reported(told: str) -> bool:
    """Whether "they" can only be the reported people: several of them, and nobody else in the plural."""
    return _SEVERAL_REPORTED.search(told) is not None and _SEVERAL_OTHERS.search(told) is None


@lru_cache(maxsize=8)
def _women_too(told: str) -> bool:
    return _WOMEN_TOO.search(told) is not None
