"""`linkage explain`: the evidence on two reports, on a report's place in a series, and on a whole series."""

from __future__ import annotations

import csv
import json as plain_json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from linkage.cli.app import JsonOption, SensitiveOption, StoreOption, app
from linkage.cli.console import CommandError, Stages, print_json, say
from linkage.output.cells import as_before

if TYPE_CHECKING:
    from linkage.features.explanation import Explanation
    from linkage.linker import Linker
    from linkage.models.cohesion import SeriesExplanation
    from linkage.models.membership import MembershipExplanation
    from linkage.models.series_inference import Constraints
    from linkage.report import Report
    from linkage.review.blind import Blind, Question
    from linkage.review.blind_sets import BlindSets
    from linkage.store import Run

Pair = tuple[str, str]
Shown = TypeVar("Shown")

_ALONE = (
    "That is the pair by itself. A run judges all reports together: name the folder of its results with --results, "
    "and its probability is told as well."
)


@app.command()
def explain(
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="A report's id.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="Another report's id.")] = None,
    in_series: Annotated[
        str | None,
        typer.Option("--in", metavar="SERIES", help="Explain the place of report A in this series."),
    ] = None,
    series: Annotated[
        str | None, typer.Option("--series", metavar="SERIES", help="Explain what this series hangs on.")
    ] = None,
    reports: Annotated[
        Path | None,
        typer.Option(
            "--reports", exists=True, dir_okay=False, help="Read the reports from this file, not the store."
        ),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results",
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="With --reports: take series and weights from the run whose result files are in DIR.",
        ),
    ] = None,
    sensitive: SensitiveOption = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show the evidence for and against two reports coming from the same person, or on a series.

    With two reports, each line is one comparison with the words it rests on, how rare the shared value is, and its
    weight (log10 of a likelihood ratio). The weights and the starting belief add up to the strength of the pair
    alone. A second table names the other reports and what each adds, up to the final probability of the run. Nothing
    is told of what you have still to decide with all scores hidden, and narratives in the store stay closed.

    With a report and --in, the report is weighed against all members of the series together: what carries it, what
    would be left without each member and each group of evidence, and where else it could belong. With --series, the
    series is weighed whole against its best split in two. Both go by the weights of the run.

    Examples:

        linkage explain R0017 R0203

        linkage explain R0017 --in S-R0004

        linkage explain --series S-R0004 --reports reports.csv --results results
    """
    from linkage.cli.show import explanation_table
    from linkage.cli.show_series import membership_tables, series_tables
    from linkage.review.closed_narrative import closed_explanation

    _require_one_question(a, b, in_series, series)
    if sensitive and (series or in_series or results):
        raise CommandError("A run is explained as it weighed: leave --sensitive away, or link again with it")
    found: Any
    with Stages(quiet=json) as stages:
        source = _source(reports, results, store, sensitive, stages)
        if series is not None:
            found = source.of_series(series)
            told = series_tables(found, series)
        elif in_series is not None:
            found = source.of_member(str(a), in_series)
            told = membership_tables(found)
        else:
            found = source.of_pair(str(a), str(b))
            found = found if reports else closed_explanation(found)
            further = [_ALONE] * (not results) if reports else _alert_lines(store, found)
            told = chain(explanation_table(found), further)
    if json:
        plain = found.to_json()
        if plain.get("options") == ():  # hidden, and so is the best of them
            plain["best_alternative"] = None
        print_json(plain)
    else:
        say(*told)


def _alert_lines(address: str | None, found: Explanation) -> list[str]:
    """What alerts mean for a pair of the store: echoes with both strengths, held-back details that both tell."""
    from linkage.sharing.pair_marks import pair_marks
    from linkage.store import Store

    with Store(address, write=False) as kept:
        a, b, run = kept.report(found.report_a), kept.report(found.report_b), kept.latest_run()
        if a is None or b is None:
            return []
        left_out = run.record.get("echo", {}).get("left_out", {}) if run else {}
        return pair_marks(kept, a, b, found.parts, left_out).lines


@dataclass
class Source:
    """What explanations are taken from: reports, the linker and series of the run that linked them, and decisions."""

    name: str
    linker: Linker
    reports: list[Report]
    run: Run | None = None
    series: dict[str, list[str]] = field(default_factory=dict)
    decided: tuple[list[Pair], ...] = ([], [])
    pairs: Path | None = None
    blind: Blind | None = None
    sets: BlindSets | None = None

    def of_pair(self, a: str, b: str) -> Explanation:
        """The evidence on two reports; the final probability is that of the run."""
        self._require_reports([a, b])
        self._require_seen(("pair", *sorted((a, b))))
        final = self._final(a, b)
        return self.linker.take(self.reports, self._constraints()).explain(a, b, final, self._constraints())

    def _final(self, a: str, b: str) -> float | None:
        """What the run says of a pair that it lists."""
        if self.pairs is not None:
            return listed_probability(self.pairs, a, b)
        listed = self.run.pair(a, b) if self.run else None
        return listed.probability if listed else None

    def of_member(self, report: str, series_id: str) -> MembershipExplanation:
        """A report's place in a series."""
        from linkage.arguments import ArgumentError

        self._require_reports([report])
        self._require_series(series_id)
        self._require_seen(("report_series", report, series_id))
        known = self._known()
        here = {name: [one for one in members if one in known] for name, members in self.series.items()}
        try:
            found = self.linker.take(self.reports, self._constraints()).explain_membership(
                report, here, series_id, self._constraints()
            )
            return self._seen(self.sets.place(found, here) if self.sets else found, [report, *here[series_id]])
        except ArgumentError as error:
            raise CommandError(
                f"Series {series_id} holds no other incident than that of {report}: name another series with --in"
            ) from error

    def of_series(self, series_id: str) -> SeriesExplanation:
        """What a series hangs on."""
        from linkage.arguments import ArgumentError

        self._require_series(series_id)
        try:
            found = self.linker.take(self.reports, self._constraints()).explain_series(
                self.series[series_id], self._constraints()
            )
            return self._seen(self.sets.whole(found) if self.sets else found, self.series[series_id])
        except ArgumentError as error:
            raise CommandError(
                f"All reports of series {series_id} are of one incident, so that it hangs on nothing: name another"
            ) from error

    def _require_seen(self, question: Question) -> None:
        if self.blind is not None and (refusal := self.blind.refusal(question)):
            raise CommandError(refusal)

    def _seen(self, found: Shown | None, reports: Sequence[str]) -> Shown:
        """What is left to tell of a series. CommandError where all of it would tell a pair that is decided blind."""
        if found is not None:
            return found
        pairs = combinations(sorted(set(reports)), 2)
        refusals = (self.blind.refusal(("pair", *pair)) for pair in pairs) if self.blind else ()
        raise CommandError(next(filter(None, refusals), "Its strength is hidden until you have decided its pair"))

    def _constraints(self) -> Constraints:
        from linkage.models.series_inference import Constraints

        must, cannot, *others = self.decided
        return Constraints.of(must, cannot, self._known(), *others)

    def _known(self) -> set[str]:
        return {report.report_id for report in self.reports}

    def _require_reports(self, names: list[str]) -> None:
        known = self._known()
        for name in names:
            if name not in known:
                raise CommandError(f"There is no report {name!r} among the {len(known)} in {self.name}")

    def _require_series(self, series_id: str) -> None:
        if not self.series:
            raise CommandError(f"There are no series in {self.name}: link first, or name their folder with --results")
        if series_id not in self.series:
            some = ", ".join(sorted(self.series)[:3])
            raise CommandError(
                f"There is no series {series_id!r} among the {len(self.series)} in {self.name}. Some are: {some}"
            )
        self._require_reports(self.series[series_id])


def _require_one_question(a: str | None, b: str | None, in_series: str | None, series: str | None) -> None:
    """CommandError unless the words ask for one of the three explanations."""
    if series is not None and (a or b or in_series):
        raise CommandError("--series takes no report; for the place of a report in a series: REPORT --in SERIES")
    if in_series is not None and (a is None or b is not None):
        raise CommandError("--in explains the place of one report: linkage explain REPORT --in SERIES")
    if series is None and in_series is None and (a is None or b is None):
        raise CommandError("Name two reports, or a report and --in SERIES, or --series SERIES")
    if a is not None and a == b:
        raise CommandError("Name two different reports")


def _source(file: Path | None, results: Path | None, store: str | None, sensitive: bool, stages: Stages) -> Source:
    from linkage.intake import read_reports
    from linkage.linker import Linker, Settings
    from linkage.store import Store
    from linkage.store.blind import blind_here, sets_here
    from linkage.store.echoes import as_linked

    if results and not file:
        raise CommandError("--results goes with --reports: name the file of reports that was linked")
    linker = Linker(Settings(sensitive=sensitive))
    if file:
        found = read_reports([file], progress=stages.of("reading"), mask=True).reports
        return _of_results(file, results, found) if results else Source(str(file), linker, found)
    with Store(store, write=False) as kept:
        kept.require("look")
        run = kept.latest_run() if not sensitive else None
        if run is None:
            return Source("the store", linker, kept.reports(), blind=blind_here(kept))
        series = {one.series_id: [member.report_id for member in one.members] for one in run.series()}
        held = kept.constraints_of(run)
        decided = (held.must_link, held.cannot_link, held.soft_link, held.same_incident, held.other_incident)
        taken = as_linked(kept, kept.reports(), run.record)
        blind = blind_here(kept)
        sets = sets_here(blind, run)
        return Source("the store", run_linker(run), taken, run, series, decided, blind=blind, sets=sets)


def _of_results(file: Path, folder: Path, reports: list[Report]) -> Source:
    """Reports of a file with the weights and series of a run's result files. CommandError for other files."""
    from linkage.linker import Linker
    from linkage.models.model import ModelError

    series: dict[str, list[str]] = {}
    try:
        record = plain_json.loads((folder / "run.json").read_text(encoding="utf-8"))
        with (folder / "series.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                series.setdefault(as_before(row["series_id"]), []).append(as_before(row["report_id"]))
        linker = Linker.from_record(record)
        return Source(f"{file} and {folder}", linker, reports, series=series, pairs=folder / "pairs.csv")
    except (ModelError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CommandError(
            f"{folder}: run.json and series.csv cannot be read as those of a run of this version. "
            "Link again: linkage link FILE --out DIR"
        ) from error


def listed_probability(file: Path, a: str, b: str) -> float | None:
    """The probability that a pairs.csv gives two reports; None where it lists them not. CommandError where it cannot
    be read."""
    wanted = {a, b}
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if {as_before(row["report_a"]), as_before(row["report_b"])} == wanted:
                    return float(row["probability"])
    except (OSError, KeyError, TypeError, ValueError, AttributeError, csv.Error) as error:
        raise CommandError(
            f"{file} cannot be read as the pairs of a run. Link again: linkage link FILE --out DIR"
        ) from error
    return None


def run_linker(run: Run) -> Linker:
    """The linker of a run. CommandError when its weights cannot be read."""
    from linkage.review.run_linker import OldRunError, linker_of

    try:
        return linker_of(run.record)
    except OldRunError as error:
        raise CommandError(str(error)) from error
