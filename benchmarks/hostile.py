"""Tries the program as a hostile sender of files would.

    python benchmarks/hostile.py mutated --n 10000 --seed 1
    python benchmarks/hostile.py bombs

Each trial prints its figures; whatever should not be is printed and makes the exit code 1. All reports are invented.
What a full disk, a second writer and a second user do is tried by `hostile_machine.py`.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from openpyxl import Workbook
from watched import linkage

from linkage.intake import read_reports

ENDINGS = (".jsonl", ".csv", ".xlsx", ".txt")
SHORT = "A man hit her."
WORDS = "A man of 30 in a blue Ford Focus hit her in Leeds on 3 May 2024. He took her phone."
GOOD, SLOW, MEMORY = 4, 10.0, 3 << 30
"""Rows of a file of which one is mutated; seconds from which a file is called slow; bytes a process may have."""


def rows(count: int, words: str = WORDS) -> list[dict[str, str]]:
    """So many good rows."""
    return [{"report_id": f"R{n}", "narrative": f"{n}: {words}"} for n in range(1, count + 1)]


def written(ending: str, mutate: Callable[[bytes], bytes]) -> bytes:
    """A file of GOOD rows, the second one mutated within its own line or cell; of a workbook its bytes anywhere."""
    made = rows(GOOD, SHORT)
    made[1]["narrative"] = WORDS
    if ending == ".xlsx":
        book = Workbook()
        for row in [["report_id", "narrative"], *(list(one.values()) for one in made)]:
            book.worksheets[0].append(row)
        file = io.BytesIO()
        book.save(file)
        return mutate(file.getvalue())
    if ending == ".txt":
        parts = [f"No: {one['report_id'][1:]}\n{one['narrative']}".encode() for one in made]
    elif ending == ".csv":
        parts = [f'{one["report_id"]},"{one["narrative"]}"'.encode() for one in made]
    else:
        parts = [json.dumps(one).encode() for one in made]
    # what ends a line or a cell would make other rows of the good ones, as it would in any reader
    parts[1] = re.sub(rb'[\r\n"\x0b\x0c\x1c-\x1e\x85]', b" ", mutate(parts[1])) if ending != ".jsonl" else (
        re.sub(rb"[\r\n]", b" ", mutate(parts[1]))
    )  # fmt: skip
    head = [b"report_id,narrative"] if ending == ".csv" else []
    return (b"\n\n" if ending == ".txt" else b"\n").join([*head, *parts]) + b"\n"


def mutation(draw: random.Random) -> Callable[[bytes], bytes]:
    """One random change of bytes: flipped, cut out, put in, doubled, or a nasty word written over them."""
    nasty = [b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"{" * 50, b"[" * 2000, b"=1+1", b"\\ud800", b"1e999", b"NaN"]
    nasty += [b"\xef\xbb\xbf", "\u202e".encode(), b"9" * 5000, b"', '", b"<!DOCTYPE", b"PK\x03\x04", b"\\u0000"]

    def change(data: bytes) -> bytes:
        for _ in range(draw.randint(1, 6)):
            at, length = draw.randrange(len(data) + 1), draw.randint(0, 12)
            kind = draw.randrange(5)
            part = data[at : at + length]
            new = (
                bytes(byte ^ (1 << draw.randrange(8)) for byte in part) if kind == 0
                else b"" if kind == 1
                else part * draw.randint(2, 60) if kind == 2
                else draw.randbytes(length) if kind == 3
                else draw.choice(nasty)
            )  # fmt: skip
            data = data[:at] + new + data[at + length :]
        return data

    return change


def mutated(given: argparse.Namespace) -> Iterator[str]:
    """Mutated files of every format through the importer."""
    draw, times, read, refused = random.Random(given.seed), list[float](), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.n):
            ending = ENDINGS[number % len(ENDINGS)]
            file = Path(folder) / f"m{ending}"
            file.write_bytes(written(ending, mutation(draw)))
            started = time.process_time()
            try:
                batch = read_reports([file], mask=True, processes=1)
            except Exception as error:
                yield f"file {number} ({ending}): {type(error).__name__}: {error}"
                continue
            times.append(time.process_time() - started)
            read, refused = read + len(batch.reports), refused + len(batch.rejects)
            texts = [one.narrative or "" for one in batch.reports]
            lost = [n for n in (1, 3, 4) if not any(f"{n}: {SHORT}" in text for text in texts)]
            if lost and ending != ".xlsx":
                yield f"file {number} ({ending}): good rows {lost} are lost: {batch.notes[:2]}"
            if not batch.reports and not batch.rejects and not batch.notes:
                yield f"file {number} ({ending}): nothing was read, and nothing told"
            if times[-1] > SLOW:
                yield f"file {number} ({ending}): {times[-1]:.1f} s"
    print(f"mutated: {given.n} files, seed {given.seed}: {read} reports, {refused} refusals; "
          f"slowest {max(times):.2f} s, {sum(times):.0f} s of processor time in all")  # fmt: skip


REPEATED = "A tall white man in a blue Ford Focus hit her in Leeds. "
BOMBS: Mapping[str, Callable[[], bytes]] = {
    "cell.csv": lambda: b"report_id,narrative\nR1," + b"x" * 90_000_000,
    "columns.csv": lambda: b"," * 5_000_000,
    "quote.csv": lambda: b'report_id,narrative\nR1,"' + b"a,b\n" * 10_000_000,
    "quote_once.csv": lambda: (
        b'report_id,narrative\nR0,"He hit her.\n' + b"".join(b"R%d,A man hit her.\n" % n for n in range(1, 20_001))
    ),
    "quotes.csv": lambda: b"report_id,narrative\n" + b'R1,"a\n' * 2_000_000,
    "rows.csv": lambda: b"report_id\n" + b"1\n" * 2_000_000,
    "line.jsonl": lambda: b'{"report_id": "1", "narrative": "' + b"x" * 90_000_000 + b'"}',
    "brackets.jsonl": lambda: b"[" * 50_000_000,
    "deep.jsonl": lambda: b'{"a":' * 5_000_000,
    "digits.jsonl": lambda: b'{"report_id": "1", "place": {"lat": ' + b"9" * 4_000_000 + b"}}",
    "objects.jsonl": lambda: b"[" + b"{}," * 20_000_000 + b"{}]",
    "lines.jsonl": lambda: b"{}\n" * 990_000,
    "blank.txt": lambda: b"\n" * 90_000_000,
    "headings.txt": lambda: b"No: 1\n\n" * 490_000,
    "paragraphs.txt": lambda: b"a man\n\n" * 490_000,
    "long.txt": (REPEATED * 9_000).encode,
    "zeros.txt": lambda: b"\0" * 90_000_000,
    "field.jsonl": lambda: json.dumps({"report_id": "1", "place": {"text": REPEATED * 1800}}).encode(),
    "long.jsonl": lambda: json.dumps({"report_id": "1", "narrative": REPEATED * 9_000}).encode(),
}
WORKBOOKS: Mapping[str, tuple[bytes, int]] = {
    "spin.xlsx": (b'<row r="1000000000000"><c t="inlineStr"><is><t>x</t></is></c></row>', 1),
    "blank.xlsx": (b'<row r="3"></row>' * 65_536, 900),
    "cell.xlsx": (b'<row r="3"><c r="A3" t="inlineStr"><is><t>' + b"x" * 190_000_000 + b"</t></is></c></row>", 1),
    "cells.xlsx": (b'<row r="3"><c r="A3"><v>1</v></c><c r="XFD3"><v>1</v></c></row>', 1_000_000),
    "nested.xlsx": (b"<row>" * 100_000, 100),
}
STREAMS = {"endless.csv": "/dev/zero", "urandom.jsonl": "/dev/urandom"}


def bomb_files(folder: Path, only: str) -> Iterator[Path]:
    """Files that are small or endless and want to be large; those whose names a pattern is found in."""
    chosen = re.compile(only).search
    for name in filter(chosen, BOMBS):
        (folder / name).write_bytes(BOMBS[name]())
        yield folder / name
    for name in filter(chosen, WORKBOOKS):
        yield _workbook(folder / name, *WORKBOOKS[name])
    for name in filter(chosen, STREAMS):
        (folder / name).symlink_to(STREAMS[name])
        yield folder / name
    if chosen("pipe.csv"):
        os.mkfifo(folder / "pipe.csv")
        words = ["sh", "-c", f"yes R1,x > '{folder / 'pipe.csv'}'"]
        with subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True) as writer:
            yield folder / "pipe.csv"
            os.killpg(writer.pid, signal.SIGKILL)


def _workbook(file: Path, piece: bytes, times: int) -> Path:
    """A workbook with one good row, whose sheet goes on with a piece so many times."""
    book, plain = Workbook(), io.BytesIO()
    for row in (["report_id", "narrative"], ["R1", WORDS]):
        book.worksheets[0].append(row)
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            if not name.endswith("sheet1.xml"):
                new.writestr(name, old.read(name))
                continue
            start, mark, end = old.read(name).partition(b"</sheetData>")
            with new.open(name, "w", force_zip64=True) as out:
                for part in (start, *[piece] * times, mark + end):
                    out.write(part)
    return file


def bombs(given: argparse.Namespace) -> Iterator[str]:
    """Each bomb beside a good file, in a process that may have 3 GB; the good file alone comes first."""
    told = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "good.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows(5)))
        (folder / "nothing.jsonl").write_text(json.dumps(rows(1)[0]))
        for file in chain((folder / "nothing.jsonl",), bomb_files(folder, given.only)):
            kept = folder / f"{file.name}.db"
            words = ("import", file, folder / "good.jsonl", "--store", f"sqlite:///{kept}", "--json")
            ran = linkage(*words, cwd=folder, before=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)))
            yield from ran.faults(file.name, (0, 1))
            if ran.code in (0, 1) and json.loads(ran.out)["new"] < 5:
                yield f"{file.name}: the good file beside it was lost"
            told.append((ran.processor, ran.megabytes, file.name))
            figures = f"{ran.processor:6.1f} s of {ran.seconds:6.1f}  {ran.megabytes:5} MB  code {ran.code}"
            print(f"  {file.name:16} {figures}  {ran.err.strip()[:110]}", flush=True)
            for one in (file, kept):
                one.unlink(missing_ok=True)
    most = max(one[1] for one in told)
    slowest = f"slowest {max(told)[2]} with {max(told)[0]:.1f} s of processor time, start included"
    print(f"bombs: {len(told)} files; {slowest}; most memory {most} MB")


def run(trials: Mapping[str, Callable[[argparse.Namespace], Iterator[str]]], about: str) -> None:
    """Read the command line, try, print what should not be, and end the process."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("trial", choices=trials)
    parser.add_argument("--n", type=int, default=60, help="files or rounds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", metavar="PATTERN", help="bombs whose names hold this")
    given = parser.parse_args()
    count = 0
    for fault in trials[given.trial](given):
        count += 1
        print(f"FAULT {fault}", flush=True)
    print(f"{given.trial}: {count} faults")
    sys.exit(bool(count))


if __name__ == "__main__":
    run({one.__name__: one for one in (mutated, bombs)}, "hostile files")
