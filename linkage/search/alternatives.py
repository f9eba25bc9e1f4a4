"""Facts of the alternatives of a question: each is read by itself, so that a red Ford or a blue Vauxhall are two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

from linkage.report import Occurred, Person, Place, Range, Report, Vehicle
from linkage.search.alternative_reader import AlternativeReader, Read, Told
from linkage.search.behaved import behaviours_in
from linkage.search.choices import Span
from linkage.search.query import Circle, Claims, Query, Window, facts_at
from linkage.search.slang import Put
from linkage.vocabulary import load

APART = {"age": 10.0, "height_cm": 15.0}
"""Years and centimetres from which two numbers are alternatives [G]: "25 or 30" is one estimate, "25 or 50" two."""

_SHARING = frozenset({*APART, "registration"})
"""Kinds of fact whose alternatives may share the word that says so: "25 or 40 years", "07 or 57 plate"."""

_DESCRIBED = frozenset({"accent", "build", "ethnicity", "facial_hair"})
"""Kinds of fact of a person that have several values."""

_BEFORE = re.compile(r"[\s,;]*(?:\bor\b|/)?\s*", re.IGNORECASE)


def read_alternatives(
    asked: Query, choices: Sequence[list[list[Span]]], put: Put, claimed: Claims, read: Read
) -> Claims:
    """Give `asked` the facts of the alternatives of each choice that tell the same kind of fact, in place of what was
    read of all of them together (`claimed`); `read` reads words by themselves. Returns where the facts stand. What is
    read only of each by itself is doubtful: Ford is a village as well."""
    found: Claims = []
    reader = AlternativeReader(put, read)
    for choice in choices:
        together = {kind for option in choice for span in option for kind in facts_at(span, claimed)}
        own = _own(choice, put.words)
        found += _deeds_hidden_by_another(asked, choice, put.words, claimed)
        if together.isdisjoint(_TAKEN) or not reader.may_read(own):
            continue  # nothing could be taken, or what it takes is too long
        for kept, kinds in ((own, frozenset(_TAKEN)), (_shared(choice), _SHARING)):
            told = [reader.told(choice, option, spans) for option, spans in zip(choice, kept, strict=True)]
            common = together.intersection(*(one.kinds for one in told))
            taken = [kind for kind in _TAKEN if kind in common & kinds and _TAKEN[kind](asked, told)]
            if taken:
                claims = [one for each in told for one in each.claims()]
                found += [one for one in claims if one[2] in taken]
                _forget(asked, told, claimed)
            if common or not together & _SHARING:
                break
    return found


def _deeds_hidden_by_another(asked: Query, choice: list[list[Span]], words: str, claimed: Claims) -> Claims:
    """Where an alternative tells a deed, those of the others in which none was read beside it: whoever only tried to
    rape did not, but "rape or attempted rape" asks for both."""
    entries, held = load("behaviours").entries, asked.report.behaviours
    told = [any(kind in entries for span in option for kind in facts_at(span, claimed)) for option in choice]
    found: Claims = []
    for option in (one for one, tells in zip(choice, told, strict=True) if any(told) and not tells):
        start, end = option[0][0], option[-1][1]
        keys = [key for key in behaviours_in(words[start:end]) if key not in held.absent]
        held.present += [key for key in keys if key not in held.present]
        found += [(start, end, key) for key in keys]
    return found


def _forget(asked: Query, told: list[Told], claimed: Claims) -> None:
    """Take out what words of the alternatives were read as together and none of them is by itself: Humberside is no
    accent beside another place, and 57 no age in "57 or 58 plate"."""
    spans = [span for one in told for span in one.spans]
    own = frozenset[str]().union(*(one.kinds for one in told))
    for kind in (_DESCRIBED | {"age"}) - own:
        where = [one for one in claimed if one[2] == kind]
        if where and all(any(start < last and first < end for start, end in spans) for first, last, _ in where):
            setattr(asked.person, kind, None if kind == "age" else [])
            claimed[:] = [one for one in claimed if one[2] != kind]


def _own(choice: list[list[Span]], words: str) -> list[list[Span]]:
    """The words of each alternative, with the small ones before it."""
    found = [[(choice[0][0][0], choice[0][-1][1])]]
    for before, option in pairwise(choice):
        behind = _BEFORE.match(words, before[-1][1])
        found.append([(behind.end() if behind else option[0][0], option[-1][1])])
    return found


def _shared(choice: list[list[Span]]) -> list[list[Span]]:
    """The same with the words that all of them share: "aged 25 or 40", "25 or 40 years old"."""
    head, tail = choice[0][:-1], choice[-1][1:]
    return [[*head, *option, *tail] for option in choice]


def _places(asked: Query, told: list[Told]) -> bool:
    circles: dict[tuple[float, float], Circle] = {(c.lat, c.lon): c for one in told for c in one.asked.circles[:1]}
    if len(circles) < 2 or any((one.lat, one.lon) not in circles for one in asked.circles):
        return False  # another place is asked for, that was told first
    asked.circles = [*circles.values()]
    return True


def _vehicles(asked: Query, told: list[Told]) -> bool:
    """Vehicles of the alternatives, each with its own colour; where one names no vehicle it is of the others."""
    own = [[one for one in each.asked.report.vehicles if _names(one) and _within(one, each.within)] for each in told]
    if not all(own):
        return False
    held, spans = asked.report, [span for each in told for span in each.spans]
    others = [Vehicle(registration=one.registration) if _within(one, spans) else one for one in held.vehicles]
    held.vehicles = [one for one in others if one.registration or _names(one)]
    asked.either += [Report(report_id="", vehicles=each) for at, each in enumerate(own) if each not in own[:at]]
    return True


def _registrations(asked: Query, told: list[Told]) -> bool:
    """A registration of each alternative, where together they were read as one: of either, or one that nobody was
    sure of."""
    plates = [[one.registration for one in each.asked.report.vehicles if one.registration] for each in told]
    held = asked.report.vehicles
    known = [one for one in held if one.registration]
    own = list(dict.fromkeys(one for each in plates for one in each))
    if len(known) != 1 or any(len(each) != 1 for each in plates) or len(own) < 2:
        return False
    known[0].registration = own[0]
    held += [Vehicle(registration=one) for one in own[1:]]
    return True


def _venues(asked: Query, told: list[Told]) -> bool:
    venues = dict.fromkeys(one.asked.report.place.venue for one in told)
    held = asked.report.place
    if len(venues) < 2 or None in venues or held.venue not in venues:
        return False  # the same, or another kind of place is asked for
    held.venue = None
    asked.either += [Report(report_id="", place=Place(venue=one)) for one in venues]
    return True


def _names(vehicle: Vehicle) -> bool:
    return bool(vehicle.make or vehicle.model or vehicle.body)


def _within(vehicle: Vehicle, spans: Sequence[Span]) -> bool:
    """Was it read from words at `spans`? What was read from single words has no spans of its own."""
    own = [span for each in vehicle.spans.values() for span in each]
    return not own or any(start < last and first < end for start, end in own for first, last in spans)


def _dates(asked: Query, told: list[Told]) -> bool:
    windows = [window for one in told for window in one.asked.windows]
    whole = asked.report.occurred
    if any(not _meets(one, windows) for one in asked.windows):
        return False  # another day is asked for
    if len(windows) == len(told):
        asked.windows = _joined(windows)
        return True
    times = _same_hours([one.asked.report.occurred.model_copy(update={"from_": None, "to": None}) for one in told])
    said = {(one.weekday, one.hour_min, one.hour_max) for one in times}
    if len(said) < 2 or windows or not _same_parts(times):
        return False
    if whole.weekday not in {one.weekday for one in times} or whole.hour_min not in {one.hour_min for one in times}:
        return False
    asked.report.occurred = Occurred.model_validate({})
    asked.either += [Report(report_id="", occurred=one) for one in times]
    return True


def _meets(one: Window, others: Sequence[Window]) -> bool:
    return any(one.first <= other.last and other.first <= one.last for other in others)


def _same_hours(times: list[Occurred]) -> list[Occurred]:
    """Weekdays of which only the last has hours share them: "Monday or Tuesday night"."""
    last = times[-1]
    if last.hour_min is None or any(one.hour_min is not None or not one.weekday for one in times[:-1]):
        return times
    hours = {"hour_min": last.hour_min, "hour_max": last.hour_max}
    return [*(one.model_copy(update=hours) for one in times[:-1]), last]


def _same_parts(times: Sequence[Occurred]) -> bool:
    """Do all say a weekday, or all an hour? A weekday is no alternative of an hour that can be compared with it."""
    return len({(one.weekday is None, one.hour_min is None) for one in times}) == 1


def _joined(windows: Sequence[Window]) -> list[Window]:
    """Periods in order, those that meet as one: "2023 or 2024" is two years."""
    found: list[Window] = []
    for one in sorted(windows, key=lambda one: one.ends):
        if found and one.first <= found[-1].last + 1:
            found[-1] = Window(found[-1].first, max(found[-1].last, one.last), one.strict)
        else:
            found.append(one)
    return found


def _person(name: str) -> Callable[[Query, list[Told]], bool]:
    def take(asked: Query, told: list[Told]) -> bool:
        values = [getattr(one.asked.person, name) for one in told]
        if None in values or all(one == values[0] for one in values) or not _are_apart(name, values):
            return False
        if name in APART and _tells_more(getattr(asked.person, name), values):
            return False
        setattr(asked.person, name, None)
        people = [Person.model_validate({name: one}) for one in values]
        asked.either += [Report(report_id="", suspects=[one]) for one in people]
        return True

    return take


def _are_apart(name: str, values: list[Range]) -> bool:
    """Are numbers too far from each other for one estimate? What is no number is apart."""
    if name not in APART:
        return True
    return all(after[0] - before[1] >= APART[name] for before, after in pairwise(sorted(map(_ends, values))))


def _tells_more(whole: Range | None, values: list[Range]) -> bool:
    """Do the words together tell what their alternatives do not? "30 years or older" is one open range, and of "aged
    25, 35 or 55" the first may be no alternative of its own."""
    if whole is None:
        return False
    if whole.min is None or whole.max is None:
        return True
    ends = [_ends(one) for one in values]
    return whole.min < min(ends)[0] or whole.max > max(last for _, last in ends)


def _ends(one: Range) -> tuple[float, float]:
    """Least and largest number; "over 40" has no end."""
    return -inf if one.min is None else one.min, inf if one.max is None else one.max


_TAKEN: dict[str, Callable[[Query, list[Told]], bool]] = {
    "place": _places,
    "venue": _venues,
    "vehicle": _vehicles,
    "registration": _registrations,
    "dates": _dates,
    **{name: _person(name) for name in ("age", "height_cm", "sex")},
}
"""How each kind of fact is taken of the alternatives; all others have several values already."""
