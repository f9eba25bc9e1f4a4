"""Quoted passages of a narrative, and whose words they are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.patterns import compiled

_QUOTES = compiled(
    r"“(?P<a>[^“”\n]{2,400}?)[”\"]"
    r"|\"(?<!\d\")(?<!\d['’]\")(?P<b>[^\"“”\n]{2,400}?)[\"”]"
    r"|‘(?<![\w’']‘)(?P<c>[^‘\n]{2,400}?)’(?!\w)"
    r"|'(?<![\w’']')(?P<d>[^\"\n]{2,400}?)'(?!\w)"
)
VERB = (
    r"(?:said|says?|saying|told|tells|telling|shout(?:ed|s|ing)?|yell(?:ed|s|ing)|yelp(?:ed|s|ing)|scream(?:ed|s|ing)|whisper(?:ed|s|ing)"
    r"|threaten(?:ed|s|ing)|boast(?:ed|s|ing)|claim(?:ed|s|ing)|ask(?:ed|s|ing)|repeat(?:ed|s|ing)|mutter(?:ed|s|ing)"
    r"|text(?:ed|s|ing)|messag(?:ed|es|ing)|wrote|writes|growl(?:ed)?|snarl(?:ed)?|laugh(?:ed)?|repl(?:ied|ies)"
    r"|answer(?:ed)?|demand(?:ed|s|ing)|warn(?:ed|s|ing)|call(?:ed|s|ing)|swore|admitted|bragg(?:ed|ing)|insist(?:ed|s)"
    r"|went|introduced|stated|states|announce[ds]?|announcing|add(?:ed|s|ing)|order(?:ed|s|ing)|promis(?:ed|es|ing)"
    r"|brand(?:ed|s|ing)|label(?:led|s|ling)|accus(?:ed|es|ing)|instruct(?:ed|s|ing)|inform(?:ed|s|ing)|assur(?:ed|es|ing)|"
    r"holler(?:ed|s|ing)|cr(?:ied|ies|ying)|exclaim(?:ed|s|ing)|spat|rasp(?:ed|s|ing)|jeer(?:ed|s|ing)|taunt(?:ed|s|ing)|"
    r"remark(?:ed|s|ing)|declar(?:ed|es|ing)|mumbl(?:ed|es|ing)|shriek(?:ed|s|ing)|screech(?:ed|es|ing)|hollar(?:ed|s|ing)|"
    r"beg(?:ged|s|ging)|plead(?:ed|s|ing)|urg(?:ed|es|ing)|purr(?:ed|s|ing)|croak(?:ed|s|ing)|drawl(?:ed|s|ing)|snap(?:ped|s|ping)|quipp(?:ed|ing)|"
    r"commanded|ordered|jok(?:ed|es|ing)|curs(?:ed|es|ing)|rant(?:ed|s|ing)|chant(?:ed|s|ing)|sneer(?:ed|s|ing)|hiss(?:ed|es|ing)|bark(?:ed|s)|roar(?:ed|s)|bellow(?:ed|s)|murmur(?:ed|s)|explain(?:ed|s|ing))"
)
_HER = (
    r"(?:\bshe|\bI|\bwe|\bthe\s+(?:woman|worker|victim|girl|lady|escort|member|sw)|^\s*(?:woman|worker|victim|girl)"
    r"|\breceptionist|\bwitness|\bdetectives?|\bcops?|\bconstable|\binspector|\bsergeant|\bsuperintendent|\bofficers?"
    r"|\bspokes\w+|\bPC|\bD[CSI]|\bDCI|\bpolice|\bneighbours?|\bstaff|\b(?:her|my)\s+(?:friend|mate|sister|mother|mum|flatmate))"
)
_SAID_BY_HER = compiled(rf"(?:{_HER})(?:\s+\w+){{0,3}}?\s+{VERB}\b[^.“”\"]*$", re.I)
_SAID_BEFORE = compiled(rf"\b{VERB}\b[^.“”\"]*$", re.I)
_OTHER = (
    r"(?:\b(?:eye-?witness|witness|neighbour|landlord|landlady|(?:letting\s+)?agent|guard|porter|caretaker|cleaner"
    r"|manager|manageress|receptionist|barman|barmaid|shopkeeper|paramedic|nurse|jogger|cyclist|passer-?by|bystander"
    r"|spokes\w+|cops?|detective|constable|sergeant|inspector|officer|judge|prosecutor|barrister)\b"
    r"|(?:\bher|\btheir|\bwhose|victim['’]s)\s+(?:older\s+|younger\s+|elder\s+)?(?:sister|brother|mother|father|mum|dad|daughter|son"
    r"|niece|nephew|wife|husband|widow|partner|boyfriend|friend)\b"
    r"|(?-i:\b(?:Det|D[CSI]|DCI|DSupt|W?PC|PCSO|Sgt|Insp|Supt|Cllr|Mrs?|Ms|Miss|Dr|Rev|Prof)\b\.?|\b[A-Z][a-z]+,\s\d\d(?=,|$))"
    r")"
)
_TO_PRESS = compiled(
    rf"(?:\b{VERB}\s+(?:yesterday|today|last\s+night|tonight|in\s+a\s+statement|afterwards)[\s:,]*"
    r"|\basked\s+(?:us|police|officers)\s+to\b[^.“”\"]*"
    r"|\b(?:is|was|are|were|be|been|felt|looked|seemed)\b[^.]*,\s+(?:he|she|they)\s+says?,\s*)$",
    re.I,
)
"""Words for a paper or the public: "said yesterday: ..."; "is in his sixties and, he says, 'just glad'"."""
_TOLD_HER = compiled(
    rf"\b{VERB}\s+(?:to\s+|at\s+)?(?:her|me|us|(?:the|a|an|one|two|three|both|another)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:woman|women|worker|workers|victim|girl|girls|lady|escort))\b[^.“”\"]*$",
    re.I,
)
"""What is said to the person harmed she did not say herself: "when she would not, and called her 'filth'"."""
_SHE_WAS_TOLD = compiled(
    rf"(?:(?:\b(?:was|were|been|being|got|is)|\b(?:she|I|woman|worker|victim)['’]d\s+been)\s+(?:\w+\s+)?{VERB}\b"
    r"|\btold\s+(?:she|he|they|that|to|not)\b)[^.“”\"]*$",
    re.I,
)
_TO_OTHERS = compiled(
    r"^[,!?\s]*(?:(?:he|she|they|I|the\s+\w+)\s+)?(?:told|tells|said\s+to|wrote\s+to|says\s+to)\s+(?:(?:the|our|this|"
    r"local|[A-Z]\w+)\s+){0,3}?(?:police|officers?|court|jury|judge|reporters?|paper|detectives?|inquiry|project|team)\b",
    re.I,
)
"""Words said afterwards to police, a court or the press are no words of the attack."""
_BY_NAME_AFTER = compiled(
    rf"^[\s,]*(?:{VERB}\s+(?!He\b|The\b|They\b|That\b)(?-i:[A-Z])[\w'’-]+|(?-i:(?:Miss|Mrs|Ms|Mr|Dr|Sgt|Det|Insp|Supt|Cllr)"
    rf"\b[^.“”\"]{{0,40}})\b{VERB}"
    rf"|(?-i:(?!(?:He|She|They|I|We|It|His|Her|One|The|This|That|A|An|Then|And)\b)[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*)\s{VERB})\b",
    re.I,
)
_NARRATES = compiled(
    r"\b(?:he|they)(?:['’]d|\s+had)?\s+(?:then\s+|also\s+|just\s+|never\s+|even\s+|only\s+)?(?:was|were|had|did|said|told|went"
    r"|goes|says|took|got|came|made|put|broke|hit|held|left|ran|drove|kept|began|wore|knew|wrote|gave|seemed|\w{3,}ed)\b"
    r"|\b(?:he|she)['’]s\s+(?:\w+ing|the|a|an)\b(?![^“”\"]*\byou\b)",
    re.I,
)
SPOKEN_TO = compiled(r"^\W*(?:you|your|i['’](?:ll|m)|don['’]?t|shut|get|give|keep|if\s+you)\b", re.I)
"""How words to somebody's face begin: "if you tell them what he did"."""
_APPEALS = compiled(
    r"\b(?:appeal(?:ing)?|urg(?:e|ing)|anyone\s+(?:who|with)|witness(?:es)?|enquir\w+|inquir\w+|investigat\w+|officers?|footage|our\s+thoughts"
    r"|(?:the|our|this)\s+(?:(?:\w+\s+)?(?:victims?|survivors?|suspects?|offenders?|attack(?:er)?s?|assaults?|incidents?)|public)"
    r"|we\s+(?:believe|would\s+(?:like|urge|ask)|are\s+(?:keen|keeping|treating|satisfied|looking|trying)|want\s+to\s+(?:hear|trace|speak))"
    r"|(?:he|she|they|man|woman)\s+(?:may|might|could)\s+(?:have|be)"
    r"|I\s+(?:\w+ly\s+)?(?:thought|felt|froze|screamed|ran|begged|remember|cried|couldn['’]t|was\s+(?:so\s+)?(?:scared|terrified)))\b",
    re.I,
)
"""Words of police to the public, or of the person harmed about the attack."""
_TO_CALL = compiled(
    r"\b(?:call|contact|ring|phone)\s+(?:us|the\s+police|police|101|crimestoppers|detectives|officers)\b"
    r"|\bcome\s+forward\b|\bget\s+in\s+touch\b|\bin\s+the\s+area\b|\bany\s+information\b|^there\s+(?:was|were)\b",
    re.I,
)
"""What is asked of the public, and how a witness begins."""
_FEWEST = 5
"""Words from which a quotation can tell a story [G]."""
HIS_WORDS = compiled(r"\b(?:his|only|last|first|the)\s+words\b[^.“”\"]{0,40}$", re.I)
_ENDS_SENTENCE = compiled(r"\.[^\w\s](?:\s[A-Z]|\n)|[.!?][^\w\s]\n")
"""A quotation that ends its sentence: who is named next did not say it."""
_SUBORDINATE = compiled(
    r"\b(?:when|while|whilst|as|after|before|until|once|because|where|if|unless|although|though|whom|who|than|what|how)"
    r"\s+(?:\w+\s+)?$|\b(?:man|men|woman|person|stranger|someone|somebody|client|punter|driver|guy|bloke)\s+$",
    re.I,
)
"""Before a subject of a clause within a clause: "when she", "a man she had met"."""
_SOME = r"(?:(?:an?|the|one|another)\s+)?(?:\d+[- ]year[- ]old\s+)?"
_BY_HER_AFTER = compiled(rf"^[,!?\s]*(?:{_SOME}(?:{_HER}|woman)\s+{VERB}|{VERB}\s+{_SOME}(?:{_HER}|woman))\b", re.I)
_ATTRIBUTION = compiled(
    rf"^[\s,.!?'’\"]*(?:(?:\w+\s+){{0,4}}{VERB}|{VERB}(?:\s+\w+){{0,4}}|and(?:\s+then)?|or|then)?[\s,.:]*$", re.I
)
"""All that stands between two parts of one quotation: 'We are sorry,' a spokesman said. 'We will call.'"""
_SAID_AFTER = compiled(rf"^[,!?\s]*(?:(?:he|they|the\s+\w+)\s+{VERB}|{VERB}\s+(?:he|the\s+\w+))\b", re.I)
_SUBJECT_OF_SAYING = compiled(
    rf"(\b(?:he|they|she|I|we|client|punter|man|woman|worker|victim|(?-i:[B-HJ-Z]))\b|{_OTHER})", re.I
)
_OBJECTS = ("woman", "worker", "victim")
_SAYS = compiled(rf"\b{VERB}\b", re.I)
_LED_UP = 160
"""Characters before quotation marks in which it is told whose words stand in them [G]."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage: start and end of the words inside, who said them: "him", "her" (or anybody but him) or
    "unknown"; where a verb of saying leads it, `told` is where its clause begins and where the verb does."""

    start: int
    end: int
    speaker: str
    told: tuple[int, int] | None = None


def quotes(text: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and speaker of the quoted passages in `text`."""
    return tuple((one.start, one.end, one.speaker) for one in quoted(text))


@lru_cache(maxsize=32)
def quoted(text: str) -> tuple[Quote, ...]:
    """Quoted passages in `text`. A quotation that tells the story ('He broke a bottle,' said the prosecutor) is left
    out: what it tells is read as the rest of the text."""
    found: list[Quote] = []
    last_end, last_speaker = len(text), ""
    for quote in _QUOTES.finditer(text):
        group = quote.lastgroup or "a"
        start, end = quote.span(group)
        if end - start >= 0.7 * len(text):
            continue
        before = text[max(0, quote.start() - _LED_UP) : quote.start()]
        after = "" if _ENDS_SENTENCE.search(text, end - 1, quote.end() + 2) else text[quote.end() : quote.end() + 70]
        speaker, told = _speaker(before, after)
        if speaker == "unknown" and text[start - 2 : start - 1] == "\n":
            speaker = _carried_over(text, start - 1) or speaker
        parted = last_speaker and _ATTRIBUTION.match(text[last_end : quote.start()])
        if parted and (speaker == "unknown" or text.endswith(",", 0, last_end - 1)):
            speaker, told = last_speaker, None  # 'He ran,' said PC Lee, 'and we ask ...': one speaker of both
        last_end, last_speaker = quote.end(), speaker
        words = text[start:end]
        if (speaker == "unknown" or (speaker == "him" and not told)) and _of_the_press(words):
            speaker = "her"
        if not _tells_a_story(words):
            at = quote.start() if told and told[0] < 0 else quote.end()
            found.append(Quote(start, end, speaker, (at + told[0], at + told[1]) if told else None))
    return tuple(found)


def _of_the_press(words: str) -> bool:
    appeals = _APPEALS.search(words) is not None and not SPOKEN_TO.match(words)
    return appeals or _TO_CALL.search(words) is not None


def _carried_over(text: str, start: int) -> str | None:
    """Who speaks a paragraph that opens with a quotation mark where the paragraph before it opened one that it never
    closed; None for other paragraphs."""
    first = None
    while line := _line_before(text, start):
        begin, before = line
        opens = max(before.rfind('"'), before.rfind("“"))
        if opens < 0 or (before.count('"') % 2 == 0 and before.count("“") == before.count("”")):
            break
        start = first = begin + opens
    if first is None:
        return None
    speaker = _speaker(text[max(0, first - _LED_UP) : first], "")[0]
    return "her" if speaker == "unknown" else speaker


def _line_before(text: str, end: int) -> tuple[int, str] | None:
    """Where the last line that holds anything before that of `end` begins, and what it holds; None where there is
    none, or where words stand before `end` in its own line."""
    while end and text[end - 1].isspace() and text[end - 1] != "\n":
        end -= 1
    if not end or text[end - 1] != "\n":
        return None
    while end and text[end - 1].isspace():
        end -= 1
    begin = text.rfind("\n", 0, end) + 1
    return (begin, text[begin : text.index("\n", end)]) if end else None


def _clause(before: str) -> str:
    return re.split(r"[.!?\n](?:\s|$)", before)[-1]


def _tells_a_story(words: str) -> bool:
    """Whether quoted words speak of him and of what he did, as no speaker speaks of himself."""
    return len(words.split()) >= _FEWEST and _NARRATES.search(words) is not None and not SPOKEN_TO.match(words)


def _speaker(before: str, after: str) -> tuple[str, tuple[int, int] | None]:
    """Who said words, and where the subject of the saying stands, where the people of the text may tell that better:
    places before (negative) or behind the quotation marks."""
    clause = _clause(before)
    by_her = _BY_HER_AFTER.search(after)
    if by_her or _TO_OTHERS.search(after) or _BY_NAME_AFTER.search(after):
        return "her", (0, by_her.end()) if by_her else None
    if _SAID_BEFORE.search(clause):
        return _said_before(clause)
    return "him" if _SAID_AFTER.search(after) or HIS_WORDS.search(clause) else "unknown", None


def _said_before(clause: str) -> tuple[str, tuple[int, int] | None]:
    """Who says what follows a clause with a verb of saying, and where its subject stands, counted from its end."""
    if _SHE_WAS_TOLD.search(clause):
        return "him", None
    saying = list(_SAYS.finditer(clause))[-1]
    told = _TOLD_HER.search(clause)
    subjects = _SUBJECT_OF_SAYING.finditer(clause, 0, told.start() if told else saying.start())
    named = [one.group(1) for one in subjects if not _SUBORDINATE.search(clause[: one.start()])]
    near = next((who for who in reversed(named) if who.lower() not in _OBJECTS), named[-1] if named else "")
    if re.fullmatch(_OTHER, near, re.I) or _TO_PRESS.search(clause):
        return "her", None
    near = near.lower()
    by_her = near in ("she", "i", "we", "worker", "victim") or _SAID_BY_HER.search(clause[: saying.end()])
    speaker = "her" if by_her and near not in ("he", "man") and not (told and near != "she") else "him"
    return speaker, (-len(clause), saying.start() - len(clause))
