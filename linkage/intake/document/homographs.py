"""Names that are written like everyday words: the month May and "may", Rob and "rob", Hammer Lane and "hammer"."""

from __future__ import annotations

from functools import cache

from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem

_SAID_BACK = 3
"""Words before a name in which it is said to be one: "his name was mark", "goes by the name of rob" [G]."""
_ORDINALS = ("st", "nd", "rd", "th")


@cache
def _homographs() -> frozenset[str]:
    return word_forms("homographs", "month") | word_forms("homographs", "weekday") | word_forms("homographs", "name")


def set_names_apart(forms: list[str], stems: list[str], text: str, starts: list[int]) -> None:
    """Write the names among the words of `text` with a capital in `forms` and `stems`, both changed in place, so that
    no phrase of everyday words takes them for its own."""
    for at, form in enumerate(forms):
        if form in word_forms("homographs", "road") and at and text[starts[at]].isupper():
            _set_road_apart(at, forms, stems, text, starts)
        if form in _homographs() and _is_name(at, forms, stems, text[starts[at] : starts[at] + len(form)].istitle()):
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


def _is_name(at: int, forms: list[str], stems: list[str], capital: bool) -> bool:
    """Whether a day, a month or somebody is called so: by a capital letter, or by what stands before it."""
    form, after = forms[at], forms[at + 1] if at + 1 < len(forms) else ""
    if at == 0 or stems[at - 1] == ".":
        return capital and _does(after)
    before = forms[at - 1]
    helping = form in ("may", "will") and stem(after) in word_forms("homographs", "behind_modal")
    if before in word_forms("homographs", "subject") and (form in ("may", "will") or not capital):
        return False
    if form in word_forms("homographs", "month") and not helping:
        day = before.isdigit() or (before[-2:] in _ORDINALS and before[:-2].isdigit())
        if day or before in word_forms("homographs", "before_month") - {"to"}:
            return True
    led = forms[max(0, at - _SAID_BACK) : at]
    said = before in word_forms("homographs", "before_name") and word_forms("homographs", "known") & {*led}
    return capital or bool((said or before in word_forms("homographs", "naming")) and not helping)


def _does(form: str) -> bool:
    """Whether a word tells what the one named before it did: "Rob punched me", not "Mark on his neck"."""
    past = (form.endswith("ed") and len(form) > 3) or form in word_forms("voice", "past")
    return past or form in word_forms("voice", "passive") or stem(form) in ("be", stem("have"), stem("say"))
