"""Import a file: how each column is read, a choice for each, a try, and the reports in the store."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any

import streamlit as st

from dashboard import work
from dashboard.parts.chrome import as_written
from dashboard.parts.status import tell
from dashboard.parts.tables import table
from dashboard.store_snapshot import opened, url
from linkage.intake.batch import Batch, read_items
from linkage.intake.fields.columns import columns_of
from linkage.intake.readers import ReadItem
from linkage.intake.readers.column_headings import IGNORE, Basis, Column, MappingError, chosen, headings, understood
from linkage.intake.readers.column_names import fold_name
from linkage.intake.readers.rows import TooLargeError, read_bounded, read_content
from linkage.intake.reject import Reject, shorten
from linkage.review.column_words import consent_lines, numbered_line, read_as, worth_telling
from linkage.review.noticed import details_words, noticed_head, noticed_lines, noticed_of
from linkage.review.strength import counted
from linkage.store import Store
from linkage.store.importing import keep_batch, memory_of
from linkage.store.mappings import drop_mapping, keep_mapping, mapping_for, saved_mappings
from linkage.store.row_memory import RowMemory

PATH = "import-file"
KINDS = ["csv", "tsv", "xlsx", "jsonl", "json", "txt"]
SHOWN = 10
"""Refusals, and kinds of warnings, that are shown; the store holds them all."""
_AS_IS = "as it says"


def render() -> None:
    """Draw the page."""
    st.title("Import a file")
    if why := work.refusal("import"):
        st.info(why)
        return
    st.write(
        "A spreadsheet may have headings of its own. See how each column is read, choose where it is not right, and "
        "import. Details of the person who reported are taken out of narratives, and have no column here."
    )
    given = st.file_uploader("Spreadsheet, JSON Lines or plain text", KINDS, key="import_upload")
    store = opened(url())
    if given is not None:
        try:
            data = read_bounded(BytesIO(given.getvalue()))
        except TooLargeError as error:
            st.error(as_written(str(error)))
        else:
            suffix = PurePath(given.name).suffix.lower()
            _one(store, given.name, list(read_content(given.name, data, suffix)))
    _kept(store)


def _one(store: Store, name: str, items: list[ReadItem]) -> None:
    """One file: its columns with a choice for each, a try, and the import."""
    names = columns_of(items)
    kept = mapping_for(store, names) if names else None
    before = kept.folded if kept else {}
    first = understood(names, None, before)
    given = _choices(first) if len(names) > 1 else {}
    columns = understood(names, given, before)
    table_there = any(not isinstance(item, Reject) for item in items) and worth_telling(columns, True)
    if table_there and names:
        rows = [[one.heading, read_as(one)] for one in columns]
        table(f"How the {len(columns)} columns of {name} are read", ["Column", "Read as"], rows)
    memory = memory_of(store, mask=True)
    batch = _batch(name, items, given, before, memory)
    for line in consent_lines(name, batch.columns[name], name in batch.tables, batch.rejects):
        st.warning(as_written(line))
    if line := numbered_line(batch.numbered):
        st.write(as_written(line))
    for note in batch.notes:
        st.write(as_written(note))
    _noticed(batch)
    _refused(batch)
    if not batch.reports:
        st.error("No report could be read from this file.")
    elif st.button(f"Import {counted(len(batch.reports), 'report')}", type="primary", key="import_do"):
        result, notes = keep_batch(store, batch, name, memory)
        if given:
            keep_mapping(store, names, given, name)
        tell(
            f"{name}: {result.new:,} new, {result.changed:,} changed, {result.unchanged:,} unchanged reports; "
            f"{result.refused_rows:,} rows and {result.refused_values:,} values refused. {' '.join(notes)}"
            "To add them to the links: linkage link --update"
        )
        st.rerun()


def _batch(
    name: str, items: Sequence[ReadItem], given: dict[str, str], before: dict[str, str], memory: RowMemory
) -> Batch:
    def understand(names: Sequence[str]) -> list[Column]:
        return understood(names, given, before)

    with st.spinner("Reading the file"):
        # in this process: a server with threads must not be forked
        files = [(name, items)]
        return read_items(files, processes=1, mask=True, understand=understand, recall=memory.recall)


def _choices(columns: Sequence[Column]) -> dict[str, str]:
    """What is chosen for each column that may be chosen for, by folded heading."""
    offered: dict[str, str] = {_AS_IS: "As listed below", IGNORE: "Leave out", **headings()["offered"]}
    picked: list[str] = []
    asked = [one for one in columns if one.field is None and one.basis in (Basis.ASKED, Basis.UNREAD)]
    for title, those, is_open in (
        ("Columns to answer", asked, True),
        ("Other columns", [one for one in columns if one not in asked and one.basis is not Basis.PERSONAL], False),
    ):
        if not those:
            continue
        with st.expander(f"{title} ({len(those)})", expanded=is_open):
            for one in those:
                key = f"import_column_{fold_name(one.heading)}"
                choice = st.selectbox(
                    as_written(shorten(one.heading)),
                    list(offered),
                    format_func=offered.__getitem__,
                    key=key,
                    help=as_written(read_as(one)),
                )
                if choice != _AS_IS:
                    picked.append(f"{one.heading}={choice}")
    return _possible(picked)


def _possible(picked: Sequence[str]) -> dict[str, str]:
    """The choices that can be; of any other it says why not."""
    found: dict[str, str] = {}
    for one in picked:
        try:
            found |= chosen([one])
        except MappingError as error:
            st.error(as_written(str(error)))
    return found


def _noticed(batch: Batch) -> None:
    """What was masked in the narratives, and what was noticed and is kept, to be checked."""
    if batch.details:
        st.write(as_written(f"{details_words(batch.details)}."))
    if warnings := noticed_of(batch.reports):
        lines = noticed_lines(warnings)
        more = [f"and {len(lines) - SHOWN:,} more kinds"] if len(lines) > SHOWN else []
        st.warning(
            "\n".join([noticed_head(warnings), "", *(f"- {as_written(one)}" for one in [*lines[:SHOWN], *more])])
        )


def _refused(batch: Batch) -> None:
    if not batch.rejects:
        return
    rows: list[Any] = [[str(one.row or ""), one.field, one.value, one.reason] for one in batch.rejects[:SHOWN]]
    title = f"What is refused: the first {len(rows)} of {len(batch.rejects):,}"
    table(title, ["Row", "Column or field", "Value", "Why"], rows)


def _kept(store: Store) -> None:
    """Mappings that are kept for the next file, each with a button that drops it."""
    found = saved_mappings(store)
    if not found:
        return
    st.subheader("Kept for the next file with the same headings")
    for one in found:
        said = "; ".join(f"{heading} = {name}" for heading, name in one.fields.items())
        st.write(as_written(f"{one.name}, made for {one.file} by {one.who} on {one.at[:10]}: {said}"))
        if st.button(f"Drop {one.name}", key=f"import_drop_{one.name}"):
            drop_mapping(store, one.name)
            tell(f"Mapping {one.name} is dropped.")
            st.rerun()
