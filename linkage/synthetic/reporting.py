"""An incident becomes reports: what kind, how soon, in which boxes, in which words. The truth says what is wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linkage.synthetic.geography import Spot
from linkage.synthetic.narrative import HEARSAY_LIMIT, STORY_LIMIT, Narrator
from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import Parameters, draw, pick, read_table
from linkage.synthetic.people import Wardrobe
from linkage.synthetic.witness import Told, Witness
from linkage.synthetic.wording import Wording

WRONG = (
    *("age", "height", "build", "ethnicity", "hair_colour", "facial_hair", "eyes", "accent"),
    *("make", "model", "colour", "body", "registration", "date", "weekday", "behaviours"),
)
"""Facts whose correctness the truth file gives, as columns `wrong_...`."""

_PERSON = (
    "sex",
    "age",
    "height",
    "build",
    "ethnicity",
    "facial_hair",
    "eyes",
    "glasses",
    "accent",
    "clothing",
    "marks",
)
_VEHICLE = ("make", "model", "colour", "body")
_WEAPONS = ("knife_shown", "firearm_shown", "blunt_object_used", "ties_up", "gags_or_blindfolds", "burns_or_cuts")


@dataclass(slots=True)
class Draft:
    """One report before it has its number, and what is true of it."""

    received: date
    report: dict[str, Any]
    truth: dict[str, Any]
    follows: int | None = None


class Desk:
    """Takes down the reports of one world."""

    def __init__(self, params: Parameters, wardrobe: Wardrobe) -> None:
        self.params = params
        self.settings = params["report"]
        self.witness = Witness(params, wardrobe)
        self.wording = Wording(params)
        self.narrator = Narrator(params, self.wording)
        self.words = read_table("words.toml")
        self.own = {key for key, item in params["behaviours"].items() if item.get("own")}
        self.notes = read_table("phrases.toml")["behaviours"]

    def report(self, rng: random.Random, incident: Incident, spot: Spot, again: bool) -> Draft:
        """One report of `incident`; `again` when another came before it."""
        kind = self._kind(rng, again)
        days = min(self.settings["delay_days"] * rng.lognormvariate(0, self.settings["delay_sigma"]), 700.0)
        told = self.witness.recall(rng, incident, kind, days)
        text_only = rng.random() < self.settings["text_only"]
        form, words = self._channels(rng, told, text_only, kind)
        place = self._place(rng, incident, spot, kind)
        received = incident.when.date() + timedelta(days=int(days))
        report: dict[str, Any] = {} if text_only else self._form(rng, form, incident, place, kind)
        told_text = self._in_text(rng, words, place, text_only) | {"true_sex": incident.look.sex}
        told_text["confusing"] = rng.random() < self.settings["confusing"] and kind in ("full", "partial")
        alert = text_only and rng.random() < self.settings["alert_form"]
        if text_only or rng.random() >= self.settings["no_narrative"]:
            tell = self.narrator
            narrative = tell.alert(rng, told_text) if alert else tell.tell(rng, told_text, kind)
            if narrative:
                report["narrative"] = narrative
        head = {"received": received.isoformat()} if text_only else self._head(rng, kind, received)
        truth = self._truth(incident, told, kind, "alert" if alert else "text" if text_only else "form")
        truth |= {"confusing": int(told_text["confusing"] and not alert), "precision": place["precision"]}
        truth |= {"form_behaviours": form.get("behaviours", []) if not text_only else [], "text_behaviours": []}
        if "narrative" in report:
            hearsay = kind == "third_party" and not alert
            truth["text_behaviours"] = words.get("behaviours", [])[: HEARSAY_LIMIT if hearsay else STORY_LIMIT]
        return Draft(received, head | report, truth)

    def _kind(self, rng: random.Random, again: bool) -> str:
        if again and rng.random() < self.settings["again_follow_up"]:
            return "follow_up"
        return draw(rng, self.settings["types"])

    def _channels(
        self, rng: random.Random, told: Told, text_only: bool, kind: str
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Each told fact goes into the form, the words, or both; of behaviours, each item on its own."""
        form: dict[str, Any] = {}
        words: dict[str, Any] = {}
        shares: Mapping[str, float] = {"words": 1.0} if text_only else self.settings["channel"]
        for name, value in told.facts.items():
            if name in ("behaviours", "absent"):
                for key in value:
                    where = draw(rng, shares)
                    if where != "words":
                        form.setdefault(name, []).append(key)
                    if where != "form" and (name == "behaviours" or self._said_not(rng, key, text_only)):
                        words.setdefault(name, []).append(key)
                continue
            where = draw(rng, shares)
            if where != "words":
                form[name] = value
            if where != "form" and (kind != "third_party" or name != "speech"):
                words[name] = value
        return form, words

    def _said_not(self, rng: random.Random, key: str, text_only: bool) -> bool:
        return "never" in self.notes[key] and rng.random() < (0.5 if text_only else 0.3)  # [G]

    def _head(self, rng: random.Random, kind: str, received: date) -> dict[str, Any]:
        consent = {name: rng.random() < share for name, share in self.settings["consent"].items()}
        source: dict[str, Any] = {"kind": draw(rng, self.settings["source"])}
        if rng.random() < 0.6:  # [G] graded
            source |= {"evaluation": 2 if rng.random() < 0.8 else 1, "handling": pick(rng, ["P", "C"])}
            source["assessment"] = "C" if kind == "third_party" else pick(rng, ["A", "A", "B", "D"])
        return {"report_type": kind, "received": received.isoformat(), "source": source, "consent": consent}

    def _form(
        self, rng: random.Random, form: dict[str, Any], incident: Incident, place: dict[str, Any], kind: str
    ) -> dict[str, Any]:
        """The boxes of the form, in people's words."""
        words = self.words
        contact = pick(rng, words["contact_method"][form["contact"]]) if "contact" in form else None
        venue = {"venue": pick(rng, words["venue"][form["venue"]])} if "venue" in form else {}
        offences = [key for key in incident.offences if rng.random() < self.settings["keep"][kind]]
        identifiers = [
            {"kind": name, "value": self.wording.phone(rng, form[name]) if name == "phone" else form[name]}
            for name in ("phone", "email", "username")
            if name in form
        ]
        suspects = [self._person(rng, form)] + ([self._person(rng, form["second"])] if "second" in form else [])
        report = {
            "occurred": self.wording.occurred(rng, form),
            "place": place["form"] | venue,
            "contact": {"method": contact} if contact else {},
            "offences": [self._offence(rng, key) for key in offences],
            "behaviours": self._behaviours(rng, form),
            "suspects": [person for person in suspects if person],
            "vehicles": [car] if (car := self._vehicle(rng, form)) else [],
            "identifiers": identifiers,
            "weapons": [pick(rng, words["weapon"][k]) for k in form.get("behaviours", []) if k in _WEAPONS],
            "speech": [pick(rng, words["speech"]["rows"][row]) for row in form.get("speech", [])],
        }
        return {name: value for name, value in report.items() if value}

    def _offence(self, rng: random.Random, key: str) -> str:
        return key if rng.random() < 0.4 else pick(rng, self.words["offence"][key])  # [G] a tick box or words

    def _behaviours(self, rng: random.Random, form: dict[str, Any]) -> dict[str, list[str]]:
        share = self.settings["key_words"]
        own = self.own
        present = [
            key if key not in own and rng.random() < share else pick(rng, self.notes[key]["note"])
            for key in form.get("behaviours", [])
        ]
        lists = {"present": present, "absent": [key for key in form.get("absent", []) if key not in own]}
        return {name: items for name, items in lists.items() if items}

    def _person(self, rng: random.Random, facts: dict[str, Any]) -> dict[str, Any]:
        say = self.wording.say
        person: dict[str, Any] = {name: say(rng, name, facts[name]) for name in _PERSON if name in facts}
        hair = [say(rng, name, facts[name]) for name in ("hair_style", "hair_colour") if name in facts]
        if hair:
            person["hair"] = " ".join(hair)
        for name in ("clothing", "marks", "names_used"):
            if name in facts:
                person[name] = list(facts[name])
        return person

    def _vehicle(self, rng: random.Random, facts: dict[str, Any]) -> dict[str, Any]:
        vehicle: dict[str, Any] = {
            name: self.wording.say(rng, name, facts[name]) for name in _VEHICLE if name in facts
        }
        if "registration" in facts:
            vehicle["registration"] = self.wording.plate(rng, facts["registration"])
        if "features" in facts:
            vehicle["features"] = list(facts["features"])
        return vehicle

    def _place(self, rng: random.Random, incident: Incident, spot: Spot, kind: str) -> dict[str, Any]:
        """How the place is told: `form` for the boxes, `where` for a text."""
        settings = self.params["place"]
        if rng.random() < self.params["missing"]["place"]:
            return {"precision": "", "form": {}, "where": None}
        precision = draw(rng, settings["precision_third_party" if kind == "third_party" else "precision"])
        local = ", ".join(name for name in (spot.area, spot.town) if name)
        where = {"town": spot.town, "area": local}.get(precision)
        if where is None:
            streets = self.words["streets"]
            near = pick(rng, streets["list"] if rng.random() < 0.8 else streets["places"])
            where = f"{near}, {local}"
        form: dict[str, Any] = {"text": where}
        if precision == "exact":
            error = settings["exact_error_m"] / 111195
            form |= {"lat": round(incident.point[0] + rng.gauss(0, error), 5), "radius_m": 100}
            form["lon"] = round(incident.point[1] + rng.gauss(0, error * 1.67), 5)
        if precision != "town" and rng.random() < settings["postcode_share"]:
            form["postcode"] = spot.postcode
        return {"precision": precision, "form": form, "where": where}

    def _in_text(
        self, rng: random.Random, words: dict[str, Any], place: dict[str, Any], text_only: bool
    ) -> dict[str, Any]:
        """The facts a narrative holds, each already in words (behaviours stay keys until they become clauses)."""
        text: dict[str, Any] = {
            k: words[k] for k in ("behaviours", "absent", "contact", "email", "username") if k in words
        }
        for name in ("age", "height", "build", "ethnicity", "facial_hair", "eyes", "glasses", "accent", *_VEHICLE):
            if name in words:
                text[name] = self.wording.say(rng, name, words[name])
        hair = [self.wording.say(rng, n, words[n]) for n in ("hair_style", "hair_colour") if n in words]
        if hair:
            text["hair"] = " ".join(hair)
            text["hair_bare"] = words.get("hair_style") in ("bald", "shaved", "ponytail", "afro")
        for name in ("clothing", "marks", "names_used", "registration", "features", "sex"):
            if name in words:
                text[name] = words[name]
        if "phone" in words:
            text["phone"] = self.wording.phone(rng, words["phone"])
        if "date" in words:
            text["when"] = self.wording.day(rng, words["date"], words.get("weekday"))
        if "hour" in words:
            text["clock"] = self.wording.clock(rng, words["hour"])
        if place["where"] and (text_only or rng.random() < 0.3):  # [G] the place is said again in the story
            text["where"] = place["where"]
        text["speech"] = [pick(rng, self.words["speech"]["rows"][row]) for row in words.get("speech", [])]
        return text

    def _truth(self, incident: Incident, told: Told, kind: str, form: str) -> dict[str, Any]:
        who = incident.offender
        return {
            "incident_id": incident.incident_id,
            "offender_id": who.offender_id,
            "report_type": kind,
            "form": form,
            "lat": round(incident.point[0], 5),
            "lon": round(incident.point[1], 5),
            "occurred": incident.when.isoformat(timespec="minutes"),
            "sector": incident.sector,
            "mobility": who.mode,
            "behaviours": incident.behaviours,
            **{f"wrong_{name}": told.wrong.get(name, "") for name in WRONG},
        }
