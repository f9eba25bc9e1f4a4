"""What the reported person said: quoted words with their spans, and words written down without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from linkage.intake.alternation import Anywhere
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.spans import DisjointSpans
from linkage.intake.facts.speaker import HIS_WORDS, SPOKEN_TO, VERB, quoted, quotes
from linkage.intake.facts.surface import caseless
from linkage.intake.patterns import compiled

__all__ = ["find", "normalise", "quotes"]

_CALLS = compiled(
    r"\b(?:call(?:ed|s|ing)?\s+(?:him|her|them|me|us|(?:the|his|her|one|each)\s+\w+)|(?:was|were|been|being)\s+called)\s+(?:an?\s+)?$",
    re.I,
)
_OF_HIS_MATES = compiled(
    r"\b(?:call|refer|address)\w*\s+(?:to\s+)?(?:the\s+|his\s+|each\s+)?(?:others?|driver|mates?|companion|accomplice|passenger"
    r"|one\s+another)\s+(?:as\s+)?$",
    re.I,
)
_FRAGMENT_AFTER = compiled(
    r"(?:\b(?:an?|the|his|her|their|its|this|that|some|any|of|for|with|where|which|demand(?:ed|ing|s)?|called\s+it|call\s+it"
    r"|promised|wrote\s+down(?:\s+only)?|only))\s+$",
    re.I,
)
"""Before part of a phrase in quotation marks ("a 'private party'", "demanding 'protection'"): no utterance."""
_OR = compiled(r"\W*\b(?:or|and)\W*")
_TITLED = compiled(r"[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,2}")
_HEARD = compiled(
    r"(?::|\b(?:words?|voice|expressions?|phrases?|messages?|sends?\s+things\s+like|offer(?:s|ed)?|because)\b"
    r"[^.“”\"]{0,20})\s*$",
    re.I,
)
"""What leads words that somebody heard or read, without a verb of saying."""
_DIRECTLY = compiled(rf"\b{VERB}(?:\s+(?:back|out|only|just))?[\s:,–—-]*$", re.I)
_ASKED_HER = compiled(rf"\b{VERB}\s+(?:him|her|them|me|us)\s+$", re.I)
_UTTERED = compiled(
    r"\b(?:you|your|you['’]?re|yous|ye|yer|yourself|ur|(?-i:u)|ya|i|i['’](?:ll|m|ve|d)|it['’]s|me|my|us|we|our|don['’]?t|we['’]re|we['’]ll"
    r"|let['’]s|love|babe|darling|mate|bab|hen|pal|sorry|please)\b|[!?]$",
    re.I,
)
_ORDERED = compiled(
    r"(?:\w+,\s+)?(?:open|shut|count|smile|laugh|be(?:have)?|come|stay|keep|hand|drop|sit|stand|lie|kneel|strip|wait|"
    r"walk|drive|move|hurry|say|show|turn|pay|hold|bring|empty|undress|bend|swallow|hush|quiet|relax|remember|"
    r"cough|dance|beg|crawl|freeze|get\s+(?:in|on|down|undressed|dressed|back|moving|it)|give\s+(?:it|us|over)|"
    r"take\s+(?:it|them|that)|put\s+(?:it|them|that)|do\s+(?:it|as|what))\b",
    re.I,
)
"""Orders, which are uttered also where nothing tells who says them: 'Knock at the door, "open up"'."""
_PART_SAID = compiled(
    rf"\b{VERB}\b[^.“”\"]*\b(?:he|she|they|it|that|I)?\s*(?:is|was|were|are|be|been|['’]s|['’]d\s+be|as)[\s:,–—-]*$",
    re.I,
)
"""Part of what was said, after a verb of being: told her she would be 'on the next plane'."""
_WHO = (
    r"(?:(?<!she )(?<!I )(?:and|then|n|&)|he|they|(?:the\s+)?(?:"
    r"man|male|client|punter|customer|driver|caller|guy|bloke|lad|(?:older|younger|other|first|second|main)\s+(?:one|1)))"
)
_SAY = (
    r"said|says?|sed|told|tells?|shouted|shouts|shouting|yelled|yells|yelling|saying|warned|went|goes|hissed|texted"
    r"|whispered|growled|snarled|muttered|replied|screamed|screaming"
)
_TO = r"\s+(?:(?:to\s+)?(?:her|me|him|them|us|the\s+\w+)\s+)?(?:that\s+)?"
_SAYING = (
    r"(?:then\s+|also\s+|kept\s+|just\s+|repeatedly\s+|later\s+|has\s+|had\s+)?"
    rf"(?:{_SAY}|(?:was|were|is|wos)\s+like){_TO}"
)
_END = (
    r"(?=[.!?\n]|,?\s+(?:and|but|then|n)\s+(?:then\s+)?(?:he|she|I|they|the\s+(?:woman|man|worker))?\s*"
    r"(?:drove|left|grabbed|ran|pulled|pushed|punched|took|got|started|began|managed|hit|slapped)\b|$)"
)
_ORDER = (
    r"(?:(?:its|it['’]s|thats|that['’]s|ur|you['’]re|youre|u|we['’]re|we['’]ll|i['’]m|i['’]ll"
    r"|this(?!\s+(?:news\w+|paper|reporter|website|project|programme|column|service|scheme|station))|get"
    r"|do|be|go|shut|stop|don['’]?t|give|keep|sit|lie|look|make|come|hand|let|take|hurry|leave|drop|wait|stand|open"
    r"|turn|(?:nobody|no\s?one)(?!\s+(?:would|had|was|could))|sorry(?=\s+(?:sorry|but|i|love|babe|mate|pet|darling|about)\b|,|\s*[.!?\n])|ta|thanks|cheers|oi|hello|hiya|bye|listen|nah|relax|pay|tell|try|strip|suck|move|ring|text|call|you|ya|u)\b)"
)
"""How an order or words in the first or second person begin."""
_PLAIN = compiled(
    r"(?:(?<=[.!?,;:]\s)|(?<=\n)|^|\b"
    + _WHO
    + r"\s+|\bthe\s+\w+\s+|&\s*)"
    + _SAYING
    + rf"(?P<words>{_ORDER}[^.!?\n“”\"]{{2,160}}?)"
    r"(?=[.!?\n]|,?\s+(?:I|she|he|they)\s+(?:said|told|then|got|ran|left|asked|grabbed|took|pushed)\b"
    r"|,?\s+(?:and|then|n)\s+(?:then\s+)?(?:he\s+)?(?:walked|left|drove|ran|went|grabbed|pushed|laughed|legged|hung|threw)\b|\s+but\s+i\s+(?:think|thought)\b|$)",
    re.I,
)
"""An order or words in the first or second person, written down without quotation marks ("said dont tell anyone")."""
_INSULT = compiled(
    r"\bcall(?:ed|ing|s)\s+(?:her|me|him|them|us|the\s+(?:woman|worker|victim|girl))\s+an?\s+"
    r"(?P<words>(?:[a-z-]+\s+){0,3}?(?:slags?|sluts?|whores?|bitch|cow|tart|cunt|tease|freak|queer|poof|home-?wrecker|"
    r"slapper|scrubber|faggot|witch|dyke|junkie|smackhead))\b",
    re.I,
)
"""A name that somebody was called to the face, without quotation marks."""
_YOU = r"(?=[^.!?\n“”\"]{0,80}\b(?:you|your|youre|you['’]re|ur|u|ya)\b)"
_TO_HER = compiled(
    rf"\b{_WHO}\s+{_SAYING}(?!(?:he|she|they|his|her|him|the|an?|that|to|it\s+was|nothing|something|about|so)\b)"
    rf"(?P<words>{_YOU}[^.!?\n“”\"]{{4,160}}?)" + _END,
    re.I,
)
"""Words to "you": told as they were said, since what is only reported would speak of "her" or "me"."""
_UNQUOTED = Anywhere(rf"(?:{_SAY}|like){_TO}(?:{_ORDER}|{_YOU})")
"""Stands, in lower case, wherever one of these two does."""
_NO_SPEECH = compiled(
    r"(?:\bdescrib\w+(?:\s+\w+){0,2}|\bas|\bcall(?:s|ed|ing)\s+(?:him|her|them)sel(?:f|ves)|\bnam(?:e|es|ed)|\bprofile"
    r"|\b(?:man|male|guy|bloke|lad|client|punter|regular|customer|driver|someone|somebody|woman|profile|account|user|page|caller|contact|dog|pub|bar|boat)\s+(?:called|named)"
    r"|\bstyl(?:es|ed|ing)\s+(?:him|her|them)sel(?:f|ves)|\b(?:whom|who)\s+(?:\w+\s+){1,3}(?:calls?|called|dubbed|nicknamed)|\b(?:nicknamed|dubbed|christened)(?:\s+(?:him|her|them))?"
    r"|\bnames?\s+(?:\w+\s+)?(?:or|and)|\bunder(?:\s+the\s+name)?|\bknown(?:\s+as)?|\b(?:is|was|were|are|be)|\blike|\blook(?:s|ed)|\btext\s+from\b[^“”\"]*)[\s:,–—-]*$",
    re.I,
)
"""Words before quotation marks that hold a name, a nickname or somebody's description."""
_EDGES = " \t\r\n\"'“”‘’,;:-–—"
_SPACES = compiled(r"\s+")


@lru_cache(maxsize=65_536)
def normalise(words: str) -> str | None:
    """The words said, without quotation marks, outer punctuation and doubled spaces; None when nothing is left."""
    cleaned = _SPACES.sub(" ", words).strip(_EDGES)
    return cleaned if any(c.isalnum() for c in cleaned) else None


def _find(text: str, says: Callable[[int, int], bool | None] | None) -> Iterator[Finding]:
    found: list[Finding] = []
    last_end, last_named = 0, False
    for quote in quoted(text):
        start, end, speaker = quote.start, quote.end, quote.speaker
        if says and quote.told and (his := says(*quote.told)) is not None:
            speaker = "him" if his else "her"
        said = normalise(text[start:end])
        single = " " not in text[start:end].strip()
        alone = (speaker == "unknown" and len(text[start:end].split()) < 3) or (
            single and text.endswith("to '", 0, start)
        )
        named = _NO_SPEECH.search(text, max(0, start - 40), start - 1) and not _part_said(text, start, end)
        named = named or _of_a_phrase(text, start, end, speaker)
        joined = _OR.fullmatch(text, last_end, start) is not None
        named = last_named if joined and last_end else named
        last_end, last_named = end, bool(named)
        if said and speaker != "her" and not alone and not named:
            sure = 0.9 if speaker == "him" else 0.6
            found.append(Finding("speech", said, start, end, "quoted", sure))
    taken = DisjointSpans()
    for finding in found:
        taken.take(finding.start, finding.end)
    for reported in _unquoted(text):
        start, end = reported.span("words")
        said = normalise(text[start:end])
        if said and taken.take(start, end):
            found.append(Finding("speech", said, start, end, "reported", 0.6))
    return iter(sorted(found, key=lambda f: f.start))


def _unquoted(text: str) -> Iterator[re.Match[str]]:
    """Words written down without quotation marks; most texts hold none, which is seen at once in lower case."""
    low = caseless(text)
    if low is None or _UNQUOTED.search(low) is not None:
        yield from _PLAIN.finditer(text)
        yield from _TO_HER.finditer(text)
    if low is None or "call" in low:
        yield from _INSULT.finditer(text)


def _of_a_phrase(text: str, start: int, end: int, speaker: str) -> bool:
    """Whether quoted words are a name or part of the text's own phrase, and nothing that was uttered."""
    words, before = text[start:end].strip(" ,"), text[max(0, start - 60) : start - 1]
    if _OF_HIS_MATES.search(before):
        return True
    if _CALLS.search(before):
        return _TITLED.fullmatch(words) is not None and not words.isupper() and "a " not in before[-3:]
    if _UTTERED.search(words) or SPOKEN_TO.match(words) or _ORDERED.match(words):
        return False
    if speaker == "unknown" and not _HEARD.search(before):
        return True
    if not words[:1].islower() or _ASKED_HER.search(before):
        return False
    single = " " not in words and not _DIRECTLY.search(before) and not _part_said(text, start, end)
    return single or _FRAGMENT_AFTER.search(before) is not None


def _part_said(text: str, start: int, end: int) -> bool:
    """Whether words behind "was" or "as" were said, and are no name: they speak to somebody, or end what was told."""
    words, before = text[start:end], text[max(0, start - 120) : start - 1]
    if _UTTERED.search(words) or HIS_WORDS.search(before):
        return True
    return words[0].islower() and _PART_SAID.search(before) is not None


def find(text: str, says: Callable[[int, int], bool | None] | None = None) -> list[Finding]:
    """What the reported person said in `text`, in order; what the harmed person said is left out.

    `says` tells whether the subject of a verb of saying, between two places of the text, is a reported person; None
    where that is not known from the people in the text. Without it the words of the sentence decide.

    Rule "quoted" is a quotation (confidence .9 with a verb of saying beside it, .6 without [G]); "reported" is an
    utterance without quotation marks (.6 [G]). What is only told in the third person ("said that he would come back")
    is no piece of speech.
    """
    return list(_find(text, says))
