"""Words that are an accent if the vocabulary knows them, with no word for speaking beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.facts.surface import holds
from linkage.intake.patterns import compiled

_COMES_FROM = compiled(
    r"\b(?:(?:he|she|they|man|woman|attacker|robber|caller|driver|rapist|offender|lad|youth|both|who)\s+(?:was|"
    r"were|is|are)|"
    r"(?:other than|except|apart from) that (?:he|she) (?:was|is)|(?:thought|believed|said|appeared|"
    r"seemed)\s+to\s+be)\s+"
    r"(?:(?:also|both|possibly|probably|perhaps|maybe|clearly|definitely|"
    r"certainly)\s+)*(?P<words>(?:northern\s+)?(?:irish|scottish|scots|welsh)|"
    r"south\s+african|american|australian|canadian)"
    r"(?=\s*(?:[,.;:]|$)|\s+(?:and|or|but|with|by)\b)"
)
"""A nation where English is spoken told of a person, which is heard and not seen: "the man was Scottish, 45ish"."""
_SPEAKING = compiled(r"\b(?P<words>welsh|irish|gaelic|scots)[ -]speak(?:ing|er)\b")
_BROAD = compiled(r"\b(?:broad|proper|pure|thick|strong)\s+(?P<words>[a-z]+(?:\s+[a-z]+)?)(?=\s*(?:[,.;:]|$))")
_FOLK = compiled(
    r"\b(?P<words>(?:north\s+|south\s+|west\s+|northern\s+)?[a-z]+)\s+(?:lad|lass|bloke|fella|geezer|boyo)\b"
)


def find(low: str) -> Iterator[re.Match[str]]:
    """Matches whose `words` may be an accent: "he was Scottish", "a Welsh speaker", "pure Scouse", "a Leeds lad"."""
    if holds(low, ("irish", "scot", "welsh", "african", "american", "australian", "canadian")):
        yield from _COMES_FROM.finditer(low)
    if "speak" in low:
        yield from _SPEAKING.finditer(low)
    if holds(low, ("broad", "proper", "pure", "thick", "strong")):
        yield from _BROAD.finditer(low)
    if holds(low, ("lad", "lass", "bloke", "fella", "geezer", "boyo")):
        yield from _FOLK.finditer(low)
