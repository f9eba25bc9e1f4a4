"""The words around a height: feet, inches and centimetres, how they are hedged, and what is no height at all."""

from __future__ import annotations

from linkage.intake.facts.spoken_numbers import NUMBER_WORDS, SMALL_WORD, TWO_DIGIT_WORD, UNIT_WORD
from linkage.intake.patterns import compiled

INCHES = rf"(?:(?P<half>(?:a\s+)?half\b)|(?P<inch>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?P<frac>\.5|\s*(?:½|1/2))?)"
INCH_MARK = r"(?:\s*(?:\"|''|inch(?:es)?\b|ins?\b\.?))?"
NOT_FEET = (
    r"(?!-(?:feet|foot|ft)|\s*(?:'(?!')|ft(?![a-z])|f\b|foot|feet|\d|:"
    r"|(?:min|year|yr|hour|am|pm|men|people|cm|stone)\w*\b))"
)
INCH_RANGE = rf"(?:\s*(?:-|to|or|/)\s*(?P<inch2>1[01]|\d(?!\d)|{SMALL_WORD}\b)(?!\.\d){NOT_FEET}{INCH_MARK})?"
FEET = (
    rf"(?P<feet>[3-7]|{UNIT_WORD})(?P<halffeet>\s*(?:and\s+)?(?:a\s+)?half)?"
    r"\s*-?\s*(?:feet|foots?|footer|fts?(?=[\W\d]|$|ish)|f(?=\s?\d)|(?:''|\")(?=\s?(?:1[01]|\d)(?![\d'\"]))|')\.?"
    rf"(?:\s*[-,]?\s*(?:and\s+)?{INCHES}{NOT_FEET}{INCH_MARK}{INCH_RANGE})?"
)
METRIC = (
    r"(?P<cm>1[2-9]\d|2[0-2]\d)(?:\.\d+)?(?:\s*(?:-|/|to|and|or)\s*(?P<cm2>1[2-9]\d|2[0-2]\d))?\s*(?:cms?\b|"
    r"centim\w+)"
    r"|(?P<m>[12][.,]\d{1,2})(?:\s*(?:-|to|and|or)\s*(?P<m2>[12][.,]\d{1,2}))?\s*(?:ms?|mtrs?|met(?:er|re)s?)\b"
    rf"|(?P<whole>[12]|one|two)\s*m(?:et(?:er|re)s?)?\s*(?:and\s+)?(?P<rest>\d{{2}}|"
    rf"{TWO_DIGIT_WORD}\b)(?:\s*(?:cms?|centim\w+))?\b"
)
FEET_RANGE = r"(?P<low>[4-6])\s*(?:-|to|or)\s*(?P<high>[5-7])\s*(?:ft|feet|foot)\b(?!\s*\d)"
TERM = rf"(?:{FEET_RANGE}|{FEET}|{METRIC})"
HEADS = frozenset(word[:3] for word in NUMBER_WORDS)
"""The first letters of the words that TERM_RE begins with, where it begins with no digit."""
TERM_RE = compiled(rf"(?<![\w.£$])(?<!\d['\"]){TERM}")
LOOSE_RE = compiled(
    rf"(?<![\d.])(?:(?P<bare>1[2-9]\d|2[0-2]\d)(?:\.0+)?(?!\d)|(?P<metres>[12][.,]\d\d)(?!\d)"
    rf"|(?P<total>[4-8]\d)\s*(?:\"|inches|ins?\b)"
    rf"|(?P<feet>[4-7]|four|five|six|seven)\s*[-.,/ ;:_]\s*(?P<inch>1[01]|\d(?!\d)|"
    rf"{SMALL_WORD}\b)(?:\s*(?:-|to|or)\s*(?P<inch2>{SMALL_WORD}\b)(?![\s-]*(?:{SMALL_WORD}|foot|ft|feet)\b))?)"
)
OVER_WORDS = (
    r"(?:over|above|(?<!much )(?<!no )(?<!not )taller than|(?<!no )(?<!not )bigger than|at least|"
    r"(?<!not )(?<!no )(?<!much )more than|upwards of|"
    r"no shorter than|"
    r"no less than)"
)
UNDER_WORDS = (
    r"(?:under|below|shorter than|smaller than|(?<!no )less than|at most|up to|"
    r"(?:no|not) (?:more|bigger|taller) than|(?:not|no) over)"
)
ABOUT_WORDS = (
    r"(?:about|bout|abt|around|around the|in the region of|like|approx(?:imately)?\.?|aprox|roughly|circa|nearly|"
    r"almost|maybe|nearer|"
    r"close to|getting on for|"
    r"not much (?:over|more than|taller than)|somewhere)"
)
LITTLE = r"(?:just|slightly|marginally|a (?:bit|little|shade|touch|tad|fraction|inch|hair)|an inch(?: or two)?)"
OVER = compiled(rf"\b{OVER_WORDS}\b|\+|\bplus\b|\bor (?:over|taller|more|above)\b|\bsomething\b")
UNDER = compiled(rf"\b{UNDER_WORDS}\b|\bor (?:under|shorter|less)\b|\b(?:tops|max|at (?:the )?most)\b")
NOT_MUCH = compiled(r"\bnot much (?:over|more than|taller than|under|below)\b")
JUST = compiled(rf"\b(?:{LITTLE}\s+(?:{OVER_WORDS}|{UNDER_WORDS})|not quite|(?:just )?shy of)\b")
LITTLE_MORE = compiled(
    r"\bor (?:maybe |possibly )?a (?:little|bit|touch|shade|fraction) (?:(?P<over>over|taller|more|above)|under|"
    r"shorter|less)\b"
)
ABOUT = compiled(rf"\b(?:{ABOUT_WORDS}|ca?\b|or so|odd\b|approx\w*)|~|ish\b")
BEFORE = compiled(
    rf"(?:\b(?:{LITTLE}|{ABOUT_WORDS}|{OVER_WORDS}|{UNDER_WORDS}|between|from|not quite|(?:just )?shy of|"
    r"well|c\.)\s*|~\s*)+$"
)
AFTER = compiled(
    r"\s*(?:or (?:maybe |possibly )?a (?:little|bit|touch|shade|fraction) (?:over|taller|more|above|under|"
    r"shorter|less)\b|\+|plus\b|-?\s?ish\b|-?\s?odd\b|something\b|or (?:over|taller|more|above|so|under|shorter|"
    r"less)\b|"
    r"(?:at least|minimum|tops|max(?:imum)?|at (?:the )?(?:very )?most)\b|"
    r"\(?approx\w*\.?\)?)|\s+(?:tall|in height)\b"
)
NOT_A_HEIGHT = compiled(
    r"[\s-]*(?:tall\s+)?(?:long|high|walls?|fence|away|from|knife|blade|machete|sword|pole|bat|stick|bar|"
    r"deep|wide|drop|behind|across|onto|through|towards?|"
    r"ladder|apart|distance|rope|gate|hedge|down|off the|in front|in the air|in length|by\s+\d\w*|x\s*\d\w*|"
    r"of (?!height)\w+|"
    r"back\b|into|to the|bed|ditch|plank|scaffold\w*|tree|banner|above|below)\b"
)
A_DISTANCE = compiled(
    r"\bthan (?:me|her|him|us|i am|she is|my)\b[^.;]{0,12}$|"
    r"\b(?:(?:fell|threw|thrown|dropped|dragged|moved|stepped|jumped|pushed|knocked|backed|walked|stayed|kept|"
    r"within|came|"
    r"get|got|dropping|falling)\s+(?:(?:me|her|him|us|them|back|another|the|last|about|around|over|only|"
    r"to within)\s+){0,2}|"
    r"\d\s*(?:ft|foot|m|metres?)?\s*(?:by|x)\s*)$"
)
LABELLED = compiled(
    r"\bheight\s*(?:is|was|of|like|maybe|i'?d|guess|say|i think|approx\w*\.?|about|around|[:=,-]|"
    r"\s)*\s*(?P<rest>between\s+(?:[^;\n,.]){8,36}|(?:[^;\n,]|,(?=\d\d)){1,24})"
)
LABEL = compiled(r"height\s*(?:is\b|was\b|of\b|[:=,-])*\s*")
FEET_SAID = rf"(?:[4-6]\s?[.,' -]\s?(?:1[01]|\d)(?!\d)|(?:four|five|six)[\s-](?:{SMALL_WORD})\b)"
BARE = rf"(?:{FEET_SAID}|1[.,][4-9]\d(?!\d)|2[.,][01]\d(?!\d))"
BARE_RANGE = rf"{BARE}(?:\s*(?:-|to|or|/|and)\s*(?:maybe\s+)?(?:{BARE}|{SMALL_WORD}\b(?!\s+\w)))?"
ITEM = compiled(
    rf"(?<![\w.,£$'-])(?:(?:about|around|approx\w*\.?|abt|roughly|maybe)\s+)?(?P<rest>(?:[4-6][.,](?:1[01]|"
    rf"\d)(?![\d.])|(?:1[4-9]\d|20\d)(?!\d)|[4-6]-(?:1[01]|0?\d)(?!\d)|[4-6] (?:1[01]|\d)(?!\d)"
    rf"(?:\s*(?:-|to|or|/)\s*[4-6] (?:1[01]|\d)(?!\d))?|"
    rf"(?:four|five|six)[\s-]{SMALL_WORD}\b(?:\s*(?:-|to|or|/)\s*(?:(?:four|five|six)[\s-])?{SMALL_WORD}\b)?|"
    rf"1[.,][4-9]\d(?!\d)(?:\s*(?:-|to|or|/)\s*1[.,][4-9]\d(?!\d))?))(?!\s*(?:(?:or|to|-)\s*\d|am|pm|hrs|miles?|"
    rf"men|people|quid|pounds?|m\b|minutes?))"
)
"""A height without a unit as an item of a list: "five eleven, thickset", "5 7 or 5 8, mid thirties"."""
DOTTED = compiled(
    r"(?<![\d.,£$])[4-6][.,]\s?(?:1[01]|\d)\s*(?:ft|foot|feet)\b(?!\s*(?:away|long|wide|high|deep|from|of))"
)
NUMBER = compiled(
    r"[12456fs](?:(?<=[456])[ .,'-]\s?\d|(?<=\b1)[4-9]\d\b|(?<=\b2)0\d\b|(?<=[12])[.,][0-9]\d"
    rf"|(?:(?<=f)(?:our|ive)|(?<=s)ix)[\s-]{SMALL_WORD})"
)
"""Opens with one class of letters, so that the search passes over all others at once."""
WINDOW = 60
"""[G] Characters around a number in which the words are looked for that make it a height."""
QUALIFIED = rf"(?:(?:{LITTLE}|{ABOUT_WORDS}|{OVER_WORDS}|{UNDER_WORDS}|between)\s+)*"
TALL_SAID = compiled(r"\s*(?:tall|in height)\b")
TALL = compiled(rf"(?<![\d.£$]){QUALIFIED}(?:{BARE_RANGE}|1[4-9]\d|2[01]\d)$")
CLOSED = (
    r"(?:ish)?(?=\s*(?:[,;)]|\.(?!\d)|$|\n)|"
    r"\s+(?:and|with|but|maybe|perhaps|possibly|probably|or so|slim|stocky|medium|well|large|skinny|white|black)\b)"
)
HE_WAS = compiled(
    r"\b(?:(?:he|she|who|man|male|guy|bloke|lad|they|woman|boy|youth|girl|one|other|first|second|third|driver|passenger|"
    r"host|attacker|robber|offender|suspect|client|customer|caller|punter|companion|accomplice|friend|behind)\s+"
    r"(?:was|is|were|looked|stood|appeared|must have been|"
    r"would be|has)|he'?s|"
    r"she'?s|i'?d say|would say|tall|high|measur(?:es|ed|ing)|(?:put|place)s? (?:him|her|them) (?:at|"
    r"as))\s+(?:to be\s+|"
    rf"probably\s+)?(?P<rest>{QUALIFIED}{BARE_RANGE}){CLOSED}"
)
SPACED = compiled(
    r"(?:\b(?:about|around|approx\w*\.?|roughly|bout)\s+|(?<=[,;] ))(?<![\d£$])[4-6] (?:1[01]|\d)"
    r"(?:\s*[-/]\s*[4-6] (?:1[01]|\d))?(?=\s*[,.;]|$)"
)
PERSON_THEN = compiled(r"\b(?:males?|man|females?|woman|lad|bloke|guy)\s+$")
OPEN = compiled(r"\s*(?:at (?:the )?(?:very )?least|or (?:more|over|taller)|easily|minimum|plus|\+)(?!\w)")
CLOSED_BY = compiled(r"\s*(?:at (?:the )?(?:very )?most|max(?:imum)?|tops|or (?:less|under|shorter))(?!\w)")
"""What behind a height opens or closes it: "6 4 at least", "5 3 max"."""
ENDS = compiled(r"\s*(?:[,;/]|\.(?!\d)|$)")
TALL_BETWEEN = compiled(r"\s*(?:tall|in height)(?=\s+(?:and|or|to)\b)")
"""Behind the first height of a range that opened with "between": "between 5ft 8in tall and 6ft 2in tall"."""
SEPARATOR = compiled(
    r"\s*(?:-|to|or|and|/|\(|,)\s*(?:(?:maybe|about|around|possibly|perhaps|just|even)\s+)*|\s+(?:maybe|"
    r"possibly|perhaps)\s+"
)
