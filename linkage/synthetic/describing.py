"""People, vehicles and numbers in a narrative, and the people and vehicles that are not the reported ones."""

from __future__ import annotations

import random
from typing import Any

from linkage.synthetic.parameters import pick, read_table
from linkage.synthetic.registers import Voice
from linkage.synthetic.wording import Wording

_PERSON = ("ethnicity", "age", "height", "build", "complexion", "hair", "facial_hair", "eyes", "glasses", "accent")
_CAR = ("colour", "make", "model", "body")
_LONG = 5  # [G] descriptors that are told in one breath
_ELSEWHERE = "0161496"  # begins a thousand numbers that Ofcom keeps for drama
_VICTIM_AGES, _VICTIM_HEIGHTS = (19, 54), (150, 175)  # [G]


class Describer:
    """Writes descriptions, and notes in `said` which facts they hold."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.words = read_table("words.toml")
        self.frames = self.words["narrative"]

    def about(self, rng: random.Random, voice: Voice, facts: dict[str, Any], said: set[str]) -> list[str]:
        """Sentences about the reported people, their vehicles and their numbers."""
        parts = [self._people(rng, voice, facts, said), self._vehicle(rng, voice, facts, said)]
        for name in ("second_person", "second_vehicle"):
            if facts.get(name):
                own: set[str] = set()
                person = name == "second_person"
                of = facts[name]
                words = ", ".join(self.person(rng, of, False, own)) if person else self._with_plate(rng, of, own)
                said |= {f"{name}.{fact}" for fact in own}
                parts.append(voice.tell(pick(rng, self.frames[name]), v=words) if words else "")
        return [*parts, self._identifiers(rng, voice, facts, said)]

    def person(
        self, rng: random.Random, facts: dict[str, Any], with_sex: bool, said: set[str], limit: int = 99
    ) -> list[str]:
        """Phrases for a person's descriptors, at most `limit`."""
        frames = self.frames["person"]
        phrases: list[tuple[tuple[str, ...], str]] = []
        if facts.get("sex") and with_sex:
            phrases.append((("sex",), "female" if facts["sex"] == "female" else "male"))
        for name in _PERSON:
            words = facts.get(name)
            if not words:
                continue
            holds = facts["hair_holds"] if name == "hair" else (name,)
            if name == "glasses":
                phrases.append(((name,), pick(rng, frames["glasses" if facts["glasses_worn"] else "glasses_none"])))
                continue
            bare = name.replace("_", " ") in words or (name == "hair" and facts.get("hair_bare"))
            phrases.append((holds, words if bare else pick(rng, frames.get(name, ["{v}"])).format(v=words)))
        for name in ("marks", "clothing", "names_used"):
            if facts.get(name):
                phrases.append(((name,), pick(rng, frames[name]).format(v=" and ".join(facts[name]))))
        for names, _ in phrases[:limit]:
            said.update(names)
        return [words for _, words in phrases[:limit]]

    def car(self, facts: dict[str, Any], said: set[str]) -> str:
        """A vehicle in a few words, without its plate; empty where nothing is told of it."""
        words = [facts[name] for name in _CAR if facts.get(name)]
        said.update(name for name in _CAR if facts.get(name))
        if words and not any(facts.get(name) for name in _CAR[1:]):
            words.append("car")
        features = " and ".join(facts.get("features") or [])
        if features and words:
            said.add("features")
        return " ".join(words) + (f" with {features}" if features and words else "")

    def somebody_else(self, rng: random.Random, voice: Voice) -> str:
        """The description of a victim, a witness or a passer-by, or their vehicle, beside the reported one's."""
        say, words = self.wording, self.words
        low, high = _VICTIM_AGES
        short, tall = _VICTIM_HEIGHTS
        return voice.tell(
            pick(rng, self.frames["confusing"]),
            vage=say.age(rng, low + int(rng.random() * (high - low + 1))),
            vheight=say.height(rng, short + rng.random() * (tall - short)),
            vbuild=pick(rng, words["build"][pick(rng, list(words["build"]))]),
            vhair=pick(rng, ["blonde", "long dark", "red", "short brown", "black", "pink dyed", "grey"]),
            vcolour=pick(rng, words["colour"][pick(rng, list(words["colour"]))]),
            vmake=pick(rng, ["Ford", "vauxhall", "BMW", "toyota", "Audi", "nissan", "Skoda", "kia"]),
            vbody=pick(rng, ["car", "van", "taxi", "estate", "hatchback", "people carrier"]),
            vclothing=pick(rng, words["clothing"]["list"]),
            vaccent=pick(rng, words["accents"]["foreign"]),
            vphone=f"{_ELSEWHERE}{int(rng.random() * 1000):04d}",
        )

    def _people(self, rng: random.Random, voice: Voice, facts: dict[str, Any], said: set[str]) -> str:
        frames = self.frames["person"]["frames"]
        frame = pick(rng, frames["any"] + (frames["man"] if facts["true_sex"] == "male" else []))
        own: set[str] = {"sex"} if facts.get("sex") == "male" and frame in frames["man"] else set()
        phrases = self.person(rng, facts, frame not in frames["man"], own)
        if not phrases or phrases in (["male"], ["female"]):
            return ""
        said |= own
        cut = len(phrases) if len(phrases) < _LONG or rng.random() < 0.6 else 3  # [G]
        words = voice.tell(frame, facts=", ".join(phrases[:cut]))
        rest = ", ".join(phrases[cut:])
        return f"{words} {rest[:1].upper()}{rest[1:]}." if rest else words

    def _with_plate(self, rng: random.Random, facts: dict[str, Any], said: set[str]) -> str:
        car = self.car(facts, said)
        if not facts.get("registration"):
            return car
        said.add("registration")
        return f"{car or 'vehicle'}, {self.wording.plate_in_text(rng, facts['registration'])}"

    def _vehicle(self, rng: random.Random, voice: Voice, facts: dict[str, Any], said: set[str]) -> str:
        words = self._with_plate(rng, facts, said)
        return voice.tell(pick(rng, self.frames["vehicle"]["frames"]), v=words) if words else ""

    def _identifiers(self, rng: random.Random, voice: Voice, facts: dict[str, Any], said: set[str]) -> str:
        told = [name for name in ("phone", "email", "username") if facts.get(name)]
        said.update(told)
        sentences = []
        for name in told:
            key = "phone_part" if name == "phone" and facts.get("phone_part") else name
            words = facts["phone_part"] if key == "phone_part" else facts[name]
            sentences.append(voice.tell(pick(rng, self.frames["identifier"][key]), v=words))
        return " ".join(sentences)
