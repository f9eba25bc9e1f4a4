"""Conditions of facts: a question's canonical values against the columns of linking, with the same weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from linkage.features.behaviour import OTHER, BehaviourEvidence
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Column
from linkage.features.item_states import ABSENT, NOT_RECORDED, PRESENT, spoken
from linkage.features.items import ItemColumn
from linkage.features.latent import LatentEvidence
from linkage.features.parameters import Parameters
from linkage.search.accents import of_one_region
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition, rarity_weight
from linkage.search.exact import exact_conditions, no_weapon
from linkage.search.expansion import below, kin
from linkage.search.items import item_condition
from linkage.search.latent import ASKED, DERIVED, Laid, latent_conditions
from linkage.search.meaning import Meant
from linkage.search.query import Query
from linkage.search.value_index import ValueIndex
from linkage.vocabulary import load

KIN_SHARE = 0.4
"""Share of a behaviour's weight that one like it carries [G]."""

MEANT_SHARE = 0.8
"""Share of its weight that a behaviour carries which words mean by likeness only, times that likeness [G]."""

LEAST_ALIKE = 0.5
"""Likeness (0-1) of a narrative to the free words of a question from which it counts [G]."""

_VOICES = ("accent", "accent_other")

Columns = Callable[[BehaviourEvidence], Column]
States = Callable[[str], NDArray[np.int8]]
"""State of one behaviour, by its key, in each report, shape (reports,)."""


def fact_conditions(
    asked: Query,
    held: ValueIndex,
    columns: Columns,
    states: States,
    laid: Callable[[LatentEvidence], Laid],
    parameters: Parameters,
) -> list[Condition]:
    """Conditions for everything the question says in facts.

    `columns` gives the fitted column of a domain of behaviours, `states` the states of a behaviour, `laid` the values
    of an evidence ready to be asked about.
    """
    found: list[Condition] = []
    for evidence in CATALOGUE:
        if evidence.name in DERIVED or (evidence.name == "weekday" and asked.windows):
            continue
        if isinstance(evidence, LatentEvidence):
            made = latent_conditions(evidence, asked.told, laid)
            if evidence.name in _VOICES:
                made = [of_one_region(one, asked.report, laid(evidence).column) for one in made]
            found += made
        elif isinstance(evidence, BehaviourEvidence):
            found += _behaviours(evidence, asked, columns, states)
    for item in asked.items:
        strict = item.key in asked.must or item.key in asked.must_not
        found.append(item_condition(item, strict, item.key in asked.must, states))
    denied = [no_weapon(key, held) for key in asked.no_weapons]
    return found + exact_conditions(asked.report, held, ASKED, parameters) + denied


def meant_conditions(found: Sequence[Meant], state_of: States) -> list[Condition]:
    """Reports that tell a behaviour which free words of the question probably mean are close, the more alike the
    words the more. It adds to what those words find by themselves and is no part of the question's whole."""
    entries = load("behaviours").entries
    return [_meant(one, state_of(one.key), entries[one.key].label) for one in found]


def _meant(one: Meant, state: NDArray[np.int8], label: str) -> Condition:
    shown = state == PRESENT
    weight = MEANT_SHARE * one.like * rarity_weight(int(shown.sum()), len(shown))
    return Condition(
        field="words",
        label="Meaning",
        asked="",
        weights=np.where(shown, weight, 0.0),
        says=np.where(shown, CLOSE, NOT_KNOWN).astype(np.int8),
        words=lambda row: f"like “{one.words}”: {label}" if shown[row] else "not known",
        quiet=True,
        most=weight,
    )


def narrative_condition(runs: Sequence[str], likeness: NDArray[np.float64]) -> Condition:
    """Reports whose narrative as a whole is like the free words of the question; `likeness` (n,) is 0 to 1."""
    shown = likeness >= LEAST_ALIKE
    rare = rarity_weight(int(shown.sum()), len(shown))
    asked = " ".join(runs)
    return Condition(
        field="words",
        label="Meaning",
        asked="",
        weights=np.where(shown, MEANT_SHARE * likeness * rare, 0.0),
        says=np.where(shown, CLOSE, NOT_KNOWN).astype(np.int8),
        words=lambda row: f"the narrative is like “{asked}”" if shown[row] else "not known",
        quiet=True,
        most=0.0,
    )


def _behaviours(evidence: BehaviourEvidence, asked: Query, columns: Columns, states: States) -> list[Condition]:
    entries = load("behaviours").entries
    wanted = {**dict.fromkeys(asked.report.behaviours.absent, ABSENT)}
    wanted |= dict.fromkeys(asked.report.behaviours.present, PRESENT)
    mine = {
        item: state
        for item, state in wanted.items()
        if (entries[item].data["domain"] if item in entries else OTHER) == evidence.domain
    }
    if not mine:
        return []
    column = columns(evidence)
    assert isinstance(column, ItemColumn)
    found = [
        _item(column, item, state, states, below(item) if item in asked.must else kin(item))
        for item, state in mine.items()
        if item in column.items
    ]
    for condition in found:
        condition.strict = condition.key in asked.must or condition.key in asked.must_not
        condition.keeps_unknown = condition.key not in asked.must
    return found


def _item(column: ItemColumn, item: str, wanted: int, states: States, others: frozenset[str]) -> Condition:
    """One behaviour; what is its like (`others`) is close where the behaviour itself is not recorded."""
    at = column.items.index(item)
    share, said_of = float(column.prevalence[at]), states(item)
    state = np.where(spoken(said_of), said_of, NOT_RECORDED)
    odds = (1 - share) / share if wanted == PRESENT else share / (1 - share)
    says = np.where(state == NOT_RECORDED, NOT_KNOWN, np.where(state == wanted, AGREES, DIFFERS)).astype(np.int8)
    like = [other for other in sorted(others) if wanted == PRESENT]
    for other in like:
        says[(says == NOT_KNOWN) & (states(other) == PRESENT)] = CLOSE
    for other in sorted(below(item)) if wanted == ABSENT else ():
        says[(says == NOT_KNOWN) & (states(other) == PRESENT)] = DIFFERS
    most = float(np.log10(1 + ASKED * odds))
    label = column.labels[at]
    said = {NOT_RECORDED: "not known", ABSENT: "said not to have happened", PRESENT: "happened"}

    def words(row: int) -> str:
        """What the report at a row tells of the behaviour, or of what is like it."""
        if says[row] == DIFFERS and state[row] == NOT_RECORDED:
            shown = [other for other in sorted(below(item)) if states(other)[row] == PRESENT]
            return f"{label}: {load('behaviours').entries[shown[0]].label}"
        if says[row] != CLOSE:
            return f"{label}: {said[int(state[row])]}"
        shown = [other for other in like if states(other)[row] == PRESENT]
        return f"like “{label}”: {load('behaviours').entries[shown[0]].label}"

    return Condition(
        field="behaviour",
        label="Behaviour",
        asked=label if wanted == PRESENT else f"not: {label}",
        weights=np.array([0.0, most, KIN_SHARE * most, np.log10(1 - ASKED)])[says],
        says=says,
        words=words,
        key=item,
        most=most,
    )
