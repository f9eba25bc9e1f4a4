"""One mention of a person: what its words alone say."""

from __future__ import annotations

from dataclasses import dataclass

PRONOUNS = ("he", "she", "i", "they")


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
