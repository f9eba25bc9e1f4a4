"""What is done to somebody: the "was" that a participle hangs on, next to it or further back in a row of them."""

from __future__ import annotations

from functools import cache

from linkage.intake.document.words import Words
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import words

_ROW = 18
"""Words back to the "was" of a row: "was seized by the arm outside the shop, dragged inside and robbed" [G]."""
_OBJECTS = frozenset(("her", "him", "me", "them", "us", "it", "the", "a", "an", "my", "his", "their", "our", "your"))
_JOINS = frozenset((",", "and", "or"))


@cache
def participle(form: str) -> bool:
    """Whether a form may tell what was done to somebody."""
    ending = form.endswith(("ed", "en")) and form not in word_forms("voice", "stative")
    return ending or form in word_forms("voice", "passive")


@cache
def past(form: str) -> bool:
    """Whether a form can only be that of the past, or of what was done: "kept", "kicked", not "hit"."""
    return (form.endswith("ed") and len(form) > 4) or form in word_forms("voice", "past")


def between(stemmed: str, form: str) -> bool:
    """Whether a word may stand between "was" and what was done: "was then badly beaten", "was not tied"."""
    return form.endswith("ly") or stemmed in words("voice", "faint")


def auxiliary(at: int, text_words: Words) -> int:
    """Index of the "was" or "got" that the word at `at` hangs on, -1 when it hangs on none.

    A participle in a row hangs on that of the first: "was grabbed by the neck and thrown to the ground". Where a
    note leaves "was" out ("victim punched in the face") the index of the noun stands for it.
    """
    stems, forms = text_words.stems, text_words.forms
    here = at - 1
    while here >= 0 and between(stems[here], forms[here]):
        here -= 1
    if here < 0 or stems[here] == "be":
        return here
    if not participle(forms[at]):
        return -1
    if stems[here] == "get":
        return here
    if stems[here] in _JOINS:
        return -1 if _takes_object(at, text_words) else _first_of_row(here, text_words)
    return here if _bare(here, at, text_words) else -1


def done_to(be: int, text_words: Words) -> range:
    """Where the participles that may hang on the word at `be` stand: up to the end of a row."""
    return range(be + 1, min(be + 1 + _ROW, len(text_words.stems)))


def _bare(noun: int, at: int, text_words: Words) -> bool:
    following = text_words.forms[at + 1] if at + 1 < len(text_words.forms) else "."
    return text_words.stems[noun] in words("people", "her") and following in word_forms("voice", "after_passive")


def _takes_object(at: int, text_words: Words) -> bool:
    """Whether what follows a participle shows that somebody did it: "was helped and kicked the man", or that nobody
    can be done so by another: "was hit and screamed"."""
    stems, forms = text_words.stems, text_words.forms
    if forms[at] in word_forms("voice", "never_undergone"):
        return True
    following = forms[at + 1] if at + 1 < len(forms) else "."
    return following in _OBJECTS and stems[at] not in words("voice", "two_objects")


def _first_of_row(join: int, text_words: Words) -> int:
    """Index of the "was" whose participle comes before the comma or "and" at `join`, with no new subject between."""
    stems, forms = text_words.stems, text_words.forms
    for here in range(join - 1, max(-1, join - 1 - _ROW), -1):
        if stems[here] in words("voice", "ends_row"):
            return -1
        if stems[here] in ("be", "get"):
            done = here + 1
            while done < join and between(stems[done], forms[done]):
                done += 1
            return here if done < join and participle(forms[done]) else -1
        if stems[here] in words("people", "her") and here + 1 < join and participle(forms[here + 1]):
            return here if _bare(here, here + 1, text_words) else -1
    return -1


def undergone(be: int, done: int, text_words: Words) -> bool:
    """Whether the participle at `done` may be done to a person: nothing shows that the subject at `be` is a thing."""
    stems, forms = text_words.stems, text_words.forms
    if not participle(forms[done]):
        return False
    may_be_harmed = words("people", "her") | words("people", "harmed")
    here = be if stems[be] in may_be_harmed else be - 1
    while here >= 0 and (between(stems[here], forms[here]) or stems[here] in ("have", "be", "get")):
        here -= 1
    if here < 0 or stems[here] in words("voice", "before_undergone"):
        return True
    for at in range(here, -1, -1):
        if stems[at] in may_be_harmed or stems[at] in ("she", "i", "we", "who"):
            return True
        opens_noun = forms[at] in word_forms("voice", "determiner")
        subject = opens_noun and stems[at - 1] not in words("voice", "preposition")
        if subject or stems[at] in words("voice", "ends_row") or stems[at] in _JOINS:
            return False
    return False
