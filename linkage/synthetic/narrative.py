"""Free text from a grammar: what happened, the person, the vehicle, in the voice of whoever reports."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from linkage.synthetic.describing import Describer
from linkage.synthetic.parameters import Parameters, pick, read_table
from linkage.synthetic.registers import Registers, Voice
from linkage.synthetic.wording import Wording, typo

_JOINTS = (". ", ". ", ", then ", " and ", ". Then ", ". After that ", ", ", " and then ", ". ")
_SENTENCE = re.compile(r"(^|[.!?:-] )([a-z])")
_PLACED = ("behind ", "near ", "by ", "off ", "round ", "opposite ", "outside ", "at ", "back of ")


@dataclass
class Telling:
    """A narrative and the names of the facts it holds."""

    text: str = ""
    register: str = ""
    said: set[str] = field(default_factory=set)
    behaviours: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    confusing: bool = False


class Narrator:
    """Writes narratives of one world from worded facts (see `reporting.py`)."""

    def __init__(self, params: Parameters, wording: Wording) -> None:
        self.settings = params["narrative"]
        self.slips = params["report"]["typo"] * self.settings["typo_factor"]
        self.registers = Registers(params)
        self.describer = Describer(wording)
        self.words = read_table("words.toml")
        self.frames = self.words["narrative"]
        self.phrases = read_table("phrases.toml")["behaviours"]
        domains = list(params["behaviour"]["rho"])  # in the order in which a story runs
        self.order = {key: domains.index(item["domain"]) for key, item in params["behaviours"].items()}

    def tell(self, rng: random.Random, facts: dict[str, Any], kind: str, source: str) -> Telling:
        """A narrative for a report of `kind` that comes by way of `source`."""
        voice = self.registers.voice(rng, kind, source, facts["true_sex"])
        telling = Telling(register=voice.register)
        if kind == "third_party":
            telling.text = self._finish(rng, voice, self._hearsay(rng, voice, facts, telling))
            return telling
        parts = [self._story(rng, voice, facts, telling)]
        about = self.describer.about(rng, voice, facts, telling.said)
        parts = [*about, *parts] if rng.random() < self.settings["person_first"] else [*parts, *about]
        at = 0 if rng.random() < self.settings["when_first"] else len(parts)
        parts.insert(at, self._when_where(rng, voice, facts, telling))
        if kind == "follow_up":
            parts.insert(0, pick(rng, self.frames["follow_up"]))
        if facts["confusing"]:
            telling.confusing = True
            parts.insert(1 + int(rng.random() * len(parts)), self.describer.somebody_else(rng, voice))
        if rng.random() < self.settings["closing"]:
            parts.append(voice.tell(pick(rng, self.frames["closing"])) + ".")
        telling.text = self._finish(rng, voice, " ".join(part for part in parts if part))
        return telling

    def alert(self, rng: random.Random, facts: dict[str, Any]) -> Telling:
        """A text-only alert in the house form: when and where; person; vehicle; story; number. No plate, no phone."""
        voice = Voice(self.registers, rng, "alert", facts["true_sex"])
        telling = Telling(register="alert")
        frames = self.words["alert"]
        car = self.describer.car(facts, telling.said)
        person = ", ".join(self.describer.person(rng, facts, True, telling.said))
        story = self._story(rng, voice, facts, telling)
        if facts["confusing"]:
            telling.confusing = True
            story = f"{story} {self.describer.somebody_else(rng, voice)}"
        telling.said |= {name for name, word in _WHEN.items() if facts.get(word)}
        words = pick(rng, frames["frames"]).format(
            when=facts.get("when") or pick(rng, frames["no_when"]),
            where=facts.get("where") or pick(rng, frames["no_where"]),
            clock=facts.get("clock") or pick(rng, frames["no_clock"]),
            person=person[:1].upper() + person[1:] or pick(rng, frames["no_person"]),
            vehicle=pick(rng, frames["vehicle"]).format(v=car) if car else "",
            story=story,
            number=100 + int(rng.random() * 900),
        )
        telling.text = _capitals(words.strip())
        return telling

    def _story(self, rng: random.Random, voice: Voice, facts: dict[str, Any], telling: Telling) -> str:
        clauses = []
        if facts.get("contact"):
            telling.said.add("contact")
            clauses.append(voice.tell(pick(rng, self.frames["open"][facts["contact"]])))
            if facts.get("contact_place"):
                telling.said.add("contact_place")
                clauses[0] += f" {facts['contact_place']}"
        elif facts.get("contact_place"):
            telling.said.add("contact_place")
            clauses.append(voice.tell(pick(rng, self.frames["contact_place"]), v=facts["contact_place"]))
        told = facts.get("behaviours", [])[: self.settings["story_limit"]]
        telling.behaviours = told
        story = sorted(told, key=self.order.__getitem__)
        clauses += [voice.tell(voice.phrase(self.phrases[key])) for key in story]
        if facts.get("speech"):
            telling.said.add("speech")
            clauses.append(voice.tell(pick(rng, self.frames["speech"]), quote=facts["speech"]))
        telling.absent = facts.get("absent", [])
        clauses += [voice.tell(pick(rng, self.phrases[key]["never"])) for key in telling.absent]
        text = ""
        for clause in clauses:
            joint = ". " if clause[0].isupper() and not clause.startswith("I ") else pick(rng, list(_JOINTS))
            text += (joint if text else "") + clause
        return text + "." if text else ""

    def _when_where(self, rng: random.Random, voice: Voice, facts: dict[str, Any], telling: Telling) -> str:
        telling.said |= {name for name, word in _WHEN.items() if facts.get(word)}
        when = ", ".join(words for words in (facts.get("when"), facts.get("clock")) if words)
        where = facts.get("where") or ""
        if when and where:
            when = _on(when) if facts.get("when") else f"at {when}"
            frame = pick(rng, self.frames["when_where"]["frames"])
            return voice.tell(frame, when=when, When=when[:1].upper() + when[1:], where=_at(where))
        return f"{when or where}.".capitalize() if not where and when else f"{where}." if where else ""

    def _hearsay(self, rng: random.Random, voice: Voice, facts: dict[str, Any], telling: Telling) -> str:
        """A one-liner: what somebody else was told."""
        telling.behaviours = facts.get("behaviours", [])[: self.settings["hearsay_limit"]]
        clauses = [voice.tell(voice.phrase(self.phrases[key])) for key in telling.behaviours]
        frames = self.frames["hearsay"]
        told = " and ".join(clauses) or pick(rng, frames["nothing"])
        said: set[str] = set()
        phrases = self.describer.person(rng, facts, False, said, self.settings["hearsay_facts"])
        telling.said |= said | {name for name in ("place", "date") if facts.get(_WHEN[name])}
        car = self.describer.car(facts, telling.said)
        words: str = pick(rng, frames["frames"]).format(
            lead=pick(rng, frames["lead"]),
            told=told,
            where=f" {_at(facts['where'])}" if facts.get("where") else "",
            when=f" {_on(facts['when'])}" if facts.get("when") else "",
            person=f" {pick(rng, frames['person'])}" if phrases else "",
            car=f" {pick(rng, frames['car'])}" if car else "",
        )
        return words.replace("<person>", ", ".join(phrases)).replace("<car>", car)

    def _finish(self, rng: random.Random, voice: Voice, text: str) -> str:
        """Capitals, and the writer's own habits."""
        text = _capitals(text.strip())
        if rng.random() < self.slips:
            text = typo(rng, text)
        if voice.register == "message" or rng.random() < self.settings["no_capitals"]:
            return text.lower()
        return text.replace(". ", " ") if rng.random() < self.settings["no_stops"] else text


_WHEN = {"date": "when", "weekday": "weekday", "hour": "clock", "place": "where"}


def _capitals(text: str) -> str:
    return _SENTENCE.sub(lambda found: found.group(1) + found.group(2).upper(), text)


def _at(where: str) -> str:
    """With the preposition that the words still need."""
    return where if where.startswith(_PLACED) else f"in {where}"


def _on(when: str) -> str:
    """A day with its preposition, where it has none."""
    return when if when.startswith(("between ", "some time ")) else f"on {when}"
