"""Finds the mentions of people in a text: nouns, pronouns, first names, "the second", by lists of words alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from linkage.intake.document.document import Document
from linkage.intake.values.people.first_names import SEXES, is_named
from linkage.vocabulary.tables import table

PRONOUNS = ("he", "she", "i", "they")
_KINDS = ("harmed", "reported", "male", "female", "person", "bystander")
_AHEAD = 6
"""Characters behind a number in which a measure begins [G]."""
_REACH = 5
"""Words before a noun in which its article is sought [G]."""
_ENDS = frozenset('.!?;:()\n"“”,')


@dataclass(slots=True, eq=False)
class Mention:
    """Words that stand for somebody, with no opinion about who that is.

    `head` is the token of its last word, `first` the one that opens its phrase ("a tall man" opens at "a"); `start`
    and `end` are the characters of the head, `opens` that of the phrase. `kind` is the list of the word (male,
    female, reported, harmed, bystander, person, name, member) or the pronoun (he, she, i, they). `article` is new
    (a, two), known (the), own (her, the victim's) or "". `compound` is the word before the head where it says what
    they do or which they are ("bus driver", "other man"), never how they look. `place` is subject, agent (after
    "by"), predicate or object. `count` is the number told ("two men"), 0 for none; `label` the number or letter
    that follows ("suspect 2"), "" for none; `ordinal` the word that tells it from others.
    """

    head: int
    first: int
    start: int
    end: int
    opens: int
    kind: str
    word: str
    article: str = ""
    compound: str = ""
    place: str = "object"
    plural: bool = False
    count: int = 0
    sex: str | None = None
    possessive: bool = False
    label: str = ""
    ordinal: str = ""

    @property
    def noun(self) -> bool:
        """Whether it names somebody, rather than pointing back to them."""
        return self.kind not in PRONOUNS


_NOUNS: dict[str, Any] = table("person_nouns")
_KIND_OF = {word: kind for kind in _KINDS for word in _NOUNS[kind]}
_SEXES = {word: sex for sex in ("male", "female") for word in (*_NOUNS[sex], *_NOUNS["sex"][sex])}
_PRONOUNS = {word: kind for kind in PRONOUNS for word in _NOUNS["pronouns"][kind]}
_ARTICLES = {word: article for article in ("new", "known", "own") for word in _NOUNS["phrase"][article]}
_NUMBERS: dict[str, int] = _NOUNS["phrase"]["numbers"]
_LABELS: dict[str, str] = _NOUNS["phrase"]["labels"]
_MEASURES = tuple(_NOUNS["phrase"]["measures"])
_SUBJECTS, _OWNERS = (frozenset(_NOUNS["pronouns"][name]) for name in ("subjects", "owners"))
_WORDS = {kind: frozenset(words) for kind, words in _NOUNS["phrase"].items()}
_PHRASE_ENDS = (_ENDS - {","}) | _PRONOUNS.keys() | _WORDS["conjunctions"] | _WORDS["copulas"]
"""Before these no article of a noun is sought."""


@lru_cache(maxsize=8)
def find_people(document: Document) -> tuple[Mention, ...]:
    """All mentions of people in a text, in order, none within another's head."""
    return tuple(_find(document))


def _find(document: Document) -> Iterator[Mention]:
    for at, token in enumerate(document.tokens):
        word = token.low
        if word in _PRONOUNS:
            yield _pronoun(document, at, word)
            continue
        bare = word.removesuffix("'s")
        kind = _kind(document, at, bare)
        if kind and not (kind in _KINDS and _noun_follows(document, at)):
            yield _noun(document, at, bare, kind)


def _kind(document: Document, at: int, word: str) -> str | None:
    if (kind := _KIND_OF.get(word)) is not None:
        return kind
    if is_named(document, at):
        return "name"
    if word.endswith(("man", "men", "woman", "women")) and word.isalpha() and word not in _NOUNS["no_people"]:
        return "bystander"
    if word in _WORDS["members"] and _stands_alone(document, at):
        return "member"
    return None


def _noun_follows(document: Document, at: int) -> bool:
    """Whether the next word is the head of the same phrase: "male client", "police officer"."""
    if at + 1 >= len(document.tokens) or document.tokens[at].low.endswith("'s"):
        return False
    following = document.tokens[at + 1].low
    return following.removesuffix("'s") in _KIND_OF and document.starts[at + 1] - document.ends[at] <= 1


def _stands_alone(document: Document, at: int) -> bool:
    """Whether a word of order stands for somebody: "the second was", "one, white,", "the other had"."""
    opens, _ = document.bounds(document.sentence_at(document.starts[at]))
    before = document.tokens[at - 1].low if at > opens else "."
    if before not in ("the", "and", "but", "while", "other") and before not in _ENDS:
        return False
    if at + 1 >= len(document.tokens):
        return False
    following = document.tokens[at + 1].low
    return following in _WORDS["follow_members"] or following in (",", ":", "(", "-", "–", "=")


def _pronoun(document: Document, at: int, word: str) -> Mention:
    kind, token = _PRONOUNS[word], document.tokens[at]
    return Mention(
        at, at, token.start, token.end, token.start, kind, word,
        place="subject" if word in _SUBJECTS else "object",
        plural=kind == "they",
        sex={"he": "male", "she": "female"}.get(kind),
        possessive=word in _OWNERS or (word == "her" and _owns(document, at)),
    )  # fmt: skip


def _owns(document: Document, at: int) -> bool:
    """Whether "her" stands before what is hers, as far as the next word tells."""
    following = document.tokens[at + 1].low if at + 1 < len(document.tokens) else "."
    return following.isalpha() and following not in _WORDS["conjunctions"] and following not in _WORDS["after_her"]


def _noun(document: Document, at: int, word: str, kind: str) -> Mention:
    token = document.tokens[at]
    opens, closes = document.bounds(document.sentence_at(token.start))
    first, article, modifiers = _phrase(document, at, opens)
    words = (*modifiers, word)
    counted = [_NUMBERS[one] for one in (document.tokens[first].low, *words) if one in _NUMBERS]
    plural = kind != "member" and (
        word in _WORDS["plural"] or (word.endswith(("men", "s")) and not word.endswith(("ss", "us")))
    )
    count = counted[0] if counted and (plural or word in ("both", "two")) else 0
    return Mention(
        at, first, token.start, token.end, document.starts[first], kind, word,
        article=article,
        compound=next((one for one in modifiers[-1:] if one in _WORDS["compounds"]), ""),
        place=_place(document, first, opens),
        plural=plural or count > 1,
        count=count,
        sex=_sex(document, at, word, modifiers),
        possessive=token.low.endswith("'s") or _apostrophe_follows(document, at),
        label=_label(document, at, closes),
        ordinal=next((one for one in (*words, document.tokens[first].low) if one in _WORDS["members"]), ""),
    )  # fmt: skip


def _phrase(document: Document, at: int, opens: int) -> tuple[int, str, tuple[str, ...]]:
    """The token that opens a noun's phrase, its article, and the words between."""
    for back in range(at - 1, max(opens, at - _REACH) - 1, -1):
        word = document.tokens[back].low
        if word in _ARTICLES and not (word.isdigit() and _is_measure(document, document.ends[back])):
            return back, _ARTICLES[word], tuple(one.low for one in document.tokens[back + 1 : at])
        if word.endswith("'s") and word not in _PRONOUNS:
            return back, "own", tuple(one.low for one in document.tokens[back + 1 : at])
        if word in _PHRASE_ENDS:
            break
    return at, "", ()


def _place(document: Document, first: int, opens: int) -> str:
    if first <= opens:
        return "subject"
    before = document.tokens[first - 1].low
    if before == "by":
        return "agent"
    if before in _WORDS["copulas"]:
        return "predicate"
    return "subject" if before in _WORDS["conjunctions"] or before in _ENDS or before in ("-", "–") else "object"


def _sex(document: Document, at: int, word: str, modifiers: tuple[str, ...]) -> str | None:
    told = next((_SEXES[one] for one in (word, *modifiers) if one in _SEXES), None)
    if told is None and word.endswith(("woman", "women")):
        return "female"
    if told is None and word.endswith(("man", "men")):
        return "male"
    return told or (SEXES.get(word) if is_named(document, at) else None)


def _apostrophe_follows(document: Document, at: int) -> bool:
    token = document.tokens[at]
    return document.text[token.end : token.end + 1] in ("'", "’") and token.low.endswith("s")


def _label(document: Document, at: int, closes: int) -> str:
    """The number or letter behind a noun: "suspect 2", "male (1)", "offender B"."""
    for token in document.tokens[at + 1 : min(closes, at + 3)]:
        if token.text in ("(", "#", "no", "number"):
            continue
        told = _LABELS.get(token.text.lower() if token.text != "a" else "", "")
        return "" if _is_measure(document, token.end) else told
    return ""


def _is_measure(document: Document, end: int) -> bool:
    """Whether a number that ends here is one of feet: "6 foot", "5'9"."""
    return document.low[end : end + _AHEAD].lstrip().startswith(_MEASURES)
