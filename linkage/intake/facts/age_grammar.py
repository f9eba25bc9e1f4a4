"""The words around an age: what says that a number is one, what says that it is not, and how it is hedged."""

from __future__ import annotations

import re

from linkage.intake.patterns import compiled
from linkage.intake.quantities.numbers import NUMBER_WORDS, TWO_DIGIT_WORD

PHASES = {"early": (0, 3), "mid": (3, 7), "late": (7, 9)}
"""Contract section 2: early 30s 30-33, mid 30s 33-37, late 30s 37-39."""
TEEN_PHASES = {"early": (13, 14), "mid": (14, 16), "late": (17, 19)}
"""[D] the same thirds of 13-19."""
DECADES = {
    "teens": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fourties": 40,
    "twentys": 20,
    "thirtys": 30,
    "fortys": 40,
    "fiftys": 50,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
SAME_PHASE = {
    "lower": "early",
    "low": "early",
    "high": "late",
    "middle": "mid",
    "upper": "late",
    "beginning": "early",
    **{f"{phase}{joiner}ish": phase for phase in ("early", "mid", "late") for joiner in ("", "-")},
    "end": "late",
}

PHASE = r"(?:early|mid(?:dle)?|late|lower|upper|low|high)(?:-?ish)?"
NUMERAL = rf"(?:\d\d(?:\.0)?(?![\d.,:]*\d)|{TWO_DIGIT_WORD}(?:\b|(?=ish\b|something\b))|{'|'.join(DECADES)})"
TERM = (
    rf"(?:\b(?P<p1>{PHASE})(?:[\s/-]*+(?:(?:to|or|and)[\s-]*+)?(?P<p2>{PHASE}))?[\s-]*"
    r"(?:(?:part|end|side)\s+)?(?:(?:in(?:to)?|of)\s+)?(?:(?:his|her|their|the)\s+)?)?"
    rf"(?P<n>{NUMERAL})(?P<s>'?s\b)?(?P<vague>[\s(-]*(?:ish\b\)?|and\s+something\b|something\b|summ?[ai]t\b|"
    rf"odd\b|or\s+so\b))?"
    r"(?P<plus>[\s-]*(?:\+|plus\b|(?:or|and)\s+(?:over|older|above|upwards|more)\b))?"
)
PLAIN_TERM = re.sub(r"\?P<\w+>", "?:", TERM)
TERM_RE = compiled(rf"(?<![\d£$])(?<!\d[.,:]){TERM}")
SEPARATOR = (
    r"(?:\s*[-/&]\s*(?:to\s+)?|\s*,\s*(?=\d\d\s*(?:years?|yrs?)\b)|\s+(?:till|until)\s+|\s*,\s*(?=early|mid|"
    r"late)|\s*+(?:-\s*+)?(?:,\s*+)?\b(?:to|or|and|maybe|possibly|perhaps|even)\s+"
    r"(?:(?:maybe|possibly|perhaps|even|just|only|to|in|his|her|their|about|around)\s+)*|\s+(?=early|mid|late))"
)
"""Between two ages of a span. White space is taken whole (`*+`): runs of it, shared out anew, took minutes."""

_NO_MEASURE = r"(?!\s*(?:or\s+[\w-]+\s+)?(?:stone|foot|feet|ft|kilos?|kgs?|inches|cms?)\b)"
"""Behind the second: "about 35 and seventeen or eighteen stone" is one age."""

SPAN_RE = compiled(
    rf"(?<![\w£$.,:#+-])(?<!\d')(?<!\bft )(?<!\dft )(?<!\bfoot )(?<!\bfeet )"
    rf"(?:{PLAIN_TERM})(?:{SEPARATOR}(?:{PLAIN_TERM}){_NO_MEASURE})?(?:(?![\w:%£])|(?=y(?:rs?|ears?|"
    rf"[/.]?o)?\b))",
)
HEADS = frozenset(word[:3] for word in (*DECADES, *SAME_PHASE, *PHASES, *NUMBER_WORDS))
"""The first letters of the words that SPAN_RE begins with, where it begins with no digit."""
UNDER_WORDS = (
    r"(?:under|below|younger than|less than|(?:no|not) older than|at most|up to|not over|(?:no|not) more than|"
    r"not yet|"
    r"not even|not quite|not a day (?:over|more than|above)|maximum|not above|less of|"
    r"(?:can(?:not|'?t)|could(?: ?not|n'?t)) (?:have been|be) (?:(?:much|a day|any|far)\s+)?"
    r"(?:over|more than|older than|above)|"
    r"(?:can|could) hardly have been (?:over|more than|older than))"
)
OVER_WORDS = (
    r"(?:well over|over|above|(?<!much )(?<!hardly )(?<!barely )(?<!scarcely )(?<!little )older than|at least|"
    r"(?<!much )(?<!hardly )(?<!barely )(?<!scarcely )(?<!little )more than|upwards of|(?:well )?past|(?:no|"
    r"not) younger than|(?:the )?wrong side of|"
    r"the far side of|(?:no|not) less than|(?:not|never) under|minimum|easily|every day of|every bit of)"
)
ABOUT_WORDS = (
    r"(?:about|aboot|abou|bout|abt|around|arround|near(?: on)?|some(?= \d| [a-z]{3,7}(?:ty|een)\b)|close on|"
    r"nigh on|touching|hitting|verging on|knocking on(?: for)?|not far (?:off|from|short of)|just (?:shy|short) of|"
    r"more less|like|approx(?:imately)?\.?|aprox|roughly|circa|c\.|nearly|almost|nearing|"
    r"somewhere|pushing|"
    r"(?:hardly|barely|scarcely|little) (?:more|older) than|"
    r"getting on for|coming up to|close to|going on|in the region of|not much older than|not much more than|"
    r"at a guess|more or less|give or take|nearer(?: to)?)"
)
UNDER = compiled(rf"\b{UNDER_WORDS}\b")
OVER = compiled(rf"\b{OVER_WORDS}\b")
ABOUT = compiled(rf"\b(?:{ABOUT_WORDS}|approx\w*|ca?\b|or so|maybe|perhaps|possibly)|~")

MODIFIER = (
    rf"(?:{ABOUT_WORDS}|{UNDER_WORDS}|{OVER_WORDS}|maybe|possibly|probably|perhaps|between|from|anywhere|anything|"
    r"(?:the )?ages? of|aged?|in|his|her|their|the|say|~)"
)
MODIFIERS = compiled(rf"(?:\b|(?=~)){MODIFIER}(?:\s*{MODIFIER})*\s*$")
OLD = compiled(
    r"[\s-]*(?:(?:years?|yrs?|yr|y)\b\.?(?:[\s-]*(?:olds?|of age|in age)\b)?|y[/.]?o\b\.?|yo\b|"
    r"age\b(?!\s+(?:group|gap|of|range|band))|old\b(?!\s+(?:man|"
    r"guy)))"
)
YEARS_OF_TIME = compiled(
    r"\s+(?:for|ago|in|inside|of|on|later|before|after|back|since|now|previously|earlier|prison|jail|at)\b|'"
)
"""What follows years that are a time, a sentence or a career: "20 years in the army"."""
NOT_AN_AGE = compiled(
    r"\s*(?:(?:st|nd|rd|th)\b|%|'\s?\d|\"|p\b|k\b|x\b|(?:minutes?|mins?|hours?|hrs?|days?|weeks?|"
    r"months?|seconds?|secs?|"
    r"am|pm|o'?clock|hundred|pounds?|quid|euros?|miles?|mph|metres?|meters?|m\b|cms?|ft|feet|foot|"
    r"inch(?:es)?|in\s+total|"
    r"yards?|stones?|kgs?|lbs?|people|men|males|times|others|girls|women|cars?|"
    r"jan\w*|feb\w*|march|april|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\b)"
)
NOT_A_PERSON = compiled(
    r"[\s-]*(?:(?:older|younger|her senior|his senior|her junior|his junior)\b|car|van|vehicle|son|daughter|"
    r"child|kid|boy|girl|record|house|building|[a-z]+\s+reg|audi|bmw|ford|"
    r"vauxhall|astra|golf|focus|mercedes|marriage|relationship|career|friendship|music|gown|dress|style|hairstyle|"
    r"quiff|disco|film|theme|themed|look|suit|jacket|costume|revival|night)\b"
)
SAYS_AGE = compiled(
    r"\b(?:(?:give|gave|giv(?:es|ing)|put(?:s|ting)?) (?:his|her|their|the \w+'s) ages? (?:as|at)|"
    r"(?:just|only|recently)\s+turned|aged?|ages|age(?:\s+(?:range|approx\w*|group|is|was|of|"
    r"perhaps|at|(?:was |is )?(?:given|estimated|put|recorded) (?:as|at)))?)\s*[:=-]?\s*$"
)
HAS_YEARS = compiled(
    r"(?:\b(?:he|she|who|man|woman|i|client)\s+(?:has|have|had|is|was|looks?(?:\s+like)?)|(?:^|[.;:,]\s*)(?:has|"
    r"have))\s*$"
)
HAS_SPAN = compiled(r"(?:\b(?:he|she|who|man|woman|client|guy|one)\s+(?:has|have)|looked\s+to\s+have)\s*$")
"""Before two numbers that are an age in the words of other languages: "he has 25-30, thin"."""
HAS_NOT_AN_AGE = compiled(r"\s+(?:of|in|experience|left|to|for|with)\b")
AGE_IN = compiled(r"\bage[ds]?\b")
PERSON_WAS = compiled(
    r"\b(?:(?:he|she|they|who|man|male|guy|bloke|lad|woman|female|client|punter|boy|girl|youth|child|offender|"
    r"attacker|suspect|robber|"
    r"intruder|caller|customer|driver|passenger|first|second|third|other|one|and|but|,)\s+(?:(?:was|is|were|"
    r"would be|(?:must|might|may|could) have been)"
    r"|(?:looked|looks|appeared|appears|seemed|seems))|he'?s|she'?s|"
    r"(?:man|lad|bloke|guy|woman|one|fella|boy|girl|kid|driver|lass)'s|looked|appeared|seemed|seems|appears|looks|"
    r"looking|"
    r"estimated?(?:\s+as)?|described as|describ\w+\s+(?:him|her|them|one)\s+as|(?:thought|believed|"
    r"said|understood|estimated|reported|appears?|"
    r"claim(?:s|ed)) to (?:be|look)|"
    r"must be|would be|could be|says? (?:he|she)'?s|(?:puts?|places?|placed) (?:him|her|them) (?:at|as|in)|"
    r"(?:is|was|are|were|been|be) (?:put|placed|given|reckoned) (?:at|as)|"
    r"(?:i'?d|would) say|(?:proved|turned out|was found) to be|(?:made|judged|took|takes|thinks|thought|believes) "
    r"(?:him|her|them|one)(?: to be| for)?|(?:each|both|all)(?: of (?:them|the \w+))? (?:is|are|was|were|"
    r"looked?|seemed?)|"
    r"(?:i|would|i'?d) (?:guess|reckon|think)(?:ed)?|(?:she|he)'d (?:say|guess|be|have been)|"
    r"guess(?:es|ed|ing)|reckon(?:ed|s)?|thought|"
    r"age(?:d)?\s*:\s*say)"
    r"(?:\s+(?:he|she)\s+(?:was|is))?(?:\s+to be)?(?:\s+(?:only|just|barely|possibly|probably|then|now|both|all|each|"
    r"still|himself|about))*(?:\s+(?:aged?|like he was))?\s*$"
)
LISTED = compiled(
    r"(?:\b(?:m[ae]n|males?|females?|wom[ae]n|guys?|blokes?|lads?|boys?|girls?|youths?|chap|gent)\s+of\s+|"
    r"\b(?:males?|m[ae]n|gentlem[ae]n|persons?|individual|fellow|geezer|dude|pillion|look-?out|females?|"
    r"wom[ae]n|guys?|blokes?|lads?|boys?|girls?|youths?|fella|chap|gent|british|european|asian|black|white|"
    r"origin|race|appearance|elderly|middle[- ]aged|pensioner|teenager|"
    r"both|each|all(?:\s+(?:of\s+them|three|four|five|six))?|older(?:\s+(?:one|1))?|younger(?:\s+(?:one|1))?|"
    r"(?:other|first|second|third|1st|2nd|3rd)(?:\s+(?:one|1|man|male))?|"
    r"(?:white|black|asian|race|british|stocky|slim|tall|built?|male|female)\s+and|"
    r"driver|passenger|rider|suspect|offender|(?:man|male|suspect|offender|no\.?|number|#)\s*\d|back\s+seat|one|he|"
    r"she|(?:him|her|"
    r"them)(?=\s*:)|african|indian|pakistani|chinese|english|caribbean|turkish|polish|romanian|m|f)\s*[,;:(-]?\s*|"
    r"^\s*|[.!?:\n]\s+|[,;(]\s*|(?<!\d)/\s*)$"
)
OF_AGE = compiled(
    r"\b(?:m[ae]n|males?|females?|wom[ae]n|guys?|blokes?|lads?|girls?|youths?|chaps?|gents?|fella|fellow|stranger|"
    r"gentlem[ae]n|some(?:one|body)|persons?|individuals?|geezer|"
    r"attackers?|offenders?|suspects?|client|punter|customers?|callers?|visitors?|robbers?|intruders?)\s+(?:of\s+(?:between\s+)?|between\s+)$"
)
"""A person noun behind which a number is an age whatever follows: "a man between 45 and 50 grabbed her"."""
DECADE_SAID = compiled(rf"\b{PHASE}\b|[a-z]ies\b|tys\b|teens")
THE = compiled(r"\bthe\s*$")
OF_A_TIME = compiled(r"\s+(?!age|and\b|or\b|with\b|but\b)[a-z]|\W*$")
"""Behind "the 60s", what shows the years of a time or a thing: a noun ("the 60s tower")."""
APPROX = compiled(
    r"\s*\(?(?:approx\w*|-?\s?ish|or so|or thereabouts|or near (?:it|enough)|maybe|roughly|i think|i guess|"
    r"at a guess|or (?:just|slightly|a (?:bit|little|shade|touch)) (?:over|under|more|less|older|younger))\b\.?\)?"
)
OPENED = compiled(r"\+|plus|over|older|above|or more")
OPEN = compiled(
    r"\s*(?:\+|(?:if (?:he.s |he was |she was )?a day|at (?:the )?(?:very )?least|easily|minimum|plus|(?:or|"
    r"and)\s+(?:over|older|above|upwards|more))\b)"
)
CLOSED = compiled(
    r"\s*(?:(?:at (?:the )?(?:very )?(?:most|outside|max(?:imum)?)|tops|max(?:imum)?|if that|"
    r"or (?:under|younger|less))\b)"
)
MONEY = compiled(
    r"(?:£\s?\d[\d,]*|\bcash|\bnotes|\bquid|\bpounds|\bmoney)(?:,?\s+all)?\s+in\s+$|"
    r"\b(?:paid in|fake|crisp|used|loose|counterfeit|two|three|four|five|six|few|couple of|\d+)\s*$"
)
DECADE_NUMBER = compiled(r"\d0'?s\b")
OLD_SAID = compiled(r"old|age|y/?o")
AGES = compiled(rf"\d+|{TWO_DIGIT_WORD}")
VAGUE = compiled(r"ish\b|something|summ?[ai]t|or\s+so\b|odd\b")
QUALIFIED = compiled(
    rf"{ABOUT_WORDS}|over|under|than|most|past|side of|not yet|least|\b(?:perhaps|maybe|possibly|probably|easily)\b"
)
CANNOT = compiled(r"\b(?:have been|be)\s+(?:\w+\s+){0,2}(?:over|than|above)\b")
"""In the words before a number: "cannot have been much more than"."""
OUT_OF_TEENS = compiled(
    r"\b(?:(?:not|only)\s+(?:long|just|recently)|barely|hardly|scarcely|just|recently|newly|not\s+yet\s+long)\s+out\s+of\s+"
    r"(?:(?:his|her|their|the)\s+)?$"
)
"""Before "teens": somebody is past them."""
BARE_YOUNGEST, BARE_OLDEST = 16, 85
"""[G] Bounds for a number that only its place in a list says to be an age."""
RANGE_YOUNGEST, RANGE_TEENS = 12, 22
"""[G] Bounds of a bare range that is read as the age of a youth: "mixed race, 15-16"."""

BEFORE_DECADE = compiled(
    r"(?:^|[^\w\s]\s*|\n|\b(?:in|of|age[ds]?|is|was|looks?|looked|perhaps|maybe|possibly|probably|man|male|woman|"
    r"female|white|black"
    r"|asian|lad|bloke|guy|one|both|all|or|and|to|like|mixed|race|european|the|his|her|their|my|build|tall|slim|"
    r"a)\s+)$"
)
"""What may stand before the name of a decade that tells an age; elsewhere it counts banknotes ("in twenties")."""

WAS = compiled(
    r"(?<!assistant )(?<!cashier )(?<!victim )(?<!worker )(?<!witness )(?<!\bit )"
    r"(?<!that )(?<!there )(?<!this )(?<!which )(?<!number )(?<!room )(?<!flat )(?<!house )(?<!fare )"
    r"(?<!price )(?<!bill )(?<!score )(?<!limit )(?<!speed )(?<!total )(?<!bus )(?<!time )(?<!cost )(?<!temperature )"
    r"\b(?:was|is|were|looked|looks|seemed)\s+(?:(?:then|now|only|just|both|all|each|possibly|probably|aged)\s+)*$"
)
"""Before a number behind which a description goes on: "the one who spoke was about 20, white, 6ft"."""
NEITHER = compiled(
    r"\b(?:neither|none|nobody|no one|not one)\b(?:\s+of\s+(?:the\s+)?\w+)?\s+"
    r"(?:was|is|were|are|looked|looks|look|"
    r"seemed|appeared)\s+(?:to be\s+)?"
    r"(?P<over>older than|over|more than|above|much (?:older|more) than|past)\s*$"
)
"""Before the age that nobody was above: "neither was older than 18"."""
YOUNG = compiled(r"\b(?:younger|youngest|only|boys?|girls?|youths?|lads?|child|kid|school\w*|teen\w*|lad)\b")
CHILD_YOUNGEST = 12
"""[G] Least bare number that is the age of one told to be young: "the younger one, perhaps 14, in a blazer"."""
HE_SAID = compiled(r"\s*,?\s*(?:he|she)\s+(?:said|told|claimed|reckoned)\b")
NUMBER_OF = compiled(
    r"\b(?:no|nos|ref|number|flat|room|house|alert|id|case|report|log|page|unit|bus|route|size|grade|junction|"
    r"plot|apartment|apt)"
    r"\s*[.:#-]*\s*$"
)
"""What a number counts that is no age, though a list follows: "Ref: 45, white male"."""
SOMEBODY_OF = compiled(
    r"\ban?\s+(?!(?:[\w-]+\s+)?(?:total|sum|cost|group|crowd|distance|age|speed|price|gang|number|bill|fee|fine|deposit|"
    r"charge|rate|depth|height|length|weight|term|sentence|mob|party|crew|row|stack|roll|bundle)\b)"
    r"(?:[\w-]+\s+){1,3}of\s+$"
)
CHILD_WAS = compiled(
    r"\b(?:boy|girl|child|youth|lad|juvenile|youngster|kid)s?\s+(?:(?:was|were|looked|aged|is)\s+|of\s+)(?:\w+\s+)?$"
)
LIST_END = compiled(
    r"\s*[\"']?\s*(?:if a day\b|easily\b|at least\b|maybe|perhaps|probably|i think|i guess|in an?|"
    r"(?:at (?:the )?(?:very )?(?:most|outside|max(?:imum)?)|tops|max(?:imum)?)\b|"
    r"if that\b|or (?:(?:just |slightly |a (?:bit|little) )?(?:so|more|less|thereabouts|over|under|older|younger))\b|"
    r"than (?:\w+|\d+)\b|by the looks? of (?:him|her|it|them)\b|to look at\b|at a guess\b)?\s*"
    r"(?:(?<=in a)\s|(?<=in an)\s|\(|[,;.)|\n\"']|:(?!\d)|-\s|/(?=\s*(?:[a-z]|\d'))|$)"
)

AND = compiled(r"\s+and\s+")
GOES_ON = compiled(
    r"\s+(?:with|wearing|driving|who|in\b(?!\s+(?:total|all))|and\s+(?:with|about|around|approx\w*|tall|short|"
    r"had|has|was|of|\d)|"
    r"bald|slim|big|tall|short|stocky|medium|build|white|black|asian|[a-z]+\s+(?:hair|beard|build|accent)\b)"
)
"""What may follow "man about 50" or "w/m 40-50" in a description: more of the description."""
