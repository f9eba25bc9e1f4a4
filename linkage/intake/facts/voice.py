"""Who did what is found in a text, and whether it happened: subject, passive, denial, attempt, threat, wish."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.cast import Cast, cast
from linkage.intake.facts.finder import Occurrence
from linkage.intake.facts.notation import WIDE_GAP
from linkage.intake.facts.phrases import Words
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem, words

__all__ = ["Cast", "Voice", "cast", "voice"]

_STOPS = frozenset((".", ",", "and", "but", "then", "while", "as"))
"""Words behind which an initial stands for a person."""

_CLAUSE = frozenset(map(stem, (".", ",", "and", "but", "before", "he", "she", "i", "they")))
"""Words at which what was wished, tried or feared is over."""

_REACH = 7
"""Words before a phrase in which a denial, an attempt or a wish is looked for [G]."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a phrase is said: `actor` is "him", "her", "other" (police, staff, passers-by) or None when the text does
    not tell; `reality` is "real", "tried", "threat" or "unreal" (wished, asked, supposed)."""

    actor: str | None
    denied: bool
    reality: str


def voice(found: Occurrence, text_words: Words, roles: Cast) -> Voice:
    """How the phrase `found` is said in its sentence."""
    reality = "tried" if _tried_within(found, text_words) else _reality(found.first, text_words)
    return Voice(_actor(found, text_words, roles), _denied(found, text_words), reality)


def _tried_within(found: Occurrence, text_words: Words) -> bool:
    """Whether the phrase spans an attempt that it does not name: "she tried to run" for "she ran"."""
    inside = text_words.stems[found.first + 1 : found.last]
    trying = words("voice", "try").intersection(inside)
    return bool(trying) and "to" in inside and all(trying.isdisjoint(place) for place in found.phrase.places)


def _actor(found: Occurrence, text_words: Words, roles: Cast) -> str | None:
    subject = _subject(found.first, text_words, roles)
    if _passive(found, text_words):
        return _agent(found, text_words) or _undergone(subject, found, text_words, roles)
    by_whom = "by" in text_words.stems[max(found.first, found.last - 2) : found.last]
    if by_whom and _kind(found.last, text_words):
        return _kind(found.last, text_words)
    done_to = _object(found, text_words)
    if roles.he == "him" and done_to in ("him", "himself"):
        return "him" if done_to == "himself" else "her"
    if subject is None:
        return "her" if _object_is_him(found, text_words, roles) else None
    if subject == "her" and _bare_passive(found.first, text_words):
        return None
    hers = roles.she == "her" and done_to in ("her", "me")
    return None if subject == "her" and (hers or _under(found.first, text_words)) else subject


def _bare_passive(first: int, text_words: Words) -> bool:
    """Whether a note leaves "was" out: "worker taken by the hair", "victim punched in the face"."""
    stems, forms = text_words.stems, text_words.forms
    if first == 0 or stems[first - 1] not in words("people", "her") or not _participle(forms[first]):
        return False
    return first + 1 < len(forms) and forms[first + 1] in word_forms("voice", "after_passive")


def _under(first: int, text_words: Words) -> bool:
    """Whether the phrase hangs on what is done to the subject: "at knifepoint" in "she was robbed at knifepoint"."""
    stems, forms = text_words.stems, text_words.forms
    for at in range(first - 1, max(0, first - 1 - _REACH), -1):
        if stems[at] in (".", "and", "but"):
            return False
        if stems[at - 1] in ("be", "get") and _participle(forms[at]):
            return True
    return False


def _undergone(subject: str | None, found: Occurrence, text_words: Words, roles: Cast) -> str:
    """Who does what is done to `subject`, where nobody is named: the reported person, unless it is done to him."""
    pronoun = "he" in text_words.stems[max(0, found.first - _REACH) : found.first]
    return "her" if subject == "him" and not (roles.men_only and not pronoun) else "him"


def _subject(first: int, text_words: Words, roles: Cast) -> str | None:
    stems = text_words.stems
    man_between = False
    for at in range(first, -1, -1):
        stemmed = stems[at]
        seen = stemmed in words("voice", "witness") and stems[at - 1] != "be"  # "the man was seen running"
        if at < first and (stemmed == "." or seen):
            return None
        role = _role(at, text_words, roles)
        if role == "other" and not words("voice", "speak").isdisjoint(stems[at + 1 : first]):
            return None  # "police said a caller asked her": theirs are the words, not the deed
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
        "they": roles.they or "unclear",
    }
    if stemmed in pronouns:
        return pronouns[stemmed]
    if stemmed == "him":
        return "him" if at and stems[at - 1] in words("voice", "perceive") else None
    if len(stemmed) == 1 and stemmed.isalpha() and stemmed not in "ainusw" and (at == 0 or stems[at - 1] in _STOPS):
        return "unclear"  # an initial: "M blocked the door", "then B got up"
    kind = _kind(at, text_words)
    if kind == "her" and roles.women_too and stemmed in ("woman", "girl", "lady", stem("female")):
        kind = "unclear"
    if kind is None or (at + 1 < len(stems) and stems[at + 1] == "who"):
        return kind
    start = at - 1
    while start >= 0 and (stems[start] in words("people", "before_noun") or stems[start].isdigit()):
        start -= 1
    opener = stems[start] if start >= 0 else "."
    perceived = kind == "him" and opener in words("voice", "perceive")
    opens = opener == "." or opener in words("people", "starts_clause") or (start >= 0 and stems[at - 1].isdigit())
    return kind if perceived or opens else None


def _kind(at: int, text_words: Words) -> str | None:
    """Whose side a noun is on: "his mate" is on his, "her mate", police and staff on nobody's."""
    stemmed = text_words.stems[at]
    owner = text_words.forms[at - 1] if at else ""
    if stemmed in words("people", "company"):
        of_his = text_words.forms[at + 1 : at + 3] in (["of", "his"], ["of", "him"])
        return "him" if owner == "his" or of_his else "other" if owner in ("her", "my", "our", "a") else None
    if owner in ("her", "my", "our") and stemmed in words("people", "hired"):
        return "other"
    for kind in ("him", "her", "other"):
        if stemmed in words("people", kind):
            return kind
    return "him" if stemmed in words("people", "stranger") else None


@cache
def _faint() -> frozenset[str]:
    return frozenset(("both", "then", "also", "just", "again", "so", "very", "it", "all"))


def _passive(found: Occurrence, text_words: Words) -> bool:
    """Whether it is done to the subject: "was dragged", "got hit", "was grabbed and hit", "had her hair pulled"."""
    stems, forms = text_words.stems, text_words.forms
    at = found.first - 1
    while at >= 0 and (
        stems[at] in _faint() or forms[at].endswith("ly") or stems[at] == "not" or _joined(at, text_words)
    ):
        at -= 1
    if at >= 0 and stems[at] in ("be", "get") and _participle(forms[found.first]):
        return True
    if stems[found.first] in ("be", "get") and found.last > found.first:
        done = found.first + 1
        while done < found.last and (forms[done].endswith("ly") or stems[done] in _faint() or stems[done] == "not"):
            done += 1
        if _participle(forms[done]) or _participle(forms[found.last]):
            return True
    done = found.last - 1
    while done > found.first and (forms[done].endswith("ly") or stems[done] in _faint()):
        done -= 1
    of_a_thing = stems[found.first] in _things() and done > found.first
    if of_a_thing and stems[done] in ("be", "get") and _participle(forms[found.last]):
        return True
    while at >= 0 and stems[at] in ("her", "my", "his", "their", "the", "both"):
        at -= 1
    last = forms[found.last]
    return 0 <= at < found.first - 1 and stems[at] == stem("have") and last.endswith(("ed", "en", "n", "t"))


@cache
def _things() -> frozenset[str]:
    named = ("phone", "bag", "money", "paper", "clothes", "body", "neck", "intimate")
    return frozenset[str]().union(*(words("sets", name) for name in named), words("things", "owned"), ("hair",))


def _joined(at: int, text_words: Words) -> bool:
    """Whether the word belongs to a row of participles: "grabbed", "," and "and" in "grabbed, hit and kicked"."""
    stems, forms = text_words.stems, text_words.forms
    if stems[at] in (",", "and"):
        return at > 0 and (_participle(forms[at - 1]) or stems[at - 1] == ",")
    return _participle(forms[at]) and stems[at + 1] in (",", "and")


@cache
def _participle(form: str) -> bool:
    ending = form.endswith(("ed", "en")) and form not in word_forms("voice", "stative")
    return ending or form in word_forms("voice", "passive")


def _agent(found: Occurrence, text_words: Words) -> str | None:
    """Who did it, where "by ..." follows, or ends the phrase itself: "headbutted by a man"."""
    behind = found.first if _kind(found.last, text_words) else found.last
    after = text_words.stems[behind + 1 : found.last + 8]
    if "by" not in after:
        return None
    start = behind + 2 + after.index("by")
    for at in range(start, min(start + 4, len(text_words.stems))):
        if text_words.stems[at] in ("her", "me", "she"):
            return "her"
        kind = _kind(at, text_words)
        if kind is not None:
            return kind
    return None


def _object_is_him(found: Occurrence, text_words: Words, roles: Cast) -> bool:
    """Whether what is done is done to the reported person: "punched him and got out"."""
    if roles.he != "him":
        return False
    after = text_words.stems[found.first : found.last + 2]
    return "him" in after


def _object(found: Occurrence, text_words: Words) -> str | None:
    """The pronoun that ends the phrase as whom it is done to, who so did not do it: "the last girl robbed him"."""
    last = text_words.forms[found.last]
    takes_anybody = "her" in found.phrase.places[-1] and found.last > found.first
    return last if last == "himself" or (takes_anybody and last in ("him", "her", "me")) else None


def _denied(found: Occurrence, text_words: Words) -> bool:
    stems, first, deny = text_words.stems, found.first, words("voice", "deny")
    inside = stems[first + 1 : found.last]
    if not found.phrase.denies and inside and words("voice", "undoes_denial").isdisjoint(inside):
        near = max(found.phrase.gaps) <= WIDE_GAP
        if "not" in (inside if near else inside[-1:]) or (near and "no" in inside[-2:]):
            return True
    listed = "or" in stems[max(0, first - 2) : first] or "or" in stems[first : first + 5]
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        stemmed = stems[at]
        if stemmed in deny:
            return True
        asked = at > 0 and stems[at - 1] == "do"  # "at no point did he": the denial goes on
        if stemmed in words("voice", "undoes_denial") or (stemmed in words("voice", "ends_denial") and not asked):
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
        if stemmed in unreal or (stemmed in ("about", "order") and stems[at + 1] == "to"):
            return "unreal"
        if stemmed in words("voice", "perceive") or stemmed in _CLAUSE:
            return "unreal" if at and stems[at - 1] in ("if", "unless", "whether") else "real"
    return "real"


def _said(at: int, text_words: Words) -> str:
    """A future told to the harmed person is a threat; another is only supposed."""
    before = text_words.stems[max(0, at - 6) : at]
    return "threat" if not words("voice", "speak").isdisjoint(before) else "unreal"
