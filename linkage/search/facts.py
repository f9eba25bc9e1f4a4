"""Conditions of facts: a question's canonical values against the columns of linking, with the same weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.features.behaviour import BehaviourEvidence
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Column, Evidence, count_words
from linkage.features.items import ABSENT, NOT_RECORDED, PRESENT, ItemColumn
from linkage.features.latent import LatentColumn, LatentEvidence, Values, averaging
from linkage.features.parameters import Parameters
from linkage.features.registration import plate_weight
from linkage.intake.facts.identifier import compatible
from linkage.intake.facts.registration import compare
from linkage.intake.facts.vehicle import usual_body
from linkage.report import Report
from linkage.search.asked import Asked
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight
from linkage.vocabulary import load

LEAST_SHARED = 2
"""Known plate characters that must agree; a fragment of one agrees with nearly every plate [G]."""

ASKED = 0.8
"""Chance that a report sought shows what is asked [G]. It stands where linking has the chance that one person shows
the same again (another car, a shaved beard): who asks describes the reports sought, not a person on another day."""

_FIELDS = {"vehicle": "vehicle", "contact_method": "setting", "venue": "setting", "hour": "dates", "weekday": "dates"}
"""Part of a question an evidence belongs to; the others are of the person."""

Columns = Callable[[Evidence], Column]


def fact_conditions(
    asked: Asked, reports: Sequence[Report], columns: Columns, parameters: Parameters
) -> list[Condition]:
    """Conditions for everything the question says in facts. `columns` gives the fitted column of an evidence."""
    found: list[Condition] = []
    for evidence in CATALOGUE:
        if isinstance(evidence, LatentEvidence) and not (evidence.name == "weekday" and asked.window):
            found += _latent(evidence, asked, columns, parameters)
        elif isinstance(evidence, BehaviourEvidence):
            found += _behaviours(evidence, asked, columns)
    found += [_plates(plate, reports, parameters) for plate in _asked_plates(asked)]
    found += [_identifier(one.kind, one.value, reports) for one in asked.report.identifiers]
    return found + [_weapon(key, reports) for key in asked.report.weapons]


def _latent(evidence: LatentEvidence, asked: Asked, columns: Columns, parameters: Parameters) -> list[Condition]:
    value = tuple(single for single in evidence.read(asked.report) if single is not None)
    if not value:
        return []
    column = columns(evidence)
    assert isinstance(column, LatentColumn)
    ratio = _ratios(evidence, column, value, parameters)
    weights = np.log10(1.0 - ASKED + ASKED * ratio)
    says = np.array(
        [NOT_KNOWN, *(_says(value, held, r) for held, r in zip(column.values[1:], ratio[1:], strict=True))], np.int8
    )
    weights[0] = 0.0
    rows = says[column.codes]
    return [
        Condition(
            field=_FIELDS.get(evidence.name, "person"),
            label=evidence.label,
            asked="; ".join(_label(evidence.name, evidence.say(single)) for single in value),
            weights=weights[column.codes],
            says=rows,
            words=lambda row: _label(evidence.name, column.words[int(column.codes[row])]),
            count=count_words(int((rows == AGREES).sum()), int((rows != NOT_KNOWN).sum())),
        )
    ]


def _label(name: str, words: str) -> str:
    """Keys of a vocabulary as people read them; other words as they are."""
    entries = load(_VOCABULARY[name]).entries if name in _VOCABULARY else {}
    return entries[words].label if words in entries else words


_VOCABULARY = {"contact_method": "contact_methods", "venue": "venues"}


def _ratios(
    evidence: LatentEvidence, column: LatentColumn, value: Values, parameters: Parameters
) -> NDArray[np.float64]:
    """R of the asked value with every distinct value of the column, shape (distinct,).

    A value that some report holds has its row already; for another the model is asked anew, with the reports' own
    counts and none for the asked value, so that a question does not change the base rates.
    """
    if value in column.values:
        held_already: NDArray[np.float64] = column.pair_ratio[column.values.index(value)].astype(np.float64)
        return held_already
    counts: dict[Any, float] = dict.fromkeys(value, 0.0)
    for held, count in zip(column.values, column.counts, strict=True):
        for single in held:
            if single is not None:
                counts[single] = counts.get(single, 0.0) + float(count)
    singles = sorted(counts, key=repr)
    tally = np.array([counts[single] for single in singles])
    prior, of_single, _ = evidence.ratios(singles, tally, parameters)
    of_asked = prior * sum(of_single(singles.index(single)) for single in value) / len(value)
    of_held = np.array([float(of_single(index) @ of_asked) for index in range(len(singles))])
    average = averaging(column.values, singles)
    known = np.asarray(average.sum(axis=1)).ravel()
    ratio: NDArray[np.float64] = average @ of_held + 1.0 - known
    return ratio


def _says(asked: Values, held: Values, ratio: float) -> int:
    if any(_holds(one, other) for one in asked for other in held if other is not None):
        return AGREES
    return CLOSE if ratio > 1 else DIFFERS


def _holds(asked: Any, held: Any) -> bool:
    """Does a report's single value show all that is asked? Intervals share a value, alternatives a choice, a vehicle
    shows every part that is named."""
    if not isinstance(asked, tuple) or not isinstance(held, tuple):
        return bool(asked == held)
    if all(isinstance(end, int | float) for end in (*asked, *held)):
        return bool(max(asked[0], held[0]) <= min(asked[1], held[1]))
    if len(asked) == 2 and isinstance(asked[1], tuple):
        return _vehicle_holds(asked, held)
    return not set(asked).isdisjoint(held)


def _vehicle_holds(asked: Any, held: Any) -> bool:
    (wanted, colours), (kind, seen) = asked, held
    make, model, body = kind or (None, None, None)
    if wanted is not None:
        bodies = {body, usual_body(make, model) if make and model else None} - {None}
        if (wanted[0] and wanted[0] != make) or (wanted[1] and wanted[1] != model):
            return False
        if wanted[2] and wanted[2] not in bodies and not (wanted[2] == "car" and bodies & _CARS):
            return False
    return not colours or not set(colours).isdisjoint(seen)


_CARS = frozenset({"hatchback", "saloon", "estate", "coupe", "convertible"})


def _behaviours(evidence: BehaviourEvidence, asked: Asked, columns: Columns) -> list[Condition]:
    entries = load("behaviours").entries
    wanted = {**dict.fromkeys(asked.report.behaviours.absent, ABSENT)}
    wanted |= dict.fromkeys(asked.report.behaviours.present, PRESENT)
    mine = {
        item: state
        for item, state in wanted.items()
        if (entries[item].data["domain"] if item in entries else "other") == evidence.domain
    }
    if not mine:
        return []
    column = columns(evidence)
    assert isinstance(column, ItemColumn)
    return [_item(column, column.items.index(item), state) for item, state in mine.items() if item in column.items]


def _item(column: ItemColumn, item: int, wanted: int) -> Condition:
    share = float(column.prevalence[item])
    odds = (1 - share) / share if wanted == PRESENT else share / (1 - share)
    state = column.state[:, item]
    agree = state == wanted
    label = column.labels[item] if wanted == PRESENT else f"not: {column.labels[item]}"
    said = {NOT_RECORDED: "not known", ABSENT: "said not to have happened", PRESENT: "happened"}
    weights = np.where(agree, np.log10(1 + ASKED * odds), np.log10(1 - ASKED))
    return Condition(
        field="behaviour",
        label="Behaviour",
        asked=label,
        weights=np.where(state == NOT_RECORDED, 0.0, weights),
        says=np.where(state == NOT_RECORDED, NOT_KNOWN, np.where(agree, AGREES, DIFFERS)).astype(np.int8),
        words=lambda row: f"{column.labels[item]}: {said[int(state[row])]}",
    )


def _asked_plates(asked: Asked) -> list[str]:
    return [one.registration for one in asked.report.vehicles if one.registration]


def _plates(plate: str, reports: Sequence[Report], parameters: Parameters) -> Condition:
    """The best of a report's plates. Look-alikes (O/0, I/1, 5/S, 8/B) and one differing character are "close"."""
    misread = parameters.get("registration", "misread")
    least = min(LEAST_SHARED, sum(character not in "?*" for character in plate))
    judged: dict[str, tuple[int, float]] = {}
    weights, says = np.zeros(len(reports)), np.zeros(len(reports), dtype=np.int8)
    for row, report in enumerate(reports):
        held = [one.registration for one in report.vehicles if one.registration]
        for other in held:
            if other not in judged:
                judged[other] = _judged_plate(plate, other, least, misread)
        if held:
            says[row], weights[row] = max((judged[other] for other in held), key=lambda found: found[1])
    return Condition(
        field="registration",
        label="Registration",
        asked=plate,
        weights=weights,
        says=says,
        words=lambda row: "; ".join(v.registration for v in reports[row].vehicles if v.registration) or "not known",
        count=count_words(int((says == AGREES).sum()), int((says != NOT_KNOWN).sum())),
    )


def _judged_plate(plate: str, other: str, least: int, misread: float) -> tuple[int, float]:
    found = compare(plate, other)
    if found.differing > 1 or found.agreed + found.confused < least:
        return DIFFERS, float(np.log10(1 - ASKED))
    weight = plate_weight(found, ASKED, misread)
    if found.differing == 0 and found.confused == 0:
        return AGREES, max(weight, 0.0)
    return (CLOSE if weight > 0 else DIFFERS), weight


def _identifier(kind: str, value: str, reports: Sequence[Report]) -> Condition:
    held = [[one.value for one in report.identifiers if one.kind == kind] for report in reports]
    agrees = np.array([any(compatible(value, other) for other in values) for values in held], dtype=bool)
    known = np.array([bool(values) for values in held], dtype=bool)
    against = float(np.log10(1 - ASKED))
    return Condition(
        field="identifier",
        label=kind.capitalize(),
        asked=value,
        weights=np.where(agrees, rarity_weight(int(agrees.sum()), len(reports)), np.where(known, against, 0.0)),
        says=np.where(agrees, AGREES, np.where(known, DIFFERS, NOT_KNOWN)).astype(np.int8),
        words=lambda row: "; ".join(held[row]) or "not known",
    )


def _weapon(key: str, reports: Sequence[Report]) -> Condition:
    """A weapon named in a report; a report that does not name it does not say that there was none."""
    held = np.array([key in report.weapons for report in reports], dtype=bool)
    entry = load("weapons").entries.get(key)
    label = entry.label if entry else key
    return Condition(
        field="weapon",
        label="Weapon",
        asked=label,
        weights=np.where(held, rarity_weight(int(held.sum()), len(reports)), 0.0),
        says=np.where(held, AGREES, NOT_KNOWN).astype(np.int8),
        words=lambda row: label if held[row] else "not known",
    )
