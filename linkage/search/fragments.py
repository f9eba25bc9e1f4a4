"""Fragments of numbers: how much two patterns surely have in common."""

from __future__ import annotations


def surely_shared(a: str, b: str) -> int:
    """Fewest known characters that two patterns share however they are laid over each other so that both hold ("?" is
    one character, "*" any number). 0 where they cannot both hold."""
    never = len(a) + len(b) + 1
    reach = [0]
    for char in b:
        reach.append(reach[-1] if char == "*" else never)
    for left in a:
        below = [reach[0] if left == "*" else never]
        for at, right in enumerate(b):
            if "*" in (left, right):
                below.append(min(reach[at + 1], below[at], reach[at]))
            elif left == right or "?" in (left, right):
                below.append(min(never, reach[at] + (left == right != "?")))
            else:
                below.append(never)
        reach = below
    return reach[-1] if reach[-1] < never else 0
