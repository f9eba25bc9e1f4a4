"""An incident becomes reports: what kind, how soon, which facts in which boxes, which in words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linkage.synthetic.boxes import Boxes
from linkage.synthetic.geography import Spot
from linkage.synthetic.ledger import truth_row
from linkage.synthetic.narrative import Narrator, Telling
from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import Parameters, draw, pick
from linkage.synthetic.people import Wardrobe
from linkage.synthetic.placing import Placing, StatedPlace
from linkage.synthetic.sighting import Perceived
from linkage.synthetic.witness import Witness
from linkage.synthetic.wording import Wording

_LONGEST_DELAY = 700.0  # [G] days
_SECONDS = ("second_person", "second_vehicle")
_BARE = ("bald", "shaved", "ponytail", "afro")  # styles that need no "hair" after them
_IN_WORDS = (
    *("sex", "age", "height", "build", "ethnicity", "complexion", "facial_hair", "eyes", "glasses", "accent"),
    *("make", "model", "colour", "body"),
)
_AS_TOLD = ("clothing", "marks", "names_used", "registration", "features")


@dataclass(slots=True)
class Draft:
    """One report before it has its number, what is true of it, and what was told for it, until nobody asks again."""

    received: date
    report: dict[str, Any]
    truth: dict[str, Any]
    told: Perceived | None
    place: StatedPlace
    follows: int | None = None


class Desk:
    """Takes down the reports of one world."""

    def __init__(self, params: Parameters, wardrobe: Wardrobe) -> None:
        self.params = params
        self.settings = params["report"]
        self.style = params["narrative"]
        self.witness = Witness(params, wardrobe)
        self.wording = Wording(params)
        self.placing = Placing(params)
        self.boxes = Boxes(params, self.wording)
        self.narrator = Narrator(params, self.wording)

    def report(
        self, rng: random.Random, incident: Incident, spots: tuple[Spot, Spot], earlier: Draft | None = None
    ) -> Draft:
        """One report of `incident`; `earlier` is the first of the same incident, where there is one."""
        again = self._again(rng) if earlier else ""
        if earlier and earlier.told and again == "duplicate":
            told, place, kind = earlier.told, earlier.place, earlier.told.kind
            received = earlier.received + timedelta(days=int(rng.random() * (self.settings["duplicate_days"] + 1)))
        else:
            kind = "follow_up" if again == "follow_up" else draw(rng, self.settings["types"])
            days = self.settings["delay_days"] * rng.lognormvariate(0, self.settings["delay_sigma"])
            days = min(days, _LONGEST_DELAY)
            told = self.witness.recall(rng, incident, kind, days)
            place = self.placing.tell(rng, incident.point, spots, kind)
            received = incident.when.date() + timedelta(days=int(days))
        text_only = rng.random() < self.settings["text_only"]
        source = draw(rng, self.settings["source"])
        form, words = self._channels(rng, told, place, text_only)
        if not text_only:
            form["offences"] = [key for key in incident.offences if rng.random() < self.settings["keep"][kind]]
        boxes = {} if text_only else self.boxes.fill(rng, form, place)
        alert = text_only and rng.random() < self.settings["alert_form"]
        telling = Telling()
        if text_only or rng.random() >= self.settings["no_narrative"]:
            facts = self._in_text(rng, words, incident.look.sex, kind)
            telling = self.narrator.alert(rng, facts) if alert else self.narrator.tell(rng, facts, kind, source)
        head = {"received": received.isoformat()}
        if not text_only:
            head = {"report_type": kind} | head | self._provenance(rng, kind, source)
        report = head | boxes | ({"narrative": telling.text} if telling.text else {})
        shape = "alert" if alert else "text" if text_only else "form"
        truth = truth_row(incident, told, place, form, telling, shape, again)
        return Draft(received, report, truth, told, place)

    def _again(self, rng: random.Random) -> str:
        drawn = rng.random()
        if drawn < self.settings["again_follow_up"]:
            return "follow_up"
        return (
            "duplicate" if drawn < self.settings["again_follow_up"] + self.settings["again_duplicate"] else "second"
        )

    def _channels(
        self, rng: random.Random, told: Perceived, place: StatedPlace, text_only: bool
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Each told fact goes into the form, the words, or both; of behaviours, each item on its own."""
        form: dict[str, Any] = {}
        words: dict[str, Any] = {}
        shares: Mapping[str, float] = {"words": 1.0} if text_only else self.settings["channel"]
        for key in told.facts["behaviours"]:
            self._share_out(rng, shares, (form, words), "behaviours", key)
        for key in told.facts["absent"]:
            where = draw(rng, shares)
            if where != "words" and self.boxes.has_box(key):
                form.setdefault("form_absent", []).append(key)
            chance = self.style["not_happened_text" if text_only else "not_happened"]
            if where != "form" and "never" in self.narrator.phrases[key] and rng.random() < chance:
                words.setdefault("absent", []).append(key)
        self._facts(rng, shares, told.facts, (form, words))
        for name in _SECONDS:
            second = getattr(told, name)
            if second is not None:
                parts: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
                self._facts(rng, shares, second.facts, parts)
                form |= {name: parts[0]} if parts[0] else {}
                words |= {name: parts[1]} if parts[1] else {}
        if place.where:
            if not text_only:
                form["place"] = place.where
            if text_only or rng.random() < self.style["place_again"]:
                words["place"] = place.where
        return form, words

    def _facts(
        self,
        rng: random.Random,
        shares: Mapping[str, float],
        facts: dict[str, Any],
        parts: tuple[dict[str, Any], dict[str, Any]],
    ) -> None:
        """Share out facts of one value each. A weekday and a second date go where the date goes."""
        form, words = parts
        for name, value in facts.items():
            if name in ("behaviours", "absent", "weekday", "until"):
                continue
            where = draw(rng, shares)
            with_it = {k: facts[k] for k in ("weekday", "until") if name == "date" and k in facts}
            if where != "words":
                form |= {name: value} | with_it
            if where != "form":
                words |= {name: value} | with_it

    @staticmethod
    def _share_out(
        rng: random.Random,
        shares: Mapping[str, float],
        parts: tuple[dict[str, Any], dict[str, Any]],
        name: str,
        key: str,
    ) -> None:
        where = draw(rng, shares)
        if where != "words":
            parts[0].setdefault(name, []).append(key)
        if where != "form":
            parts[1].setdefault(name, []).append(key)

    def _provenance(self, rng: random.Random, kind: str, source: str) -> dict[str, Any]:
        told: dict[str, Any] = {"kind": source}
        if rng.random() < self.settings["graded"]:
            told |= {"evaluation": 2 if rng.random() < 0.8 else 1, "handling": pick(rng, ["P", "C"])}
            told["assessment"] = "C" if kind == "third_party" else pick(rng, ["A", "A", "B", "D"])
        consent = {name: rng.random() < share for name, share in self.settings["consent"].items()}
        return {"source": told, "consent": consent}

    def _in_text(self, rng: random.Random, words: dict[str, Any], sex: str, kind: str) -> dict[str, Any]:
        """The facts a narrative holds, each already in words (behaviours stay keys until they become clauses)."""
        text = self._worded(rng, words) | {"true_sex": sex}
        text |= {
            name: words[name] for name in ("behaviours", "absent", "contact", "email", "username") if name in words
        }
        text |= {name: self._worded(rng, words[name]) for name in _SECONDS if name in words}
        if "phone" in words:
            part = words["phone"].strip("*") != words["phone"]
            text["phone"] = self.wording.phone(rng, words["phone"])
            text["phone_part"] = self.wording.phone_in_text(rng, words["phone"]) if part else ""
        if "date" in words:
            text["when"] = self.wording.days(rng, words)
            text["weekday"] = words.get("weekday")
        if "hour" in words:
            text["clock"] = self.wording.clock(rng, words["hour"])
        if "place" in words:
            text["where"] = words["place"]
        if "speech" in words:
            text["speech"] = pick(rng, self.wording.words["speech"]["rows"][words["speech"]])
        if "contact_place" in words:
            text["contact_place"] = self.wording.contact_place(rng, words["contact_place"])
        text["confusing"] = kind in ("full", "partial") and rng.random() < self.settings["confusing"]
        return text

    def _worded(self, rng: random.Random, facts: dict[str, Any]) -> dict[str, Any]:
        """One person's and one vehicle's facts in words."""
        say = self.wording.say
        text: dict[str, Any] = {name: say(rng, name, facts[name]) for name in _IN_WORDS if name in facts}
        text |= {name: facts[name] for name in (*_AS_TOLD, "sex") if name in facts}
        text["glasses_worn"] = facts.get("glasses")
        holds = tuple(name for name in ("hair_style", "hair_colour") if name in facts)
        if holds:
            text["hair"] = " ".join(say(rng, name, facts[name]) for name in holds)
            text |= {"hair_holds": holds, "hair_bare": facts.get("hair_style") in _BARE}
        return text
