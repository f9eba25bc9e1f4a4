"""Free text from a grammar: what happened, the person, the vehicle, in the voice of whoever reports."""

from __future__ import annotations

import random
import re
from typing import Any

from linkage.synthetic.parameters import Parameters, pick, read_table
from linkage.synthetic.wording import Wording, typo

_PERSON_FACTS = ("ethnicity", "age", "height", "build", "hair", "facial_hair", "eyes", "glasses", "accent")
_JOINTS = (". ", ". ", ", then ", " and ", ". Then ", ". After that ", ", ", " and then ", ". ")
_SENTENCE = re.compile(r"(^|[.!?:-] )([a-z])")
HEARSAY_LIMIT = 2  # [G] behaviours in a one-liner
_PLACED = ("behind ", "near ", "by ", "off ", "round ")
STORY_LIMIT = 9  # [G] clauses beyond this are not worth a witness's breath


class Voice:
    """Pronouns of one telling."""

    def __init__(self, rng: random.Random, first_person: bool, sex: str) -> None:
        victim = ("I", "me", "my") if first_person else ("she", "her", "her")
        other = ("she", "her", "her", "herself") if sex == "female" else ("he", "him", "his", "himself")
        if other[0] == victim[0]:
            victim = ("the worker", "the worker", "the worker's")
        self.first_person = first_person
        self.rng = rng
        self.slots = dict(zip(("she", "her", "hers", "he", "him", "his", "himself"), (*victim, *other), strict=True))
        self.slots |= {name.capitalize(): words[:1].upper() + words[1:] for name, words in self.slots.items()}
        self.names = ("the woman", "the girl", "the worker", "she", "she", "she") if not first_person else ()

    def tell(self, clause: str, **more: str) -> str:
        """A clause with its slots filled."""
        slots = self.slots
        if self.names and clause.startswith("{she}"):
            slots = slots | {"she": pick(self.rng, list(self.names))}
        return clause.format_map(slots | more) if more else clause.format_map(slots)


class Narrator:
    """Writes narratives of one world."""

    def __init__(self, params: Parameters, wording: Wording) -> None:
        self.settings = params["report"]
        self.wording = wording
        self.words = read_table("words.toml")
        self.frames = self.words["narrative"]
        self.phrases = read_table("phrases.toml")["behaviours"]
        domains = list(params["behaviour"]["rho"])  # in the order in which a story runs
        self.order = {key: domains.index(item["domain"]) for key, item in params["behaviours"].items()}
        agreement: dict[str, str] = self.frames["first_person"]
        self.agreement = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in agreement))

    def tell(self, rng: random.Random, facts: dict[str, Any], kind: str) -> str:
        """A narrative that holds `facts` (worded facts: see `reporting.py`), for a report of `kind`."""
        voice = Voice(rng, kind in ("full", "partial") and rng.random() < self.settings["first_person"], _sex(facts))
        if kind == "third_party":
            return self._finish(rng, voice, self._hearsay(rng, voice, facts))
        parts = [self._story(rng, voice, facts)]
        about = [
            self._person(rng, voice, facts),
            self._vehicle(rng, voice, facts),
            self._identifiers(rng, voice, facts),
        ]
        parts = [*about, *parts] if rng.random() < 0.3 else [*parts, *about]
        parts.insert(0 if rng.random() < 0.7 else len(parts), self._when_where(rng, voice, facts))
        if kind == "follow_up":
            parts.insert(0, pick(rng, self.frames["follow_up"]))
        if facts.get("confusing"):
            parts.insert(1 + int(rng.random() * len(parts)), self._confusing(rng, voice))
        if rng.random() < 0.3:
            parts.append(voice.tell(pick(rng, self.frames["closing"])) + ".")
        return self._finish(rng, voice, " ".join(part for part in parts if part))

    def alert(self, rng: random.Random, facts: dict[str, Any]) -> str:
        """A text-only alert in the house form: when and where; person; vehicle; story; number."""
        voice = Voice(rng, False, _sex(facts))
        car = self._car_words(facts)
        person = ", ".join(self._person_phrases(rng, facts, True))
        story = self._story(rng, voice, facts)
        words = pick(rng, self.words["alert"]["frames"]).format(
            when=facts.get("when") or "Date not known",
            where=facts.get("where") or "place not given",
            clock=facts.get("clock") or "Time not known",
            person=person[:1].upper() + person[1:] or "No description",
            vehicle=pick(rng, self.words["alert"]["vehicle"]).format(v=car) if car else "",
            story=story,
            number=100 + int(rng.random() * 900),
        )
        return self._finish(rng, voice, words, plain=True)

    def _story(self, rng: random.Random, voice: Voice, facts: dict[str, Any]) -> str:
        clauses = []
        if facts.get("contact"):
            clauses.append(pick(rng, self.frames["open"][facts["contact"]]))
        story = sorted(facts.get("behaviours", [])[:STORY_LIMIT], key=self.order.__getitem__)
        clauses += [pick(rng, self.phrases[key]["says"]) for key in story]
        for words in facts.get("speech", []):
            clauses.append(pick(rng, self.words["speech"]["lead"]).replace("{quote}", words))
        clauses += [pick(rng, self.phrases[key]["never"]) for key in facts.get("absent", [])]
        text = ""
        for clause in clauses:
            text += (pick(rng, list(_JOINTS)) if text else "") + voice.tell(clause)
        return text + "." if text else ""

    def _person_phrases(self, rng: random.Random, facts: dict[str, Any], with_sex: bool) -> list[str]:
        frames = self.frames["person"]
        phrases = []
        if facts.get("sex") and with_sex:
            phrases.append("female" if facts["sex"] == "female" else "male")
        for name in _PERSON_FACTS:
            words = facts.get(name)
            if not words or words == "no":
                continue
            if name in words or (name == "hair" and facts.get("hair_bare")):
                phrases.append(words)
            elif name == "glasses":
                phrases.append(pick(rng, frames["glasses"]))
            else:
                phrases.append(pick(rng, frames.get(name, ["{v}"])).format(v=words))
        for name in ("marks", "clothing"):
            if facts.get(name):
                phrases.append(pick(rng, frames[name]).format(v=" and ".join(facts[name])))
        if facts.get("names_used"):
            phrases.append(pick(rng, frames["names"]).format(v=facts["names_used"][0]))
        return phrases

    def _person(self, rng: random.Random, voice: Voice, facts: dict[str, Any]) -> str:
        frame = pick(rng, self.frames["person"]["frames"])
        phrases = self._person_phrases(rng, facts, "man" not in frame and "Male" not in frame)
        if not phrases or phrases in (["male"], ["female"]):
            return ""
        cut = len(phrases) if len(phrases) < 5 or rng.random() < 0.6 else 3
        words = voice.tell(frame, facts=", ".join(phrases[:cut]))
        rest = ", ".join(phrases[cut:])
        return f"{words} {rest[:1].upper()}{rest[1:]}." if rest else words

    def _vehicle(self, rng: random.Random, voice: Voice, facts: dict[str, Any]) -> str:
        car = self._car_words(facts)
        if not car and not facts.get("registration"):
            return ""
        plate = self.wording.plate_in_text(rng, facts["registration"]) if facts.get("registration") else ""
        return voice.tell(
            pick(rng, self.frames["vehicle"]["frames"]), v=", ".join(x for x in (car or "vehicle", plate) if x)
        )

    def _car_words(self, facts: dict[str, Any]) -> str:
        words = [facts[name] for name in ("colour", "make", "model", "body") if facts.get(name)]
        if words and not any(facts.get(name) for name in ("make", "model", "body")):
            words.append("car")
        features = " and ".join(facts.get("features") or [])
        return " ".join(words) + (f" with {features}" if features and words else "")

    def _identifiers(self, rng: random.Random, voice: Voice, facts: dict[str, Any]) -> str:
        frames = self.frames["identifier"]
        return " ".join(
            voice.tell(pick(rng, frames[n]), v=facts[n]) for n in ("phone", "email", "username") if facts.get(n)
        )

    def _when_where(self, rng: random.Random, voice: Voice, facts: dict[str, Any]) -> str:
        when = ", ".join(words for words in (facts.get("when"), facts.get("clock")) if words)
        where = facts.get("where") or ""
        if when and where:
            when = f"on {when}" if facts.get("when") else f"at {when}"
            frame = pick(rng, self.frames["when_where"]["frames"])
            return voice.tell(frame, when=when, When=when[:1].upper() + when[1:], where=_at(where))
        return f"{when or where}.".capitalize() if not where and when else f"{where}." if where else ""

    def _hearsay(self, rng: random.Random, voice: Voice, facts: dict[str, Any]) -> str:
        clauses = [
            voice.tell(pick(rng, self.phrases[key]["says"])) for key in facts.get("behaviours", [])[:HEARSAY_LIMIT]
        ]
        told = " and ".join(clauses) or "there is a bad one about"
        phrases = ", ".join(self._person_phrases(rng, facts, False)[:4])
        where = f" {_at(facts['where'])}" if facts.get("where") else ""
        when = f" on {facts['when']}" if facts.get("when") else ""
        car = self._car_words(facts)
        tail = f". He was {phrases}" if phrases else ""
        return f"{pick(rng, self.frames['hearsay'])} {told}{where}{when}{tail}{'. In a ' + car if car else ''}."

    def _confusing(self, rng: random.Random, voice: Voice) -> str:
        """Somebody else's description beside the reported person's."""
        say, words = self.wording, self.words
        return voice.tell(
            pick(rng, self.frames["confusing"]),
            vage=say.age(rng, 19 + int(rng.random() * 35)),
            vheight=say.height(rng, 150 + rng.random() * 25),
            vbuild=pick(rng, words["build"][pick(rng, list(words["build"]))]),
            vhair=pick(rng, ["blonde", "long dark", "red", "short brown", "black"]),
            vcolour=pick(rng, words["colour"][pick(rng, list(words["colour"]))]),
            vmake=pick(rng, ["Ford", "vauxhall", "BMW", "toyota", "Audi", "nissan"]),
        )

    def _finish(self, rng: random.Random, voice: Voice, text: str, plain: bool = False) -> str:
        """Agreement of verbs, capitals, and the writer's own habits."""
        if voice.first_person:
            agreement = self.frames["first_person"]
            text = self.agreement.sub(lambda found: agreement[found.group()], text)
        text = _SENTENCE.sub(lambda found: found.group(1) + found.group(2).upper(), text.strip())
        if plain:
            return text
        if rng.random() < self.settings["typo"] * 3:
            text = typo(rng, text)
        habit = rng.random()
        if habit < 0.10:  # [G] some never touch the shift key
            return text.lower()
        return text.replace(". ", " ") if habit < 0.13 else text  # [G] and some no full stop


def _at(where: str) -> str:
    """With the preposition that the words still need."""
    return where if where.startswith(_PLACED) else f"in {where}"


def _sex(facts: dict[str, Any]) -> str:
    return "female" if facts.get("true_sex") == "female" else "male"
