"""Conditions of facts: a question's canonical values against the columns of linking, with the same weights."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from linkage.features.behaviour import OTHER, BehaviourEvidence
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import Column, Evidence
from linkage.features.items import ABSENT, NOT_RECORDED, PRESENT, ItemColumn
from linkage.features.latent import LatentEvidence
from linkage.features.parameters import Parameters
from linkage.search.asked import Asked
from linkage.search.condition import AGREES, CLOSE, DIFFERS, NOT_KNOWN, Condition
from linkage.search.exact import exact_conditions
from linkage.search.expansion import kin
from linkage.search.held import Held
from linkage.search.latent import ASKED, Laid, latent_conditions
from linkage.vocabulary import load

KIN_SHARE = 0.4
"""Share of a behaviour's weight that one like it carries [G]."""

Columns = Callable[[Evidence], Column]
States = Callable[[str], NDArray[np.int8]]


def fact_conditions(
    asked: Asked, held: Held, columns: Columns, laid: Callable[[LatentEvidence], Laid], parameters: Parameters
) -> list[Condition]:
    """Conditions for everything the question says in facts.

    `columns` gives the fitted column of an evidence, `laid` its values ready to be asked about.
    """
    found: list[Condition] = []
    states = _states(columns)
    for evidence in CATALOGUE:
        if isinstance(evidence, LatentEvidence) and not (evidence.name == "weekday" and asked.window):
            found += latent_conditions(evidence, asked.report, laid(evidence))
        elif isinstance(evidence, BehaviourEvidence):
            found += _behaviours(evidence, asked, columns, states)
    return found + exact_conditions(asked.report, held, ASKED, parameters)


def _states(columns: Columns) -> States:
    """State of any behaviour of the vocabulary over the reports."""
    of_domain = {evidence.domain: evidence for evidence in CATALOGUE if isinstance(evidence, BehaviourEvidence)}

    def state(item: str) -> NDArray[np.int8]:
        column = columns(of_domain[load("behaviours").entries[item].data["domain"]])
        assert isinstance(column, ItemColumn)
        return column.state[:, column.items.index(item)]

    return state


def _behaviours(evidence: BehaviourEvidence, asked: Asked, columns: Columns, states: States) -> list[Condition]:
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
    found = [_item(column, item, state, states) for item, state in mine.items() if item in column.items]
    for condition in found:
        condition.strict = condition.key in asked.must or condition.key in asked.must_not
        condition.keeps_unknown = condition.key not in asked.must
    return found


def _item(column: ItemColumn, item: str, wanted: int, states: States) -> Condition:
    """One behaviour; what is its like is close where the behaviour itself is not recorded."""
    at = column.items.index(item)
    share, state = float(column.prevalence[at]), column.state[:, at]
    odds = (1 - share) / share if wanted == PRESENT else share / (1 - share)
    says = np.where(state == NOT_RECORDED, NOT_KNOWN, np.where(state == wanted, AGREES, DIFFERS)).astype(np.int8)
    like = [other for other in sorted(kin(item)) if wanted == PRESENT]
    for other in like:
        says[(says == NOT_KNOWN) & (states(other) == PRESENT)] = CLOSE
    most = float(np.log10(1 + ASKED * odds))
    label = column.labels[at]
    said = {NOT_RECORDED: "not known", ABSENT: "said not to have happened", PRESENT: "happened"}

    def words(row: int) -> str:
        if says[row] != CLOSE:
            return f"{label}: {said[int(state[row])]}"
        shown = [other for other in like if states(other)[row] == PRESENT]
        return f"like it: {load('behaviours').entries[shown[0]].label}"

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
