"""How the columns of files are read: told at an import, mapped, kept for the next file, listed and dropped."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, StoreOption, mapping
from linkage.cli.console import print_json, say

if TYPE_CHECKING:
    from linkage.intake import Batch
    from linkage.intake.readers.column_headings import Column
    from linkage.store import Store

MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="HEADING=FIELD", help="Read a column as a field, or leave it out with =ignore. Repeatable."
    ),
]
MapFileOption = Annotated[
    Path | None, typer.Option("--map-file", metavar="FILE", help="A file of HEADING=FIELD lines.")
]


@dataclass(slots=True)
class Mapper:
    """What a person said of columns at one import, beside what the store keeps for the same headings."""

    given: dict[str, str]
    store: Store | None
    quiet: bool = False
    used: list[str] = field(default_factory=list)

    def understand(self, headings: Sequence[str]) -> list[Column]:
        """How the columns of a file are read."""
        from linkage.intake.readers.column_headings import understood
        from linkage.store.mappings import mapping_for

        kept = mapping_for(self.store, headings) if self.store and headings else None
        self.used = [kept.name] if kept else []
        return understood(headings, self.given, kept.folded if kept else None)

    def keep(self, batch: Batch, file: str) -> None:
        """Keep what was said, for the next file with the headings of this one."""
        from linkage.intake.readers.column_headings import Basis
        from linkage.intake.readers.column_names import fold_name
        from linkage.store.mappings import keep_mapping

        columns = batch.columns.get(file, [])
        own = {fold_name(one.heading) for one in columns} & self.given.keys()
        if self.store and own and any(one.basis in (Basis.GIVEN, Basis.IGNORED) for one in columns):
            headings = [one.heading for one in columns]
            name = keep_mapping(self.store, headings, {key: self.given[key] for key in own}, file).name
            if self.quiet:
                return
            say(f"This mapping is kept for files with the same headings; to drop it: linkage mapping drop {name}")


def given_mapping(choices: Sequence[str], file: Path | None, files: Sequence[Path]) -> dict[str, str]:
    """What --map and --map-file say. MappingError for what cannot be, or names a column that no file has."""
    from linkage.intake.fields.columns import columns_of
    from linkage.intake.readers.column_headings import MappingError, chosen, from_file
    from linkage.intake.readers.column_names import fold_name
    from linkage.intake.readers.rows import read_rows
    from linkage.intake.reject import shorten

    given = {**chosen(from_file(file) if file else ()), **chosen(choices)}
    if not given:
        return given
    there = [heading for one in files for heading in columns_of(read_rows(one))]
    missing = [heading for heading in given if heading not in {fold_name(one) for one in there}]
    if missing:
        listed = ", ".join(f"“{one}”" for one in dict.fromkeys(there))
        written = {fold_name(one.rpartition("=")[0]): one.rpartition("=")[0].strip() for one in choices}
        named = shorten(written.get(missing[0], missing[0]))
        raise MappingError(f"No column is named “{named}”; the columns are {listed}")
    return given


def tell_columns(batch: Batch, file: Path, mapper: Mapper) -> None:
    """Say how each column of a file was read, and what was not read of consent."""
    from linkage.review.column_words import (
        consent_lines,
        numbered_line,
        plain,
        read_as,
        to_answer,
        worth_telling,
    )

    columns, table = batch.columns.get(file.name, []), file.name in batch.tables
    if not worth_telling(columns, table):
        return
    own = plain(columns)
    say(f"{file.name}: how its {len(columns)} columns were read")
    if own:
        say(f"  under their own names: {', '.join(one.heading for one in own)}")
    others = [one for one in columns if one not in own]
    width = min(40, max((len(one.heading) for one in others), default=0))
    for one in others:
        say(f"  {one.heading:<{width}}  {read_as(one)}")
    if mapper.used:
        say(f"  as kept for these headings; to drop that: linkage mapping drop {mapper.used[0]}")
    for line in consent_lines(file.name, columns, table, batch.rejects):
        say(line)
    if line := numbered_line(batch.numbered):
        say(line)
    if asked := to_answer(columns):
        say("If these are the reported person's or the incident's, read the file again with (else =ignore):")
        say(f"  linkage import {shlex.quote(str(file))} {' '.join(f'--map {shlex.quote(one)}' for one in asked)}")


def plain_columns(batch: Batch) -> dict[str, Any]:
    """How columns were read, as JSON values by file."""
    return {
        file: [{**asdict(one), "basis": one.basis.value} for one in columns]
        for file, columns in batch.columns.items()
    }


@mapping.command("list")
def list_(store: StoreOption = None, json: JsonOption = False) -> None:
    """List the mappings that are kept: for which headings, and how each is read."""
    from linkage.store import Store
    from linkage.store.mappings import saved_mappings

    with Store(store, create=False, write=False) as kept:
        kept.require("look")
        found = saved_mappings(kept)
    if json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.name}: made for {one.file} by {one.who} on {one.at[:10]}, {len(one.headings)} columns")
        for heading, name in one.fields.items():
            say(f"  {heading}={name}")
    if not found:
        say("No mapping is kept. Give one: linkage import FILE --map HEADING=FIELD")


@mapping.command("drop")
def drop(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the mapping, as the list shows it.")],
    store: StoreOption = None,
) -> None:
    """Keep a mapping no longer. Reports that were read with it stay as they are."""
    from linkage.store import Store
    from linkage.store.mappings import drop_mapping

    with Store(store, create=False) as kept:
        drop_mapping(kept, name)
    say(f"Mapping {name} is dropped.")
