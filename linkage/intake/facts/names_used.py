"""Names that the reported person gave. Kept as written; a name given is no name proved."""

from __future__ import annotations

import re
from functools import lru_cache

from linkage.intake.alternation import Alternation, Anywhere
from linkage.intake.facts import name_wordings
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.regex_literals import alternatives
from linkage.intake.facts.surface import is_unknown, plain, stop_words, windows
from linkage.intake.patterns import compiled

_ONE_OF_THEM = (
    r"\b(?:one(?:\s+of\s+(?:the\s+\w+|them))?|another|the\s+(?:other|first|second|third|fourth|leader|ringleader|"
    r"driver|rider|passenger|gunman|older|younger|taller|shorter|"
    r"oldest|youngest|tallest|big|fat)(?:\s+(?:one|man|youth|male|lad|boy|girl|woman|robber|raider))?)"
)
"""One of several offenders, before "was called": "one of the others was called Midge"."""
_FELLOW = (
    r"(?:companion|accomplice|mate|friend|partner|colleague|other(?:\s+(?:one|man|lad|boy|youth|male))?|pal|brother|"
    r"cousin|driver|rider|passenger|boss|leader|associate)"
)
_SAID = (
    r"call(?:ed|s|ing)\s+(?:himself|herself|themselves|him\s?self)|(?:said|says|sed|claims?|claimed|told\s+\w+|"
    r"saying)\s+(?:that\s+)?"
    r"(?:(?:his|her|the)\s+name\s+(?:was|is)|(?:he|she)(?:\s+(?:was|is)|'?s)\s+called|to\s+call\s+him)|"
    r"(?:say|says|said|saying|tells?|told\s+\w+|told|give|gives|gave)\s+(?:(?:me|us|her|that)\s+)?(?:(?:his|her|"
    r"hes|first|real)\s+)?names?"
    r"(?:\s+(?:only|just|simply))?(?:\s+(?:is|was|as|of)|'?s)?|\b(?:he|she)\s+name[ds]?(?:\s+(?:is|was))?|"
    r"\bname\s+of|(?:referred\s+to|"
    r"addressed)(?:\s+him)?\s+as(?=\s+[A-Z\"'“‘])|nicknamed?(?:\s+(?:is|was|of))?|"
    r"(?:she|he|i|they|we|women|girls|workers|locals)\s+(?:(?:all|only|just|both)\s+)?(?:knows?|knew|"
    r"know)\s+(?:(?:him|her|"
    r"them)\s+)?(?:only\s+|just\s+)?as(?=\s+[A-Z\"'“‘])|"
    r"(?:contact|account|messages?|posts?|profile|him|it)\s+(?:on|via|through|in)\s+[\w ]{3,24}\s+as(?=\s+[\"'“‘])|"
    r"call\s+me(?=\s+[A-Z\"'“‘])|user\s?name(?:\s+(?:is|was|of))?(?=\s*:?\s*[A-Z\"'“‘])|handle(?:\s+(?:is|"
    r"was))?(?=\s*:?\s*[\"'“‘@])|"
    r"saved\s+(?:in|on)\s+(?:her|my|the)\s+phone\s+as|signed\s+(?:his|her|the)\s+(?:texts?|messages?)|"
    r"known\s+on\s+the\s+\w+\s+as(?=\s+[A-Z\"'“‘])|"
    r"\bthe\s+names?(?=\s+(?-i:[A-Z\"'“‘]))|calls?\s+(?:himself|herself)\s+the(?=\s+[A-Z])|"
    r"(?:profile|display|screen|street|working|stage|first|nick|whats\s?app|telegram|account|booking|contact|real|"
    r"full|last|family|pet|"
    r"sur)[\s-]?name(?:\s+(?:(?:is|was)\s+(?:believed|thought|said)\s+to\s+be|is|was|of|given|used|shown))?|"
    r"(?:man|male|client|punter|customer|regular|guy|bloke|someone|somebody|one|him)\s+(?:whom\s+|who\s+|"
    r"that\s+)?(?:the\s+)?"
    r"(?:she|they|he|i|we|women|girls|workers|locals|others)\s+(?:(?:all|only|just|both)\s+)?(?:knows?|knew|know|"
    r"called|call|calls)"
    r"\s+(?:(?:only|just|simply)\s+)?(?:as\s+)?(?=(?-i:[A-Z\"'“‘]))|"
    r"(?=\w++\s+h)[a-z]+(?:ed|ing|es|s)\s+(?:him|her)self\s+(?:\w+\s+)?as(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"(?:bookings?|messages?|texts?|calls?|requests?|enquir(?:y|ies)|e-?mails?)\s+(?:from|"
    r"by)\s+(?:an?\s+)?(?=[\"“‘'](?-i:[A-Z]))|"
    r"badge\s+(?:that\s+|which\s+)?(?:said|says|read|reads|saying|reading|bearing\s+the\s+name|with\s+the\s+name)|"
    r"\bname\s+he\s+(?:gave|used|uses)\s*,|"
    r"(?:(?:said|says|saying|claimed|claims)\s+(?:(?:he|she)\s+(?:was|is)|(?:he|she)'?s)|pretended\s+to\s+be)"
    r"(?=\s+(?-i:[\"'“‘][A-Z]|(?:Mr|Dr|Mister|Doctor)\b))|\bin\s+the\s+name(?:\s+of)?(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"\b(?:he|she)\s+(?:was|is)\s+an?(?=\s+(?-i:Mr|Mrs|Miss|Dr|Doctor)\b)|"
    r"\b(?:customer|client|man|punter|suspect|woman|one|guest|lad|bloke|guy|(?=\w++\s*,)[a-z]{3,}(?:er|or))\s*,"
    r"(?=\s*(?-i:[\"'“‘][A-Z])[\w .]{1,20}[\"'”’]\s*,)|"
    r"(?:believed|thought|said)\s+to\s+be\s+(?:called|named)|(?:may|might|could)\s+be\s+(?:called|named)|"
    r"\balso\s+us(?:es|ed|ing)(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"(?:said|saying|says)\s*[,:]?\s*[\"'“‘]\s*(?:hi|hello)?,?\s*my\s+name(?:'s|\s+is)|"
    r"check(?:ed|ing|s)?\s+in(?:to\s+(?:the|a|his)\s+\w+)?\s+(?:as|under(?:\s+the\s+name(?:\s+of)?)?)|"
    r"(?:^|[.,;(/]\s*)name(?=\s+(?-i:[A-Z\"'“‘]))|(?:description|suspect|offender|desc|"
    r"details)\s*[:-](?=\s*(?-i:[\"'“‘][A-Z])[\w .]{1,20}[\"'”’]\s*[,.;(])|"
    r"(?:on|via|through|from)\s+(?:[\w-]+\s+){1,3}as(?=\s+[\"'“‘])|"
    r"\bthe\s+name\s+on\s+(?:his|the|it)(?:\s+[\w']+){0,3}\s+(?:was|is|read|said)|"
    r"(?:mates?|friends?|others?|one|man|men|bloke|lad|passenger|driver|pals?|he|"
    r"they)\s+(?:[\w]+\s+){0,2}?(?:called|calls?|calling|addressed)"
    r"\s+(?:him|each\s+other|the\s+(?:driver|other|passenger|man|older|younger|first|second|tall|big)(?:\s+(?:one|"
    r"man))?)(?:\s+by\s+the\s+name)?"
    r"(?=\s+(?-i:[A-Z\"'“‘]))|call\s+him(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"signs?\s+(?:himself|off\s+as)|signed\s+(?:himself|off\s+as)|"
    r"texts?\s+as|went\s+under|calls?\s+him(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"(?<!street )(?<!road )(?<!lane )(?<!area )(?<!place )(?<!house )"
    r"(?<!estate )(?<!park )(?<!pub )(?<!club )(?<!flats )known\s+(?:(?:to|at|in|on|around|among|"
    r"amongst)\s+(?:\w+\s+){1,3}?)?(?:only|locally|simply|"
    r"just)?\s*as(?=\s+[A-Z\"'“‘])|"
    r"(?:his|her)\s+name\s+(?:was|is|as)|(?:gave|giving|gives|used|using|uses)\s+(?:\w+\s+)?(?:his|the|a|"
    r"her)\s+(?:\w+\s+)?names?\s*,?\s*(?:(?:only|just|simply)\s+)?(?:as|of|was)?|(?:possible|poss|alleged|"
    r"likely)\s+name|"
    r"names?(?:\s+(?:given|used|he\s+(?:gave|used|uses|goes\s+by)))\s*(?:was|is|as|:|-)?|"
    r"goes?\s+by(?:\s+the\s+name(?:\s+of)?)?|"
    r"went\s+by(?:\s+the\s+name(?:\s+of)?)?|(?:also|himself|he\s+is|he's|is|was|man|male|punter|client)\s+known\s+as|"
    r"(?:introduc|describ|present|announc)(?:ed|es|ing)\s+(?:him\s?self|her\s?self|"
    r"them\s?selves)\s+(?:to\s+(?:the\s+)?\w+\s+)?(?:only\s+|just\s+|simply\s+)?as|us(?:ed|ing|es)\s+the\s+names?|"
    r"under\s+the\s+names?(?:\s+of)?|"
    r"by\s+the\s+name\s+of|\ba\.?k\.?a\.?|\balias|(?:man|male|guy|bloke|lad|client|punter|someone|somebody|"
    r"person|regular|driver|customer|geezer|fella|fellow|chap|caller|dealer|boyfriend|"
    r"pimp)\s+(?:only\s+)?(?:called|named)|"
    r"(?:man|male|guy|bloke|lad|client|punter|driver|regular|customer|he)\s+by\s+the\s+name\s+of|"
    r"pretend(?:ed|s|ing)\s+(?:to\s+be|he\s+was)\s+called|"
    r"\ban?\s+(?:[\w-]+\s+){0,4}(?!(?:pub|club|place|street|road|hotel|dog|girl|friend|woman|bar|shop|cafe|app|"
    r"site|website|company|sister|"
    r"mother|wife|girlfriend|daughter|area|town|village|game|estate|house|flat|worker|escort|service|band|team|"
    r"lady|victim|dog|labrador|collie|spaniel|terrier|retriever|alsatian|lurcher|greyhound|whippet|husky|poodle|"
    r"shepherd|puppy|cat|horse|pony|"
    r"was|were|is|been|being|boat|barge|yacht|ship|film|song|book|play|magazine|nightclub|restaurant|bistro|"
    r"hostel)\b)"
    r"[\w-]+\s+(?:called|named)(?=\s+[A-Z\"'“‘])|"
    r"answer(?:s|ed|ing)?\s+to(?:\s+the\s+(?:nick)?name(?:\s+of)?)?|book(?:ed|s|ing)?\s+(?:(?:in|me|her|us|it|"
    r"a\s+room|the\s+room|by\s+\w+|"
    r"an?\s+\w+|(?:on|through|via|by|thru)\s+(?:the\s+|an?\s+)?\w+|online)\s+){0,2}(?:as|"
    r"under(?:\s+the\s+name(?:\s+of)?)?|in(?:\s+the\s+name(?:\s+of)?))|"
    r"he(?:\s+was|\s+is|'?s)\s+called|claim(?:s|ed|ing)\s+to\s+be\s+called|(?:^|[.;,]\s*)names?\s*:|"
    r"(?:was|is|were|been|being)\s+(?:called|named|addressed\s+as|"
    r"referred\s+to\s+as)(?=\s+(?:[\"“‘']?(?-i:[A-Z])\w+[\"”’']?\s+by\s+(?:his|the|one|an|a)\b))|"
    rf"{_ONE_OF_THEM}\s+(?:was|is)\s+(?:only\s+)?(?:called|named)(?=\s+(?-i:[A-Z\"'“‘]))|"
    rf"(?:called|calls|calling|addressed|addressing)\s+(?:(?:his|her|the|one)\s+(?:\w+\s+)?{_FELLOW})(?:\s+(?:as|"
    rf"by\s+the\s+name(?:\s+of)?))?"
    r"(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"(?:was|were|been|is|got)\s+introduced(?:\s+to\s+(?:her|them|him|me|us|the\s+\w+))?\s+(?:only\s+|just\s+|"
    r"simply\s+)?as(?=\s+(?:an?\s+)?(?-i:[A-Z\"'“‘]))|"
    r"sign(?:ed|s|ing)\s+(?:in(?:\s+(?:at|to)\s+(?:the\s+)?\w+)?|(?:in\s+)?(?:the|a)\s+(?:hotel\s+|visitors'?\s+|"
    r"guest\s+)?(?:register|book|form|sheet|log))"
    r"(?:\s+(?:as|under|in)(?:\s+the\s+name(?:\s+of)?)?)?(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"register(?:ed|s)\s+(?:(?:at|in|on|with)\s+(?:the\s+|a\s+)?\w+\s+)?(?:as|"
    r"under(?:\s+the\s+name(?:\s+of)?)?)(?=\s+(?-i:[A-Z\"'“‘]))|"
    r"book(?:ed|ing)(?:\s+(?:in|made|online|via|on|through)(?:\s+(?:an?\s+|"
    r"the\s+)?\w+)?)?\s+by(?=\s+[\"“‘'](?-i:[A-Z]))|"
    r"(?:meet(?:ing)?|met|(?:appointment|booking|date|viewing)\s+with|charmed\s+by|messaged\s+by|contacted\s+by|"
    r"(?:chatting|talking|speaking|writing)\s+(?:to|with))"
    r"\s+(?:up\s+with\s+|with\s+)?(?:an?\s+)?(?=[\"“](?-i:[A-Z]))"
)
_TRIGGER = Alternation(
    [("", way) for way in alternatives(f"{_SAID}|{name_wordings.FURTHER}")],
    before=r"(?:\b|(?<=[.;,]))",
    after=r"[\s,:]*(?:either\s+)?",
    flags=re.IGNORECASE,
    signs=".,;(/",
)
_OPENS = compiled(name_wordings.OPENS, re.IGNORECASE)
_MAY_LEAD_TO_ONE = (
    r"call(?:ed|s|ing)?\b|name|known|alias|aka\b|a\.k\.a|go(?:es)? by|went (?:by|under)|himself|book(?:ed|s|"
    r"ing)?\b|sign(?:s|ed)\b|"
    r"introduced|register|meet|met [\"“]|with an? [\"“]|texts? as|knows?\b|knew\b|\bas [\"'“‘]|"
    r"call me|handle|saved (?:in|on)|answer(?:s|ed|ing)? to|"
    r"referred to|addressed|\b(?:was|is) an? (?:mr|mrs|miss|dr)\b|, [\"'“‘]|also us|saying|pretend|badge|"
    r"(?:from|by) (?:an? )?[\"'“‘]|"
    r"(?:he|she|they|women|girls|workers|locals|others) calls?|check(?:ed|"
    rf"s|ing)? in|{name_wordings.WORTH_A_LOOK}|"
    r"(?:said|says|claimed) (?:s?he|s?hes)\b|description|suspect|offender|desc\b|(?:on|via|through|"
    r"from) [\w -]{2,24} as [\"'“‘]"
)
"""Words near which a name may be given, over lower-case text."""

_WORTH_A_LOOK = Anywhere(_MAY_LEAD_TO_ONE)
_WORTH_A_LOOK_BY = compiled(rf"{_MAY_LEAD_TO_ONE}|[a-z]{{3}}ed by [\"“]")
"""The same with whom something was done by: that may begin with any letter, and is rare."""

_BEFORE, _BEHIND = 45, 45
"""Characters around a word worth a look that a trigger may take up."""
_ONE = (
    r"(?:(?:Mr|Mrs|Ms|Dr|Fr)\.?\s+)?(?:[A-Z]\.\s?){1,3}[A-Z][\w'’-]+|"
    r"(?:[Tt]he\s+(?=[A-Z]))?(?:(?:Mr|Mrs|Ms|Dr|Big|Little|Mc|Mac|De|Van|Von|Al|"
    r"El)\.?\s+)?[A-Z][\w'’-]*(?:[^\S\n]+(?:[A-Z][\w'’-]+|"
    r"[A-Z]\b\.?)){0,2}"
)
_QUOTED = compiled(r"[\"“‘'](?P<name>[A-Za-z][\w .'-]{0,30}?)(?:,\s+[\w ]{2,30})?[\"”’'](?!\w)")
_CAPITALS = compiled(rf"(?P<name>{_ONE})")
_ACCOUNT = compiled(r"[\"“‘']?(?P<name>@\w[\w.]*\w|[A-Za-z][A-Za-z0-9]*(?:_\w+|\d{2,}\w*))")
"""A name of an account: "@north.lens", "kingfisher_ox"."""
_TITLE = compiled(
    r"(?:boss|chief|uncle|captain|daddy|dad|doc|doctor|skipper|sarge|prof|professor|the regular|sir|god)",
    re.IGNORECASE,
)
"""What in quotation marks is a name where somebody is called so, though else it is none."""
_LOWER = compiled(r"(?P<name>[a-z][a-z'’-]{2,15})(?=\s*(?:[,.;)]|$|\band\b|\bor\b|\bbut\b))")
_KNOWN = compiled(r"(?:is\s+|was\s+)?(?:also\s+)?(?:known|called|named|nicknamed)", re.IGNORECASE)
_PETS = (
    r"staff(?:ie|y)|\w+doodle|\w+poo|pit ?bull|(?:bull)?mastiff|bulldog|rottweiler|rottie|dobermann?|jack russell|"
    r"westie|pug|beagle|boxer|chihuahua|corgi|schnauzer|setter|pointer|\w*hound|husky|akita|malinois|poodle|whippet|"
    r"shepherd|retriever|mongrel|crossbreed|pup|puppy|kitten|parrot|budgie|ferret|rabbit|hamster|bear|doll|robot"
)
_PET = compiled(rf"\b(?:{_PETS})\s+(?:called|named)\b", re.IGNORECASE)
_OF_A_PLACE = compiled(
    r"\b(?:street|road|lane|area|place|house|estate|park|pub|club|flats?|bar|hotel|spot|site|app|shop|"
    r"path|alley|car ?park|dog|cat|horse|pony|boat|barge|labrador|collie|spaniel|terrier|alsatian|lurcher|"
    rf"greyhound|film|song|victim|{_PETS})\s+"
    r"(?:that\s+|which\s+)?(?:(?:is|was|are|were)\s+)?(?:also\s+|locally\s+)?$",
    re.IGNORECASE,
)
"""Before "known as" or "called", where a place and no person is named."""
_HIM = compiled(r"\b(?:him|himself|herself)\b(?!\s*self)", re.IGNORECASE)
_CALLED_ONE = compiled(
    r"\b(?:call\w*|address\w*|nicknamed|dubbed)\s+(?P<who>(?:the|his|her|their|one)\s+[\w ]*?\w)"
    r"(?:\s+(?:as|by\s+the\s+name(?:\s+of)?))?"
    r"[\s,:]*$",
    re.IGNORECASE,
)
"""The one whom another calls by a name: "he called the first man 'Tee'"."""
_CALLED_OUT = compiled(name_wordings.CALLED_OUT, re.IGNORECASE)
CALLED_OUT = "name called out"
"""Rule of a name that one of several reported people calls another by."""
BOOKED = "name on a booking"
"""Rule of a name that stands on a booking or a message: the reported person's, whoever the sentence tells of."""

_BOOKED = compiled(
    r"\bbook|messages?|texts?|calls?\s+(?:from|by)|requests?|enquir|mails?\s+(?:from|by)|\bin\s+the\s+name|"
    r"\bunder\s+the\s+name",
    re.IGNORECASE,
)
_INKED = compiled(r"\b(?:tattoo\w*|inked)\b[^.,;]*$", re.IGNORECASE)
_MORE = compiled(
    r"\s*(?:,|/|\(|\bor\b|\band\b|&|\bthen\b)\s*(?:(?:and|or|but|then|also|aka)\s+)*(?:(?:sometimes|also|later|once|at\s+other\s+times|(?:on|"
    r"to)\s+(?:one|another|other|a\s+later)\s+"
    r"(?:occasions?|women|woman))\s+)?"
)
_NOT_A_NAME = stop_words("not_a_name")
_NOT_CALLED = stop_words("not_called_out")
_SPLIT = compiled(r"\s*(?:[;,/|\n]|\bor\b|\baka\b|\balias\b|\ba\.k\.a\.?|&|\band\b|\balso\b)\s*", re.IGNORECASE)
_LEAD = compiled(
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
    return list(_find(text))


@lru_cache(2)  # asked for the names themselves, and for the people who bear them
def _find(text: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    low = plain(text)
    marker = _WORTH_A_LOOK_BY if 'ed by "' in low else _WORTH_A_LOOK
    for start, end in windows(marker, low, _BEFORE, _BEHIND):
        at = start
        while said := _next_said(text, at, end):
            at = said.start() + 1  # where no name follows, a phrase that begins within may bring one
            if _PET.search(said.group()):
                continue
            if _KNOWN.match(said.group()) and _OF_A_PLACE.search(text, max(0, said.start() - 30), said.start()):
                continue
            if _INKED.search(text, max(0, said.start() - 40), said.end()):
                continue
            name = _name_at(text, said.end(), (_QUOTED, _ACCOUNT, _CAPITALS, _LOWER))
            at = max(said.end(), at) if name else at
            while name:
                if not found or name.start("name") >= found[-1].end:
                    given = name["name"].strip()
                    about = _whose(text, said.start(), said.end())
                    rule = BOOKED if _BOOKED.search(said.group()) else "name given"
                    found.append(Finding("names_used", given, *name.span("name"), rule, 0.85, about=about))
                more = _MORE.match(text, name.end())
                bare = more and (not text.startswith(",", name.end()) or name.re is not _QUOTED)
                name = _name_at(text, more.end(), (_QUOTED, _CAPITALS) if bare else (_QUOTED,)) if more else None
    known = {str(one.value) for one in found}
    for name in _CALLED_OUT.finditer(text):
        if name["name"] not in known and plain(name["name"]) not in _NOT_A_NAME | _NOT_CALLED:
            found.append(Finding("names_used", name["name"], *name.span("name"), CALLED_OUT, 0.85))
            known.add(name["name"])
    return tuple(found)


def _next_said(text: str, at: int, end: int) -> re.Match[str] | None:
    """What leads to a name first in a stretch of text."""
    both = (_TRIGGER.search(text, at, end), _OPENS.search(text, at, end))
    return min((one for one in both if one is not None), key=lambda one: one.start(), default=None)


def _whose(text: str, start: int, end: int) -> tuple[int, int]:
    """The words that tell whose name it is: "him" of "the others called him ...", else what opens the phrase."""
    if (one := _CALLED_ONE.search(text, start, end)) is not None:
        return one.span("who")
    him = _HIM.search(text, start, end)
    return him.span() if him else (start, min(start + 1, end))


def _name_at(text: str, at: int, patterns: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    """The name that starts exactly at `at`, by the first of `patterns` that reads one."""
    for pattern in patterns:
        name = pattern.match(text, at)
        if name and pattern is _QUOTED and name["name"][0].isupper() and _TITLE.fullmatch(name["name"]):
            return name
        if name and plain(name["name"].removeprefix("the ").removeprefix("The ").split()[0]) not in _NOT_A_NAME:
            return name
    return None
