"""`linkage import` and `linkage extract`: words come in."""

from __future__ import annotations

import gc
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import DONE, REFUSED, CommandError, Stages, counted, print_json, say, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkage.intake import Batch, Reject
    from linkage.report import Report
    from linkage.store import ImportResult, Store

REJECTS_ENDING = ".rejects.csv"
SHOWN = 3
"""Refusals that are told at once [G]; the file holds them all."""

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="JSON Lines, CSV, XLSX or plain text."),
]


@dataclass(slots=True)
class _Refused:
    """What was refused in all files, where it was written, and which files could not be read at all."""

    rejects: list[Reject] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@app.command("import")
def import_(
    files: FilesArgument,
    keep_details: Annotated[
        bool,
        typer.Option("--keep-details", help="Keep names and numbers that seem to be of the person who reports."),
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Read files into the store. Reading the same file twice changes nothing.

    Names, phone numbers, e-mail and home addresses in a narrative that seem to be of the person who reports or was
    harmed are replaced by [removed] before anything is read or kept, and counted; --keep-details keeps them. Where
    LINKAGE_ORIGINALS_KEY names a key file outside the store (made when missing), originals are kept encrypted.

    A report whose content changed is kept as a new version beside the old one. What cannot be used is told with its
    row, field, value and reason, and written to FILE.rejects.csv beside the file.

    Example: linkage import reports.csv alerts.txt
    """
    from linkage.intake import read_reports
    from linkage.intake.batch import unfound_notes
    from linkage.store import ImportResult, Store, store_url
    from linkage.store.connect import check_url
    from linkage.store.originals import named_key

    total, refused, unfound = ImportResult(), _Refused(), dict[str, str]()
    check_url(store_url(store))
    with_originals = named_key() is not None  # a key that cannot be used is told before anything is read
    there = _there(files, refused)
    if refused.unread and not there:
        raise CommandError(f"No report could be read. {'; '.join(refused.unread)}")
    for words in refused.unread:
        warn(words)
    read, details = 0, dict[str, int]()
    with Store(store) as kept, Stages(quiet=json) as stages:
        kept.require("import")
        for file in there:
            batch = read_reports([file], progress=stages.of("reading"), mask=not keep_details)
            total += _keep(kept, file, batch, refused)
            unfound |= batch.unfound
            details |= batch.details
            read += len(batch.reports)
        offered = _may_update(kept, total)
        unknown = {report: other for report, other in unfound.items() if other not in kept.ids()} if unfound else {}
    for note in unfound_notes(unknown):
        warn(f"{note}; it is not in the store either")
    if refused.rejects and not read:
        places = ", ".join(map(str, refused.written)) or "kept in the store"
        raise CommandError(f"No report could be read. What was refused: {places}")
    if json:
        print_json(
            {
                **asdict(total),
                "details_masked": sum(details.values()),
                "rejects_files": [str(path) for path in refused.written],
            }
        )
    else:
        say(f"{total.new} new, {total.changed} changed, {total.unchanged} unchanged reports.")
        if details:
            removed = counted(sum(details.values()), "detail")
            where = f"{counted(len(details), 'narrative')} (first: {next(iter(details))})"
            say(f"{removed} of the person who reports or was harmed taken out of {where}; --keep-details keeps them.")
            if with_originals:
                say("Their originals are kept encrypted; linkage show-original REPORT shows one.")
        _tell_refused(total, refused)
        if offered:
            say("To add them to the latest run, under the weights that it has: linkage link --update")
    raise typer.Exit(REFUSED if refused.rejects or refused.unread else DONE)


@app.command()
def extract(
    file: Annotated[
        str, typer.Argument(metavar="[FILE or -]", help="Text, or JSON Lines of {id, text}; - is standard input.")
    ] = "-",
    json: JsonOption = False,
) -> None:
    """Read free text: what was said about when, where, the person, the vehicle and what was done.

    A text file gives one report for each alert in it. A JSON Lines file of {"id", "text"} gives one line out for each
    line in, in order, with its id; a table with a column narrative gives one for each row. With --json each report is
    one line of JSON in canonical form.

    Example: linkage extract alerts.txt --json
    """
    from linkage.kept import uncollected

    with uncollected():  # nothing that is loaded or read is garbage, and looking for it costs a fifth of a second
        refused = _extract(file, json)
        gc.freeze()  # or all of it would be looked through now, for a tenth of a second
    raise typer.Exit(REFUSED if refused else DONE)


def _extract(file: str, json: bool) -> bool:
    """Print what each text of a file tells; whether one of them could not be read."""
    from linkage.cli.show import report_table
    from linkage.intake import extract_lines

    refused = False
    for found in extract_lines(file, tell=warn):
        if "file" in found:
            raise CommandError(f"{'standard input' if file == '-' else file}: {found['error']}")
        refused |= bool(found.get("error"))
        if json:
            print_json(found)
        elif found.get("error"):
            warn(f"{'' if file == '-' else f'{file}: '}{found['error']}")
        else:
            say(report_table(found))
    return refused


def _may_update(kept: Store, total: ImportResult) -> bool:
    """Whether what was imported can be added to the latest run: it is little of the store, so weights may stay."""
    from linkage.store.carrying import DRIFTED, there

    moved, run = total.new + total.changed, kept.latest_run()
    return run is not None and 0 < moved < DRIFTED * kept.count() and there(kept, run.id)


def _there(files: Sequence[Path], refused: _Refused) -> list[Path]:
    """The files that are there to be read; those that are not are told and leave nothing behind."""
    there = []
    for file in files:
        if file.name.endswith(REJECTS_ENDING):
            warn(f"{file}: left out, it lists what an earlier import refused")
        elif file.exists() and not file.is_dir():
            there.append(file)
        else:
            cause = (
                "this is a folder; name the files in it" if file.is_dir() else "there is no such file; check the path"
            )
            refused.unread.append(f"{file}: {cause}")
    return there


def _keep(kept: Store, file: Path, batch: Batch, refused: _Refused) -> ImportResult:
    """Put one file's reports and refusals into the store, and the refusals beside the file."""
    own = [report.report_id for report in batch.reports]
    batch.reports, notes = kept.told_apart(batch, batch.made_ids)
    named = dict(zip(own, (report.report_id for report in batch.reports), strict=True))
    masked = {named[report]: words for report, words in batch.masked.items()}
    batch.reports, batch.rejects = kept.without_erased(batch, file.name)
    result = kept.import_batch(batch, file.name, masked)
    for note in [*batch.notes, *notes]:
        warn(note)
    refused.rejects += batch.rejects
    if not batch.rejects:
        _drop_old_rejects(file)
    elif written := _write_rejects(file, batch.rejects):
        refused.written.append(written)
    return result


def _write_rejects(file: Path, rejects: Sequence[Reject]) -> Path | None:
    """Write what was refused beside the file, else into the working folder; None, with a word, where it cannot be."""
    from linkage.output.files import write_private
    from linkage.results import rejects_csv

    text = rejects_csv(rejects, for_spreadsheet=True)
    beside = file.with_name(file.name + REJECTS_ENDING)
    for place in (beside, Path(beside.name)):
        try:
            write_private(place, text)
        except OSError:  # a folder that may only be read, or a link; the working folder is the next best place
            continue
        return place
    warn(
        f"{beside}: cannot be written; the reports are kept all the same. Import from a folder that you may write to"
    )
    return None


def _drop_old_rejects(file: Path) -> None:
    """Take away the list of an earlier import of the file, now that nothing of it is refused."""
    from linkage.results import rejects_csv

    old = file.with_name(file.name + REJECTS_ENDING)
    try:
        ours = old.read_text(encoding="utf-8-sig").startswith(rejects_csv([]).strip())
        if ours and not old.is_symlink():
            old.unlink()
            warn(f"{old}: removed, since nothing of {file.name} is refused any more")
    except (OSError, UnicodeDecodeError):
        return


def _tell_refused(total: ImportResult, refused: _Refused) -> None:
    if not refused.rejects:
        return
    say(
        f"Refused: {counted(total.refused_rows, 'whole row')} and {counted(total.refused_values, 'single value')}; "
        "the rest is kept."
    )
    for reject in refused.rejects[:SHOWN]:
        say(f"  {refusal(reject)}")
    if refused.written:
        more = "All of them" if len(refused.rejects) > SHOWN else "Also"
        say(f"{more} in {', '.join(map(str, refused.written))}")


def require_reports(reports: Sequence[Report], rejects: Sequence[Reject], out: Path) -> None:
    """Raise CommandError when no report could be read, with what was refused written where the results would be."""
    from linkage.output.files import private_folder, write_private
    from linkage.results import rejects_csv

    if reports:
        return
    words = "No report could be read"
    if rejects:
        write_private(private_folder(out) / "rejects.csv", rejects_csv(rejects))
        words += f". The first that was refused: {rejects[0].file}: {rejects[0].reason}. All: {out / 'rejects.csv'}"
    raise CommandError(words)


def refusal(reject: Reject) -> str:
    """A refusal in one line: file, row, field, value, and why with the cure."""
    from linkage.intake.reject import shorten

    row = f" row {reject.row}" if reject.row is not None else ""
    what = " ".join(filter(None, (reject.field, f"“{shorten(reject.value)}”" if reject.value else "")))
    return f"{reject.file}{row}{f', {what}' if what else ''}: {reject.reason}"
