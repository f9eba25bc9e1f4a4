"""Further turns of phrase before a name that somebody goes by: under it they write, and others call them by it."""

from __future__ import annotations

_NAME_NEXT = r"(?=\s*,?\s+(?-i:[\"“‘'@A-ZÀ-Ý]))"
_MARKED_NEXT = r"(?=\s+(?-i:[\"“‘]|@\w))"
_WRITES = (
    r"(?:advertise|e-?mail(?:ed|ing|s)|messag(?:ed|ing|es)|text(?:ed|ing)|wr(?:ote|iting|itten)|trad(?:ed|es|ing)|"
    r"repl(?:ied|ies|ying)|respond(?:ed|s|ing)|answer(?:ed|s|ing)|enquir(?:ed|ing)|inquir(?:ed|ing)|log(?:ged|s)\s+(?:in|on)|"
    r"sign(?:ed|s)\s+up|post(?:ed|s|ing)|advertis(?:ed|es|ing)|masquerad(?:ed|es|ing)|operat(?:ed|es|ing)|appear(?:ed|s|ing)|"
    r"rang|phon(?:ed|ing)|chatt(?:ed|ing)|contact(?:ed|ing|s)|subscrib(?:ed|es)|appointment|arranged|reserv(?:ed|ation)|"
    r"hired|paid|listed|matched|follow(?:ed|s)|booking|commenting|commented|registered|pays)"
)
_CALL = (
    r"(?:call(?:ed|s|ing)?|kn[eo]ws?|address(?:ed|es)?|nicknamed?|dubbed|christened|label+ed|"
    r"refer(?:s|red)?\s+to)"
)
_JUST = r"(?:(?:slightly|only|simply|just|merely|vaguely|by\s+sight|always|all|both|sometimes)\s+)*"
_ACCOUNT = (
    r"(?:accounts?|profiles?|handle|user\s?name|screen\s?name|page|users?|instagram|insta|snapchat|snap|telegram|"
    r"twitter|onlyfans|tiktok|kik|signal|whats\s?app|facebook|tinder|grindr)"
)
_HIM = r"(?:client|punter|customer|caller|booker|male|man|suspect|offender|guest|driver|host|visitor)"
_LAST = r"(?:accent|male|man|bloke|lad|chap|\b\d0s|caller|voice|(?:card|badge|lanyard|tag)\b(?:\s+[\w']+){0,4})"
"""What stands before a name in quotation marks that is one item of a description ("Suffolk accent, “Graham”")."""

FURTHER = "|".join(
    (
        rf"{_WRITES}(?:\s+(?!(?:as|such|well|far|soon|long|and|but|who|which|that)\b)[\w'’-]+){{0,6}}\s+as{_MARKED_NEXT}",
        r"(?:e-?mail(?:ed|ing)|messag(?:ed|ing)|trad(?:ed|es|ing)|text(?:ed|ing)|masquerad(?:ed|ing)|wrote|writing)"
        r"(?:\s+(?:her|him|in|to|me|us|them)){0,2}\s+as(?=\s+(?-i:[A-Z]))",
        rf"styl(?:ed|es|ing)\s+(?:him|her|them)sel(?:f|ves){_NAME_NEXT}",
        rf"going\s+by(?:\s+the\s+(?:\w+\s+)?name(?:\s+of)?)?{_NAME_NEXT}",
        rf"introduced(?:\s+(?:to\s+\w+|online|by\s+\w+)){{0,2}}\s+(?:only\s+|simply\s+|just\s+|merely\s+)?as{_NAME_NEXT}",
        rf"(?:whom|who|that)\s+(?:[\w'’-]+\s+){{1,4}}?{_JUST}{_CALL}\s+{_JUST}(?:as\s+)?(?=(?-i:[\"“‘A-Z]))",
        rf"(?:everyone|everybody|(?:the|his|her)\s+others?|the\s+rest)\s+{_JUST}{_CALL}\s+(?:him\s+|her\s+|them\s+)?{_JUST}"
        r"(?:as\s+)?(?=(?-i:[\"“‘A-Z]))",
        rf"(?:call(?:ed|s|ing)|addressed|nicknamed|dubbed|christened)\s+him\s+(?:as\s+)?{_JUST}(?=(?-i:[\"“‘]?[A-Z][a-z]))",
        r"known(?:\s+(?:to|at|in|on|around|among|amongst|by|throughout|across)\s+(?:[\w'’-]+\s+){1,8}?)"
        rf"{_JUST}(?:as|by\s+the\s+name(?:\s+of)?){_NAME_NEXT}",
        rf"{_ACCOUNT}\s*[,:(]?\s*(?:(?:called|named|of|as|under|is|was)\s+)?(?=@\w)",
        r"(?:business|calling|visiting|name)\s+card\s*,?\s*(?:that\s+said|saying|reading|in\s+the\s+name\s+of)?\s*(?=[\"“])",
        r"(?:beware\s+of|dealings\s+with|(?:watch|look)\s+out\s+for|avoid|warn(?:ed|ing)\s+(?:of|about)|"
        r"let\b(?:[\w' ]{1,24})?\sto|"
        r"(?:seen|attacked|robbed|assaulted|hurt|targeted|raped|visited|booked|lured|met)\s+by)\s+(?:an?\s+)?"
        r"(?=[\"“](?-i:[A-Z][\w ]{0,18})[\"”])",
        r"(?:booked|rang|called|came|paid|asked|texted|visited|emailed)\s*,"
        r"(?=\s*[\"“](?-i:[A-Z])[\w .]{0,20}[\"”]\s*,)",
        r"(?<=[.!?]\s)(?=[\"“](?-i:[A-Z])[\w ]{1,18}[\"”]\s+(?:is|was|has|had|wore|came|booked|then|drives|drove)\b)",
        r"(?<=[.;]\s)(?:called|named|nicknamed)(?=\s+(?-i:[\"“]?[A-Z]))",
        r"(?:gave|giving|gives|used|using)\s+(?:the|a|his|her|their)\s+(?:\w+\s+)?(?:sur|fore|user|code|nick)name(?:\s+(?:as|of))?"
        r"(?=\s+(?-i:[\"“'A-Z]))",
        r"(?:(?:two|three|four|five|several|various|different|many|other|\d)\s+)+names\s*(?:[(:,–—-]|such\s+as|like|"
        r"includ\w+)\s*(?=(?-i:[\"“‘A-Z]))",
        r"(?:profile|handle|user\s?name|account|screen\s?name)\s*[,:(=]?\s*(?=[\"“‘][\w. -]{2,24}[\"”’])",
        r"book(?:ed|ing|s)\b[^.;:!?\n]{0,60}?\s(?:by|as)(?=\s+[\"“‘](?-i:[A-Z])[\w.' -]{1,20}[\"”’])",
        r"\bas(?=\s+[\"“‘](?:[a-z]+[_\d.]\w*|(?-i:(?:Mr|Dr|Mrs|Miss|Big|Little)\b)))",
        r"(?:she|he|i|they|we|staff|agency|project|women|girls|others|locals)\s+(?:\w+\s+){0,4}?kn(?:ows?|ew)\s+"
        r"(?:(?:him|her)\s+)?(?:only\s+|just\s+|simply\s+)?as(?=\s+(?-i:[\"“‘A-Z]))",
        rf"{_HIM}\s*[=:–-]\s*(?=[\"“](?-i:[A-Z])[\w.' ]{{0,20}}[\"”])",
        rf"{_LAST}\s*,(?=\s*[\"“‘'](?-i:[A-Z])[\w.]{{1,14}}(?:\s[A-Z]\w*)?[\"”’']\s*(?:[.,;)]|$))",
        r"(?:first\s|real\s)?names?\s+(?:that\s+|which\s+)?(?:he|she)\s+(?:gives?|gave|us(?:es|ed)|tells?|told|says|said)"
        r"\s*(?:is|was|:|=|,|-)?\s*(?=(?-i:[\"“‘A-Z]))",
        r"name\s+(?:is\s+|was\s+)?(?:maybe|perhaps|possibly|poss|i\s+think|like)(?=\s+(?-i:[\"“‘A-Z]))",
        r"(?:with|by|in)\s+(?:the\s+|a\s+)?name(?=\s+(?-i:[\"“‘A-Z]))",
        r"(?:he|she)\s+(?:was|is)\s+named(?=\s+(?-i:[\"“‘A-Z]))",
        r"sign(?:ed|s|ing)\s+(?:it\s+|off\s+|them\s+)?as(?=\s+(?-i:[\"“‘A-Z]))",
        r"\b(?:that|by|from|for|with|to|as)\s+(?:an?|one)(?=\s+(?-i:Mr|Mrs|Miss|Dr|Captain|Professor)\b\.?\s(?-i:[A-Z]))",
        r"(?<=,\s)(?:called|nicknamed|addressed\s+as)(?=\s+[\"“‘](?-i:[A-Z])\w+[\"”’])",
        rf"(?:believed|thought|understood)\s+to\s+(?:be\s+called|be\s+named|go\s+by|use){_NAME_NEXT}",
    )
)
OPENS = (
    r"(?:^|(?<=[.!?\n]\s)|(?<=\n))(?=[\"“](?-i:[A-Z])[\w ]{1,18}[\"”],?\s(?:who|says|claims|does|finds|booked|"
    r"messaged|arrived|opened|took|turned|got|picked|rang|made|met|let|drove|pulled|works|calls)\b)"
)
"""Where a sentence opens with a name in quotation marks, of whom something is told: no word leads to it."""

WORTH_A_LOOK = (
    r"\bas @|\bas (?:mr|mrs|dr|miss)\b|[dg] as [a-z]+\b|going by|styl(?:ed|es|ing) (?:him|her|them)|introduced|"
    r"known (?:to|at|in|on|around|among|by|throughout|across)\b|dubbed|christened|nicknam|everyone|"
    r"everybody|@\w| card\b|"
    r"to (?:be called|go by)\b|beware of|dealings|out for|avoid|warn|by (?:an? )?[\"“]|to an? [\"“]|"
    r"[.!?] [\"“][a-z ]+[\"”]"
    r" (?:is|was|has|had|wore|came|booked|then|drives|drove)\b|[\"“][a-z ]{2,19}[\"”],? (?:who|[a-z]+[sd]|took|got|"
    r"made|met|let|drove|rang)\b|\bas [\"“‘']|profile|account|[=:–-] ?[\"“]|, [\"“‘']|"
    r"\ban? (?:mr|mrs|miss|dr|captain|professor)\b|signed|signs"
)
"""What stands in plain text wherever one of these turns does, beside the words that `names_used` looks for."""

CALLED_OUT = (
    r"[\"“'‘](?:[\w' ]{0,24}\s)?(?:(?:leave|get|hold|grab|hit|do|shut|watch|let|keep|drop|finish|tie|cut|check|"
    r"give|take|"
    r"stop)\s+(?:\w+\s+)?(?:her|him|them|it|that)(?:\s+\w+)?|hurry\s+up|let'?s\s+go|that'?s\s+enough|come\s+on|drive|"
    r"quick(?:ly)?|"
    r"we(?:'ve)?\s+(?:got|gotta|have)\s+to\s+go|pack\s+it\s+in),\s+(?P<name>(?-i:[A-Z])[a-z]{1,14})\s*[.,!?\"”'’]"
)
"""Called out to another of those who did it: "Leave her, Dean"."""
