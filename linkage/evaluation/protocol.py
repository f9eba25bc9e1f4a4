"""The protocol: how good the linkage is, told in the one way that does not flatter it.

Reports are split by person, never by pair, since two pairs of one series on both sides leak the answer. Each fold is
judged by what was learned from the others; scores of all folds are then put in one ranked list. A way of linking
whose scores do not mean the same from fold to fold pays for that, as it would in use, and every figure gets one
interval, from a bootstrap over people. Pairs of one incident are judged by nobody. A second split is by time: learn
from what had come in, be judged on people first reported later (out-of-time decay: Zhan et al. 2026 [S]).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from linkage.errors import LinkageError
from linkage.evaluation.baselines import SPLINK, baselines, left_out
from linkage.evaluation.baselines.logistic import Logistic
from linkage.evaluation.conditions import Case, Labelled, engine, out_of_time, sensitive_on, worse_reports
from linkage.evaluation.engine import Engine
from linkage.evaluation.intervals import REPLICATES
from linkage.evaluation.robustness import robustness_table
from linkage.evaluation.scorer import Scorer
from linkage.evaluation.splits import Split, SplitError, by_person, by_time
from linkage.evaluation.trial import MOST_TO_LEARN, Counts, Progress, Trial, bench, some_people, trial
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.linker import Settings
from linkage.report import Report

FOLDS = 5
"""Folds by person [G]: each model learns from four fifths of the people."""

FEWEST_SERIES = 5
"""Series below which nothing is judged [G]: one series more or less would then move a share of series by a fifth."""


class EvaluationError(LinkageError, ValueError):
    """The reports cannot be judged; the message says why and what to do."""


@dataclass(frozen=True)
class Results:
    """What an evaluation found.

    `asked` is what it was asked (folds, seed, replicates); `file` counts the known reports as one set of pairs;
    `unknown` are reports that the truth does not name and `absent` names in the truth without a report.
    `robustness` is the table of `robustness.robustness_table`, empty where it was not asked for.
    """

    asked: dict[str, int]
    file: Counts
    unknown: list[str]
    absent: list[str]
    trials: list[Trial]
    robustness: pd.DataFrame
    notes: list[str] = field(default_factory=list)


def engines() -> list[Scorer]:
    """The engine without labels and with them."""
    return [Engine(labels=True), Engine(labels=False)]


def quick_ways(seed: int = 0) -> list[Scorer]:
    """The engine, and the baselines that take no time: fixed measures, and logistic regression.

    Splink without labels is no fixed measure: it estimates its parameters from the reports, which takes minutes.
    """
    fixed = (way for way in baselines(seed) if not way.learns or isinstance(way, Logistic))
    return [*engines(), *(way for way in fixed if way.name not in SPLINK)]


def all_ways(seed: int = 0) -> list[Scorer]:
    """The engine, then every baseline that can run here."""
    return [*engines(), *baselines(seed)]


def names_in(words: str, ways: Sequence[Scorer]) -> list[str]:
    """Names of ways of linking, or their beginnings, with commas between; a name may hold commas itself.

    At each place the longest run that some name begins with is taken.
    """
    parts = [part.strip() for part in words.split(",")]
    known = [way.name.casefold() for way in ways]
    found: list[str] = []
    while parts:
        joined = [", ".join(parts[:size]) for size in range(len(parts), 0, -1)]
        name = next((run for run in joined if any(own.startswith(run.casefold()) for own in known)), parts[0])
        found.append(name)
        parts = parts[name.count(",") + 1 :]
    return found


def chosen(ways: Sequence[Scorer], names: Sequence[str]) -> list[Scorer]:
    """Ways whose name starts with one of `names`, in any case. EvaluationError for a name that none has."""
    found: list[Scorer] = []
    for name in names:
        own = [way for way in ways if way.name.casefold().startswith(name.strip().casefold())]
        if not own or not name.strip():
            raise EvaluationError(
                f"There is no way of linking called {name!r}; there are: {'; '.join(way.name for way in ways)}"
            )
        found += [way for way in own if way not in found]
    return [way for way in ways if way in found]


def evaluate(
    reports: Sequence[Report],
    truth: Truth,
    folds: int = FOLDS,
    seed: int = 0,
    replicates: int = REPLICATES,
    scorers: Sequence[Scorer] | None = None,
    time_split: bool = False,
    robustness: bool = False,
    sectors: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Results:
    """Judge ways of linking (all of them unless `scorers` are given) on labelled reports.

    `time_split` judges them on later people too; `robustness` adds what the engine loses on worse reports; `sectors`
    are known sectors by report id, for the table of groups, else they are read from contact and venue.
    EvaluationError when too few series are known, or the folds cannot be made.
    """
    ways = list(scorers) if scorers is not None else all_ways(seed)
    ways += [Engine(labels=True, settings=Settings(sensitive=True))] if robustness else []
    known = {report.report_id for report in reports} & truth.person.keys()
    file = Counts.of_file(reports, truth)
    _require(file, len(reports), folds)
    by_folds = bench(by_person(reports, truth, folds, seed), truth, seed)
    how = _how(folds, by_folds.pooled, file)
    trials = [trial("by person", how, by_folds, truth, ways, seed, replicates, progress, sectors)]
    notes = [f"{name} was not run: {why}" for name, why in left_out().items()] if scorers is None else []
    if time_split:
        try:
            split = by_time(reports, truth)
            later = bench([split], truth, seed)
            _require_links(split, later.pooled, truth)
        except SplitError as error:
            notes.append(f"No split by time: {error}")
        else:
            trials.append(
                trial("by time", _how_by_time(split), later, truth, ways, seed, replicates, progress, sectors)
            )
    worse = (
        _worse(Labelled(list(reports), truth), seed, replicates, progress, notes) if robustness else pd.DataFrame()
    )
    return Results(
        asked={"folds": folds, "seed": seed, "replicates": replicates},
        file=file,
        unknown=sorted(report.report_id for report in reports if report.report_id not in known),
        absent=sorted(truth.person.keys() - known),
        trials=trials,
        robustness=worse,
        notes=notes,
    )


def _worse(world: Labelled, seed: int, replicates: int, progress: Progress | None, notes: list[str]) -> pd.DataFrame:
    """The engine on half of the people as they are and made worse, and on later people; adds to `notes`."""
    half = by_person(world.reports, world.truth, 2, seed)[0]
    learned, judged = (
        Labelled(some_people(side, world.truth, MOST_TO_LEARN, seed), world.truth) for side in (half.train, half.test)
    )
    base = Case("as they are", "half of the people; learned from the other half", learned, judged, engine)
    cases = [base, *worse_reports(base, seed), sensitive_on(base)]
    tables = [robustness_table(cases, seed, replicates, progress)]
    try:
        tables.append(robustness_table(out_of_time(world, seed=seed), seed, replicates))
    except SplitError as error:
        notes.append(f"Not judged out of time: {error}")
    return pd.concat(tables, ignore_index=True)


def _require(file: Counts, reports: int, folds: int) -> None:
    if not file.links:
        raise EvaluationError(
            f"None of the {reports:,} reports is known to be linked to another: write the known series into their "
            "field series, or name a truth file (--truth)"
        )
    if file.series < max(folds, FEWEST_SERIES):
        cure = f"give fewer folds, at most {file.series}" if file.series >= FEWEST_SERIES else "label more series"
        raise EvaluationError(
            f"Only {file.series} series of two incidents or more are known, too few for {folds} folds "
            f"(at least {FEWEST_SERIES} series and one for each fold): {cure}"
        )
    if file.people == 1 or file.links == file.pairs:
        raise EvaluationError("All reports are of one person: nothing is there to tell apart")


def _require_links(split: Split, pairs: EvaluatedPairs, truth: Truth) -> None:
    """SplitError when there is no link on one of the sides."""
    sides = {"earlier": Counts.of_file(split.train, truth).links, "later": Counts.of(pairs).links}
    for side, links in sides.items():
        if not links:
            raise SplitError(f"{split.name}, the {side} reports hold no link")


def _how(folds: int, pairs: EvaluatedPairs, file: Counts) -> str:
    rate = Counts.of(pairs).base_rate
    return (
        f"{folds} folds of whole people; each fold is judged by what was learned from the others, and the folds' "
        f"scores are put in one list. A fold holds one report in {folds}, so links are some "
        f"{rate / file.base_rate:.1f} times as frequent in it as in the whole file: precision on the whole file is "
        "lower, ranks are higher."
    )


def _how_by_time(split: Split) -> str:
    return (
        f"Learned from the {len(split.train):,} reports {split.name.replace(' and after', '')}, judged on people "
        f"first reported from then on. {len(split.left_out):,} reports are on neither side: their people stand on "
        "both, or they have no date. People first reported late have had less time for a second incident, so that "
        "links are rarer than they will be."
    )
