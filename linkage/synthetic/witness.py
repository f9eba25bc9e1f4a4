"""What a witness perceives and remembers: error kernels for every descriptor, and what stays unsaid.

`recall` turns an incident into `Told`: perceived values of the facts that are told at all, and for each of them
whether it is wrong. Vehicles, plates and numbers are in `sighting.py`; how all this is worded, in `wording.py`.
"""

from __future__ import annotations

import math
import random
from datetime import date, timedelta

from linkage.synthetic.offenders import Incident
from linkage.synthetic.parameters import Parameters, draw, pick
from linkage.synthetic.people import Look, Wardrobe
from linkage.synthetic.sighting import Perceived, Sighting, other_of

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_APPEARANCE = (
    *("age", "height", "build", "ethnicity", "complexion", "hair", "facial_hair", "eyes", "glasses", "glasses_none"),
    *("clothing", "marks"),
)
_BARE = ("bald", "shaved")  # styles that have no colour
_AGES = (18, 80)  # [G] nobody is told younger or older
_FADE_LIMIT = 0.5  # [G] even after years, half of what would have been told still is


class Witness:
    """Applies the reporting process of one world."""

    def __init__(self, params: Parameters, wardrobe: Wardrobe) -> None:
        self.params = params
        self.error = params["witness"]
        self.wardrobe = wardrobe
        self.sighting = Sighting(params, wardrobe)
        self.keys = list(params["behaviours"])
        self.speeches = len(wardrobe.words["speech"]["rows"])

    def recall(self, rng: random.Random, incident: Incident, kind: str, delay: float) -> Perceived:
        """What a report of `kind`, made `delay` days later, tells of `incident`."""
        told = Perceived(kind)
        share = self.telling(kind, delay, incident.sector)
        fainter = {name: chance * (1 - self.params["missing"]["second"]) for name, chance in share.items()}
        self._person(rng, incident.look, told, share)
        for car, of, chance in zip(incident.cars, (told, Perceived(kind)), (share, fainter), strict=False):
            self.sighting.vehicle(rng, of, car, incident.night, chance)
            if of is not told and of.facts:
                told.second_vehicle = of
        partner = incident.offender.partner
        if partner is not None and kind != "third_party":
            second = Perceived(kind)
            self._person(rng, partner, second, fainter)
            told.second_person = second if second.facts else None
        self.sighting.identifiers(rng, told, incident, share)
        self._when(rng, told, incident, share)
        self._behaviours(rng, told, incident)
        self._circumstances(rng, told, incident, share)
        return told

    def _circumstances(
        self, rng: random.Random, told: Perceived, incident: Incident, share: dict[str, float]
    ) -> None:
        """What was said, and how, where and in what kind of place they met."""
        words = self.wardrobe.words
        if told.kind != "third_party" and rng.random() < share["speech"]:
            heard = rng.random() < self.error["speech"]
            told.say("speech", incident.speech if heard else int(rng.random() * self.speeches), incident.speech)
        if rng.random() < share["contact"]:
            told.say("contact", incident.contact, incident.contact)
        if incident.contact_place and rng.random() < share["contact_place"]:
            others = list(words["contact_place"][incident.contact])
            self._seen(rng, told, "contact_place", incident.contact_place, others)
        if rng.random() < share["venue"]:
            self._seen(rng, told, "venue", incident.venue, list(self.params["sector"][incident.sector]["venue"]))

    def _person(self, rng: random.Random, look: Look, told: Perceived, share: dict[str, float]) -> None:
        """Perceive one person into `told`."""
        if rng.random() < share["sex"]:
            self._seen(rng, told, "sex", look.sex, ["male", "female"])
        self._measures(rng, look, told, share)
        for name in ("build", "ethnicity", "complexion"):
            if rng.random() < share[name]:
                true = getattr(look, name)
                self._seen(rng, told, name, true, self.error[f"{name}_confused"].get(true, []))
        if rng.random() < share["hair"]:
            self._hair(rng, look, told)
        for name in ("facial_hair", "eyes"):
            if rng.random() < share[name]:
                self._seen(rng, told, name, getattr(look, name), list(self.params["offenders"][name]))
        worn = look.glasses if rng.random() < self.error["glasses"] else not look.glasses
        if rng.random() < (share["glasses"] if worn else share["glasses_none"]):
            told.say("glasses", worn, look.glasses)
        if rng.random() < share["accent"]:
            told.say("accent", self._accent(rng, look), look.accent)
        self._details(rng, look, told, share)

    def _details(self, rng: random.Random, look: Look, told: Perceived, share: dict[str, float]) -> None:
        words = self.wardrobe.words
        if look.marks and rng.random() < share["marks"]:
            marks = [self._mark(rng, mark) for mark in look.marks]
            told.say("marks", marks, look.marks)
        if rng.random() < share["clothing"]:
            kept, garments = self.error["garment"], words["clothing"]["list"]
            told.say(
                "clothing",
                [worn if rng.random() < kept else other_of(rng, garments, worn) for worn in look.clothing],
                look.clothing,
            )
        if rng.random() < share["names_used"]:
            right = rng.random() < self.error["name"]
            told.say(
                "names_used", [look.name if right else other_of(rng, words["names"]["list"], look.name)], [look.name]
            )

    def _mark(self, rng: random.Random, mark: str) -> str:
        """A mark as remembered; a wrong one changes sides where it has one."""
        if rng.random() < self.error["mark"]:
            return mark
        for side, other in (("left", "right"), ("right", "left")):
            if side in mark:
                return mark.replace(side, other)
        return other_of(rng, self.wardrobe.words["marks"]["list"], mark)

    def _measures(self, rng: random.Random, look: Look, told: Perceived, share: dict[str, float]) -> None:
        error = self.error
        if rng.random() < share["age"]:
            centre = error["age_centre"]
            seen = centre + error["age_shrink"] * (look.age - centre) + rng.gauss(0, error["age_rms"])
            age = 5 * round(seen / 5) if rng.random() < error["age_heap"] else round(seen)
            told.facts["age"] = min(max(age, _AGES[0]), _AGES[1])
            told.wrong["age"] = int(abs(told.facts["age"] - look.age) > error["age_wrong"])
        if rng.random() < share["height"]:
            centre = error["height_centre"]
            height = centre + error["height_shrink"] * (look.height - centre) + rng.gauss(0, error["height_sd"])
            told.facts["height"] = height
            told.wrong["height"] = int(abs(height - look.height) > error["height_wrong"])

    def _when(self, rng: random.Random, told: Perceived, incident: Incident, share: dict[str, float]) -> None:
        facts, error = told.facts, self.error
        if rng.random() < share["date"]:
            off = rng.random() < error["date_wrong"]
            day: date = incident.when.date() + timedelta(days=(1 if rng.random() < 0.5 else -1) if off else 0)
            told.say("date", day, incident.when.date())
            if rng.random() < error["uncertain_days"]:
                facts["until"] = day + timedelta(days=1 + int(rng.random() * 3))
            elif rng.random() < error["weekday_given"]:
                slip = rng.random() < error["weekday_wrong"]
                facts["weekday"] = WEEKDAYS[(day + timedelta(days=1 if slip else 0)).weekday()]
                told.wrong["weekday"] = int(facts["weekday"] != WEEKDAYS[incident.when.weekday()])
        if rng.random() < share["hour"]:
            true = incident.when.hour + incident.when.minute / 60
            step = 0.5 if rng.random() < error["time_heap"] else 1 / 12
            facts["hour"] = round((true + rng.gauss(0, error["hour_sd"])) / step) * step % 24
            apart = abs(facts["hour"] - true)
            told.wrong["hour"] = int(min(apart, 24 - apart) > error["hour_wrong"])

    def _behaviours(self, rng: random.Random, told: Perceived, incident: Incident) -> None:
        settings = self.params["report"]
        keep, asked = settings["keep"][told.kind], settings["absent_asked"][told.kind]
        present = [key for key in incident.behaviours if rng.random() < keep]
        happened = set(incident.behaviours)
        invented = [
            self.keys[i] for i in _few(rng, len(self.keys), settings["false_present"]) if self.keys[i] not in happened
        ]
        told.wrong["behaviours"] = int(bool(invented))
        told.facts["behaviours"] = present + invented
        unasked = happened | set(invented)
        told.facts["absent"] = [self.keys[i] for i in _few(rng, len(self.keys), asked) if self.keys[i] not in unasked]

    def _hair(self, rng: random.Random, look: Look, told: Perceived) -> None:
        bare = look.hair_style in _BARE
        if not bare:
            self._seen(
                rng, told, "hair_colour", look.hair_colour, self.error["hair_confused"][look.hair_colour], "hair"
            )
        if bare or rng.random() >= self.params["missing"]["hair_style"]:
            hairy = [style for style in self.params["offenders"]["hair_style"] if style not in _BARE]
            styles = list(_BARE) if bare else hairy
            self._seen(rng, told, "hair_style", look.hair_style, styles)

    def _accent(self, rng: random.Random, look: Look) -> str:
        if rng.random() < self.error["accent"]:
            return look.accent
        kind = draw(rng, self.params["offenders"]["accent"])
        return self.wardrobe.accent(rng, "elsewhere" if kind == "local" else kind, "")

    def _seen(
        self, rng: random.Random, told: Perceived, name: str, true: str, taken_for: list[str], kernel: str = ""
    ) -> None:
        """The true value with the chance that `kernel` (else `name`) has in the parameters, else another."""
        others = [value for value in taken_for if value != true]
        right = rng.random() < self.error[kernel or name] or not others
        told.say(name, true if right else pick(rng, others), true)

    def telling(self, kind: str, delay: float, sector: str) -> dict[str, float]:
        """Chance that each fact is told, by kind of report, days until it was made, and sector."""
        missing = self.params["missing"]
        fade = self.params["report"]["delay_fade"] * math.log10(1 + delay)
        factor = missing["told"][kind] * (1 - min(fade, _FADE_LIMIT))
        seen = missing["seen"][sector]
        return {
            name: (1 - p) * factor * (seen if name in _APPEARANCE else 1.0)
            for name, p in missing.items()
            if not isinstance(p, dict)
        }


def _few(rng: random.Random, count: int, p: float) -> list[int]:
    """Places of the successes among `count` trials of chance `p`, by skipping ahead."""
    if p <= 0:
        return []
    if p >= 1:
        return list(range(count))
    found: list[int] = []
    at = -1
    while True:
        at += 1 + int(math.log(1 - rng.random()) / math.log(1 - p))
        if at >= count:
            return found
        found.append(at)
