"""Conditions of what is looked up rather than weighed against a column: plates, identifiers, weapons."""

from __future__ import annotations

import numpy as np

from linkage.features.evidence import count_words
from linkage.features.parameters import Parameters
from linkage.features.plate_compare import compare
from linkage.features.registration import plate_weight
from linkage.intake.values.vehicles.registration import fits_pattern
from linkage.report import Report
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight, unseen_weight
from linkage.search.fragments import surely_shared
from linkage.search.latent import ASKED
from linkage.search.report_index import identifiers_of, plates_of
from linkage.search.value_index import ValueIndex
from linkage.vocabulary import load

LEAST_SHARED = 2
"""Known plate characters that must agree; a fragment of one agrees with nearly every plate [G]."""


MOST_CLOSE = 0.9
"""Most of the weight of an identifier that one carries which only could be it [G]."""

_UNKNOWN = str.maketrans({"?": "\ufffe", "*": "\uffff"})
"""Unknown characters of what a report holds, as characters that only a wildcard of a question stands for."""


def exact_conditions(asked: Report, held: ValueIndex, sure: float, parameters: Parameters) -> list[Condition]:
    """Conditions of asked plates, identifiers and weapons; `sure` is the chance that a report sought shows them."""
    plates = [one.registration for one in asked.vehicles if one.registration]
    found = [_plates(plates, held, sure, parameters.get("registration", "misread"))] if plates else []
    found += [_identifier(one.kind, one.value, held, sure) for one in asked.identifiers]
    return found + [_weapon(key, held) for key in asked.weapons]


def _plates(plates: list[str], held: ValueIndex, sure: float, misread: float) -> Condition:
    """The best of a report's plates; of several that are asked for any will do. Look-alikes (O/0, I/1, 5/S, 8/B) and
    one differing character are "close"."""
    values, n = held.plates, len(held.reports)
    judged = [
        max((_judged_plate(plate, other, sure, misread) for plate in plates), key=lambda one: one[1])
        for other in values.known
    ]
    best, known = values.best(np.array([weight for _, weight in judged]))
    says = np.full(n, NOT_KNOWN, dtype=np.int8)
    for code in (DIFFERS, CLOSE, AGREES):
        of_code = np.array([one[0] == code for one in judged], dtype=bool)
        with_it = values.row[of_code[values.value]] if judged else values.row
        agreeing = np.zeros(n, dtype=bool)
        agreeing[with_it] = True
        says[agreeing & known] = code
    itself = max(plate_weight(compare(plate, plate), sure, misread) for plate in plates)
    return Condition(
        field="registration",
        label="Registration",
        asked=" or ".join(plates),
        weights=best,
        says=says,
        words=lambda row: "; ".join(plates_of(held.reports[row])) or "not known",
        count=count_words(int((says == AGREES).sum()), int(known.sum())),
        most=max(itself, float(best.max(initial=0.0))),
    )


def _judged_plate(plate: str, other: str, sure: float, misread: float) -> tuple[int, float]:
    found = compare(plate, other)
    least = min(LEAST_SHARED, sum(character not in "?*" for character in plate))
    if found.differing > 1 or found.agreed + found.confused < least:
        return DIFFERS, float(np.log10(1 - sure))
    weight = plate_weight(found, sure, misread)
    if found.differing == 0 and found.confused == 0:
        return AGREES, max(weight, 0.0)
    return (CLOSE if weight > 0 else DIFFERS), weight


def _identifier(kind: str, value: str, held: ValueIndex, sure: float) -> Condition:
    """Agrees where a report shows all that is asked. One that only could be it is close, by how much of what is asked
    it surely shows; one that could be it and shows nothing of it is not known."""
    values, n = held.identifiers(kind), len(held.reports)
    judged = np.array([_shown(value, other) for other in values.known], dtype=float)
    best, known = values.best(judged)
    agrees, close = known & (best == 1), known & (best > 0) & (best < 1)
    weight, could_be = rarity_weight(int(agrees.sum()), n), rarity_weight(int((agrees | close).sum()), n)
    says = np.full(n, NOT_KNOWN, dtype=np.int8)
    says[known & (best < 0)], says[close], says[agrees] = DIFFERS, CLOSE, AGREES
    by_code = np.array([0.0, weight, 0.0, float(np.log10(1 - sure))])[says]
    return Condition(
        field="identifier",
        label=kind.capitalize(),
        asked=value,
        weights=np.where(close, best * could_be, by_code),
        says=says,
        words=lambda row: "; ".join(identifiers_of(held.reports[row], kind)) or "not known",
    )


def _shown(asked: str, held: str) -> float:
    """Share of the asked characters that a held identifier surely shows: 1 for all that is asked, 0 where it could be
    the one asked for and shows nothing of it, -1 where it cannot."""
    if not fits_pattern(asked, held):
        return -1.0
    if fits_pattern(asked, held.translate(_UNKNOWN)):
        return 1.0
    known = sum(character not in "?*" for character in asked)
    return min(surely_shared(asked, held) / max(known, 1), MOST_CLOSE)


def _weapon(key: str, held: ValueIndex) -> Condition:
    """A weapon named in a report; a report that does not name it does not say that there was none."""
    values, n = held.weapons, len(held.reports)
    shown = values.holding([key])
    entry = load("weapons").entries.get(key)
    label = entry.label if entry else key
    count = int(shown.sum())
    return Condition(
        field="weapon",
        label="Weapon",
        asked=label,
        weights=np.where(shown, rarity_weight(count, n), 0.0),
        says=np.where(shown, AGREES, NOT_KNOWN).astype(np.int8),
        words=lambda row: label if shown[row] else "not known",
        most=rarity_weight(count, n) or unseen_weight(n),
    )


def no_weapon(key: str, held: ValueIndex) -> Condition:
    """A weapon that should not have been there: reports that name it differ, the others do not say."""
    there = _weapon(key, held)
    shown = there.says == AGREES
    return Condition(
        field="weapon",
        label="Weapon",
        asked=f"not: {there.asked}",
        weights=np.where(shown, np.log10(1 - ASKED), 0.0),
        says=np.where(shown, DIFFERS, NOT_KNOWN).astype(np.int8),
        words=there.words,
        most=0.0,
    )
