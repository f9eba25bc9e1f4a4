"""Reads a question with the grammars of intake: its facts, and the words that carry no fact."""

from __future__ import annotations

import re
from datetime import date

from linkage.intake.fields import vehicle
from linkage.intake.values import identifier, place
from linkage.intake.values.people.describe import unite
from linkage.intake.values.times import clock, dates
from linkage.intake.values.vehicles import registration
from linkage.report import Identifier, Part, Person, Report, Vehicle
from linkage.search.alternatives import read_alternatives
from linkage.search.bare_clauses import read_bare_clauses
from linkage.search.behaved import behaviours_in, read_behaviours
from linkage.search.choices import Choices, spaced
from linkage.search.denials import blanked, denials
from linkage.search.denied import names_where, read_denials
from linkage.search.distance import within_distance, without_between, without_distance
from linkage.search.elsewhere import without_elsewhere
from linkage.search.group_composition import KIND, read_group_composition
from linkage.search.heights import apart_from, bare_heights
from linkage.search.items import Item, items_in
from linkage.search.loose import single_facts
from linkage.search.marks import PLATE, without_marks
from linkage.search.periods import Period, bare_years, read_periods, windows_of
from linkage.search.query import DENIED, Circle, Claims, Hours, Query, Window, fact_at, facts_at
from linkage.search.query_intent import (
    interpret_as_question,
    nations,
    pass_sex_of_name,
    pass_sex_of_slang,
    place_behind_vehicle,
    read_question_facts,
    vehicle_features,
)
from linkage.search.question import EXACT, NEAR_KM, Question, QuestionError
from linkage.search.roads import perhaps_roads, roads_in
from linkage.search.shades import shaded_vehicles
from linkage.search.slang import Put, plain
from linkage.search.vehicle_phonetics import names_by_sound
from linkage.search.victims import without_victims
from linkage.search.weekdays import whole_weekdays

FULL_NUMBER = 9
"""Digits from which a phone number is taken to be whole [G]."""

_OWN_KINDS = ("venue", "registration", "features")
"""Fields of a part of a report that are kinds of fact of their own."""

_OR = re.compile(r"\s+or\s+|\s*/\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;\"“”]+")
_QUOTED = re.compile(r"[\"“]([^\"“”]{3,})[\"”]")


def read_question(question: Question, today: date | None = None) -> Query:
    """Read all parts. Raises QuestionError for a field whose words cannot be understood."""
    question.check()
    asked = Query(Report(report_id=""))
    as_written = question.words_as == EXACT
    _read_words(asked, question.words, today, as_written)
    if question.person:
        _read_words(asked, question.person, today, as_written)
    if question.vehicle:
        _read_vehicle(asked, question.vehicle)
    if question.registration:
        asked.report.vehicles.append(Vehicle(registration=_plate(question.registration)))
    read_behaviours(asked, question.behaviour, _put_plainly)
    if "behaviour" in question.must:
        asked.must |= set(asked.report.behaviours.present)
    for words in question.identifier:
        asked.report.identifiers.append(_identifier(words))
    if question.day_part:
        asked.hours = _hours(question.day_part)
    if question.near:
        asked.circles = [_circle(words, question.within_km) for words in _OR.split(question.near)]
    if question.from_ or question.to:
        window = Window(_day(question.from_, first=True), _day(question.to, first=False), True)
        if window.first > window.last:
            raise QuestionError(f"The period ends before it begins: {window.words}")
        asked.windows = [window]
    asked.once()
    return asked


def _read_words(asked: Query, words: str, today: date | None, as_written: bool = False) -> None:
    """Facts of free words, put plainly unless they are asked for as written: by the grammars of free text, then word
    by word."""
    asked.phrases += _QUOTED.findall(words) + perhaps_roads(words)
    words, elsewhere = without_elsewhere(without_marks(words))
    asked.elsewhere += elsewhere
    words, between = without_between(words)
    asked.circles = asked.circles or between
    words, distance = without_distance(words)
    words = _without_items(asked, words)
    put = Put(spaced(words), [], []) if as_written else _put_plainly(words)
    words = put.words
    asked.slang += put.said
    claimed = _read_plainly(asked, put, today)
    tokens = _tokens(words)
    choices = Choices(words, tokens, put.spans, lambda span: facts_at(span, claimed))
    claimed += read_alternatives(asked, choices.spans(), put, claimed, lambda other: _read_alone(other, today))
    if distance:
        asked.circles = within_distance(distance, asked.circles)
    known = [span for span in put.spans if fact_at(span, claimed)]
    tokens = [span for span in tokens if fact_at(span, claimed) or not _within(span, known)]
    asked.words += [(words[start:end], facts_at((start, end), claimed)) for start, end in tokens]
    asked.runs += _runs(words, [span for span in tokens if not fact_at(span, claimed)])
    asked.choices += Choices(words, tokens, put.spans, lambda span: facts_at(span, claimed)).all()


def _read_plainly(asked: Query, put: Put, today: date | None) -> Claims:
    """Give `asked` the facts of words that were put plainly, and return where they stand."""
    words = put.words
    denied = read_denials(asked, words, put.spans)
    periods = read_periods(blanked(words, denied), today)
    apart = [one.span for one in periods if not one.tells_hour]
    told = without_victims(blanked(words, [*denied, *roads_in(words), *apart]))
    read = read_question_facts(told, today=today)
    interpret_as_question(read, words)
    pass_sex_of_slang(read, put)
    pass_sex_of_name(read)
    place_behind_vehicle(read, told)
    claimed = _claims(read) + nations(read, words) + [(*span, DENIED) for span in denied]
    _take(asked, read)
    claimed += _dated(asked, periods)
    claimed += _company(asked, told)
    tokens = _tokens(words)
    claimed += vehicle_features(told, claimed)
    heights: Claims = list(bare_heights(asked, told, claimed))
    claimed = apart_from(heights, claimed) + heights
    free = [span for span in tokens if not fact_at(span, claimed) and words[slice(*span)] == told[slice(*span)]]
    claimed += _dated(asked, [] if asked.windows else bare_years(told, claimed, today))
    claimed += _meant_alone(asked, put, claimed)
    claimed += read_bare_clauses(asked, told, claimed)
    claimed += list(single_facts(asked, words, [span for span in free if not fact_at(span, claimed)], claimed))
    claimed += list(shaded_vehicles(asked, told, claimed))
    return claimed


def _dated(asked: Query, periods: list[Period]) -> Claims:
    """Give `asked` the windows of these periods, if there are any, and return where they stand."""
    asked.windows = windows_of(periods) or asked.windows
    return [(*one.span, "dates") for one in periods]


def _read_alone(put: Put, today: date | None) -> tuple[Query, Claims]:
    """The facts of one alternative, and where they stand."""
    alone = Query(Report(report_id=""))
    return alone, _read_plainly(alone, put, today)


def _tokens(words: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in _WORD.finditer(words)]


def _without_items(asked: Query, words: str) -> str:
    """Takes the names of items and domains out of the words; one that is denied should not have happened."""
    found = items_in(words)
    scopes = [one.scope for one in denials(words, names_where)] if found else []
    for span, name in found:
        item = Item(name, not any(start <= span[0] < end for start, end in scopes))
        asked.items.append(item)
        asked.words += [(word, (item.key,)) for word in words[slice(*span)].split() if item.happened]
    return blanked(words, [span for span, _ in found])


def _put_plainly(words: str) -> Put:
    return plain(names_by_sound(spaced(whole_weekdays(words))))


def _company(asked: Query, words: str) -> Claims:
    """Several people are asked for: then the sex of one of them is no condition of its own."""
    read = read_group_composition(words)
    if read is None:
        return []
    asked.company, (start, end) = read
    if asked.company.sexes:
        asked.person.sex = None
    return [(start, end, KIND)]


def _meant_alone(asked: Query, put: Put, claimed: Claims) -> Claims:
    """Behaviours of slang that the words around it kept from being read."""
    found: Claims = []
    for start, end in put.spans:
        keys = () if fact_at((start, end), claimed) else behaviours_in(put.words[start:end])
        asked.report.behaviours.present += [key for key in keys if key not in asked.report.behaviours.present]
        found += [(start, end, key) for key in keys]
    return found


def _within(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    """Is it a word of those that slang was put into? Where a fact was read from them, the others are no words to
    look for."""
    return any(start <= span[0] < end for start, end in spans)


def _runs(words: str, free: list[tuple[int, int]]) -> list[str]:
    """Words that carry no fact and have nothing but spaces between them, in one piece each."""
    found: list[tuple[int, int]] = []
    for start, end in free:
        if found and words[found[-1][1] : start].isspace():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [words[start:end] for start, end in found]


def _take(asked: Query, read: Report) -> None:
    held = asked.report
    for person in read.suspects:
        _merge_person(asked.person, person)
    held.vehicles += read.vehicles
    held.identifiers += read.identifiers
    held.behaviours.present += read.behaviours.present
    held.behaviours.absent += read.behaviours.absent
    held.weapons = unite(held.weapons, read.weapons) + held.weapons
    held.speech += read.speech
    held.contact.method = held.contact.method or read.contact.method
    held.place.venue = held.place.venue or read.place.venue
    if read.occurred.hour_min is not None or read.occurred.weekday or read.occurred.from_:
        held.occurred = read.occurred
    if (days := read.occurred.days) is not None:
        asked.windows = [Window(*days, strict=False)]
    asked.mention(read.place)


def _merge_person(known: Person, read: Person) -> None:
    for name in Person.model_fields.keys() - {"raw", "spans"}:
        if getattr(known, name) in (None, []):
            setattr(known, name, getattr(read, name))


def _claims(read: Report) -> Claims:
    """Spans of the words that facts were read from, with the kind of fact; a behaviour by its key."""
    parts: list[tuple[Part, str | None]] = [(read.place, "place"), (read.occurred, "dates")]
    parts += [(person, None) for person in read.suspects] + [(one, "vehicle") for one in read.vehicles]
    parts += [(one, "identifier") for one in read.identifiers] + [(read.contact, "contact_method"), (read, None)]
    return [
        (
            start,
            end,
            name if name in _OWN_KINDS else kind or _behaviour_key(name, read) or name,
        )
        for part, kind in parts
        for name, spans in part.spans.items()
        for start, end in spans
    ]


def _behaviour_key(name: str, read: Report) -> str | None:
    """The key of "behaviours.present.1", the name of a span; DENIED for one that did not happen."""
    told, _, number = name.removeprefix("behaviours.").partition(".")
    if not name.startswith("behaviours.") or not number.isdecimal():
        return None
    return read.behaviours.present[int(number) - 1] if told == "present" else DENIED


def _read_vehicle(asked: Query, words: str) -> None:
    words = without_marks(words)
    plates = [word for word in words.split() if PLATE.fullmatch(word)]
    rest = " ".join(word for word in words.split() if word not in plates)
    known = {**vehicle.normalise_words(rest), **({"registration": _plate(plates[0])} if plates else {})}
    if known:
        asked.report.vehicles.append(Vehicle.model_validate(known))
    asked.words += [(word, ("vehicle",) if known else ()) for word in rest.split()]


def _plate(words: str) -> str:
    plate = registration.normalise(words)
    if plate is None:
        raise QuestionError(f"No registration can be read in {words!r}; write for example ?K5* or YH05 ???")
    return plate


def _identifier(words: str) -> Identifier:
    """A phone number, e-mail address, account or website; a few bare digits may stand anywhere in a number."""
    bare = re.sub(r"[\s-]+", "", words)
    if bare.isdecimal() and len(bare) < FULL_NUMBER:
        return Identifier(kind="phone", value=f"*{bare}*")
    kinds = ["phone"] if re.search(r"\d", words) else []
    kinds += ["website"] if "." in words and "@" not in words else []
    for kind in (*kinds, "username"):
        if (found := identifier.normalise(kind, words)) is not None and found[0] != "other":
            return Identifier(kind=found[0], value=found[1])
    raise QuestionError(
        f"No phone number, e-mail address or account can be read in {words!r}; write for example *4471"
    )


def _hours(words: str) -> Hours:
    found = clock.normalise(words)
    if found is None:
        raise QuestionError(f"No part of the day can be read in {words!r}; write for example night or 9-11 pm")
    return Hours(words.strip(), *found)


def _circle(words: str, km: float | None) -> Circle:
    where = place.normalise({"text": words})[0]
    if where.lat is None or where.lon is None:
        raise QuestionError(f"No place is known for {words!r}; write a town or a postcode, for example Leeds or LS9")
    return Circle(where.text or words, where.lat, where.lon, NEAR_KM if km is None else km, True)


def _day(words: str, first: bool) -> int:
    if not words:
        return 1 if first else date.max.toordinal()
    try:
        found = dates.normalise(words)
    except dates.UnusableDate as error:
        raise QuestionError(f"The date {words!r} cannot be used: {error}") from error
    if found is None:
        raise QuestionError(f"No date can be read in {words!r}; write for example 2025-03-01 or March 2025")
    return date.fromisoformat(found.first if first else found.last).toordinal()
