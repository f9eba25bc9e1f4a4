"""The boxes of the form, filled in people's own words."""

from __future__ import annotations

import random
from typing import Any

from linkage.synthetic.parameters import Parameters, pick, read_table
from linkage.synthetic.placing import StatedPlace
from linkage.synthetic.wording import Wording

_PERSON = ("sex", "age", "height", "build", "ethnicity", "complexion", "facial_hair", "eyes", "glasses", "accent")
_LISTS = ("clothing", "marks", "names_used")
_VEHICLE = ("make", "model", "colour", "body")


class Boxes:
    """Fills in forms."""

    def __init__(self, params: Parameters, wording: Wording) -> None:
        self.settings = params["report"]
        self.wording = wording
        self.words = read_table("words.toml")
        self.notes = read_table("phrases.toml")["behaviours"]
        self.own = {key for key, item in params["behaviours"].items() if item.get("own")}

    def has_box(self, key: str) -> bool:
        """Does the form itself ask for this behaviour?"""
        return key not in self.own

    def fill(self, rng: random.Random, form: dict[str, Any], place: StatedPlace) -> dict[str, Any]:
        """The contract's fields from the facts in `form`; fields without a value are left out."""
        words = self.words
        contact = {}
        if "contact" in form:
            contact["method"] = pick(rng, words["contact_method"][form["contact"]])
        if "contact_place" in form:
            contact["place"] = self.wording.contact_place(rng, form["contact_place"])
        venue = {"venue": pick(rng, words["venue"][form["venue"]])} if "venue" in form else {}
        suspects = [self._person(rng, form), self._person(rng, form.get("second_person", {}))]
        vehicles = [self._vehicle(rng, form), self._vehicle(rng, form.get("second_vehicle", {}))]
        report = {
            "occurred": self.wording.occurred(rng, form),
            "place": place.form | venue,
            "contact": contact,
            "offences": [self._offence(rng, key) for key in form["offences"]],
            "behaviours": self._behaviours(rng, form),
            "suspects": [person for person in suspects if person],
            "vehicles": [car for car in vehicles if car],
            "identifiers": self._identifiers(rng, form),
            "weapons": [pick(rng, words["weapon"][k]) for k in form.get("behaviours", []) if k in words["weapon"]],
            "speech": [pick(rng, words["speech"]["rows"][form["speech"]])] if "speech" in form else [],
        }
        return {name: value for name, value in report.items() if value}

    def _offence(self, rng: random.Random, key: str) -> str:
        return key if rng.random() < self.settings["offence_key"] else pick(rng, self.words["offence"][key])

    def _behaviours(self, rng: random.Random, form: dict[str, Any]) -> dict[str, list[str]]:
        share = self.settings["key_words"]
        present = [
            key if self.has_box(key) and rng.random() < share else pick(rng, self.notes[key]["note"])
            for key in form.get("behaviours", [])
        ]
        lists = {"present": present, "absent": form.get("form_absent", [])}
        return {name: items for name, items in lists.items() if items}

    def _identifiers(self, rng: random.Random, form: dict[str, Any]) -> list[dict[str, str]]:
        return [
            {"kind": name, "value": self.wording.phone(rng, form[name]) if name == "phone" else form[name]}
            for name in ("phone", "email", "username")
            if name in form
        ]

    def _person(self, rng: random.Random, facts: dict[str, Any]) -> dict[str, Any]:
        say = self.wording.say
        person: dict[str, Any] = {name: say(rng, name, facts[name]) for name in _PERSON if name in facts}
        hair = [say(rng, name, facts[name]) for name in ("hair_style", "hair_colour") if name in facts]
        if hair:
            person["hair"] = " ".join(hair)
        return person | {name: list(facts[name]) for name in _LISTS if name in facts}

    def _vehicle(self, rng: random.Random, facts: dict[str, Any]) -> dict[str, Any]:
        vehicle: dict[str, Any] = {
            name: self.wording.say(rng, name, facts[name]) for name in _VEHICLE if name in facts
        }
        if "registration" in facts:
            vehicle["registration"] = self.wording.plate(rng, facts["registration"])
        if "features" in facts:
            vehicle["features"] = list(facts["features"])
        return vehicle
