"""Weights that stay: what a run estimated from the reports at hand, kept so that later reports are judged alike.

A full run estimates base rates, the prior, the honest temper, and by how much evidence is scaled in series. Held to
what an earlier run estimated, every pair weighs what it weighed there, and a component of the candidate graph that
is what it was is judged as it was, to the last bit: so only what changed needs to be worked out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.models.partition import Problem

DIGEST = 16
"""Bytes of a digest: two that differ are alike by chance once in 10^38."""


@dataclass(frozen=True)
class Frozen:
    """What one run estimated besides base rates: `prior` (log10 odds of a random pair), the honest `temper`, how many
    `units` the prior over partitions is for, how many `chains` a component has and what evidence is scaled by in each
    stretch of them (`scales`, the last one counts). `top` is how many partners were listed."""

    prior: float
    temper: float
    units: int
    chains: int
    scales: tuple[float, ...]
    top: int

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self) | {"scales": list(self.scales)}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Frozen:
        """Inverse of `to_json`. KeyError, TypeError or ValueError for anything else."""
        return cls(
            float(plain["prior"]),
            float(plain["temper"]),
            int(plain["units"]),
            int(plain["chains"]),
            tuple(float(scale) for scale in plain["scales"]),
            int(plain["top"]),
        )


@dataclass(frozen=True)
class Remembered:
    """Components of the candidate graph as they were judged.

    `keys` (components, DIGEST) says what each was judged from. Its pairs of units are those from `start` on, each
    unit named by one of `names` (`left`, `right`), with the probability to be `together` before calibration and
    whether they are of one sampled series (`whole`).
    """

    keys: NDArray[np.uint8]
    start: NDArray[np.int64]
    names: list[str]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    together: NDArray[np.float64]
    whole: NDArray[np.bool_]

    @classmethod
    def nothing(cls) -> Remembered:
        """No component."""
        none = np.zeros(0, dtype=np.int64)
        return cls(
            np.zeros((0, DIGEST), np.uint8), np.zeros(1, np.int64), [], none, none, np.zeros(0), np.zeros(0, bool)
        )

    def places(self) -> dict[bytes, int]:
        """Number of each component by its key."""
        return {key.tobytes(): number for number, key in enumerate(self.keys)}

    def pairs(self, component: int) -> tuple[list[str], list[str], NDArray[np.float64], NDArray[np.bool_]]:
        """Names of both units of each pair of a component, its probability, and whether it is of a sampled series."""
        here = slice(int(self.start[component]), int(self.start[component + 1]))
        left, right = self.left[here].tolist(), self.right[here].tolist()
        return (
            [self.names[at] for at in left],
            [self.names[at] for at in right],
            self.together[here],
            self.whole[here],
        )

    @classmethod
    def of(
        cls,
        keys: Sequence[bytes],
        component: NDArray[np.int64],
        names: Sequence[str],
        pairs: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]],
    ) -> Remembered:
        """Pairs of units, of which `component` (units,) says where each stands, -1 for nowhere."""
        left, right, together, whole = pairs
        inside = component[left]
        order = np.argsort(inside, kind="stable")
        order = order[inside[order] >= 0]
        start = np.searchsorted(inside[order], np.arange(len(keys) + 1)).astype(np.int64)
        flat = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(-1, DIGEST)
        return cls(flat, start, list(names), left[order], right[order], together[order], whole[order])


@dataclass(frozen=True)
class Baseline:
    """What judging is held to: a run's `frozen` weights, or None where they are yet to be estimated; a digest of the
    content of each row (`signs`, (rows, DIGEST)), and what is `known` of components. Where only what lies near
    `changed` rows (rows,) is to be judged again, it says which they are."""

    frozen: Frozen | None = None
    signs: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, DIGEST), np.uint8))
    known: Remembered = field(default_factory=Remembered.nothing)
    changed: NDArray[np.bool_] | None = None


def digest(*parts: bytes | str) -> bytes:
    """A digest of parts, in their order."""
    made = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        said = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(said).to_bytes(8, "little"))
        made.update(said)
    return made.digest()


def problem_key(problem: Problem, signs: NDArray[Any], start: NDArray[np.int64], seed: str) -> bytes:
    """A digest of all that a component is judged from: what the sampler takes, with the content of rows in place of
    their numbers, the partition that it starts from, and the seed."""
    parts: list[bytes | str] = [seed, np.unique(start, return_inverse=True)[1].astype(np.int64).tobytes()]
    for name, value in problem._asdict().items():
        told = signs[value] if name == "unit_rows" else value
        parts += [name, np.ascontiguousarray(told).tobytes() if isinstance(told, np.ndarray) else repr(told)]
    return digest(*parts)


def component_keys(
    parts: Sequence[NDArray[np.int64]],
    problems: Sequence[Problem],
    signs: NDArray[np.uint8],
    start: NDArray[np.int64],
    seed: str,
) -> list[bytes]:
    """A digest of all that each component is judged from; rows go by their numbers where `signs` has none."""
    rows = 1 + max((int(problem.unit_rows.max()) for problem in problems), default=0)
    known = signs if len(signs) else np.arange(rows, dtype=np.int64)[:, None]
    return [problem_key(problem, known, start[part], seed) for part, problem in zip(parts, problems, strict=True)]
