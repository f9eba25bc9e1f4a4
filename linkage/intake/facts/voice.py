"""Who did what is found in a text, and whether it happened: subject, passive, denial, attempt, threat, wish."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.phrases import Occurrence, Words, people
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem, words

_REACH = 7
"""Words before a phrase in which a denial, an attempt or a wish is looked for [G]."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a phrase is said: `actor` is "him", "her" or None when the text does not tell; `reality` is "real",
    "tried", "threat" or "unreal" (wished, asked, supposed)."""

    actor: str | None
    denied: bool
    reality: str


@dataclass(frozen=True, slots=True)
class Cast:
    """What the pronouns of a whole text stand for."""

    he: str | None
    she: str | None


def cast(text_words: Words, quoted: frozenset[int] = frozenset()) -> Cast:
    """Read the pronouns of a text. "he" is the reported person where a woman or the speaker was harmed; where both
    are men the text does not tell; "she" is the reported person where a speaker ("I", "me") names no man."""
    plain = {s for i, s in enumerate(text_words.stems) if i not in quoted}
    speaker = not plain.isdisjoint({"i", "me", "my", "we", "us"})
    male = not plain.isdisjoint({"he", "him", "his"} | words("people", "him"))
    female = not plain.isdisjoint({"she", "her", "woman", "girl", "lady", stem("female")})
    harmed = not plain.isdisjoint(words("people", "her"))
    he = "him" if speaker or female or not harmed else None
    return Cast(he, "him" if speaker and not male else "her")


def voice(found: Occurrence, text_words: Words, roles: Cast) -> Voice:
    """How the phrase `found` is said in its sentence."""
    subject = _subject(found.first, text_words, roles)
    passive = _passive(found, text_words)
    actor = subject
    if passive:
        actor = {"him": "her", "her": "him", None: None}[subject]
        if subject is None or _by_her(found, text_words):
            actor = "her" if _by_her(found, text_words) else "him"
    elif subject is None and _object_is_him(found, text_words, roles):
        actor = "her"
    return Voice(actor, _denied(found.first, text_words), _reality(found.first, text_words))


def _subject(first: int, text_words: Words, roles: Cast) -> str | None:
    stems = text_words.stems
    man_between = False
    for at in range(first, -1, -1):
        stemmed = stems[at]
        if stemmed == "." and at < first:
            return None
        role = _role(at, text_words, roles)
        if role == "her" and "and" in stems[at:first] and stems[at - 1] in words("people", "subordinates"):
            continue
        if role is not None:
            return None if role == "unclear" or (role == "her" and man_between) else role
        man_between = man_between or (at < first and _bare_man(at, stems))
    return None


def _bare_man(at: int, stems: list[str]) -> bool:
    """Whether a man is named here who may be the subject ("once she had undressed the second man jumped out")."""
    return stems[at] in words("people", "him") and not {"by", "with", "of", "from", "to"} & set(
        stems[max(0, at - 3) : at]
    )


def _role(at: int, text_words: Words, roles: Cast) -> str | None:
    """Whom the word at `at` makes the subject; None when it is no subject."""
    stems = text_words.stems
    stemmed = stems[at]
    pronouns = {
        "he": roles.he or "unclear",
        "she": roles.she or "unclear",
        "i": "her",
        "we": "her",
        "they": "unclear",
    }
    if stemmed in pronouns:
        return pronouns[stemmed]
    if stemmed == "him":
        return "him" if at and stems[at - 1] in words("voice", "perceive") else None
    kind = "him" if stemmed in words("people", "him") else "her" if stemmed in words("people", "her") else None
    if kind is None or (at + 1 < len(stems) and stems[at + 1] == "who"):
        return kind
    start = at - 1
    while start >= 0 and (stems[start] in words("people", "before_noun")):
        start -= 1
    opener = stems[start] if start >= 0 else "."
    perceived = kind == "him" and opener in words("voice", "perceive")
    opens = opener == "." or opener in words("people", "starts_clause") or opener.isdigit()
    return kind if perceived or opens else None


@cache
def _faint() -> frozenset[str]:
    return frozenset(("both", "then", "also", "just", "again", "so", "very", "it", "all"))


def _passive(found: Occurrence, text_words: Words) -> bool:
    """Whether the harmed person is the subject: "was dragged", "got hit", "had her hair pulled"."""
    stems, forms = text_words.stems, text_words.forms
    at = found.first - 1
    while at >= 0 and (stems[at] in _faint() or forms[at].endswith("ly") or stems[at] == "not"):
        at -= 1
    if at >= 0 and stems[at] in ("be", "get") and _participle(forms[found.first]):
        return True
    if stems[found.first] in ("be", "get") and found.last > found.first and _participle(forms[found.last]):
        return True
    while at >= 0 and stems[at] in ("her", "my", "his", "their", "the", "both"):
        at -= 1
    last = forms[found.last]
    return 0 <= at < found.first - 1 and stems[at] == stem("have") and last.endswith(("ed", "en", "n", "t"))


@cache
def _participle(form: str) -> bool:
    ending = form.endswith(("ed", "en")) and form not in word_forms("voice", "stative")
    return ending or form in word_forms("voice", "passive")


def _by_her(found: Occurrence, text_words: Words) -> bool:
    after = text_words.stems[found.last + 1 : found.last + 4]
    return "by" in after and not people("her").isdisjoint(after)


def _object_is_him(found: Occurrence, text_words: Words, roles: Cast) -> bool:
    """Whether what is done is done to the reported person: "punched him and got out"."""
    if roles.he != "him":
        return False
    after = text_words.stems[found.first : found.last + 2]
    return "him" in after


def _denied(first: int, text_words: Words) -> bool:
    stems = text_words.stems
    listed = "or" in stems[max(0, first - 2) : first] or "or" in stems[first : first + 5]
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        stemmed = stems[at]
        if stemmed in words("voice", "deny"):
            return True
        if stemmed in words("voice", "undoes_denial") or stemmed in words("voice", "ends_denial"):
            return False
        if stemmed == "," and not listed:
            return False
    return False


def _reality(first: int, text_words: Words) -> str:
    stems, unreal = text_words.stems, words("voice", "unreal")
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        stemmed = stems[at]
        if stemmed in words("voice", "threat"):
            return "threat"
        if stemmed in words("voice", "try") or (stemmed == "go" and stems[at + 1] == "to"):
            plan = stemmed == "go" and text_words.forms[at] == "going"
            return _said(at, text_words) if plan else "tried"
        if stemmed in ("would", "will"):
            return _said(at, text_words)
        if stemmed in unreal:
            return "unreal"
        if stemmed in words("voice", "perceive") or stemmed in (".", ",", "and", "but", "he", "she", "i", "they"):
            return "real"
    return "real"


def _said(at: int, text_words: Words) -> str:
    """A future told to the harmed person is a threat; another is only supposed."""
    before = text_words.stems[max(0, at - 6) : at]
    return "threat" if not words("voice", "speak").isdisjoint(before) else "unreal"
