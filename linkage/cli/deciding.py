"""`linkage decide` and `linkage decisions`: what the pages do with decisions, on the command line."""

from __future__ import annotations

import json as json_words
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import LARGEST_NUMBER, JsonOption, ReplaceOption, StoreOption, app
from linkage.cli.console import DONE, REFUSED, CommandError, counted, print_json, say, warn

if TYPE_CHECKING:
    from linkage.review.decision import Decision
    from linkage.review.series_history import Registered
    from linkage.store import Run, Store

_WRITE = 'write {"left": [report ids], "right": [report ids]}'
_BINDS = {
    "link": "soft until somebody else checks it blindly (--second-of)",
    "not_linked": "kept apart from the next linking on",
    "same_incident": "one incident from the next linking on",
}


@app.command()
def decide(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="pair, report_series, merge, split or same_incident.")],
    left: Annotated[str, typer.Argument(metavar="LEFT", help="A report; of merge and split a series.")],
    right: Annotated[
        str,
        typer.Argument(
            metavar="RIGHT",
            help="A report; of report_series, merge a series; of split the reports that leave.",
        ),
    ],
    judgement: Annotated[
        str,
        typer.Argument(metavar="JUDGEMENT", help="link, not_linked, unsure, needs_info, same_incident or withdrawn."),
    ],
    for_: Annotated[
        list[str] | None, typer.Option("--for", metavar="REASON", help="What speaks for a link. May be repeated.")
    ] = None,
    against: Annotated[
        list[str] | None, typer.Option(metavar="REASON", help="What speaks against it. May be repeated.")
    ] = None,
    note: Annotated[str, typer.Option(metavar="WORDS", help="Anything else.")] = "",
    second_of: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_NUMBER, metavar="N", help="This is the blind second check of decision N."),
    ] = None,
    supersedes: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_NUMBER, metavar="N", help="This takes the place of decision N.")
    ] = None,
    scope: Annotated[
        str,
        typer.Option(
            metavar="JSON",
            help='Reports meant: {"left": [...], "right": [...]}. Default: the members now.',
        ),
    ] = "",
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Record a decision: are two reports of one person, does a report belong to a series, are two one incident.

    A link is soft after one analyst, and binds after a second, blind check by another. Not linked keeps apart at
    once. A decision is never changed: withdrawn with --supersedes takes one back. The evidence is kept with it.

    Examples:

        linkage decide pair R0017 R0203 link --for words --for vehicle --against build

        linkage decide report_series R0017 S-0004 not_linked --against build

        linkage decide split S-0004 R0017,R0203 not_linked --against "two cars"

        linkage decide pair R0017 R0203 withdrawn --supersedes 12
    """
    from linkage.review.decision import Decision, DecisionError, validate, validate_named
    from linkage.review.queue import question
    from linkage.store import Store
    from linkage.store.blind import blind_here
    from linkage.store.registered import series_named

    with Store(store, create=False) as kept:
        kept.require("decide" if second_of is None else "second_check")
        run = kept.latest_run()
        if kind in ("pair", "same_incident"):
            left, right = sorted((left, right))
        given = _scope(scope) if scope else _members(kind, left, right, kept, run)
        blind = second_of is not None and question(kind, left, right) in blind_here(kept)
        decision = Decision(
            kept.who, kind, left, right, judgement, for_ or [], against or [], note,
            blind=blind, supersedes=supersedes, second_of=second_of, scope=given,
            stream="command" if second_of is None else "second",
        )  # fmt: skip
        try:
            validate_named(decision, kept.ids(), series_named(kept))
            validate(decision, {one.id: one for one in kept.decisions() if one.id is not None}, supervisor=True)
            number = kept.record_decision(_with_evidence(decision, kept, run))
        except DecisionError as error:
            raise CommandError(str(error)) from error
    if json:
        print_json({"id": number, "kind": kind, "left": left, "right": right, "judgement": judgement})
    else:
        soft = "" if decision.blind and judgement == "link" else _BINDS.get(judgement, "")
        say(f"Decision {number}: {kind} {left}, {right}: {judgement}{f'; {soft}' if soft else ''}.")


@app.command()
def decisions(
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write every decision as JSON Lines.")
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option("--import", metavar="FILE", exists=True, dir_okay=False, help="Take in decisions written so."),
    ] = None,
    report: Annotated[str, typer.Option(metavar="REPORT", help="Only those on this report.")] = "",
    series: Annotated[bool, typer.Option("--series", help="List the series there are instead.")] = False,
    replace: ReplaceOption = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the decisions and where they contradict each other; write them to a file, or take some in.

    What you have still to decide with all scores hidden is left out with what others said of it, and counted, in a
    file as well: somebody who has decided it writes the whole file.

    A decision that is taken in twice changes nothing. One that names a report or series that is not in the store is
    refused with its row and the reason; the rest is taken in.

    Examples:

        linkage decisions --report R0017

        linkage decisions --export decisions.jsonl

        linkage decisions --import decisions.jsonl
    """
    from linkage.output.files import require_new
    from linkage.store import Store
    from linkage.store.blind import blind_here
    from linkage.store.registered import series_of

    if sum((export is not None, import_ is not None, series)) > 1:
        raise CommandError("--export, --import and --series are three things: use one of them")
    with Store(store, create=False) as kept:
        kept.require("import_decisions" if import_ else "export" if export else "look")
        if import_ is not None:
            raise typer.Exit(_take_in(kept, import_, json))
        made = kept.decisions()
        if export is not None:
            require_new(export, replace)
            _write(made, blind_here(kept).carried(made), export, json)
        elif series:
            _list_series(series_of(kept), json)
        else:
            _list([one for one in made if not report or report in one.reports], kept, json)


def _list(asked: list[Decision], kept: Store, json: bool) -> None:
    from linkage.review.standing import standing
    from linkage.store.blind import blind_here

    conflicts, blind = kept.binding().conflicts, blind_here(kept)
    stands = {one.id for one in standing(kept.decisions())}
    made = blind.shown(asked)
    left_out, checks = len(asked) - len(made), sorted({one.question for one in asked} & blind.second.keys())
    if json:
        told = {
            "decisions": [asdict(one) | {"stands": one.id in stands} for one in made],
            "left_out": left_out,
            "second_checks": [{"question": list(one), "second_of": blind.second[one]} for one in checks],
            "conflicts": [asdict(one) | {"words": one.words} for one in conflicts],
        }
        print_json(told)
        return
    for one in made:
        about = f"{one.kind} {one.left}, {one.right}: {one.judgement}"
        gone = "" if one.id in stands or one.judgement == "withdrawn" else "  (no longer stands)"
        say(f"{one.id:>6}  {(one.at or '')[:19]}  {one.analyst}  {about}{gone}")
    say(f"{counted(len(made), 'decision')}." if made or left_out else "No such decision.")
    if left_out:
        say(f"{_left_out(left_out)}.")
    for question in checks:
        say(f"  waits for your second check: {blind.how(question)}")
    for conflict in conflicts:
        warn(conflict.words)


def _list_series(known: dict[str, Registered], json: bool) -> None:
    if json:
        print_json([asdict(one) for one in known.values()])
        return
    for one in known.values():
        gone = f", merged into {one.merged_into}" if one.merged_into else "" if one.found else ", not found any more"
        say(f"{one.series_id}  {one.state}{gone}  {counted(len(one.members), 'report')}  {one.name}")
    say(f"{len(known):,} series.")


def _write(every: list[Decision], made: list[Decision], file: Path, json: bool) -> None:
    from linkage.output.files import write_private
    from linkage.review.decision_file import written

    left_out = len(every) - len(made)
    write_private(file, "".join(f"{line}\n" for line in written(made)))
    if json:
        print_json({"decisions": len(made), "file": str(file), "left_out": left_out})
        return
    say(f"{counted(len(made), 'decision')} written to {file}")
    if left_out:
        say(f"{_left_out(left_out)}. Decide them, or let somebody write the file who has")


def _left_out(number: int) -> str:
    return f"{counted(number, 'more is', 'more are')} left out: on what you have still to decide, scores hidden"


def _take_in(kept: Store, file: Path, json: bool) -> int:
    from linkage.store.registered import take_in_decisions

    with file.open(encoding="utf-8-sig", errors="backslashreplace") as lines:
        found = take_in_decisions(kept, lines)
    for one in found.refused:
        warn(f"{file}: row {one.row}: {one.reason}")
    if json:
        print_json({"new": found.new, "known": found.known, "refused": [asdict(one) for one in found.refused]})
    else:
        say(f"{counted(found.new, 'new decision')}, {found.known:,} known already, {len(found.refused):,} refused.")
    return REFUSED if found.refused else DONE


def _scope(words: str) -> dict[str, Any]:
    try:
        found = json_words.loads(words)
    except json_words.JSONDecodeError as error:
        raise CommandError(f'--scope {words[:40]!r} is not JSON; write {{"left": [...], "right": [...]}}') from error
    if not isinstance(found, dict):
        raise CommandError(f'--scope {words[:40]!r} is no object; write {{"left": [...], "right": [...]}}')
    return found


def _members(kind: str, left: str, right: str, kept: Store, run: Run | None) -> dict[str, list[str]] | None:
    """The reports meant on each side as they stand now; None for kinds that name reports themselves."""
    from linkage.store.registered import series_of

    found = {one.series_id: [m.report_id for m in one.members] for one in run.series()} if run else {}
    found = {name: list(one.members) for name, one in series_of(kept).items()} | found
    if kind == "report_series":
        return {"left": [left], "right": [one for one in found.get(right, []) if one != left]}
    if kind == "merge":
        return {"left": found.get(left, []), "right": found.get(right, [])}
    if kind == "split":
        leave = [one.strip() for one in right.split(",")]
        return {"left": [one for one in found.get(left, []) if one not in leave], "right": leave}
    return None


def _with_evidence(decision: Decision, kept: Store, run: Run | None) -> Decision:
    """The decision with what the latest run says of it."""
    from linkage.cli.weighing import shown_by
    from linkage.review.run_linker import OldRunError
    from linkage.review.snapshot import model_version, with_evidence

    reports, shown = {report.report_id: report for report in kept.reports()}, None
    if run is None:
        return with_evidence(decision, reports, None, None)
    try:
        shown = shown_by(decision, kept, run, reports)
    except OldRunError as error:
        warn(f"The decision is kept without evidence. {error}")
    return with_evidence(decision, reports, shown, model_version(run.record, run.id))
