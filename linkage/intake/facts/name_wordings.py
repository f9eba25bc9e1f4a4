"""Further turns of phrase before a name that somebody goes by: under it they write, and others call them by it."""

from __future__ import annotations

_NAME_NEXT = r"(?=\s*,?\s+(?-i:[\"“‘'@A-ZÀ-Ý]))"
_MARKED_NEXT = r"(?=\s+(?-i:[\"“‘]|@\w))"
_WRITES = (
    r"(?:e-?mail(?:ed|ing|s)|messag(?:ed|ing|es)|text(?:ed|ing)|wr(?:ote|iting|itten)|trad(?:ed|es|ing)|"
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
        rf"(?:believed|thought|understood)\s+to\s+(?:be\s+called|be\s+named|go\s+by|use){_NAME_NEXT}",
    )
)
WORTH_A_LOOK = (
    r"\bas @|\bas (?:mr|mrs|dr|miss)\b|[dg] as [a-z]+\b|going by|styl(?:ed|es|ing) (?:him|her|them)|introduced|"
    r"known (?:to|at|in|on|around|among|by|throughout|across)\b|dubbed|christened|nicknam|everyone|"
    r"everybody|@\w| card\b|"
    r"to (?:be called|go by)\b|beware of|dealings|out for|avoid|warn|by (?:an? )?[\"“]|to an? [\"“]|"
    r"[.!?] [\"“][a-z ]+[\"”]"
    r" (?:is|was|has|had|wore|came|booked|then|drives|drove)\b"
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
