"""What is carried from one run to the next, so that only what changed is worked out again."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from linkage.arguments import NotScoredError
from linkage.intake.incidents.merge import merge_incident
from linkage.models.frozen import DIGEST, Baseline, Frozen, Remembered, digest
from linkage.models.relisting import Lists, relisted
from linkage.models.scan import Partners, ScanSettings, scan
from linkage.models.scored import Scored
from linkage.models.work import Work
from linkage.report import Report

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Carried:
    """Rows of a run by the `names` of their first reports, with digests of their `content` and of the incident that
    they are of (`incident`), both (rows, DIGEST); their best partners (`lists`), and the components of the candidate
    graph as they were judged. `decided` is a digest of the decisions that they were judged under."""

    names: list[str]
    content: NDArray[np.uint8]
    incident: NDArray[np.uint8]
    lists: Lists
    components: Remembered
    decided: bytes = b""

    def to_bytes(self) -> bytes:
        """Plain arrays, compressed; nothing in them can run."""
        file, lists, parts = io.BytesIO(), self.lists, self.components
        np.savez_compressed(
            file,
            names=_text(self.names),
            content=self.content,
            incident=self.incident,
            left=lists.partners.left.astype(np.int32),
            right=lists.partners.right.astype(np.int32),
            flags=lists.partners.main.astype(np.uint8) + 2 * lists.partners.far.astype(np.uint8),
            total=lists.total.astype(np.int32),
            away=lists.away.astype(np.int32),
            keys=parts.keys,
            start=parts.start,
            units=_text(parts.names),
            one=parts.left.astype(np.int32),
            other=parts.right.astype(np.int32),
            together=parts.together,
            whole=parts.whole,
            decided=np.frombuffer(self.decided, dtype=np.uint8),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, written: bytes) -> Carried:
        """Inverse of `to_bytes`. ValueError, KeyError or OSError for anything else."""
        with np.load(io.BytesIO(written), allow_pickle=False) as kept:
            whole = {name: kept[name].astype(np.int64) for name in ("left", "right", "total", "away", "one", "other")}
            main, far = kept["flags"] & 1 > 0, kept["flags"] & 2 > 0
            lists = Lists(Partners(whole["left"], whole["right"], main, far), whole["total"], whole["away"])
            names, ends = _words(kept["units"]), (whole["one"], whole["other"])
            sampled = kept["whole"] if "whole" in kept.files else np.zeros(len(ends[0]), bool)  # not kept before 0045
            parts = Remembered(kept["keys"], kept["start"], names, *ends, kept["together"], sampled)
            decided = kept["decided"].tobytes() if "decided" in kept.files else b""  # not kept before 0032
            return cls(_words(kept["names"]), kept["content"], kept["incident"], lists, parts, decided)

    def rows_now(self, scored: Scored) -> NDArray[np.int64]:
        """Where each row stands among those that are scored (rows,), -1 where it is gone or not what it was."""
        number = {row[0]: at for at, row in enumerate(scored.rows)}
        now = np.array([number.get(name, -1) for name in self.names], dtype=np.int64)
        signs = np.hstack([contents(scored), incidents(scored)])
        same = (np.hstack([self.content, self.incident]) == signs[now]).all(axis=1) & (now >= 0)
        return np.where(same, now, -1)


@dataclass(frozen=True)
class Holding:
    """What a linker is held to: the `frozen` weights of an earlier run with the merged reports whose base rates they
    are (`base`, and the ids of each in `rows`), and what was `carried` from the run before. A `quick` linker
    judges only what lies near what changed, where no decision did (`models.provisional`)."""

    frozen: Frozen | None = None
    base: Sequence[Report] | None = None
    carried: Carried | None = None
    rows: Sequence[Sequence[str]] = ()
    quick: bool = False

    def baseline(self, scored: Scored) -> Baseline:
        """What judging is held to."""
        known = self.carried.components if self.carried else Remembered.nothing()
        held = Baseline(self.frozen, contents(scored), known)
        if not self.quick or self.carried is None or self.carried.decided != decisions(scored):
            return held
        changed = np.ones(len(scored.rows), dtype=bool)
        now = self.carried.rows_now(scored)
        changed[now[now >= 0]] = False
        return replace(held, changed=changed)

    def partners(self, scored: Scored, settings: ScanSettings, progress: Progress | None, work: Work) -> Partners:
        """Best partners of every row, noted with the run, found where `work` says; where something was carried,
        only what changed is scored, and here."""
        started, scored.top = time.perf_counter(), settings.top
        note = partial(progress, "pairs") if progress else None
        packed = scored.table.pack()
        if self.carried is None:
            scored.listed = scan(packed, scored.incident, settings, note, work)
        else:
            now = self.carried.rows_now(scored)
            scored.listed = relisted(self.carried.lists, now, packed, scored.incident, settings)
        scored.timings["pairs"] = time.perf_counter() - started
        return scored.listed


def holding_from(scored: Scored, holding: Holding) -> Holding:
    """What later runs can be held to after one that was held to `holding`, which stays where it held anything."""
    if scored.judged is None or scored.listed is None:
        raise NotScoredError("nothing was scored yet that later runs could be held to: score the reports first")
    found, base, rows = scored.judged.posterior, holding.base, holding.rows
    estimated = Frozen(scored.prior, scored.temper, scored.judged.incidents, found.chains, found.scales, scored.top)
    if base is None:
        rows = scored.rows
        base = [merge_incident([scored.reports[name] for name in row]) for row in scored.rows]
    return Holding(holding.frozen or estimated, base, carried_from(scored, scored.listed), rows)


def carried_from(scored: Scored, partners: Partners) -> Carried:
    """What a run that was judged carries to the next."""
    assert scored.judged is not None, "score the reports first"
    table, left, right = scored.table, partners.left, partners.right
    keys, at = np.unique(np.minimum(left, right) * len(scored.rows) + np.maximum(left, right), return_inverse=True)
    assert len(keys) == len(scored.candidates.left)
    total = np.rint((scored.candidates.strength - scored.prior) * 1000.0).astype(np.int64)[at]
    place = next(kind for kind in table.evidence if kind.name == "place")
    near = table.place().millibans(left, right, table.temper(place))
    names = [row[0] for row in scored.rows]
    lists = Lists(partners, total, total - near)
    components = scored.judged.posterior.judged
    return Carried(names, contents(scored), incidents(scored), lists, components, decisions(scored))


def contents(scored: Scored) -> NDArray[np.uint8]:
    """A digest of what each row says, (rows, DIGEST)."""
    made = [digest(*row, *(_content(scored.reports[name]) for name in row)) for row in scored.rows]
    return np.frombuffer(b"".join(made), dtype=np.uint8).reshape(-1, DIGEST)


def _content(report: Report) -> str:
    """All that the report says, and what of that counts as not known."""
    withheld = sorted(report.behaviours.withheld)
    return report.model_dump_json() + (json.dumps(withheld) if withheld else "")


def incidents(scored: Scored) -> NDArray[np.uint8]:
    """A digest of which rows are taken to be of one incident with each, (rows, DIGEST)."""
    members: dict[int, list[str]] = {}
    for row, number in zip(scored.rows, scored.incident.tolist(), strict=True):
        members.setdefault(number, []).append(row[0])
    made = [digest(*members[number]) for number in scored.incident.tolist()]
    return np.frombuffer(b"".join(made), dtype=np.uint8).reshape(-1, DIGEST)


def decisions(scored: Scored) -> bytes:
    """A digest of the decisions that series are judged under."""
    bound = scored.constraints
    return digest(json.dumps([bound.must, bound.cannot, bound.soft, bound.same, bound.other]))


def _text(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\0".join(names).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _words(text: NDArray[np.uint8]) -> list[str]:
    return text.tobytes().decode("utf-8", "surrogatepass").split("\0") if len(text) else []
