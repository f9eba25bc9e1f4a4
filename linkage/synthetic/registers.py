"""Who writes, and how: pronouns, a register's own phrases, and what it does to plain English."""

from __future__ import annotations

import random
import re

from linkage.synthetic.parameters import Parameters, draw, pick, read_table

FIRST_PERSON = ("story", "message", "learner")
_ARTICLE = re.compile(r"\b(?:the|a|an) (?=[a-z])")
_ARTICLE_LOST = 0.5  # [G] articles that a learner leaves out
_TENSE_LOST = 0.5  # [G] verbs that a learner leaves in their plain form
_SHORTENED = 0.7  # [G] words that a text message shortens where it can


class Registers:
    """The registers of one world."""

    def __init__(self, params: Parameters) -> None:
        self.shares = params["narrative"]["register"]
        self.own = params["narrative"]["own_phrase"]
        words = read_table("words.toml")["narrative"]
        self.agreement = _Swaps(words["first_person"])
        self.swaps = {name: _Swaps(table) for name, table in words["register"].items()}

    def voice(self, rng: random.Random, kind: str, source: str, sex: str) -> Voice:
        """The voice of a report of `kind` that comes by way of `source`, about a person of `sex`."""
        register = "note" if kind == "third_party" else draw(rng, self.shares[source])
        return Voice(self, rng, register, sex)


class Voice:
    """One telling: its register and its pronouns."""

    def __init__(self, registers: Registers, rng: random.Random, register: str, sex: str) -> None:
        self.registers = registers
        self.rng = rng
        self.register = register
        self.first_person = register in FIRST_PERSON
        victim = ("I", "me", "my") if self.first_person else ("she", "her", "her")
        other = ("she", "her", "her", "herself") if sex == "female" else ("he", "him", "his", "himself")
        if other[0] == victim[0]:
            victim = ("the worker", "the worker", "the worker's")
        self.slots = dict(zip(("she", "her", "hers", "he", "him", "his", "himself"), (*victim, *other), strict=True))
        self.slots |= {name.capitalize(): words[:1].upper() + words[1:] for name, words in self.slots.items()}
        self.names = () if self.first_person else ("the woman", "the girl", "the worker", "she", "she", "she")

    def phrase(self, entry: dict[str, list[str]]) -> str:
        """A phrase for a behaviour, in the register's own words where it has some and chooses to."""
        own = entry.get(self.register)
        return pick(self.rng, own if own and self.rng.random() < self.registers.own else entry["says"])

    def tell(self, clause: str, **more: str) -> str:
        """A clause with its slots filled, in the register's English. What fills `more` stays as it is."""
        slots = self.slots
        if self.names and clause.startswith("{she}"):
            slots = slots | {"she": pick(self.rng, list(self.names))}
        kept = {name: f"\0{place}\0" for place, name in enumerate(more)}
        text = self._bent(clause.format_map(slots | kept))
        for mark, words in zip(kept.values(), more.values(), strict=True):
            text = text.replace(mark, words)
        return text

    def _bent(self, text: str) -> str:
        if self.first_person:
            text = self.registers.agreement(text)
        if self.register == "learner":
            text = _ARTICLE.sub(lambda found: "" if self.rng.random() < _ARTICLE_LOST else found.group(), text)
            return self.registers.swaps["learner"](text, self.rng, _TENSE_LOST)
        if self.register == "message":
            return self.registers.swaps["message"](text, self.rng, _SHORTENED)
        return text


class _Swaps:
    """Words and what stands for them, longest first."""

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table
        longest = sorted(table, key=lambda words: (-len(words), words))
        self.pattern = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in longest))

    def __call__(self, text: str, rng: random.Random | None = None, share: float = 1.0) -> str:
        def swapped(found: re.Match[str]) -> str:
            """The other wording for a share of the places found; else what stands there."""
            return self.table[found.group()] if rng is None or rng.random() < share else found.group()

        return self.pattern.sub(swapped, text)
