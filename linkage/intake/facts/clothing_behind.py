"""What stands behind a garment and belongs to it: its colour ("jacket pale grey"), and what it has on it."""

from __future__ import annotations

from linkage.intake.facts.surface import Lexicon
from linkage.intake.patterns import compiled

_GARMENTS = Lexicon("garments", plurals=True)
_WORDS = Lexicon("garment_words")
_COLOURS = Lexicon("garment_words", only=lambda entry, _: entry.key == "colour")
_SHADES = r"(?:(?:dark|light|bright|pale|faded|deep|plain|mainly|mostly|very|all|both)[\s-]+)"
_COLOUR = rf"{_SHADES}?(?:{_COLOURS.source})\b"
_OF_THE_NEXT = rf"(?!\s+(?:[a-z]+\s+)?(?:{_GARMENTS.source})\b)"
_PAIR = rf"(?:{_COLOUR}(?:(?:\s*[,/&]\s*|\s+and\s+){_COLOUR}{_OF_THE_NEXT})?)"
_STOP = r"(?=\s*(?:[,.;:)!?/\n]|$))"
_NO_GARMENT = rf"(?![\w-])(?!\s+(?:[a-z]+\s+)?(?:{_WORDS.source})\b)"
_COLOURED = compiled(
    rf"\s*\(\s*(?P<bracket>{_PAIR})\s*\)|"
    rf"\s+(?:of|(?:in\s+)?the\s+colou?r\s+of|(?:in\s+)?colou?r(?:ed)?|"
    rf"(?:that\s+|which\s+)?(?:was|were|is|are)(?:\s+(?:both|all))?(?:\s+of)?(?:\s+colou?r)?)\s+"
    rf"(?P<said>{_PAIR}){_NO_GARMENT}(?P<pattern>\s+(?:hoops|stripes|checks?|squares|spots|dots))?|"
    rf"\s+(?:in\s+)?(?P<bare>{_COLOUR}(?:\s+and\s+{_COLOUR})?){_STOP}"
)
"""The colour told behind: "turban (orange)", "a jacket of bottle green", "his coat was navy", "coat beige,"."""
_FEATURE = compiled(
    rf"\s+with\s+(?:(?:an?\s+)?(?:(?:{_WORDS.source})\s+){{1,3}}(?:stripes?|logo|(?:elbow\s+)?patch(?:es)?|elbows|crest|"
    rf"toggles|zips?|piping|motif|emblem|writing|trim|collar|hood|lapels|epaulettes|bobble|pompom|peak|tassels?|"
    rf"sleeves|badge|buttons|laces|soles?|lining|cuffs)\b|"
    r"(?:(?:an?|the)\s+)?(?:[a-z'-]+\s+){1,3}(?:(?:printed|written|sewn|embroidered)\s+)?on\s+"
    r"(?:it|them|the\s+(?:front|back|chest|sleeves?|pocket|breast|shoulders?))\b)"
)
"""What a garment has on it: "with white stripes", "with a wolf on it"."""


def described_behind(low: str, first: int, end: int) -> tuple[int, str]:
    """Where the phrase of the garment low[first:end] ends with what it has on it, and the colour told behind it."""
    feature = _FEATURE.match(low, end)
    if feature:
        return feature.end(), ""
    coloured = _COLOURED.match(low, end)
    if coloured is None or _COLOURS.pattern.search(low, first, end):
        return end, ""
    if coloured["pattern"]:
        return coloured.end(), ""
    return coloured.end(), coloured["bracket"] or coloured["said"] or coloured["bare"]
