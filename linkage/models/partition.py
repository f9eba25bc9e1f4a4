"""A partition of one component of the candidate graph while it is sampled, and what the sampler knows of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from linkage.models.compiled import leaf


class Problem(NamedTuple):
    """One component: units u with rows `unit_rows[unit_start[u]:unit_start[u + 1]]` and fingerprints `mark` (units,).

    Neighbours of u are `neighbour[edge_start[u]:edge_start[u + 1]]`, units it must not be with `apart[...]` likewise;
    `pull` (edges,) sums how often each edge is proposed, relative to others, up to and with it.
    `log_series` (k,) and `log_people` are the prior by number of incidents, `scale` multiplies all evidence, and no
    series takes more than `most` rows.
    Units that u is tied to are `tie[tie_start[u]:tie_start[u + 1]]` (`models.ties`): a series that holds both ends
    has `tie_weight` - `scale` * `tie_evidence` (natural log) more, and `tie_once` incidents fewer than units.
    """

    unit_start: NDArray[np.int64]
    unit_rows: NDArray[np.int64]
    mark: NDArray[np.uint64]
    edge_start: NDArray[np.int64]
    neighbour: NDArray[np.int64]
    pull: NDArray[np.float64]
    apart_start: NDArray[np.int64]
    apart: NDArray[np.int64]
    tie_start: NDArray[np.int64]
    tie: NDArray[np.int64]
    tie_weight: NDArray[np.float64]
    tie_evidence: NDArray[np.float64]
    tie_once: NDArray[np.int64]
    log_series: NDArray[np.float64]
    log_people: float
    scale: float
    most: int


class State(NamedTuple):
    """A partition: series `of` (units,), their `members` (series, most) and number of units `size` (series,).

    `mark` (series,) is the fingerprint of each one's members and `again` (series,) how many of its units tell of an
    incident that another one tells of; `free` is a stack of empty series, `free_count` (1,) its height.
    """

    of: NDArray[np.int64]
    members: NDArray[np.int64]
    size: NDArray[np.int64]
    mark: NDArray[np.uint64]
    again: NDArray[np.int64]
    free: NDArray[np.int64]
    free_count: NDArray[np.int64]


def start_from(of: NDArray[np.int64], problem: Problem) -> State:
    """A state from the series number of each unit, any numbers.

    A series that is longer than any may be, or has units that must not be together, is begun anew.
    """
    units = len(of)
    longest = min(problem.most, units, len(problem.log_series) - 1)
    members = np.full((units, longest + 1), -1, dtype=np.int64)
    size, rows = np.zeros(units, dtype=np.int64), np.zeros(units, dtype=np.int64)
    free = np.arange(units, dtype=np.int64)[::-1].copy()
    state = State(
        np.full(units, -1, dtype=np.int64),
        members,
        size,
        np.zeros(units, dtype=np.uint64),
        np.zeros(units, dtype=np.int64),
        free,
        np.array([units]),
    )
    current: dict[int, int] = {}
    for unit, number in enumerate(of.tolist()):
        series, taken = current.get(number, -1), int(problem.unit_start[unit + 1] - problem.unit_start[unit])
        apart = problem.apart[problem.apart_start[unit] : problem.apart_start[unit + 1]]
        if series >= 0 and (
            size[series] == longest or rows[series] + taken > problem.most or (state.of[apart] == series).any()
        ):
            series = -1
        put_in(problem, state, unit, series)
        current[number] = int(state.of[unit])
        rows[current[number]] += taken
    return state


@leaf
def may_join(problem, state, unit, series):  # type: ignore[no-untyped-def]
    """Is nobody in the series whom `unit` must not be with?"""
    for at in range(problem.apart_start[unit], problem.apart_start[unit + 1]):
        if state.of[problem.apart[at]] == series:
            return False
    return True


@leaf
def tied(problem, of, unit, series):  # type: ignore[no-untyped-def]
    """Ties of `unit` to units that `of` (units,) puts into `series`: how many incidents they count once, and what
    they weigh (natural log)."""
    once, weight = 0, 0.0
    for at in range(problem.tie_start[unit], problem.tie_start[unit + 1]):
        if of[problem.tie[at]] == series:
            once += problem.tie_once[at]
            weight += problem.tie_weight[at] - problem.scale * problem.tie_evidence[at]
    return once, weight


@leaf
def take_out(problem, state, unit):  # type: ignore[no-untyped-def]
    """Take a unit out of its series; an empty one is free again."""
    series = state.of[unit]
    last = state.size[series] - 1
    for a in range(last + 1):
        if state.members[series, a] == unit:
            state.members[series, a] = state.members[series, last]
            break
    state.size[series] = last
    state.mark[series] ^= problem.mark[unit]
    state.of[unit] = -1
    for at in range(problem.tie_start[unit], problem.tie_start[unit + 1]):
        if state.of[problem.tie[at]] == series:
            state.again[series] -= problem.tie_once[at]
    if last == 0:
        state.free[state.free_count[0]] = series
        state.free_count[0] += 1


@leaf
def put_in(problem, state, unit, series):  # type: ignore[no-untyped-def]
    """Put a unit into a series; -1 opens a new one."""
    if series < 0:
        state.free_count[0] -= 1
        series = state.free[state.free_count[0]]
        state.size[series] = 0
        state.mark[series] = np.uint64(0)
        state.again[series] = 0
    state.members[series, state.size[series]] = unit
    state.size[series] += 1
    state.mark[series] ^= problem.mark[unit]
    for at in range(problem.tie_start[unit], problem.tie_start[unit + 1]):
        if state.of[problem.tie[at]] == series:
            state.again[series] += problem.tie_once[at]
    state.of[unit] = series
