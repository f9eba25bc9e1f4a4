"""Names that the reported person gave. Kept as written; a name given is no name proved."""

from __future__ import annotations

import re

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import is_unknown, plain, stop_words, windows

_SAID = (
    r"(?:call(?:ed|s|ing)\s+(?:himself|herself|themselves|him\s?self)|(?:said|says|claimed|told\s+\w+|"
    r"saying)\s+(?:that\s+)?"
    r"(?:(?:his|her|the)\s+name\s+(?:was|is)|(?:he|she)(?:\s+(?:was|is)|'?s)\s+called|to\s+call\s+him)|"
    r"(?:say|says|said|saying|tells?|told\s+\w+|told|give|gives|gave)\s+(?:(?:me|us|her|that)\s+)?(?:(?:his|her|"
    r"hes|first|real)\s+)?names?"
    r"(?:\s+(?:is|was|as|of)|'?s)?|\b(?:he|she)\s+name[ds]?(?:\s+(?:is|was))?|\bname\s+of|(?:referred\s+to|"
    r"addressed)(?:\s+him)?\s+as(?=\s+[A-Z\"'“‘])|nicknamed?(?:\s+(?:is|was|of))?|"
    r"(?:she|he|i|they|we|women|girls|workers|locals)\s+(?:all\s+)?(?:knows?|knew|know)\s+(?:(?:him|her|"
    r"them)\s+)?(?:only\s+|just\s+)?as(?=\s+[A-Z\"'“‘])|"
    r"(?:contact|account|messages?|posts?|profile|him|it)\s+(?:on|via|through|in)\s+[\w ]{3,24}\s+as(?=\s+[\"'“‘])|"
    r"call\s+me(?=\s+[A-Z\"'“‘])|user\s?name(?:\s+(?:is|was|of))?(?=\s*:?\s*[A-Z\"'“‘])|handle(?:\s+(?:is|"
    r"was))?(?=\s*:?\s*[\"'“‘@])|"
    r"saved\s+(?:in|on)\s+(?:her|my|the)\s+phone\s+as|signed\s+(?:his|her|the)\s+(?:texts?|messages?)|"
    r"known\s+on\s+the\s+\w+\s+as(?=\s+[A-Z\"'“‘])|"
    r"\bthe\s+names?(?=\s+[A-Z\"'“‘])|calls?\s+(?:himself|herself)\s+the(?=\s+[A-Z])|"
    r"(?:profile|display|screen|street|working|stage|first|nick)\s+name(?:\s+(?:is|was|of))?|"
    r"signs?\s+(?:himself|off\s+as)|signed\s+(?:himself|off\s+as)|"
    r"texts?\s+as|went\s+under|calls?\s+him(?=\s+[A-Z])|"
    r"(?<!street )(?<!road )(?<!lane )(?<!area )(?<!place )(?<!house )"
    r"(?<!estate )(?<!park )(?<!pub )(?<!club )(?<!flats )known\s+(?:to\s+\w+\s+)?(?:only|locally|simply|"
    r"just)?\s*as(?=\s+[A-Z\"'“‘])|"
    r"(?:his|her)\s+name\s+(?:was|is|as)|(?:gave|giving|gives)\s+(?:\w+\s+)?(?:his|the|a|"
    r"her)\s+(?:\w+\s+)?name\s+(?:as|of|was)?|"
    r"name(?:\s+(?:given|used|he\s+(?:gave|used)))\s*(?:was|is|as|:)?|goes?\s+by(?:\s+the\s+name(?:\s+of)?)?|"
    r"went\s+by(?:\s+the\s+name(?:\s+of)?)?|(?:also|himself|he\s+is|he's|is|was|man|male|punter|client)\s+known\s+as|"
    r"(?:introduced|described)\s+himself\s+as|us(?:ed|ing|es)\s+the\s+names?|under\s+the\s+names?(?:\s+of)?|"
    r"by\s+the\s+name\s+of|\ba\.?k\.?a\.?|\balias|(?:man|male|guy|bloke|lad|client|punter|someone|somebody|"
    r"person)\s+(?:called|named)|"
    r"\ban?\s+(?:[\w-]+\s+){0,4}(?!(?:pub|club|place|street|road|hotel|dog|girl|friend|woman|bar|shop|cafe|app|"
    r"site|website|company|sister|"
    r"mother|wife|girlfriend|daughter|area|town|village|game|estate|house|flat|worker|escort|service|band|team|"
    r"lady|victim)\b)"
    r"[\w-]+\s+(?:called|named)(?=\s+[A-Z\"'“‘])|"
    r"answers\s+to(?:\s+the\s+name)?|book(?:ed|s|ing)?\s+(?:(?:in|me|her|us|it|a\s+room|the\s+room|by\s+\w+|"
    r"(?:on|through|via|by|thru)\s+(?:the\s+|an?\s+)?\w+)\s+){0,2}(?:as|under(?:\s+the\s+name(?:\s+of)?)?)|"
    r"he(?:\s+was|\s+is|'?s)\s+called|claim(?:s|ed|ing)\s+to\s+be\s+called|(?:^|[.;,]\s*)names?\s*:)"
)
_TRIGGER = re.compile(rf"(?:\b|(?<=[.;,]))(?:{_SAID})[\s,:]*(?:either\s+)?", re.IGNORECASE)
# Every branch begins with a letter, so that the search skips from one possible first letter to the next.
_WORTH_A_LOOK = re.compile(
    r"call(?:ed|s|ing)?\b|name|known|alias|aka\b|a\.k\.a|go(?:es)? by|went (?:by|under)|himself as|book(?:ed|s|"
    r"ing)?\b|sign(?:s|ed)\b|"
    r"texts? as|knows?\b|knew\b|\bas [\"'“‘]|call me|handle|saved (?:in|on)|answers to|referred to|addressed"
)
_BEFORE, _BEHIND = 30, 45
"""Characters around a word worth a look that a trigger may take up."""
_ONE = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Big|Little|Mc|Mac|De|Van|Von|Al|El)\.?\s+)?[A-Z][\w'’-]*(?:\s+(?:[A-Z][\w'’-]+|"
    r"[A-Z]\b\.?)){0,2}"
)
_QUOTED = re.compile(r"[\"“‘'](?P<name>[A-Za-z][\w .'-]{1,30}?)[\"”’'](?!\w)")
_CAPITALS = re.compile(rf"(?P<name>{_ONE})")
_LOWER = re.compile(r"(?P<name>[a-z][a-z'’-]{2,15})(?=\s*(?:[,.;)]|$|\band\b|\bor\b|\bbut\b))")
_MORE = re.compile(r"\s*(?:,|/|\bor\b|\band\b|&)\s*(?:sometimes\s+|also\s+)?")
_NOT_A_NAME = stop_words("not_a_name")
_SPLIT = re.compile(r"\s*(?:[;,/|\n]|\bor\b|\baka\b|\balias\b|\ba\.k\.a\.?|&|\band\b|\balso\b)\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:said|says|called|calls|himself|herself|his|her|name|names|was|is|he|she|used|gave|the|of|"
    r"as|known|goes|by|first|"
    r"possibly|maybe|mr|real|given)\b[\s:]*)+(?=\S)",
    re.IGNORECASE,
)


def normalise(words: str) -> list[str] | None:
    """Names as written, one an entry ("Dave / Big Dave"); None when no name is given."""
    names: dict[str, str] = {}
    for part in _SPLIT.split(words):
        name = " ".join(part.split()).strip(" .,:;\"'“”‘’()[]")
        lead = _LEAD.match(name)
        if lead and not re.fullmatch(r"(?:mr|the)\s*", lead.group(), re.IGNORECASE):
            name = name[lead.end() :].strip(" \"'“”‘’")
        if re.search(r"[^\W\d_]", name) and not is_unknown(name) and plain(name) not in _NOT_A_NAME:
            names.setdefault(name.casefold(), name)
    return list(names.values()) or None


def find(text: str) -> list[Finding]:
    """Names that the text says somebody gave ("called himself ...", "said his name was ..."), as written."""
    found: list[Finding] = []
    for start, end in windows(_WORTH_A_LOOK, plain(text), _BEFORE, _BEHIND):
        for said in _TRIGGER.finditer(text, start, end):
            name = _name_at(text, said.end(), (_QUOTED, _CAPITALS, _LOWER))
            while name:
                if not found or name.start("name") >= found[-1].end:
                    given = name["name"].strip()
                    found.append(Finding("names_used", given, *name.span("name"), "name given", 0.85))
                more = _MORE.match(text, name.end())
                name = _name_at(text, more.end(), (_QUOTED, _CAPITALS)) if more else None
    return found


def _name_at(text: str, at: int, patterns: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    """The name that starts exactly at `at`, by the first of `patterns` that reads one."""
    for pattern in patterns:
        name = pattern.match(text, at)
        if name and plain(name["name"].split()[0]) not in _NOT_A_NAME:
            return name
    return None
