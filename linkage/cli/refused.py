"""What an import refused, told in a few lines and written beside the file, and what it noticed and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from linkage.cli.console import CommandError, counted, say, warn

if TYPE_CHECKING:
    from linkage.intake import Reject
    from linkage.report import Report
    from linkage.store import ImportResult

REJECTS_ENDING = ".rejects.csv"
SHOWN = 3
"""Refusals that are told at once [G]; the file holds them all."""


@dataclass(slots=True)
class Refused:
    """What was refused in all files, where it was written, and which files could not be read at all."""

    rejects: list[Reject] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def write_rejects(file: Path, rejects: Sequence[Reject]) -> Path | None:
    """Write what was refused beside the file, else into the working folder; None, with a word, where it cannot be."""
    from linkage.output.files import write_private
    from linkage.results import rejects_csv

    text = rejects_csv(rejects, for_spreadsheet=True)
    beside = file.with_name(file.name + REJECTS_ENDING)
    for place in (beside, Path(beside.name)) if file.is_file() else (Path(beside.name),):  # nothing beside a device
        try:
            write_private(place, text)
        except OSError:  # a folder that may only be read, or a link; the working folder is the next best place
            continue
        return place
    warn(
        f"{beside}: cannot be written; the reports are kept all the same. Import from a folder that you may write to"
    )
    return None


def drop_old_rejects(file: Path) -> None:
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


def tell_refused_values(total: ImportResult, refused: Refused) -> None:
    """Say how much was refused, the first of it, and where all of it stands."""
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


def tell_noticed(warnings: Sequence[tuple[str, str]]) -> None:
    """Say what reading noticed and kept, as pairs of a report and a warning: of each field the first."""
    from linkage.review.noticed import noticed_head, noticed_lines

    if not warnings:
        return
    say(noticed_head(warnings))
    for line in noticed_lines(warnings):
        say(f"  {line}")


def require_any(read: int, refused: Refused) -> None:
    """Raise CommandError when no report could be read of files of which something was refused."""
    if read or not refused.rejects:
        return
    rows = (refusal(one) for one in refused.rejects if one.row is not None)  # of whole files the notes told
    first = next((f"The first reason: {one}. " for one in rows), "")
    places = ", ".join(map(str, refused.written)) or "kept in the store"
    raise CommandError(f"No report could be read. {first}What was refused: {places}")


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
