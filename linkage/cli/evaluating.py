"""`linkage evaluate`: how good the linkage is, on reports whose series are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, ReplaceOption, app
from linkage.cli.console import DONE, REFUSED, CommandError, Stages, counted, print_json, say, warn

if TYPE_CHECKING:
    from linkage.evaluation.scorer import Scorer
    from linkage.evaluation.truth import Truth
    from linkage.report import Report

FoldsOption = Annotated[int, typer.Option("--folds", metavar="K", min=2, max=50, help="Folds of whole people.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Fixes folds, draws and everything random.")]
ReplicatesOption = Annotated[
    int, typer.Option("--replicates", metavar="N", min=0, help="Bootstrap draws for the intervals; 0 for none.")
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="NAMES",
        help="Ways of linking by their names or the beginnings of them, comma between; may be repeated.",
    ),
]


@app.command()
def evaluate(
    reports: Annotated[Path, typer.Argument(metavar="REPORTS", exists=True, dir_okay=False, help="Reports.")],
    truth: Annotated[
        Path | None,
        typer.Option(
            "--truth",
            exists=True,
            dir_okay=False,
            help="CSV with report_id, incident_id, offender_id. Without: the reports' own field series.",
        ),
    ] = None,
    folds: FoldsOption = 5,
    seed: SeedOption = 0,
    replicates: ReplicatesOption = 200,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page with charts.")] = None,
    replace: ReplaceOption = False,
    only: OnlyOption = None,
    quick: Annotated[bool, typer.Option("--quick", help="The engine and baselines that take no time.")] = False,
    time_split: Annotated[
        bool, typer.Option("--time-split", help="Learn from earlier reports and judge on later people as well.")
    ] = False,
    robustness: Annotated[
        bool,
        typer.Option("--robustness", help="Also: worse reports, later people, and sensitive items carrying weight."),
    ] = False,
    labelled_only: Annotated[
        bool,
        typer.Option(
            "--labelled-only",
            help="Leave reports without a series out; else each counts as its person's only one. Not with --truth.",
        ),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Judge how well links are found, on reports whose series are known, beside other ways of linking.

    Whole people are held out, never pairs; reports of one incident are no link. Every figure comes with a 95 %
    interval. Nothing that a way of linking is judged on was seen by it before.

    Examples:

        linkage evaluate solved.jsonl --html evaluation.html

        linkage evaluate world/reports.jsonl --truth world/truth.csv --quick
    """
    from linkage.cli.compiling import STAGE, compile_kernels
    from linkage.cli.figures import say_evaluation
    from linkage.evaluation.document import document
    from linkage.evaluation.groups import sectors_from
    from linkage.evaluation.protocol import EvaluationError, evaluate
    from linkage.evaluation.splits import SplitError
    from linkage.evaluation.truth import TruthError
    from linkage.intake import read_reports
    from linkage.output.files import require_new

    if html:
        require_new(html, replace)  # before the long work
    if truth and labelled_only:
        raise CommandError("--labelled-only asks the reports' own series and --truth a file: use one of them")
    with Stages(quiet=json) as stages:
        batch = read_reports([reports], progress=stages.of("reading"), mask=True)
        if not batch.reports:
            raise CommandError(f"{reports}: no report could be read")
        compile_kernels(stages.of(STAGE))
        try:
            results = evaluate(
                batch.reports,
                known_truth(batch.reports, truth, labelled_only),
                folds=folds,
                seed=seed,
                replicates=replicates,
                scorers=ways(only, quick, seed),
                time_split=time_split,
                robustness=robustness,
                sectors=sectors_from(truth) if truth else None,
                progress=stages,
            )
        except (EvaluationError, SplitError, TruthError) as error:
            raise CommandError(f"{reports}: {error}" if not isinstance(error, TruthError) else str(error)) from error
    found = document(results, _judged(reports))
    tell_left_out(found, bool(truth))
    for reject in batch.rejects[:1]:
        what = " ".join(filter(None, (reject.report_id, reject.field, reject.value)))
        refused = counted(len(batch.rejects), "row or value was", "rows or values were")
        warn(f"{reports}: {refused} refused, the first: {what}: {reject.reason}")
    if html:
        from linkage.evaluation.html import write_page

        write_page(found, html)
    if json:
        print_json(found)
    else:
        say_evaluation(found)
        if html:
            say(f"Page with charts: {html}")
    raise typer.Exit(REFUSED if batch.rejects else DONE)


def _judged(reports: Path) -> dict[str, str]:
    """What was judged, and when: so that whoever cites a figure can name it."""
    import hashlib
    from datetime import UTC, datetime

    digest = hashlib.sha256(reports.read_bytes()).hexdigest()
    return {"name": reports.name, "sha256": digest, "day": datetime.now(UTC).date().isoformat()}


def known_truth(reports: Sequence[Report], file: Path | None, labelled_only: bool) -> Truth:
    """Truth from the file, or from the reports' own series."""
    from linkage.evaluation.truth import Truth

    if file is None:
        return Truth.from_labels(reports, one_offs=not labelled_only)
    known = Truth.from_file(file)
    if known.person.keys().isdisjoint(report.report_id for report in reports):
        raise CommandError(f"{file}: none of its report_ids is among the reports; name the truth of these reports")
    return known


def ways(only: Sequence[str] | None, quick: bool, seed: int) -> list[Scorer]:
    """The ways of linking that were asked for."""
    from linkage.evaluation.protocol import all_ways, chosen, names_in, quick_ways

    found = quick_ways(seed) if quick else all_ways(seed)
    names = [name for words in only or [] for name in names_in(words, found)]
    return chosen(found, names) if names else found


def tell_left_out(found: dict[str, Any], with_file: bool) -> None:
    """Reports and truth that do not find each other, on standard error."""
    without, absent = found["reports_without_truth"], found["truth_without_report"]
    if without["count"]:
        why = "the truth file does not name them" if with_file else "they have no series"
        warn(f"{counted(without['count'], 'report is', 'reports are')} not judged, since {why}: {_named(without)}")
    if absent["count"]:
        reports = counted(absent["count"], "report of the truth file is", "reports of the truth file are")
        warn(f"{reports} not among the reports: {_named(absent)}")


def _named(ids: dict[str, Any]) -> str:
    more = ids["count"] - len(ids["first"])
    return ", ".join(ids["first"]) + (f" and {more:,} more" if more else "")
