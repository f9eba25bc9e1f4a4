"""Random numbers for people: letters that are not taken for others, and one that shows a slip."""

from __future__ import annotations

import secrets

LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Letters and figures of a number: none that is taken for another, and no vowel, so that none spells a word."""
_RANDOM, _GROUP = 11, 4  # [G] 11 of 28 letters are 53 random bits


def new_number() -> str:
    """A number that nobody can guess, as XXXX-XXXX-XXXX."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(_RANDOM))
    return _grouped(letters + check_letter(letters))


def is_number(words: str) -> bool:
    """Can this be such a number? Its last letter is made from the others, so that a slip is seen without asking what
    there is."""
    letters = bare(words)
    fit = len(letters) == _RANDOM + 1 and all(letter in LETTERS for letter in letters)
    return fit and letters[-1] == check_letter(letters[:-1])


def canonical_number(words: str) -> str:
    """A number as it is kept, however it was typed; words that are none stay as they are."""
    return _grouped(bare(words)) if is_number(words) else words.strip()


def letters_of(value: int, count: int) -> str:
    """So many letters that stand for a large random number."""
    letters = ""
    for _ in range(count):
        value, at = divmod(value, len(LETTERS))
        letters += LETTERS[at]
    return letters


def check_letter(letters: str) -> str:
    """The last letter of a number, by Luhn's formula for as many letters as there are."""
    total, size = 0, len(LETTERS)
    for place, letter in enumerate(reversed(letters)):
        value = LETTERS.index(letter) * (2 if place % 2 == 0 else 1)
        total += value // size + value % size
    return LETTERS[-total % size]


def bare(words: str) -> str:
    """The letters alone, however they were typed."""
    return "".join(words.split()).replace("-", "").upper()


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
