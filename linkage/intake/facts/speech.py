"""What the reported person said: quoted words with their spans, and words written down without quotation marks."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.facts.finding import Finding

_QUOTES = re.compile(
    r"“(?P<a>[^“”\n]{2,400}?)[”\"]"
    r"|(?<!\d)(?<!\d['’])\"(?P<b>[^\"“”\n]{2,400}?)[\"”]"
    r"|(?<![\w’'])‘(?P<c>[^‘\n]{2,400}?)’(?!\w)"
    r"|(?<![\w’'])'(?P<d>[^\"\n]{2,400}?)'(?!\w)"
)
_VERB = (
    r"(?:said|says|saying|told|tells|telling|shout(?:ed|s|ing)|yell(?:ed|s|ing)|scream(?:ed|s|ing)|whisper(?:ed|s|ing)"
    r"|threaten(?:ed|s|ing)|boast(?:ed|s|ing)|claim(?:ed|s|ing)|ask(?:ed|s|ing)|repeat(?:ed|s|ing)|mutter(?:ed|s|ing)"
    r"|text(?:ed|s|ing)|messag(?:ed|es|ing)|wrote|writes|growl(?:ed)?|snarl(?:ed)?|laugh(?:ed)?|repl(?:ied|ies)"
    r"|answer(?:ed)?|demand(?:ed|s|ing)|warn(?:ed|s|ing)|call(?:ed|s|ing)|swore|admitted|bragg(?:ed|ing)|insist(?:ed|s)"
    r"|went|introduced|stated|states|announced|added|order(?:ed|ing))"
)
_HER = (
    r"(?:\bshe|\bI|\bwe|\bthe\s+(?:woman|worker|victim|girl|lady|escort|member|sw)|^\s*(?:woman|worker|victim|girl)"
    r"|\breceptionist|\bwitness|\bdetective|\bconstable|\binspector|\bsergeant|\bsuperintendent|\bofficers?"
    r"|\bspokes\w+|\bPC|\bD[CSI]|\bDCI|\bpolice|\bneighbours?|\bstaff|\b(?:her|my)\s+(?:friend|mate|sister|mother|mum|flatmate))"
)
_SAID_BY_HER = re.compile(rf"(?:{_HER})(?:\s+\w+){{0,3}}?\s+{_VERB}\b[^.“”\"]*$", re.I)
_SAID_BEFORE = re.compile(rf"\b{_VERB}\b[^.“”\"]*$", re.I)
_SOME = r"(?:(?:an?|the|one|another)\s+)?(?:\d+[- ]year[- ]old\s+)?"
_BY_HER_AFTER = re.compile(
    rf"^[,.!?\s]*(?:{_SOME}(?:{_HER}|woman)\s+{_VERB}|{_VERB}\s+{_SOME}(?:{_HER}|woman))\b", re.I
)
_ATTRIBUTION = re.compile(rf"^[\s,.!?'’\"]*(?:(?:\w+\s+){{0,4}}{_VERB}|{_VERB}(?:\s+\w+){{0,4}})?[\s,.:]*$", re.I)
"""All that stands between two parts of one quotation: 'We are sorry,' a spokesman said. 'We will call.'"""
_SAID_AFTER = re.compile(rf"^[,.!?\s]*(?:(?:he|they|the\s+\w+)\s+{_VERB}|{_VERB}\s+(?:he|the\s+\w+))\b", re.I)
_SUBJECT_OF_SAYING = re.compile(r"\b(he|they|she|I|we|client|punter|man|woman|worker|victim|(?-i:[B-HJ-Z]))\b", re.I)
_OBJECTS = ("woman", "worker", "victim")
_WHO = (
    r"(?:(?<!she )(?<!I )(?:and|then|n|&)|he|they|(?:the\s+)?(?:"
    r"man|male|client|punter|customer|driver|caller|guy|bloke|lad|(?:older|younger|other|first|second|main)\s+(?:one|1)))"
)
_SAYING = (
    r"(?:then\s+|also\s+|kept\s+|just\s+|repeatedly\s+|later\s+|has\s+|had\s+)?"
    r"(?:said|says?|sed|told|tells?|shouted|shouts|shouting|yelled|yells|yelling|saying|warned|went|goes|hissed|texted"
    r"|whispered|growled|snarled|muttered|replied|screamed|screaming|(?:was|were|is|wos)\s+like)"
    r"\s+(?:(?:to\s+)?(?:her|me|him|them|us|the\s+\w+)\s+)?(?:that\s+)?"
)
_END = (
    r"(?=[.!?\n]|,?\s+(?:and|but|then|n)\s+(?:then\s+)?(?:he|she|I|they|the\s+(?:woman|man|worker))?\s*"
    r"(?:drove|left|grabbed|ran|pulled|pushed|punched|took|got|started|began|managed|hit|slapped)\b|$)"
)
_PLAIN = re.compile(
    r"(?:(?<=[.!?,;:]\s)|(?<=\n)|^|\b"
    + _WHO
    + r"\s+|\bthe\s+\w+\s+|&\s*)"
    + _SAYING
    + r"(?P<words>(?:(?:its|it['’]s|thats|that['’]s|ur|you['’]re|youre|u|we['’]re|we['’]ll|i['’]m|i['’]ll|this|get"
    r"|do|be|go|shut|stop|don['’]?t|give|keep|sit|lie|look|make|come|hand|let|take|hurry|leave|drop|wait|stand|open"
    r"|turn|nobody|no\s?one|sorry(?=\s+(?:sorry|but|i|love|babe|mate|pet|darling|about)\b|,|\s*[.!?\n])|ta|thanks|cheers|oi|hello|hiya|bye|listen|nah|relax|pay|tell|try|strip|suck|move|ring|text|call|you|ya|u)\b)[^.!?\n“”\"]{2,160}?)"
    r"(?=[.!?\n]|,?\s+(?:I|she|he|they)\s+(?:said|told|then|got|ran|left|asked|grabbed|took|pushed)\b"
    r"|,?\s+(?:and|then|n)\s+(?:then\s+)?(?:he\s+)?(?:walked|left|drove|ran|went|grabbed|pushed|laughed|legged|hung|threw)\b|\s+but\s+i\s+(?:think|thought)\b|$)",
    re.I,
)
"""An order or words in the first or second person, written down without quotation marks ("said dont tell anyone")."""
_TO_HER = re.compile(
    rf"\b{_WHO}\s+{_SAYING}(?!(?:he|she|they|his|her|him|the|an?|that|to|it\s+was|nothing|something|about|so)\b)"
    r"(?P<words>(?=[^.!?\n“”\"]{0,80}\b(?:you|your|youre|you['’]re|ur|u|ya)\b)[^.!?\n“”\"]{4,160}?)" + _END,
    re.I,
)
"""Words to "you": told as they were said, since what is only reported would speak of "her" or "me"."""
_NO_SPEECH = re.compile(
    r"(?:\bdescrib\w+(?:\s+\w+){0,2}|\bas|\bcall(?:s|ed|ing)\s+(?:him|her|them)sel(?:f|ves)|\bnam(?:e|es|ed)|\bprofile"
    r"|\b(?:man|male|guy|bloke|lad|client|punter|regular|customer|driver|someone|somebody|woman)\s+(?:called|named)"
    r"|\bunder(?:\s+the\s+name)?|\bknown(?:\s+as)?|\b(?:is|was|were|are|be)|\blike|\blook(?:s|ed)|\btext\s+from\b[^“”\"]*)[\s:,–—-]*$",
    re.I,
)
"""Words before quotation marks that hold a name, a nickname or somebody's description."""
_EDGES = " \t\r\n\"'“”‘’,;:-–—"
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65_536)
def normalise(words: str) -> str | None:
    """The words said, without quotation marks, outer punctuation and doubled spaces; None when nothing is left."""
    cleaned = _SPACES.sub(" ", words).strip(_EDGES)
    return cleaned if any(c.isalnum() for c in cleaned) else None


@lru_cache(maxsize=32)
def quotes(text: str) -> tuple[tuple[int, int, str], ...]:
    """Quoted passages in `text`: start, end of the words inside, and who said them: "him", "her" or "unknown"."""
    found: list[tuple[int, int, str]] = []
    last_end, last_speaker = len(text), ""
    for quote in _QUOTES.finditer(text):
        group = quote.lastgroup or "a"
        start, end = quote.span(group)
        if end - start >= 0.7 * len(text):
            continue
        before = text[max(0, quote.start() - 90) : quote.start()]
        speaker = _speaker(before, text[quote.end() :][:50])
        if speaker == "unknown" and last_speaker and _ATTRIBUTION.match(text[last_end : quote.start()]):
            speaker = last_speaker
        found.append((start, end, speaker))
        last_end, last_speaker = quote.end(), speaker
    return tuple(found)


def _speaker(before: str, after: str) -> str:
    clause = re.split(r"[.!?\n](?:\s|$)", before)[-1]
    if _BY_HER_AFTER.search(after):
        return "her"
    if _SAID_BEFORE.search(clause):
        saying = list(re.finditer(rf"\b{_VERB}\b", clause, re.I))[-1]
        subjects = list(_SUBJECT_OF_SAYING.finditer(clause, 0, saying.start()))
        named = [one.group(1).lower() for one in subjects]
        near = next((who for who in reversed(named) if who not in _OBJECTS), named[-1] if named else "")
        by_her = near in ("she", "i", "we", "worker", "victim") or _SAID_BY_HER.search(clause[: saying.end()])
        return "her" if by_her and near != "he" else "him"
    return "him" if _SAID_AFTER.search(after) else "unknown"


@lru_cache(maxsize=4_096)
def _find(text: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for start, end, speaker in quotes(text):
        said = normalise(text[start:end])
        single = " " not in text[start:end].strip()
        alone = (speaker == "unknown" and len(text[start:end].split()) < 3) or (
            single and text[:start].endswith("to '")
        )
        named = _NO_SPEECH.search(text, max(0, start - 40), start - 1)
        if said and speaker != "her" and not alone and not named:
            sure = 0.9 if speaker == "him" else 0.6
            found.append(Finding("speech", said, start, end, "quoted", sure))
    taken = [(f.start, f.end) for f in found]
    for reported in (*_PLAIN.finditer(text), *_TO_HER.finditer(text)):
        start, end = reported.span("words")
        said = normalise(text[start:end])
        if said and not any(start < e and s < end for s, e in taken):
            found.append(Finding("speech", said, start, end, "reported", 0.6))
            taken.append((start, end))
    return tuple(sorted(found, key=lambda f: f.start))


def find(text: str) -> list[Finding]:
    """What the reported person said in `text`, in order; what the harmed person said is left out.

    Rule "quoted" is a quotation (confidence .9 with a verb of saying beside it, .6 without [G]); "reported" is an
    utterance without quotation marks (.6 [G]). What is only told in the third person ("said that he would come back")
    is no piece of speech.
    """
    return list(_find(text))
