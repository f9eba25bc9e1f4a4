"""Marks of rows that were read, as the store keeps them: added with an import, taken away with a report.

What a mark is, and how a row is found again by it, is in `row_memory`, which loads all that reading needs.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, update

from linkage.store import digests
from linkage.store.schema import read_rows
from linkage.store.seals import Seals

MOST_PROGRAMS = 3
"""Programs whose marks stay [G]: machines of one scheme that are brought up to date one after the other."""

Marks = Mapping[str, Sequence[str | int]]
"""Mark of a row -> number and version of its report, and the row's own number where details in it were masked."""


def add(connection: Connection, made_by: tuple[str, str, str], marks: Marks) -> Seals:
    """Keep the marks of an import; returns what the audit must tell of it. `made_by` is the program that read the
    rows, the day, and the key of the marks."""
    program, day, key = made_by
    row = {"uid": str(uuid.uuid4()), "program": program, "day": day, "key": key, **_content(marks)}
    connection.execute(insert(read_rows), row)
    return _drop_old(connection, program) | digests.written(read_rows, row)


def forget(connection: Connection, report_id: str) -> Seals:
    """Take away every mark of a report; returns what the audit must tell of it."""
    seals: Seals = {}
    quoted = json.dumps(report_id, ensure_ascii=False)
    for row in connection.execute(select(read_rows)).mappings().all():
        if quoted not in row["marks"]:
            continue
        left = {mark: kept for mark, kept in json.loads(row["marks"]).items() if kept[0] != report_id}
        new = {**row, **_content(left)}
        here = read_rows.c.uid == row["uid"]
        connection.execute(update(read_rows).where(here).values(marks=new["marks"], salt=new["salt"]))
        seals |= digests.written(read_rows, new)
    return seals


def _content(marks: Marks) -> dict[str, str]:
    """Marks as they are kept. The salt keeps anybody from finding a mark that was taken out by trying rows against
    the digest that stays in the audit."""
    return {"marks": json.dumps(marks, ensure_ascii=False), "salt": secrets.token_hex(16)}


def _drop_old(connection: Connection, own: str) -> Seals:
    """Take away the marks of programs that have read nothing for longest, but for the last few."""
    newest: dict[str, str] = {}
    rows = connection.execute(select(read_rows.c.uid, read_rows.c.program, read_rows.c.day)).all()
    for row in rows:
        newest[row.program] = max(row.day, newest.get(row.program, ""))
    stay = sorted(newest, key=lambda program: (program == own, newest[program]))[-MOST_PROGRAMS:]
    gone = [row.uid for row in rows if row.program not in stay]
    if gone:
        connection.execute(delete(read_rows).where(read_rows.c.uid.in_(gone)))
    return {digests.digest_key(read_rows, {"uid": uid}): None for uid in gone}
