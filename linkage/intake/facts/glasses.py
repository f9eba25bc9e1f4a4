"""Glasses worn to see with. Sunglasses are clothing, and glasses that hold drinks are neither."""

from __future__ import annotations

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.surface import answered, is_unknown, negated_before, plain
from linkage.intake.patterns import compiled

_FRAMES = (
    r"(?:(?:gold|silver|black|brown|thick|thin|dark|red|blue|wire|metal|plastic|horn|round|square|small|"
    r"large|big|tortoiseshell|"
    r"heavy|half|frameless|rimless|reading|prescription|oval|rectangular|steel|clear|tinted|designer|"
    r"bifocal|old|fashioned|"
    r"rimmed|framed|rim|frame|moon|bottle|bottomed|bottom|end|nhs|style|jam|jar)[\s-]*)*"
)
_GLASSES = compiled(
    rf"\b(?P<frames>{_FRAMES})(?P<noun>glasses|spectacles|specs|bifocals|eye\s?glasses|varifocals|glases|"
    rf"horn[\s-]?rims|pince[\s-]?nez)\b"
)
_WEARER = compiled(r"\b(?:be)?spectacled\b")
_SUN = compiled(r"\b(?:sun\s?glasses|shades|goggles|(?:dark|mirrored|sun)[\s-]+glasses|ray[\s-]?bans|contact)\b")
_DRINKS = compiled(
    r"(?:\b(?:wine|pint|beer|drinking|champagne|shot|broken|both|their|empty|two|three|four|several|more|few|"
    r"the)\s+)$"
)
_OF = compiled(r"\s+of\s+\w+|\s+(?:on the table|case|shop)")
_YES = compiled(
    r"\W*(?:yes|y|true|1(?:\.0)?|worn|wears?|wearing|wore|always|sometimes)\b|.*\b(?:rimmed|framed|"
    r"frames|rims|lenses)\b"
)
_NOT_KNOWN = compiled(r"no(?:t| )(?:known|sure|stated|recorded|t )")
_NO = compiled(
    r"\W*(?:no|n|none|false|0(?:\.0)?|never|without|not (?:worn|wearing|seen wearing|present)|absent|"
    r"doesn'?t wear|did ?n[o']t wear)\b(?!\s+idea)"
)


def normalise(words: str) -> bool | None:
    """True or False from a person's own words or a yes/no; None when unknown, or when only sunglasses are meant."""
    low = plain(words).strip()
    if is_unknown(words):
        return None
    found = [f.value for f in find(words)]
    if found:
        return True in found
    if _SUN.search(low):
        return None
    if _NO.match(low) and not _NOT_KNOWN.match(low):
        return False
    return True if _YES.match(low) else None


def find(text: str) -> list[Finding]:
    """Glasses said in a free text. "No glasses" is a finding with value False, not a negated one."""
    low = plain(text)
    found = []
    if "glas" in low or "spec" in low or "pince" in low or "focals" in low or "rims" in low:
        for worn in _GLASSES.finditer(low):
            if _SUN.search(worn.group()) or _OF.match(low, worn.end()):
                continue
            if not worn["frames"] and _DRINKS.search(low, max(0, worn.start() - 15), worn.start()):
                continue
            answer = answered(low, worn.end())
            if answer == "unknown" or low[: worn.start()].endswith(("sun ", "sun-", "mirrored ")):
                continue
            value = not negated_before(low, worn.start()) and answer is None
            found.append(Finding("glasses", value, worn.start(), worn.end(), "glasses", 0.9))
        wearers = _WEARER.finditer(low) if "spectacled" in low else ()
        found += [Finding("glasses", True, *w.span(), "spectacled", 0.9) for w in wearers]
    return found
