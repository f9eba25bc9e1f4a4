"""Conditions under which the linkage is judged: worse reports, other worlds, later people, sensitive items.

A case says what was learned from, what is judged and by which scorer; `robustness.py` judges cases.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from linkage.evaluation import perturb
from linkage.evaluation.engine import Engine
from linkage.evaluation.scorer import Scorer
from linkage.evaluation.splits import by_time
from linkage.evaluation.truth import Truth
from linkage.intake import read_reports
from linkage.linker import Settings
from linkage.report import Report
from linkage.synthetic import generate, write_reports, write_world

MakeScorer = Callable[[], Scorer]

TOWN_DENSITIES: Mapping[str, Mapping[str, Any]] = {
    "trade spread over small towns": {"mobility.town_power": 1.0, "mobility.hot_per_million": 16.0},
    "trade gathered in the largest towns": {"mobility.town_power": 2.4, "mobility.hot_per_million": 4.0},
}
"""Worlds whose reports lie otherwise [G]: towns draw people in proportion to their size and have twice the shared hot
areas, or draw them far beyond it and have half. The default world has a power of 1.8 and 8 areas a million."""

TIME_CUT = 0.5
"""Share of the reports that come before the cut in `out_of_time` [G]: later cuts leave few people to judge."""

OTHER_PRESETS = ("solved", "travelling", "text_only", "sparse", "adversarial")
"""Presets of the synthetic world that another engine learned from."""


@dataclass(frozen=True, eq=False)
class Labelled:
    """Reports and who is behind them."""

    reports: list[Report]
    truth: Truth


@dataclass(frozen=True)
class Case:
    """One condition. `against` names the case it is held against: the first one when empty, none when itself."""

    name: str
    note: str
    learned: Labelled
    judged: Labelled
    scorer: MakeScorer
    against: str = ""


def engine(sensitive: bool = False) -> Scorer:
    """The engine that learns from labels."""
    return Engine(labels=True, settings=Settings(sensitive=sensitive))


def sensitive_engine() -> Scorer:
    """The engine that learns from labels, sensitive items carrying weight."""
    return engine(sensitive=True)


def made_world(
    reports: int, seed: int, preset: str = "default", overrides: Mapping[str, Any] | None = None
) -> Labelled:
    """A synthetic world, written and read as a user's file is."""
    made = generate(reports, seed, overrides=dict(overrides or {}), preset=preset)
    with tempfile.TemporaryDirectory() as folder:
        _, truth = write_world(made, folder)
        written = Path(folder) / "reports.jsonl"
        write_reports(made, written)
        return Labelled(list(read_reports(written, mask=True).reports), Truth.from_file(truth))


def worse_reports(base: Case, seed: int = 0) -> list[Case]:
    """The base's judged reports with more missing or more wrong; it learned from reports as they are."""
    missing, wrong = f"{perturb.MISSING:.0%}", f"{perturb.WRONG:.0%}"
    off = f"{perturb.AGE_SHIFT:g} years or {perturb.HEIGHT_SHIFT:g} cm off"
    changes: list[tuple[str, str, Callable[..., list[Report]]]] = [
        (f"{missing} more missing", f"each told value lost with chance {missing}", perturb.drop_told),
        ("wrong colour", f"{wrong} of told vehicle colours are another", perturb.wrong_colour),
        ("wrong make", f"{wrong} of told makes and models are another maker's", perturb.wrong_make),
        ("wrong age and height", f"{wrong} of each are {off}", perturb.wrong_age_and_height),
        ("places by town only", "every place is known by its town alone", perturb.town_only),
    ]
    cases = []
    for name, note, change in changes:
        judged = replace(base.judged, reports=change(base.judged.reports, seed=seed))
        cases.append(replace(base, name=name, note=note, judged=judged))
    return cases


def other_worlds(base: Case, reports: int, seed: int) -> list[Case]:
    """Learned on a world of another preset; and judged on worlds whose towns are otherwise, learned here or there."""
    cases = [
        replace(
            base,
            name=f"learned on {preset}",
            note=f"learned on a world of preset {preset}, judged on the base's reports",
            learned=made_world(reports, seed + 1 + number, preset),
        )
        for number, preset in enumerate(OTHER_PRESETS)
    ]
    for number, (name, overrides) in enumerate(TOWN_DENSITIES.items()):
        said = ", ".join(f"{key} = {value:g}" for key, value in overrides.items())
        judged = made_world(reports, seed + 21 + number, overrides=overrides)
        home = made_world(reports, seed + 41 + number, overrides=overrides)
        there = replace(
            base, name=f"{name}, learned there", note=f"both worlds with {said}", learned=home, judged=judged
        )
        note = f"judged on a world with {said}, learned on the base's"
        cases += [there, replace(base, name=name, note=note, judged=judged, against=there.name)]
    return cases


def sensitive_on(base: Case) -> Case:
    """Perceived ethnicity, complexion and accents that stand for it carry weight, in learning and in scoring."""
    note = "as the base, with weight on sensitive items"
    return replace(base, name="sensitive items on", note=note, scorer=sensitive_engine)


def out_of_time(world: Labelled, scorer: MakeScorer = engine, seed: int = 0) -> list[Case]:
    """The same later people, judged by what had come in before them and by as many reports of any time.

    The time is cut by `splits.by_time`. Half of the people first reported after it are judged. The one engine learns
    from the reports before the cut, the other from people drawn from all others, with all their reports, until there
    are as many reports. The difference is what time alone costs.
    """
    split = by_time(world.reports, world.truth, share=TIME_CUT)
    later = sorted({world.truth.person[report.report_id] for report in split.test})
    rng = np.random.default_rng(seed)
    judged = set(rng.permutation(later)[: (len(later) + 1) // 2].tolist())
    others: dict[str, list[Report]] = {}
    for report in (*split.train, *split.left_out, *split.test):
        if (person := world.truth.person[report.report_id]) not in judged:
            others.setdefault(person, []).append(report)
    mixed: list[Report] = []
    for person in rng.permutation(sorted(others)):
        if len(mixed) < len(split.train):
            mixed += others[person]
    test = Labelled([r for r in split.test if world.truth.person[r.report_id] in judged], world.truth)
    day = split.name.replace("before and after ", "")
    any_time = f"people first reported from {day} on; learned from {len(mixed):,} reports of others, of any time"
    before = f"the same people; learned from the {len(split.train):,} reports before {day}"
    return [
        Case("in time", any_time, Labelled(mixed, world.truth), test, scorer, against="in time"),
        Case("out of time", before, Labelled(split.train, world.truth), test, scorer, against="in time"),
    ]
