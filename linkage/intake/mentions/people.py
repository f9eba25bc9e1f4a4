"""Finds the mentions of people in a text: nouns, pronouns, first names, "the second", by lists of words alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from linkage.intake.document.document import NAME, Document
from linkage.intake.phrases.memo import Memo
from linkage.vocabulary.tables import table

PRONOUNS = ("he", "she", "i", "they")
_KINDS = ("harmed", "reported", "male", "female", "person", "bystander")
_LABELS = {"one": "1", "two": "2", "three": "3", "four": "4", "a": "1", "b": "2", "c": "3"}
_LABELS |= {str(number): str(number) for number in range(1, 7)}
_MEASURES = ("ft", "'", "foot", "feet", "inch")
"""Behind a number that tells a height and neither a label nor how many people there are."""
_AHEAD = 6
"""Characters in which such a measure begins [G]."""
_REACH = 5
"""Words before a noun in which its article is sought [G]."""
_ENDS = frozenset('.!?;:()\n"“”,')
_PLURAL = frozenset(
    ("people", "staff", "police", "gang", "group", "children", "kids", "parents", "couple", "pair", "duo", "trio")
)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of `person_nouns.toml`, laid out to be looked up by word."""

    kinds: dict[str, str]
    no_people: frozenset[str]
    sexes: dict[str, str]
    names: dict[str, str | None]
    pronouns: dict[str, str]
    subjects: frozenset[str]
    owners: frozenset[str]
    articles: dict[str, str]
    members: frozenset[str]
    follow_members: frozenset[str]
    compounds: frozenset[str]
    copulas: frozenset[str]
    conjunctions: frozenset[str]
    after_her: frozenset[str]
    numbers: dict[str, int]


@cache
def _lists() -> _Lists:
    data: dict[str, Any] = table("person_nouns")
    names: dict[str, list[str]] = table("given_names")
    phrase, pronouns = data["phrase"], data["pronouns"]
    sexes = {word: sex for sex in ("male", "female") for word in (*data[sex], *data["sex"][sex])}
    return _Lists(
        {word: kind for kind in _KINDS for word in data[kind]},
        frozenset(data["no_people"]),
        sexes,
        {**dict.fromkeys(names["either"]), **{name: sex for sex in ("male", "female") for name in names[sex]}},
        {word: kind for kind in ("he", "she", "i", "they") for word in pronouns[kind]},
        frozenset(pronouns["subjects"]),
        frozenset(pronouns["owners"]),
        {word: article for article in ("new", "known", "own") for word in phrase[article]},
        frozenset(phrase["members"]),
        frozenset(phrase["follow_members"]),
        frozenset(phrase["compounds"]),
        frozenset(phrase["copulas"]),
        frozenset(phrase["conjunctions"]),
        frozenset(phrase["after_her"]),
        {**phrase["numbers"], **{str(number): number for number in range(2, 7)}},
    )


@lru_cache(maxsize=8)
def find_people(document: Document) -> tuple[Mention, ...]:
    """All mentions of people in a text, in order, none within another's head."""
    return tuple(_find(document, _lists()))


def _find(document: Document, lists: _Lists) -> Iterator[Mention]:
    for at, token in enumerate(document.tokens):
        word = token.low
        if not _MAY_BE[word]:
            continue
        if word in lists.pronouns:
            yield _pronoun(document, at, lists, word)
            continue
        bare = word.removesuffix("'s")
        kind = _kind(document, at, bare, lists)
        if kind and not (kind in _KINDS and _noun_follows(document, at, lists)):
            yield _noun(document, at, lists, bare, kind)


def _may_be(word: str) -> bool:
    """Whether a word may stand for somebody: most words of a text do not, which is seen by the word alone."""
    lists, bare = _lists(), word.removesuffix("'s")
    known = word in lists.pronouns or bare in lists.kinds or bare in lists.names or bare in lists.members
    return known or bare.endswith(("man", "men", "woman", "women"))


_MAY_BE = Memo(_may_be)


def _kind(document: Document, at: int, word: str, lists: _Lists) -> str | None:
    if (kind := lists.kinds.get(word)) is not None:
        return kind
    if document.words[at] == NAME and word in lists.names:
        return "name"
    if word.endswith(("man", "men", "woman", "women")) and word.isalpha() and word not in lists.no_people:
        return "bystander"
    if word in lists.members and _stands_alone(document, at, lists):
        return "member"
    return None


def _noun_follows(document: Document, at: int, lists: _Lists) -> bool:
    """Whether the next word is the head of the same phrase: "male client", "police officer"."""
    if at + 1 >= len(document.tokens) or document.tokens[at].low.endswith("'s"):
        return False
    following = document.tokens[at + 1].low
    return following.removesuffix("'s") in lists.kinds and document.starts[at + 1] - document.ends[at] <= 1


def _stands_alone(document: Document, at: int, lists: _Lists) -> bool:
    """Whether a word of order stands for somebody: "the second was", "one, white,", "the other had"."""
    opens, _ = document.bounds(document.sentence_at(document.starts[at]))
    before = document.tokens[at - 1].low if at > opens else "."
    if before not in ("the", "and", "but", "while", "other") and before not in _ENDS:
        return False
    if at + 1 >= len(document.tokens):
        return False
    following = document.tokens[at + 1].low
    return following in lists.follow_members or following in (",", ":", "(", "-", "–", "=")


def _pronoun(document: Document, at: int, lists: _Lists, word: str) -> Mention:
    kind, token = lists.pronouns[word], document.tokens[at]
    return Mention(
        at, at, token.start, token.end, token.start, kind, word,
        place="subject" if word in lists.subjects else "object",
        plural=kind == "they",
        sex={"he": "male", "she": "female"}.get(kind),
        possessive=word in lists.owners or (word == "her" and _owns(document, at, lists)),
    )  # fmt: skip


def _owns(document: Document, at: int, lists: _Lists) -> bool:
    """Whether "her" stands before what is hers, as far as the next word tells."""
    following = document.tokens[at + 1].low if at + 1 < len(document.tokens) else "."
    return following.isalpha() and following not in lists.conjunctions and following not in lists.after_her


def _noun(document: Document, at: int, lists: _Lists, word: str, kind: str) -> Mention:
    token = document.tokens[at]
    opens, closes = document.bounds(document.sentence_at(token.start))
    first, article, modifiers = _phrase(document, at, opens, lists)
    words = (*modifiers, word)
    counted = [lists.numbers[one] for one in (document.tokens[first].low, *words) if one in lists.numbers]
    plural = kind != "member" and (
        word in _PLURAL or (word.endswith(("men", "s")) and not word.endswith(("ss", "us")))
    )
    count = counted[0] if counted and (plural or word in ("both", "two")) else 0
    return Mention(
        at, first, token.start, token.end, document.starts[first], kind, word,
        article=article,
        compound=next((one for one in modifiers[-1:] if one in lists.compounds), ""),
        place=_place(document, first, opens, lists),
        plural=plural or count > 1,
        count=count,
        sex=_sex(document, at, word, modifiers, lists),
        possessive=token.low.endswith("'s") or _apostrophe_follows(document, at),
        label=_label(document, at, closes),
        ordinal=next((one for one in (*words, document.tokens[first].low) if one in lists.members), ""),
    )  # fmt: skip


def _phrase(document: Document, at: int, opens: int, lists: _Lists) -> tuple[int, str, tuple[str, ...]]:
    """The token that opens a noun's phrase, its article, and the words between."""
    for back in range(at - 1, max(opens, at - _REACH) - 1, -1):
        word = document.tokens[back].low
        if word in lists.articles and not (word.isdigit() and _is_measure(document, document.ends[back])):
            return back, lists.articles[word], tuple(one.low for one in document.tokens[back + 1 : at])
        if word.endswith("'s") and word not in lists.pronouns:
            return back, "own", tuple(one.low for one in document.tokens[back + 1 : at])
        if (
            (word in _ENDS and word != ",")
            or word in lists.pronouns
            or word in lists.conjunctions
            or word in lists.copulas
        ):
            break
    return at, "", ()


def _place(document: Document, first: int, opens: int, lists: _Lists) -> str:
    if first <= opens:
        return "subject"
    before = document.tokens[first - 1].low
    if before == "by":
        return "agent"
    if before in lists.copulas:
        return "predicate"
    return "subject" if before in lists.conjunctions or before in _ENDS or before in ("-", "–") else "object"


def _sex(document: Document, at: int, word: str, modifiers: tuple[str, ...], lists: _Lists) -> str | None:
    told = next((lists.sexes[one] for one in (word, *modifiers) if one in lists.sexes), None)
    if told is None and word.endswith(("woman", "women")):
        return "female"
    if told is None and word.endswith(("man", "men")):
        return "male"
    return told or (lists.names.get(word) if document.words[at] == NAME else None)


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
