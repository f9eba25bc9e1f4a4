"""The last words before a place of a text: all that a pattern which closes there can take in."""

from __future__ import annotations


def last_words(text: str, end: int, count: int) -> int:
    """Where to look from for a pattern of at most `count` words that ends at `end`.

    A search from the text's beginning tries the pattern at every letter before.
    """
    parts = text[:end].rsplit(None, count)
    return len(parts[0]) if len(parts) > count else 0
