"""Mends what a question says otherwise than a report: whose colour it is, what a phone was for, what is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from linkage.intake import extract_report
from linkage.intake.phrases.surface import plain
from linkage.intake.values import place
from linkage.intake.values.vehicles.vehicle_look import features_in
from linkage.report import Report
from linkage.search.expansion import tells_a_deed
from linkage.search.loose import colours_beard
from linkage.search.query import Claims, fact_at
from linkage.search.slang import Put
from linkage.vocabulary import fold, load
from linkage.vocabulary.tables import table

_DENIES = re.compile(
    r"\b(?:not|no|never|without|cannot|nobody|nothing|neither|nor|\w+n['’]t"
    r"|(?:did|does|do|was|were|is|are|had|has|have|could|would|should|ca|wo)nt)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"on\b(?:\W+\w+){0,3}?\W+(?:\w*phone|mobile|mob|cell|tablet|laptop|camera)\b", re.IGNORECASE)


_LEAD = re.compile(r"(?P<make>[\w-]+)[\s,]+(?:(?:in|near|at|around|from)\s+)?", re.IGNORECASE)
"""A make and what joins it to a place behind it."""

_CLAUSE = re.compile(r",(?=\s+(?P<clause>(?!(?:or|nor)\b|\w+ing\b)[^,.;!?\n]*))", re.IGNORECASE)
"""A comma and the clause behind it, where that is no alternative and tells nothing that was done meanwhile."""

_HE = re.compile(r"he|his|him|himself", re.IGNORECASE)
_HE_SAID = re.compile(r"\b(?:he|his|him|he['’]?[sd])\b", re.IGNORECASE)
_PLATE = re.compile(r"[A-Za-z][0-9]{3}")
"""A letter and three figures: how a registration of the eighties and nineties begins, and no postcode."""

_CONTAINED = re.compile(
    r"\b(?P<thing>[a-z][\w'’-]{2,})\s+(?:(?:in|on|inside)\s+(?:(?:the|a|his|their)\s+)?\0|\0(?:in|on|inside)\s)",
    re.IGNORECASE,
)
"""A thing right before where it is: the span that tells where begins at the zero byte, with "in" before or behind."""

LIKELY = 0.5
"""Probability that a question must tell a behaviour with [D]: a report that says little may mean more than it says,
but whoever asks says what is sought, and what is likelier not meant would put others first."""


def read_question_facts(words: str, today: date | None = None) -> Report:
    """What words of a question tell, read as a report's, without the behaviours that they hardly tell."""
    read = extract_report(_in_sentences(words), today=today)
    sure = read.behaviours.probability
    likely = [at for at, key in enumerate(read.behaviours.present, start=1) if sure.get(key, 1.0) >= LIKELY]
    _keep(read, "present", likely)
    return read


def _in_sentences(words: str) -> str:
    """The words with a stop for each comma before something that was done, every word where it stood: a reader judges
    a sentence by all of it, and of many deeds that only commas part it loses a third."""
    return _CLAUSE.sub(lambda found: "." if tells_a_deed(found["clause"]) else ",", words)


def _keep(read: Report, name: str, numbers: Sequence[int]) -> None:
    """Leave of the behaviours "present" or "absent" those of these numbers, counted anew with their spans."""
    every = getattr(read.behaviours, name)
    spans = [read.spans.pop(f"behaviours.{name}.{at}", None) for at in range(1, len(every) + 1)]
    setattr(read.behaviours, name, [every[at - 1] for at in numbers])
    for to, at in enumerate(numbers, start=1):
        if span := spans[at - 1]:
            read.spans[f"behaviours.{name}.{to}"] = span


def interpret_as_question(read: Report, words: str) -> None:
    """What a question tells otherwise than a report. A kind of place within the words of a deed ("shoved out of a
    moving car") is no setting, and what somebody refused ("refused a freebie") is what it is about; only what is
    denied in so many words should not have happened."""
    _not_who_but_whose_beard(read, words)
    _not_contact_but_means(read, words)
    _not_where_but_plate(read, words)
    _not_where_but_contents(read, words)
    deeds = [span for name, spans in read.spans.items() if name.startswith("behaviours.") for span in spans]
    if any(start < last and first < end for first, last in read.place.spans.get("venue", []) for start, end in deeds):
        read.place.venue = None
        read.place.spans.pop("venue")
    held = read.behaviours
    for number in range(len(held.absent), 0, -1):
        spans = read.spans.get(f"behaviours.absent.{number}", [])
        if spans and not any(_DENIES.search(words[start:end]) for start, end in spans):
            held.present.append(held.absent[number - 1])
            read.spans[f"behaviours.present.{len(held.present)}"] = read.spans.pop(f"behaviours.absent.{number}")
    _keep(read, "absent", [at for at in range(1, len(held.absent) + 1) if f"behaviours.absent.{at}" in read.spans])


def _not_who_but_whose_beard(read: Report, words: str) -> None:
    """The colour of a beard is none of a person: "black and grey beard"."""
    for person in read.suspects:
        spans, beard = person.spans.get("ethnicity", []), person.spans.get("facial_hair", [])
        claimed: Claims = [(*span, "facial_hair") for span in beard]
        if spans and all(colours_beard(words, span, claimed) for span in spans):
            person.ethnicity = []
            person.spans["facial_hair"] = beard + person.spans.pop("ethnicity")


def _not_where_but_plate(read: Report, words: str) -> None:
    """A letter and three figures in one ("B123") are no sector of a postcode, which is written with a space."""
    spans = [(name, span) for name, each in read.place.spans.items() if name != "venue" for span in each]
    if spans and all(_PLATE.fullmatch(words, *span) for _, span in spans):
        read.place.lat = read.place.lon = read.place.text = None
        for name in {name for name, _ in spans}:
            read.place.spans.pop(name)


def _not_where_but_contents(read: Report, words: str) -> None:
    """Where a thing is in a vehicle ("baby in the back of the car", "dent in the passenger door") nothing was done
    there: a noun stands right before, no word tells a deed, and no other behaviour is asked for."""
    where = frozenset(table("search")["of_vehicles"]["deeds_by_place"])
    told = [read.spans.get(name, []) for name, key in _named(read) if key not in where]
    persons = [span for one in read.suspects for each in one.spans.values() for span in each]
    named = (each for one in read.vehicles for name, each in one.spans.items() if name != "features")
    vehicles = [span for each in named for span in each]
    if told or tells_a_deed(words):
        return

    def holds(spans: Sequence[tuple[int, int]]) -> bool:
        """Does each of the spans stand right behind a thing that is in it or on it?"""
        leads = [_CONTAINED.search(words[: span[0]] + "\0" + words[slice(*span)]) for span in spans]
        return bool(leads) and all(
            lead
            and not any(one[0] < lead.end("thing") and lead.start("thing") < one[1] for one in persons + vehicles)
            for lead in leads
        )

    kept = [at for at, key in enumerate(read.behaviours.present, start=1) if key not in where]
    if any(holds(read.spans.get(name, [])) for name, key in _named(read) if key in where):
        _keep(read, "present", kept)
    if read.place.venue == "vehicle" and holds(read.place.spans.get("venue", [])):
        read.place.venue = None
        read.place.spans.pop("venue")


def pass_sex_of_slang(read: Report, put: Put) -> None:
    """Take out a sex that only plain words tell: "forced his way in" was put for "kicked the door in"."""
    if any(_HE_SAID.search(said) for said in put.said):
        return
    for person in read.suspects:
        spans = person.spans.get("sex", [])
        within = (any(start <= one[0] < end for start, end in put.spans) for one in spans)
        if spans and all(within) and all(_HE.fullmatch(put.words, *one) for one in spans):
            person.sex = None
            person.spans.pop("sex")


def pass_sex_of_name(read: Report) -> None:
    """Take out a sex that only a name tells: who asks for "Dave" asks for the name, whoever bears it."""
    for person in read.suspects:
        names = person.spans.get("names_used", [])
        if names and all(span in names for span in person.spans.get("sex", [()])):
            person.sex = None
            person.spans.pop("sex")


def nations(read: Report, words: str) -> Claims:
    """Nations name a way of speaking as well: "a Welshman" is asked for by accent too, "Irish or Scottish" by both.
    An accent that is told as such stands."""
    found: Claims = []
    accents, entries = load("accents"), load("ethnicities").entries
    for person in read.suspects:
        spans = [span for span in person.spans.get("ethnicity", []) if fold(words[slice(*span)]) not in entries]
        if any(span not in spans for span in person.spans.get("accent", [])):
            continue
        keys = [(span, key) for span in spans if (key := accents.find(words[slice(*span)]))]
        if keys:
            person.accent = list(dict.fromkeys(accents.entries[key].label for _, key in keys))
            found += [(*span, "accent") for span, _ in keys]
    return found


def vehicle_features(words: str, claimed: Claims) -> Claims:
    """What a vehicle has, where nothing was read of it ("foreign plates"): words to look for, and no accent."""
    found = ((one.start, one.end) for one, sure in features_in(plain(words)) if sure)
    return [(*span, "features") for span in found if not fact_at(span, claimed)]


def _not_contact_but_means(read: Report, words: str) -> None:
    """The phone that something was done on ("filmed on phone") is no way of getting in touch."""
    spans, entries = read.contact.spans.get("method", []), load("behaviours").entries
    for name, key in _named(read):
        if key not in entries or entries[key].data["domain"] == "contact_approach":
            continue
        for start, _ in spans:
            done = [one for one in read.spans[name] if one[0] < start and not words[one[1] : start].strip()]
            if done and (means := _ON.match(words, start)):
                read.contact.method = None
                read.contact.spans.pop("method", None)
                read.spans[name] = [*read.spans[name], means.span()]


def _named(read: Report) -> list[tuple[str, str]]:
    """Names of the spans of behaviours, with their keys."""
    named = ((f"behaviours.present.{at}", key) for at, key in enumerate(read.behaviours.present, start=1))
    return [(name, key) for name, key in named if name in read.spans]


def place_behind_vehicle(read: Report, words: str) -> None:
    """Take the make of a vehicle out of the place that stands behind it: "Ford in Leeds" is no village in Leeds."""
    for name, spans in read.place.spans.items():
        for at, (start, end) in enumerate(spans):
            lead = _LEAD.match(words, start, end)
            if name == "venue" or lead is None or not load("makes").find(lead["make"]):
                continue
            where = place.normalise({"text": words[lead.end() : end]})[0]
            if where.lat is not None and (where.lat, where.lon) == (read.place.lat, read.place.lon):
                read.place.text, spans[at] = words[lead.end() : end], (lead.end(), end)
