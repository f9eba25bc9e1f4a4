"""`linkage import` and `linkage extract`: words come in."""

from __future__ import annotations

import gc
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import DONE, REFUSED, CommandError, Stages, counted, print_json, say, warn
from linkage.cli.mapping import MapFileOption, MapOption, Mapper, given_mapping, plain_columns, tell_columns
from linkage.cli.refused import (
    REJECTS_ENDING,
    SHOWN,
    Refused,
    drop_old_rejects,
    refusal,
    require_any,
    tell_noticed,
    tell_refused_values,
    write_rejects,
)
from linkage.cli.stopping import if_stopped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkage.intake import Batch, Reject
    from linkage.store import ImportResult, Store
    from linkage.store.row_memory import RowMemory

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="JSON Lines, CSV, XLSX or plain text."),
]


@app.command("import")
def import_(
    files: FilesArgument,
    keep_details: Annotated[
        bool,
        typer.Option("--keep-details", help="Keep names and numbers that seem to be of the person who reports."),
    ] = False,
    map_: MapOption = None,
    map_file: MapFileOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say how the columns are read and what is refused.")
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Read files into the store. Reading the same file twice changes nothing.

    A spreadsheet may have headings of its own: how each column was read is told, what names two people or nobody is
    asked and not guessed, and --map says it. What was said is kept for the next file with the same headings. Rows of
    a table without a number are numbered.

    Names, phone numbers, e-mail and home addresses in a narrative that seem to be of the person who reports or was
    harmed are replaced by [removed] before anything is read or kept, and counted; --keep-details keeps them. Where
    LINKAGE_ORIGINALS_KEY names a key file outside the store (made when missing), originals are kept encrypted.

    A report whose content changed is kept as a new version beside the old one. What cannot be used is told with its
    row, field, value and reason, and written to FILE.rejects.csv beside the file.

    Examples:

        linkage import reports.csv alerts.txt

        linkage import log.xlsx --dry-run

        linkage import log.xlsx --map "Mobile=identifiers.phone" --map "Logged by=ignore"
    """
    from linkage.intake.batch import unfound_notes
    from linkage.review.noticed import details_words, noticed_of
    from linkage.store import ImportResult, Store, store_url
    from linkage.store.connect import check_url
    from linkage.store.importing import memory_of
    from linkage.store.originals import named_key

    total, refused, unfound = ImportResult(), Refused(), dict[str, str]()
    check_url(store_url(store))
    with_originals = named_key() is not None  # a key that cannot be used is told before anything is read
    there = _there(files, refused)
    if refused.unread and not there:
        raise CommandError(f"No report could be read. {'; '.join(refused.unread)}")
    given = given_mapping(map_ or (), map_file, there)
    for words in refused.unread:
        warn(words)
    if dry_run:
        _dry_run(there, Mapper(given, None), store, not keep_details, json)
    read, details, columns = 0, dict[str, int](), dict[str, object]()
    noticed: list[tuple[str, str]] = []
    with Store(store) as kept, Stages(quiet=json) as stages:
        kept.require("import")
        mapper = Mapper(given, kept, quiet=json)
        if_stopped("Of files that were not read to their end nothing is kept. The same command goes on with those")
        for file in there:
            memory = memory_of(kept, not keep_details)
            batch = _read(file, mapper, stages, not keep_details, memory)
            total += _keep(kept, file, batch, memory, refused)
            mapper.keep(batch, file.name)
            unfound |= batch.unfound
            details |= batch.details
            noticed += noticed_of(batch.reports)
            columns |= plain_columns(batch)
            read += len(batch.reports)
        offered = _may_update(kept, total)
        unknown = {report: other for report, other in unfound.items() if other not in kept.ids()} if unfound else {}
    for note in unfound_notes(unknown):
        warn(f"{note}; it is not in the store either")
    require_any(read, refused)
    if json:
        print_json(
            {
                **asdict(total),
                "details_masked": sum(details.values()),
                "warnings": len(noticed),
                "rejects_files": [str(path) for path in refused.written],
                "columns": columns,
            }
        )
    else:
        say(f"{total.new} new, {total.changed} changed, {total.unchanged} unchanged reports.")
        if details:
            say(f"{details_words(details)}; --keep-details keeps them.")
            if with_originals:
                say("Their originals are kept encrypted; linkage show-original REPORT shows one.")
        tell_refused_values(total, refused)
        tell_noticed(noticed)
        if offered:
            say("To add them to the latest run, under the weights that it has: linkage link --update")
    raise typer.Exit(REFUSED if refused.rejects or refused.unread else DONE)


@app.command()
def extract(
    file: Annotated[
        str, typer.Argument(metavar="[FILE or -]", help="Text, or JSON Lines of {id, text}; - is standard input.")
    ] = "-",
    why: Annotated[bool, typer.Option("--why", help="Also say what speaks for each fact and against it.")] = False,
    json: JsonOption = False,
) -> None:
    """Read free text: what was said about when, where, the person, the vehicle and what was done.

    A text file gives one report for each alert in it. A JSON Lines file of {"id", "text"} gives one line out for each
    line in, in order, with its id; a table with a column narrative gives one for each row. With --json each report is
    one line of JSON in canonical form.

    With --why each fact of people, vehicles and behaviours is followed by the words that it rests on, how likely its
    judge says it is, and what weighs most for and against that; with --json too this stands under "why".

    Examples:

        linkage extract alerts.txt --json

        linkage extract alerts.txt --why
    """
    from linkage.disk_cache import uncollected

    with uncollected():  # nothing that is loaded or read is garbage, and looking for it costs a fifth of a second
        refused = _extract(file, json, why)
        gc.freeze()  # or all of it would be looked through now, for a tenth of a second
    raise typer.Exit(REFUSED if refused else DONE)


def _extract(file: str, json: bool, why: bool) -> bool:
    """Print what each text of a file tells; whether one of them could not be read."""
    from linkage.cli.show import report_table
    from linkage.cli.show_reasons import reasons_in_words
    from linkage.intake import extract_lines

    refused = False
    for found in extract_lines(file, tell=warn, why=why):
        if "file" in found:
            raise CommandError(f"{'standard input' if file == '-' else file}: {found['error']}")
        refused |= bool(found.get("error"))
        if json:
            print_json(found)
        elif found.get("error"):
            warn(f"{'' if file == '-' else f'{file}: '}{found['error']}")
        else:
            reasons = found.pop("why", ())
            say(report_table(found), *reasons_in_words(reasons))
    return refused


def _read(file: Path, mapper: Mapper, stages: Stages, mask: bool, memory: RowMemory | None) -> Batch:
    """Read one file, but for rows that the store remembers, and say how its columns were read."""
    from linkage.intake import read_reports

    recall = memory.recall if memory else None
    progress = stages.of("reading")
    batch = read_reports([file], progress=progress, mask=mask, understand=mapper.understand, recall=recall)
    if not mapper.quiet:
        tell_columns(batch, file, mapper)
    return batch


def _dry_run(files: Sequence[Path], mapper: Mapper, store: str | None, mask: bool, json: bool) -> NoReturn:
    """Say what an import would read, and end; nothing is kept, and no store is made."""
    from linkage.review.noticed import noticed_of
    from linkage.store import Store, StoreError
    from linkage.store.importing import memory_of

    mapper.quiet = json
    try:
        kept = Store(store, create=False, write=False)
    except StoreError:  # there is none yet, so no mapping is kept
        kept = None
    columns, read = dict[str, object](), 0
    rejects: list[Reject] = []
    noticed: list[tuple[str, str]] = []
    with kept or nullcontext(), Stages(quiet=json) as stages:
        if kept:
            kept.require("import")
        mapper.store = kept
        for file in files:
            batch = _read(file, mapper, stages, mask, memory_of(kept, mask) if kept else None)
            for note in batch.notes:
                warn(note)
            columns |= plain_columns(batch)
            read += len(batch.reports)
            rejects += batch.rejects
            noticed += noticed_of(batch.reports)
    if json:
        print_json({"reports": read, "refused": len(rejects), "warnings": len(noticed), "columns": columns})
    else:
        for reject in rejects[:SHOWN]:
            say(f"  {refusal(reject)}")
        tell_noticed(noticed)
        refused = counted(len(rejects), "row or value", "rows or values")
        say(f"Nothing is kept: {counted(read, 'report')} would be read, {refused} refused.")
    raise typer.Exit(REFUSED if rejects else DONE)


def _may_update(kept: Store, total: ImportResult) -> bool:
    """Whether what was imported can be added to the latest run: it is little of the store, so weights may stay."""
    moved, run = total.new + total.changed, kept.latest_run()
    if run is None or not moved:
        return False
    from linkage.store.carrying import DRIFTED, there  # which loads the models: over a second

    return moved < DRIFTED * kept.count() and there(kept, run.id)


def _there(files: Sequence[Path], refused: Refused) -> list[Path]:
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


def _keep(kept: Store, file: Path, batch: Batch, memory: RowMemory, refused: Refused) -> ImportResult:
    """Put one file's reports and refusals into the store, and the refusals beside the file."""
    from linkage.store.importing import keep_batch

    result, notes = keep_batch(kept, batch, file.name, memory)
    for note in [*batch.notes, *notes]:
        warn(note)
    refused.rejects += batch.rejects
    if not batch.rejects:
        drop_old_rejects(file)
    elif written := write_rejects(file, batch.rejects):
        refused.written.append(written)
    return result
