"""Who is who in a text: what its pronouns stand for, and whether a woman is among the reported people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linkage.intake.facts.phrases import Words
from linkage.vocabulary.english import stem, words


@dataclass(frozen=True, slots=True)
class Cast:
    """What the pronouns of a whole text stand for; `men_only` that no woman and no speaker comes into it, so that the
    person harmed may be a man; `women_too` that a woman is among the reported people, so that "the girl" may be."""

    he: str | None
    she: str | None
    they: str | None
    men_only: bool
    women_too: bool = False


def cast(text_words: Words, quoted: frozenset[int] = frozenset()) -> Cast:
    """Read the pronouns of a text. "he" is the reported person where a woman or the speaker was harmed; where both
    are men the text does not tell; "she" is the reported person where a speaker ("I", "me") names no man; "they" are
    the reported people where nobody is called "he"."""
    plain = {s for i, s in enumerate(text_words.stems) if i not in quoted}
    speaker = not plain.isdisjoint({"i", "me", "my", "we", "us"})
    pronoun = not plain.isdisjoint({"he", "him", "his"})
    male = pronoun or not plain.isdisjoint(words("people", "him"))
    female = not plain.isdisjoint({"she", "her", "woman", "girl", "lady", stem("female")})
    harmed = not plain.isdisjoint(words("people", "her"))
    he = "him" if speaker or female or not harmed else None
    hers, his = ({"she", "her"}, {"he", "him", "his"})
    told = [sum(i not in quoted and s in who for i, s in enumerate(text_words.stems)) for who in (hers, his)]
    she: str | None = "him" if speaker and (not male or told[0] > 2 * told[1] + 1) else "her"
    women_too = _women_too(text_words)
    if women_too and not speaker:
        she = None
    return Cast(he, she, None if pronoun else "him", not speaker and not female, women_too)


_WOMEN_TOO = re.compile(
    r"\b(?:man|men|male|males|lads?|bloke|guy)\s+(?:and|&)\s+(?:an?\s+|the\s+|one\s+|his\s+)?(?:woman|girl|female|lady)\b"
    r"|\b(?:woman|girl|female|lady)\s+(?:and|&)\s+(?:an?\s+|one\s+|2\s+|two\s+)?(?:man|men|lad|bloke|male)\b"
    r"|\b(?:offenders?|suspects?|off|attackers?)\s*\d?\s*\W{0,3}(?:an?\s+)?(?:female|woman)\b"
    r"|\b(?:two|three|2|3)\s+(?:females|women)\s+(?:who|are\s+(?:wanted|sought)|blocked|attacked|robbed|approached)\b"
    r"|\ba\s+(?:woman|female)\s+(?:who\s+\w+\s+|is\s+)?(?:is\s+)?(?:wanted|sought|being\s+sought)\b"
)
"""Words that tell of a woman among the reported people."""


def _women_too(text_words: Words) -> bool:
    return _WOMEN_TOO.search(" ".join(text_words.forms)) is not None
