"""What was done to the reported person with a thing: a blow that the person harmed gave back."""

from __future__ import annotations

from itertools import pairwise

from linkage.vocabulary.english import words


def hit_him(before: list[str]) -> bool:
    """Whether the stems up to a thing say what was done to the reported person with it: "hit him with a bottle"."""
    using = words("weapon", "use") | words("sets", "hit")
    return any(after == "him" and one in using for one, after in pairwise(before))
