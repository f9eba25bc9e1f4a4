"""`linkage link`: reports become suggested links and candidate series."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, SensitiveOption, StoreOption, app
from linkage.cli.console import DONE, REFUSED, CommandError, Stages, counted, print_json, say, warn
from linkage.cli.learning import decided, read_solved, require_weights, saved_model, tell_unlearned
from linkage.cli.refused import SHOWN, refusal, require_reports
from linkage.cli.stopping import if_stopped
from linkage.cli.working import ClusterOption, ResumeOption, TlsOption, require_full_run, work_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkage.intake import Reject
    from linkage.report import Report
    from linkage.results import Results
    from linkage.store import Store
    from linkage.store.linking import Choices, Linked

TOP = 50

SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Fixes every random choice: same seed, same result.")]
TopOption = Annotated[int, typer.Option("--top", min=1, help="Best partners to list for each report.")]


@app.command()
def link(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="Reports. Without: those in the store."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Folder for the result files. With files: results.")
    ] = None,
    train: Annotated[
        Path | None,
        typer.Option("--train", exists=True, dir_okay=False, help="Reports with known series to learn weights from."),
    ] = None,
    train_decisions: Annotated[
        bool,
        typer.Option("--train-decisions", help="Learn weights from blind and second-checked decisions in the store."),
    ] = False,
    model: Annotated[
        Path | None,
        typer.Option("--model", metavar="FILE", help="Weights learned before, as --save-model wrote them."),
    ] = None,
    save_model: Annotated[
        Path | None,
        typer.Option("--save-model", metavar="FILE", help="Write the weights in use, to read, compare or use again."),
    ] = None,
    top: TopOption = TOP,
    seed: SeedOption = 0,
    sensitive: SensitiveOption = False,
    update: Annotated[
        bool,
        typer.Option("--update", help="Add what is new to the latest run, under the weights of the last full run."),
    ] = False,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="As --update, in seconds: series near what is new are provisional."),
    ] = False,
    echo: Annotated[
        str | None,
        typer.Option(
            "--echo",
            metavar="HOW",
            help="Reports that may repeat an alert: as-told, or discount what it told. Default: as-told.",
            show_default=False,
        ),
    ] = None,
    background: Annotated[
        bool,
        typer.Option("--background", help="Link the store in a process of its own; the pages tell how far it is."),
    ] = False,
    cluster: ClusterOption = None,
    cluster_tls: TlsOption = None,
    resume: ResumeOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Suggest links between reports, and candidate series.

    With files, no store is touched and the results are written to DIR. Without files, the reports in the store are
    linked, the decisions in it are respected, and the result is kept there for the dashboard (and written to DIR when
    one is named). Without --train or --model, weights come from the shipped defaults and the reports themselves.

    Examples:

        linkage link reports.csv --out results

        linkage link --train solved.jsonl --save-model weights.json

        linkage link reports.csv --model weights.json

        linkage link --update

        linkage link reports.csv --cluster tls://10.0.0.5:8786 --cluster-tls certificates --resume unfinished
    """
    from linkage.output.files import claimed
    from linkage.results import write_results
    from linkage.store import Store
    from linkage.store.linking import Choices

    require_weights(train, model, save_model)
    require_full_run((cluster, cluster_tls, resume), update or quick or background)
    if update or quick or background or train_decisions:
        require_store_alone(files, (train, model), (out, save_model) if update or quick or background else ())
    if background:
        start_in_background(store, update or quick, json)
        return
    learned, how = saved_model(model) if model else None, require_echo(echo, files, update or quick or background)
    out = out or (Path("results") if files else None)
    if_stopped(left_by_a_stop(resume, update or quick))
    with (
        Stages(quiet=json) as stages,
        claimed(out) if out else nullcontext(),
        work_of(cluster, cluster_tls, resume) as work,
    ):
        choices = Choices(top, seed, sensitive, learned, save_model, how, work)
        labelled = read_solved(train, stages) if train else None
        if files:
            results, rejects = _from_files(files, out or Path(), choices, stages, labelled)
        else:
            with Store(store, create=False) as kept:
                kept.require("export" if out else "link")
                labelled = decided(kept) if train_decisions else labelled
                linked = _from_store(kept, choices, stages, labelled, update=update, quick=quick)
                _record_export(kept, out)
            tell_conflicts(linked)
            results, rejects = results_of(linked), []
        tell_unlearned(results.run, train, labelled, choices)
        written = write_results(out, results, rejects) if out else {}
    summary = summary_of(results) | {"refused": len(rejects), "files": {name: str(p) for name, p in written.items()}}
    if json:
        print_json(summary)
    else:
        say(sentence(summary), f"Results: {out}/" if out else "Kept in the store. To look at them: linkage dashboard")
        if rejects:
            refused = counted(len(rejects), "row or value was", "rows or values were")
            lines = [f"  {refusal(one)}" for one in rejects if one.row is not None]  # of whole files the notes told
            say(f"{refused} refused; the rest is used.", *lines[:SHOWN], f"All in {written['rejects.csv']}")
    raise typer.Exit(REFUSED if rejects else DONE)


def left_by_a_stop(resume: Path | None, again: bool) -> str:
    """What Ctrl-C leaves of a run, and how to go on; `again` where it brings the latest one up to date."""
    if again:
        return "The latest run is as it was"
    if resume:
        return (
            f"What is done lies in {resume}, and earlier results are as they were. The same command goes on from it"
        )
    return "Earlier results are as they were. A run with --resume DIR goes on where it was stopped"


def _from_files(
    files: list[Path], out: Path, choices: Choices, stages: Stages, labelled: Sequence[Report] | None
) -> tuple[Results, list[Reject]]:
    """Link the reports of files; what was refused stands beside the results."""
    from linkage.cli.compiling import STAGE, compile_kernels
    from linkage.intake import read_reports
    from linkage.intake.batch import unfound_notes
    from linkage.store.linking import link_reports

    started = time.perf_counter()
    batch = read_reports(files, progress=stages.of("reading"), mask=True)
    reading = round(time.perf_counter() - started, 3)
    require_reports(batch.reports, batch.rejects, out)
    compile_kernels(stages.of(STAGE))
    results = results_of(link_reports(batch.reports, choices, stages, labelled))
    results.run["timings_seconds"]["read"] = reading
    for note in [*batch.notes, *unfound_notes(batch.unfound)]:
        warn(note)
    return results, list(batch.rejects)


def _from_store(
    store: Store, choices: Choices, stages: Stages, labelled: Sequence[Report] | None, *, update: bool, quick: bool
) -> Linked:
    """Link the store, or bring its latest run up to date, in its one place for that. BusyError at once where it is
    being linked already."""
    from linkage.cli.compiling import STAGE, compile_kernels
    from linkage.store import jobs
    from linkage.store.linking import link_store, update_store

    again = update or quick
    with jobs.at_work(store, store.who, jobs.UPDATE if again else jobs.LINK) as job:
        compile_kernels(stages.of(STAGE))

        def progress(stage: str, done: int, total: int) -> None:
            """On the terminal and in the store."""
            stages(stage, done, total)
            job.note(stage, done, total)

        linked = update_store(store, progress, quick) if again else link_store(store, choices, progress, labelled)
        job.run = linked.run.id if linked.run else None
    return linked


def _record_export(store: Store, out: Path | None) -> None:
    """Put down where results are written, so that an erasure can tell of files that still hold the report."""
    if out:
        store.record("export", {"file": str(out.absolute())})


def require_store_alone(
    files: list[Path] | None, learned: Sequence[Path | None], others: Sequence[Path | None]
) -> None:
    """CommandError when what is about the store alone comes with files or weights; `others` are further options."""
    if files or any(learned):
        raise CommandError(
            "--train-decisions, --update, --quick and --background are about the store: leave files, --train and "
            "--model away"
        )
    if any(others):
        raise CommandError("--update and --background keep what they find in the store: leave --out and weights away")


def require_echo(echo: str | None, files: list[Path] | None, held: bool) -> str:
    """How reports that may repeat an alert are taken. CommandError for another way, and where it cannot be chosen."""
    from linkage.review.echo_marks import AS_TOLD, SETTINGS

    if echo is not None and echo not in SETTINGS:
        raise CommandError(f"--echo {echo}: use {' or '.join(SETTINGS)}")
    if echo is not None and (files or held):
        raise CommandError("--echo is about alerts in the store, for a full run: leave files, --update, --background")
    return echo or AS_TOLD


def start_in_background(address: str | None, update: bool, json: bool) -> None:
    """Start linking the store in a process of its own, and say so. BusyError where it is being linked already."""
    from linkage.store import Store, jobs

    with Store(address, create=False) as store:
        begun = jobs.start(store, store.who, jobs.UPDATE if update else jobs.LINK)
    if json:
        print_json({"state": begun.state, "kind": begun.kind, "by": begun.by, "started": begun.started})
    else:
        say("Linking in the background. The pages tell how far it is: linkage dashboard")


def results_of(linked: Linked) -> Results:
    """What linking found, as it is written to files."""
    from linkage.results import Results

    found = linked.found
    return Results(found.pairs, found.series, found.incidents, found.ambiguous, found.record)


def tell_conflicts(linked: Linked) -> None:
    """Tell on standard error of decisions that contradict each other, of series that are provisional, and when a full
    run is due."""
    from linkage.review.series_words import provisional_words

    for words in linked.conflicts:
        warn(words)
    if suggests := linked.found.record.get("update", {}).get("suggests"):
        warn(f"{suggests} (linkage link)")
    if words := provisional_words(linked.found.record):
        warn(f"{words} (linkage link --update)")


def summary_of(results: Results) -> dict[str, Any]:
    """Counts of what was found, for a sentence or for JSON."""
    likely = int((results.pairs["probability"] >= 0.5).sum())
    named = results.pairs[["report_a", "report_b"]].stack().nunique()
    return {
        "reports": results.run.get("counts", {}).get("reports", named),
        "pairs": len(results.pairs),
        "likely": likely,
        "series": int(results.series["series_id"].nunique()),
        "in_series": int(results.series["report_id"].nunique()),
    }


def sentence(summary: dict[str, Any]) -> str:
    """The counts as a person reads them."""
    return (
        f"{counted(summary['reports'], 'report')}: {counted(summary['pairs'], 'suggested link')} listed, "
        f"{summary['likely']:,} of them more likely than not, and {summary['series']:,} candidate series with "
        f"{counted(summary['in_series'], 'report')}."
    )
