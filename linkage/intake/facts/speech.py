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
    r"|went|introduced|stated|states|announce[ds]?|announcing|add(?:ed|s|ing)|order(?:ed|s|ing)|promis(?:ed|es|ing)"
    r"|sneer(?:ed|s|ing)|hiss(?:ed|es|ing)|bark(?:ed|s)|roar(?:ed|s)|bellow(?:ed|s)|murmur(?:ed|s)|explain(?:ed|s|ing))"
)
_HER = (
    r"(?:\bshe|\bI|\bwe|\bthe\s+(?:woman|worker|victim|girl|lady|escort|member|sw)|^\s*(?:woman|worker|victim|girl)"
    r"|\breceptionist|\bwitness|\bdetective|\bconstable|\binspector|\bsergeant|\bsuperintendent|\bofficers?"
    r"|\bspokes\w+|\bPC|\bD[CSI]|\bDCI|\bpolice|\bneighbours?|\bstaff|\b(?:her|my)\s+(?:friend|mate|sister|mother|mum|flatmate))"
)
_SAID_BY_HER = re.compile(rf"(?:{_HER})(?:\s+\w+){{0,3}}?\s+{_VERB}\b[^.“”\"]*$", re.I)
_SAID_BEFORE = re.compile(rf"\b{_VERB}\b[^.“”\"]*$", re.I)
_OTHER = (
    r"(?:\b(?:eye-?witness|witness|neighbour|landlord|landlady|(?:letting\s+)?agent|guard|porter|caretaker|cleaner"
    r"|manager|manageress|receptionist|barman|barmaid|shopkeeper|paramedic|nurse|jogger|cyclist|passer-?by|bystander"
    r"|spokes\w+|detective|constable|sergeant|inspector|officer|judge|prosecutor|barrister)\b)"
)
_TOLD_HER = re.compile(
    rf"\b{_VERB}\s+(?:to\s+|at\s+)?(?:her|me|us|(?:the|a|an|one|two|three|both|another)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:woman|women|worker|workers|victim|girl|girls|lady|escort))\b[^.“”\"]*$",
    re.I,
)
"""What is said to the person harmed she did not say herself: "when she would not, and called her 'filth'"."""
_SHE_WAS_TOLD = re.compile(
    rf"(?:\b(?:was|were|been|being|got|is)|\b(?:she|I|woman|worker|victim)['’]d\s+been)\s+(?:\w+\s+)?{_VERB}\b[^.“”\"]*$",
    re.I,
)
_TO_OTHERS = re.compile(
    r"^[,!?\s]*(?:(?:he|she|they|I|the\s+\w+)\s+)?(?:told|tells|said\s+to|wrote\s+to|says\s+to)\s+(?:(?:the|our|this|"
    r"local|[A-Z]\w+)\s+){0,3}?(?:police|officers?|court|jury|judge|reporters?|paper|detectives?|inquiry|project|team)\b",
    re.I,
)
"""Words said afterwards to police, a court or the press are no words of the attack."""
_BY_NAME_AFTER = re.compile(
    rf"^[\s,]*(?:{_VERB}\s+(?!He\b|The\b|They\b|That\b)(?-i:[A-Z])[\w'’-]+|(?-i:(?:Miss|Mrs|Ms|Mr|Dr|Sgt|Det|Insp|Supt|Cllr)"
    rf"\b[^.“”\"]{{0,40}})\b{_VERB}"
    rf"|(?-i:(?!(?:He|She|They|I|We|It|His|Her|One|The|This|That|A|An|Then|And)\b)[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*)\s{_VERB})\b",
    re.I,
)
_NARRATES = re.compile(
    r"\b(?:he|they)(?:['’]d|\s+had)?\s+(?:then\s+|also\s+|just\s+|never\s+|even\s+|only\s+)?(?:was|were|had|did|said|told|went"
    r"|goes|says|took|got|came|made|put|broke|hit|held|left|ran|drove|kept|began|wore|knew|wrote|gave|seemed|\w{3,}ed)\b"
    r"|\b(?:he|she)['’]s\s+(?:\w+ing|the|a|an)\b(?![^“”\"]*\byou\b)",
    re.I,
)
_SPOKEN_TO = re.compile(r"^\W*(?:you|your|i['’](?:ll|m)|don['’]?t|shut|get|give|keep|if\s+you)\b", re.I)
"""How words to somebody's face begin: "if you tell them what he did"."""
_APPEALS = re.compile(
    r"\b(?:appeal(?:ing)?|anyone\s+(?:who|with)|witness(?:es)?|enquir\w+|inquir\w+|investigat\w+|officers?|footage|our\s+thoughts"
    r"|(?:the|our|this)\s+(?:(?:\w+\s+)?(?:victims?|survivors?|suspects?|offenders?|attack(?:er)?s?|assaults?|incidents?)|public)"
    r"|we\s+(?:believe|would\s+(?:like|urge|ask)|are\s+(?:keen|keeping|treating|satisfied|looking|trying)|want\s+to\s+(?:hear|trace|speak))"
    r"|(?:he|she|they|man|woman)\s+(?:may|might|could)\s+(?:have|be)"
    r"|I\s+(?:\w+ly\s+)?(?:thought|felt|froze|screamed|ran|begged|remember|cried|couldn['’]t|was\s+(?:so\s+)?(?:scared|terrified)))\b",
    re.I,
)
"""Words of police to the public, or of the person harmed about the attack."""
_FEWEST = 5
"""Words from which a quotation can tell a story [G]."""
_HIS_WORDS = re.compile(r"\b(?:his|only|last|first|the)\s+words\b[^.“”\"]{0,40}$", re.I)
_UTTERED = re.compile(
    r"\b(?:you|your|youre|i|i['’](?:ll|m|ve|d)|it['’]s|me|my|we|don['’]?t|we['’]re|we['’]ll|let['’]s)\b|[!?]$", re.I
)
_PART_SAID = re.compile(
    rf"\b{_VERB}\b[^.“”\"]*\b(?:he|she|they|it|that|I)?\s*(?:is|was|were|are|be|been|['’]s|['’]d\s+be|as)[\s:,–—-]*$",
    re.I,
)
"""Part of what was said, after a verb of being: told her she would be 'on the next plane'."""
_SUBORDINATE = re.compile(
    r"\b(?:when|while|whilst|as|after|before|until|once|because|where|if|unless|although|though|whom|who|than|what|how)"
    r"\s+(?:\w+\s+)?$",
    re.I,
)
_SOME = r"(?:(?:an?|the|one|another)\s+)?(?:\d+[- ]year[- ]old\s+)?"
_BY_HER_AFTER = re.compile(
    rf"^[,!?\s]*(?:{_SOME}(?:{_HER}|woman)\s+{_VERB}|{_VERB}\s+{_SOME}(?:{_HER}|woman))\b", re.I
)
_ATTRIBUTION = re.compile(rf"^[\s,.!?'’\"]*(?:(?:\w+\s+){{0,4}}{_VERB}|{_VERB}(?:\s+\w+){{0,4}})?[\s,.:]*$", re.I)
"""All that stands between two parts of one quotation: 'We are sorry,' a spokesman said. 'We will call.'"""
_SAID_AFTER = re.compile(rf"^[,!?\s]*(?:(?:he|they|the\s+\w+)\s+{_VERB}|{_VERB}\s+(?:he|the\s+\w+))\b", re.I)
_SUBJECT_OF_SAYING = re.compile(
    rf"(\b(?:he|they|she|I|we|client|punter|man|woman|worker|victim|(?-i:[B-HJ-Z]))\b|{_OTHER})", re.I
)
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
    """Quoted passages in `text`: start, end of the words inside, and who said them: "him", "her" (or anybody but him)
    or "unknown". A quotation that tells the story ('He broke a bottle,' said the prosecutor) is left out: what it
    tells is read as the rest of the text."""
    found: list[tuple[int, int, str]] = []
    last_end, last_speaker = len(text), ""
    for quote in _QUOTES.finditer(text):
        group = quote.lastgroup or "a"
        start, end = quote.span(group)
        if end - start >= 0.7 * len(text):
            continue
        speaker = _speaker(text[max(0, quote.start() - 160) : quote.start()], text[quote.end() :][:70])
        if speaker == "unknown" and last_speaker and _ATTRIBUTION.match(text[last_end : quote.start()]):
            speaker = last_speaker
        last_end, last_speaker = quote.end(), speaker
        words = text[start:end]
        if speaker == "unknown" and _APPEALS.search(words) and not _SPOKEN_TO.match(words):
            speaker = "her"
        if not _tells_a_story(words):
            found.append((start, end, speaker))
    return tuple(found)


def _tells_a_story(words: str) -> bool:
    """Whether quoted words speak of him and of what he did, as no speaker speaks of himself."""
    return len(words.split()) >= _FEWEST and _NARRATES.search(words) is not None and not _SPOKEN_TO.match(words)


def _speaker(before: str, after: str) -> str:
    clause = re.split(r"[.!?\n](?:\s|$)", before)[-1]
    if _BY_HER_AFTER.search(after) or _TO_OTHERS.search(after) or _BY_NAME_AFTER.search(after):
        return "her"
    if _SAID_BEFORE.search(clause):
        return _said_before(clause)
    return "him" if _SAID_AFTER.search(after) or _HIS_WORDS.search(clause) else "unknown"


def _said_before(clause: str) -> str:
    """Who says what follows a clause with a verb of saying."""
    if _SHE_WAS_TOLD.search(clause):
        return "him"
    saying = list(re.finditer(rf"\b{_VERB}\b", clause, re.I))[-1]
    told = _TOLD_HER.search(clause)
    subjects = _SUBJECT_OF_SAYING.finditer(clause, 0, told.start() if told else saying.start())
    named = [one.group(1).lower() for one in subjects if not _SUBORDINATE.search(clause[: one.start()])]
    near = next((who for who in reversed(named) if who not in _OBJECTS), named[-1] if named else "")
    if re.fullmatch(_OTHER, near, re.I):
        return "her"
    by_her = near in ("she", "i", "we", "worker", "victim") or _SAID_BY_HER.search(clause[: saying.end()])
    return "her" if by_her and near != "he" and not (told and near != "she") else "him"


@lru_cache(maxsize=4_096)
def _find(text: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for start, end, speaker in quotes(text):
        said = normalise(text[start:end])
        single = " " not in text[start:end].strip()
        alone = (speaker == "unknown" and len(text[start:end].split()) < 3) or (
            single and text[:start].endswith("to '")
        )
        named = _NO_SPEECH.search(text, max(0, start - 40), start - 1) and not _part_said(text, start, end)
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


def _part_said(text: str, start: int, end: int) -> bool:
    """Whether words behind "was" or "as" were said, and are no name: they speak to somebody, or end what was told."""
    words, before = text[start:end], text[max(0, start - 120) : start - 1]
    if _UTTERED.search(words) or _HIS_WORDS.search(before):
        return True
    return len(words.split()) > 2 and words[0].islower() and _PART_SAID.search(before) is not None


def find(text: str) -> list[Finding]:
    """What the reported person said in `text`, in order; what the harmed person said is left out.

    Rule "quoted" is a quotation (confidence .9 with a verb of saying beside it, .6 without [G]); "reported" is an
    utterance without quotation marks (.6 [G]). What is only told in the third person ("said that he would come back")
    is no piece of speech.
    """
    return list(_find(text))
