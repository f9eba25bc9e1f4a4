"""Who did what is found in a text, and whether it happened: subject, passive, denial, attempt, threat, wish."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linkage.intake.facts.coreference import Cast, called_on, cast, cast_of, newcomer
from linkage.intake.facts.notation import WIDE_GAP
from linkage.intake.facts.passive import auxiliary, between, participle, past
from linkage.intake.facts.phrase_finder import Occurrence
from linkage.intake.facts.phrases import Words
from linkage.intake.facts.reality import reality
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem, words

__all__ = ["Cast", "Voice", "cast", "cast_of", "voice"]

_STOPS = frozenset((".", ",", "and", "but", "then", "while", "as"))
"""Words behind which an initial stands for a person."""
_PRONOUNS = frozenset(("we", "he", "she", "they", "him"))
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
    how = "tried" if _tried_within(found, text_words) else reality(found.first, text_words)
    return Voice(_actor(found, text_words, roles), _denied(found, text_words), how)


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
    return _active(found, text_words, roles, done_to) if subject == "her" else subject


def _active(found: Occurrence, text_words: Words, roles: Cast, done_to: str | None) -> str | None:
    """Who does what stands behind a subject that is the person harmed."""
    if _his_on_her(found.first, text_words):
        return "him"
    hers = roles.she == "her" and done_to in ("her", "me")
    undergoes = _bare_passive(found.first, text_words) or _under(found.first, text_words)
    return None if hers or undergoes else "her"


def _bare_passive(first: int, text_words: Words) -> bool:
    """Whether a note leaves "was" out: "worker taken by the hair", "victim punched in the face"."""
    if not participle(text_words.forms[first]):
        return False
    noun = auxiliary(first, text_words)
    return noun >= 0 and text_words.stems[noun] in words("people", "her")


def _his_on_her(first: int, text_words: Words) -> bool:
    """Whether she only has him at her: "I had his hands round my throat"."""
    had = text_words.stems[max(0, first - 3) : first + 1]
    return stem("have") in had and "his" in text_words.forms[max(0, first - 2) : first + 1]


def _under(first: int, text_words: Words) -> bool:
    """Whether the phrase hangs on what is done to the subject: "at knifepoint" in "she was robbed at knifepoint"."""
    stems, forms = text_words.stems, text_words.forms
    for at in range(first - 1, max(0, first - 1 - _REACH), -1):
        if stems[at] in (".", "and", "but"):
            return False
        if stems[at - 1] in ("be", "get") and participle(forms[at]):
            return True
    return False


def _undergone(subject: str | None, found: Occurrence, text_words: Words, roles: Cast) -> str:
    """Who does what is done to `subject`, where nobody is named: the reported person, unless it is done to him."""
    before = text_words.stems[max(0, found.first - _REACH) : found.first]
    if not words("people", "stranger").isdisjoint(before) and words("people", "him").isdisjoint(before):
        return "him"  # "one was made to kneel": one of those who were harmed
    pronoun = "he" in before
    return "her" if subject == "him" and not (roles.men_only and not pronoun) else "him"


def _subject(first: int, text_words: Words, roles: Cast) -> str | None:
    stems = text_words.stems
    if first and text_words.forms[first].endswith("ing") and _kind(first - 1, text_words) in ("him", "her"):
        return _kind(first - 1, text_words)  # "she opened the door to a man saying he was from the gas board"
    man_between, witness = False, words("voice", "witness")
    for at in range(first, -1, -1):
        stemmed = stems[at]
        if at < first and (stemmed == "." or (stemmed in witness and stems[at - 1] != "be")):  # "was seen running"
            return _one_seen(at, text_words, roles)
        may_be = stemmed in _PRONOUNS or stemmed in _people() or len(stemmed) == 1
        role = _role(at, text_words, roles) if may_be else None
        if role == "other" and not words("voice", "speak").isdisjoint(stems[at + 1 : first]):
            return None  # "police said a caller asked her": theirs are the words, not the deed
        if role == "her" and _only_aside(at, first, stems):
            continue
        if role is not None:
            return None if role == "unclear" or (role == "her" and man_between) else role
        man_between = man_between or (at < first and _bare_man(at, stems))
    return None


def _one_seen(at: int, text_words: Words, roles: Cast) -> str | None:
    """Who does what somebody saw: "a neighbour saw them leave by the fire exit", None where nobody is named."""
    seen = text_words.stems[at + 1 : at + 2]
    return roles.they if seen == ["them"] else roles.he if seen == ["him"] else None


def _only_aside(at: int, first: int, stems: list[str]) -> bool:
    """Whether the subject at `at` is that of a clause put in, which is over before `first`: "when she cried out, held
    a cushion over her mouth", "the man, whom she had met online, wiped his profile"."""
    if stems[at - 1] in ("whom", "which", "whose"):
        return "," in stems[at:first]
    return stems[at - 1] in words("people", "subordinates") and ("and" in stems[at:first] or stems[first - 1] == ",")


def _bare_man(at: int, stems: list[str]) -> bool:
    """Whether a man is named here who may be the subject ("once she had undressed the second man jumped out")."""
    return stems[at] in words("people", "him") and not {"by", "with", "of", "from", "to"} & set(
        stems[max(0, at - 3) : at]
    )


def _role(at: int, text_words: Words, roles: Cast) -> str | None:
    """Whom the word at `at` makes the subject; None when it is no subject."""
    stems = text_words.stems
    stemmed = stems[at]
    if stemmed in ("i", "we", "he", "she", "they"):
        meant = {"he": roles.he, "she": roles.she, "they": roles.they}.get(stemmed, "her")
        return meant or "unclear"
    if stemmed == "him":
        return "him" if at and stems[at - 1] in words("voice", "perceive") else None
    if len(stemmed) == 1 and stemmed.isalpha() and stemmed not in "ainusw" and (at == 0 or stems[at - 1] in _STOPS):
        return "unclear"  # an initial: "M blocked the door", "then B got up"
    kind = _kind(at, text_words)
    if kind == "her" and roles.women_too and stemmed in ("woman", "girl", "lady", stem("female")):
        kind = "unclear"
    if kind is not None and (called_on(at, text_words) or (kind == "her" and newcomer(at, text_words))):
        return "other"
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
    if stemmed not in _people():
        return None
    owner = text_words.forms[at - 1] if at else ""
    if stemmed in words("people", "company"):
        of_his = text_words.forms[at + 1 : at + 3] in (["of", "his"], ["of", "him"])
        return "him" if owner == "his" or of_his else "other" if owner in ("her", "my", "our", "a") else None
    hired = owner in ("her", "my", "our") and stemmed in words("people", "hired")
    if hired or stemmed in words("people", "animal"):
        return "other"
    for kind in ("him", "her", "other"):
        if stemmed in words("people", kind):
            return kind
    return "him" if stemmed in words("people", "stranger") else None


@cache
def _people() -> frozenset[str]:
    """Every word that may name somebody."""
    kinds = ("company", "hired", "animal", "him", "her", "other", "stranger")
    return frozenset[str]().union(*(words("people", kind) for kind in kinds))


def _passive(found: Occurrence, text_words: Words) -> bool:
    """Whether it is done to the subject: "was dragged", "got hit", "was grabbed and hit", "had her hair pulled"."""
    stems, forms = text_words.stems, text_words.forms
    done = _next_weighty(found.first, found.last, text_words)
    if participle(forms[done]):
        be = auxiliary(done, text_words)
        if be >= 0 and stems[be] in ("be", "get"):
            return True
    if stems[found.first] in ("be", "get") and found.last > found.first:
        done = _next_weighty(found.first + 1, found.last, text_words)
        if participle(forms[done]) or participle(forms[found.last]):
            return True
    done = found.last - 1
    while done > found.first and between(stems[done], forms[done]):
        done -= 1
    of_a_thing = stems[found.first] in _things() and done > found.first
    if of_a_thing and stems[done] in ("be", "get") and participle(forms[found.last]):
        return True
    at = found.first - 1
    while at >= 0 and stems[at] in ("her", "my", "his", "their", "the", "both"):
        at -= 1
    return 0 <= at < found.first - 1 and stems[at] == stem("have") and participle(forms[found.last])


def _next_weighty(at: int, last: int, text_words: Words) -> int:
    while at < last and between(text_words.stems[at], text_words.forms[at]):
        at += 1
    return at


@cache
def _things() -> frozenset[str]:
    named = ("phone", "bag", "money", "paper", "clothes", "body", "neck", "intimate")
    return frozenset[str]().union(*(words("sets", name) for name in named), words("things", "owned"), ("hair",))


def _agent(found: Occurrence, text_words: Words) -> str | None:
    """Who did it, where "by ..." follows, or ends the phrase itself: "headbutted by a man"."""
    by = next((at for at in range(found.last, found.first, -1) if text_words.stems[at] == "by"), -1)
    if by >= 0 and not _kind(found.last, text_words) and _named_by(by, text_words) == "him":
        return "him"  # the phrase ends at "by two", before "men"
    behind = found.first if _kind(found.last, text_words) else found.last
    after = text_words.stems[behind + 1 : found.last + 8]
    return _named_by(behind + 1 + after.index("by"), text_words) if "by" in after else None


def _named_by(by: int, text_words: Words) -> str | None:
    """Whose side they are on whom "by" at `by` names."""
    for at in range(by + 1, min(by + 5, len(text_words.stems))):
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
    if _none_seen(stems[found.last + 1 : found.last + 9]) or _no_sign(first, stems):
        return True
    listed = "or" in stems[max(0, first - 3) : first] or "or" in stems[first : first + 5]
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        stemmed = stems[at]
        if stemmed in deny:
            supposed = not {"if", "unless"}.isdisjoint(stems[max(0, at - 3) : at])  # "if she did not hand it over"
            return not supposed and not _told_anew(at, first, text_words)
        asked = at > 0 and stems[at - 1] == "do"  # "at no point did he": the denial goes on
        if stemmed in words("voice", "undoes_denial") or (stemmed in words("voice", "ends_denial") and not asked):
            return False
        if stemmed == "," and not listed:
            return False
    return False


def _told_anew(deny: int, first: int, text_words: Words) -> bool:
    """Whether a past form behind a comma is out of reach of "did not", which governs base forms only: "would not let
    her go, kept her for hours"; "never hit, kicked or punched her" denies all three."""
    helper = text_words.stems[deny - 1] if deny else ""
    whole = text_words.forms[deny] in word_forms("voice", "helper_and_not")
    governs_base = whole or (text_words.stems[deny] == "not" and helper == "do" and text_words.forms[deny] != "never")
    return governs_base and "," in text_words.stems[deny:first] and past(text_words.forms[first])


def _no_sign(first: int, stems: list[str]) -> bool:
    """Whether nothing speaks for what starts at `first`: "no sign that he was armed"."""
    before = stems[max(0, first - _REACH) : first]
    said = before[len(before) - before[::-1].index(".") :] if "." in before else before
    that = said.index("that") if "that" in said else 0
    known = not words("voice", "sign").isdisjoint(said[:that])
    return known and not words("voice", "deny").isdisjoint(said[:that])


def _none_seen(after: list[str]) -> bool:
    """Whether what follows takes back what was said: "he spoke of a knife but none was seen"."""
    sentence = after[: after.index(".")] if "." in after else after
    none = stem("none")
    if none not in sentence:
        return False
    return sentence[0] == "," or not words("weapon", "told").isdisjoint(sentence[sentence.index(none) :])
