"""Perceived complexion, kept apart from ethnicity. Sensitive."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.facts.finding import Finding
from linkage.intake.facts.listing import among_descriptors, is_item
from linkage.intake.facts.surface import Lexicon, flagged, is_unknown, negated_before, plain
from linkage.intake.patterns import compiled

_WORDS = Lexicon("complexions")
_ALONE = Lexicon("complexions", only=flagged("alone"))
_BY_ITSELF = Lexicon(
    "complexions", only=lambda entry, surface: flagged("alone")(entry, surface) or flagged("listed")(entry, surface)
)
_BEFORE = compiled(
    rf"\b(?P<word>{_WORDS.source})[\s-]+(?:(?:in\s+)?colou?r(?:ed)?[\s-]+)?(?:skin(?:ned)?|complexion(?:ed)?|"
    rf"complected|face(?:d)?(?!\s+(?:mask|covering|paint)))\b"
)
_AFTER = compiled(
    rf"\b(?:skin|complexion|face(?=\s+(?:was|is)\b))(?:\s+(?:colou?r|tone))?\s*(?:(?:was|is|looked)\s+|"
    rf"[:=-]\s*)?(?:(?:very|quite|"
    rf"rather|a|an|of|fairly)\s+)*"
    rf"(?P<word>{_WORDS.source})\b"
)
_NOT_A_PERSON = compiled(
    r"\s+(?:(?:fore)?arms?|hands?|shoulders?|back|chest|legs?|leather|hide|jacket|boots|shoes|bag|jeans|dog)\b"
)


_IS_PALE = compiled(
    r"\b(?:he|she|who|they|both|one|m[ae]n|wom[ae]n|youth|boy|girl|suspect|attacker|offender|driver|robber|other|"
    r"first|second)"
    r"\s+(?:is|was|are|were|looked|appeared)\s+(?:described\s+as\s+)?(?:being\s+)?$"
)
_DESCRIBED = compiled(
    r"\s*(?:,|\bwith\b|\band\b)(?!\s*(?:fear|shock|fright|anger|rage|cold|pain|worry|terror|exhaustion)\b|"
    r"\s*(?:\w+\s+){0,2}(?:shak|trembl|cry|upset|sweat|shock|distress|shiver|sick|ill|tear|sob))"
)
"""Behind "he is pale": more of the description, not why somebody went pale."""
_OF_A_PERSON = compiled(
    r"(?:-looking)?\s+(?:(?:young|older|old|thin|tall|short)\s+)?(?:man|male|woman|female|lad|youth|boy|girl|bloke)\b"
)


@lru_cache(maxsize=2048)
def normalise(words: str) -> str | None:
    """One short word ("olive", "dark", "pale") from a person's own words; None when the vocabulary knows none."""
    keys = [] if is_unknown(words) else _WORDS.keys(words)
    return keys[0] if keys else None


def find(text: str) -> list[Finding]:
    """Complexions said in a free text ("olive skinned", "pale complexion", "tanned"). Freckles and spots are
    marks, unless they are said of the skin or the complexion itself."""
    low = plain(text)
    spans: list[tuple[int, int]] = []
    of_skin: set[tuple[int, int]] = set()
    if "skin" in low or "complex" in low or "face" in low:
        near = [said for pattern in (_BEFORE, _AFTER) for said in pattern.finditer(low)]
        spans += [said.span("word") for said in near]
        of_skin = {said.span("word") for said in near if "face" not in said.group()}
    for _, start, end in _BY_ITSELF.scan(low):
        of_a_thing = not low.startswith(("pale", "very pale", "quite pale"), start)
        listed = is_item(low, start, end) and among_descriptors(low, start, end, colour=of_a_thing)
        if (
            listed
            or (not of_a_thing and _IS_PALE.search(low, max(0, start - 40), start) and _DESCRIBED.match(low, end))
            or _OF_A_PERSON.match(low, end)
            or (_ALONE.exact(low[start:end]) and not _NOT_A_PERSON.match(low, end))
        ):
            spans.append((start, end))
    found: list[Finding] = []
    for start, end in sorted(set(spans)):
        key = _WORDS.exact(low[start:end])
        mark = key and _WORDS.entries[key].data.get("mark") and (start, end) not in of_skin
        if key and not mark and all(end <= f.start or start >= f.end for f in found):
            found.append(
                Finding("complexion", key, start, end, f"complexions:{key}", 0.85, negated_before(low, start))
            )
    return found
