"""Names that are written like everyday words: the month May and "may", Rob and "rob", Hammer Lane and "hammer"."""

from __future__ import annotations

from functools import cache

from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem, words

_SAID_BACK = 3
"""Words before a name in which it is said to be one: "his name was mark", "goes by the name of rob" [G]."""

_DAYS, _YEARS = 31, 1900


@cache
def _homographs() -> frozenset[str]:
    return word_forms("homographs", "month") | word_forms("homographs", "weekday") | word_forms("homographs", "name")


def set_names_apart(forms: list[str], stems: list[str], text: str, starts: list[int]) -> None:
    """Write the names among the words of `text` with a capital in `forms` and `stems`, both changed in place, so that
    no phrase of everyday words takes them for its own."""
    homographs, roads = _homographs(), word_forms("homographs", "road")
    for at, form in enumerate(forms):
        if form in roads and at and text[starts[at]].isupper():
            _set_road_apart(at, forms, stems, text, starts)
        if form not in homographs:
            continue
        written = text[starts[at] : starts[at] + len(form)]
        if _dated(at, forms) or _is_name(at, forms, stems, written.istitle()):
            forms[at] = stems[at] = form.capitalize()


def _set_road_apart(at: int, forms: list[str], stems: list[str], text: str, starts: list[int]) -> None:
    """Write the name of a road with capitals: "Hammer Lane" holds no hammer, "Park Way" no way that is blocked."""
    named = at - 1
    written = text[starts[named] : starts[named] + 2]
    if not written[0].isupper() or written.isupper() or forms[named] in word_forms("homographs", "no_road"):
        return
    forms[named] = stems[named] = forms[named].capitalize()
    if forms[at] in word_forms("homographs", "road_and_deed"):
        forms[at] = stems[at] = forms[at].capitalize()


def _dated(at: int, forms: list[str]) -> bool:
    """Whether a date is told: "on 5 may", "may 2024", "end of may", "sat night"."""
    form, before, after = forms[at], forms[at - 1] if at else "", forms[at + 1] if at + 1 < len(forms) else ""
    if form in word_forms("homographs", "weekday"):
        led = at == 0 or not forms[at - 1].isalpha() or before in word_forms("homographs", "before_month")
        day = led and (_day(after) or _month_name(after))
        return day or (
            after in word_forms("homographs", "part_of_day") and before not in word_forms("homographs", "subject")
        )
    if form not in word_forms("homographs", "month"):
        return False
    if _ordinal(before) or _ordinal(after) or (after.isdigit() and len(after) == 4 and int(after) >= _YEARS):
        return True
    earlier = forms[at - 2] if at > 1 else "."
    if _day(before):
        helping = after in _helping() or stem(after) in word_forms("homographs", "behind_modal")
        return earlier.lower() in word_forms("homographs", "before_day") or not (earlier.isalpha() or helping)
    if before in word_forms("homographs", "before_month"):
        # "who he got in with may have", "the car he came to may": a helping verb has its verb behind it
        return not (after in _helping() or stem(after) in word_forms("homographs", "behind_modal")) and before != "to"
    return _day(after) and not before.isalpha()


def _is_name(at: int, forms: list[str], stems: list[str], capital: bool) -> bool:
    """Whether somebody is called so: by a capital letter within a sentence, or by what stands before it."""
    form, after = forms[at], forms[at + 1] if at + 1 < len(forms) else ""
    opens = at == 0 or stems[at - 1] == "."
    before = "" if opens else forms[at - 1]
    if before in word_forms("homographs", "subject") and (
        form in _helping() or after in word_forms("homographs", "object")
    ):
        return False
    helping = form in _helping() and stem(after) in word_forms("homographs", "behind_modal")
    if not opens and _named(at, forms):
        return not (helping and not capital)
    if not capital:
        return False
    if form in _helping() and after in ("have", "be", "not", "i", "you", "also", "well"):
        return False
    return not opens or _does(after, stem(after))


def _named(at: int, forms: list[str]) -> bool:
    """Whether the words before say that a name follows."""
    before = forms[max(0, at - _SAID_BACK) : at]
    if before[-1] in word_forms("homographs", "naming"):
        return True
    return before[-1] in word_forms("homographs", "before_name") and not word_forms("homographs", "known").isdisjoint(
        before
    )


def _does(form: str, stemmed: str) -> bool:
    """Whether a word tells what the one named before it did: "Rob punched me", not "Mark on his neck"."""
    past = (form.endswith("ed") and len(form) > 3) or form in word_forms("voice", "past")
    return past or form in word_forms("voice", "passive") or stemmed in ("be", stem("have"), stem("say"))


@cache
def _helping() -> frozenset[str]:
    return frozenset(("may", "will"))


def _day(form: str) -> bool:
    return _ordinal(form) or (form.isdigit() and 0 < int(form) <= _DAYS)


def _ordinal(form: str) -> bool:
    return form[-2:] in ("st", "nd", "rd", "th") and form[:-2].isdigit() and 0 < int(form[:-2]) <= _DAYS


def _month_name(form: str) -> bool:
    return form in ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec") or (
        stem(form) in words("homographs", "month")
    )
