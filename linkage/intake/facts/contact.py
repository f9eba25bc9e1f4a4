"""How contact was made: words to keys, and findings in a narrative."""

from __future__ import annotations

from functools import lru_cache

from linkage.intake.facts import lookup
from linkage.intake.facts.finding import Finding


@lru_cache(maxsize=65_536)
def normalise(said: str) -> str | None:
    """Key that short words stand for ("rang to book" -> "phone"); None for words the vocabulary does not know."""
    key = lookup.lexicon("contact_methods").resolve(said)
    if key:
        return key
    found = [f for f in find(said) if not f.negated]
    return str(found[0].value) if found and len(said.split()) <= 8 else None


def find(text: str) -> list[Finding]:
    """All findings in `text`, in order; of overlapping ones the longest. The first need not be the main one."""
    return lookup.find("contact_methods", "contact_method", text, lookup.stated)
