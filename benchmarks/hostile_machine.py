"""Tries the program on a machine that is full, shared, or may only be read.

    python benchmarks/hostile_machine.py writers --n 60 | full | reading | users

Each trial prints its figures; whatever should not be is printed and makes the exit code 1. `full`, `reading` and
`users` take the rights of root (a small file system is mounted, other users' numbers are taken). All reports are
invented.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import stat
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hostile import run
from watched import forked, in_process

from linkage.synthetic import generate, write_world


def writers(given: argparse.Namespace) -> Iterator[str]:
    """Two programs that link into one folder at once: what lies there afterwards is the whole work of one of them.

    Half of the time both start at once, else the second while the first works or ends.
    """
    ended: Counter[int] = Counter()
    draw, longest = random.Random(given.seed), 1.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _worlds(folder, a=12, b=20)
        alone = {}
        for one in "ab":
            in_process("link", f"{one}.jsonl", "--out", one, cwd=folder)
            alone[one] = _results(folder / one)
        if alone["a"] == alone["b"] or any(one["pairs.csv"].count(b"\n") < 20 for one in alone.values()):
            yield "the two would not be told apart"
        for number in range(given.n):
            first, second = draw.sample("ab", 2)
            running = [forked("link", f"{first}.jsonl", "--out", "out", cwd=folder)]
            time.sleep(draw.choice((0, draw.uniform(0, 1.2 * longest))))
            running.append(forked("link", f"{second}.jsonl", "--out", "out", cwd=folder))
            ran = [wait() for wait in running]
            longest = max(longest, ran[0].seconds)
            ended.update(one.code for one in ran)
            for one in ran:
                yield from one.faults(f"round {number}", (0, 2))
                if one.code == 2 and (one.err.count("\n") != 1 or "out" not in one.err):
                    yield f"round {number}: the loser says {one.err!r}"
            if all(one.code for one in ran):
                yield f"round {number}: neither was written"
            if _results(folder / "out") not in alone.values():
                yield f"round {number}: the files are not those of one run"
            left = {one.name for one in folder.iterdir()} - {"a.jsonl", "b.jsonl", "a", "b", "out"}
            left |= {one.name for one in (folder / "out").iterdir() if one.name not in (*alone["a"], "run.json")}
            if left:
                yield f"round {number}: {sorted(left)} are left"
            if number % 2:
                shutil.rmtree(folder / "out")
    print(f"writers: {given.n} rounds of two; {ended[0]} wrote, {ended[2]} losers ended with one line")


def _worlds(folder: Path, **counts: int) -> None:
    """A file of so many invented reports for each name."""
    for at, (name, count) in enumerate(counts.items()):
        world = write_world(generate(count, at), folder / f"world{at}")[0]
        (folder / f"{name}.jsonl").write_text(world.read_text())
        shutil.rmtree(folder / f"world{at}")


def _results(folder: Path) -> dict[str, bytes]:
    """The files of a result set that are the same whenever they are made."""
    names = ("pairs.csv", "pairs.parquet", "series.csv", "incidents.csv", "ambiguous.csv", "rejects.csv")
    return {name: (folder / name).read_bytes() if (folder / name).exists() else b"" for name in names}


def full(_given: argparse.Namespace) -> Iterator[str]:
    """A disk that fills up at every size from nothing to enough."""
    ended: dict[int, int] = {}
    sizes = [*range(40, 400, 40), *range(400, 3000, 400)]
    with tempfile.TemporaryDirectory() as name:
        source, place = Path(name), Path(name) / "disk"
        place.mkdir()
        _worlds(source, **{"in": 150})
        for words in (("import", "in.jsonl"), ("link", "--out", "out"), ("audit", "verify", "--deep")):
            in_process(*words, cwd=source)
        for kilobytes in sizes:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "x", place], check=True)
            try:
                steps = [("import", "../in.jsonl"), ("link", "--out", "out"), ("backup", "b.zip")]
                steps += [("link", "../in.jsonl", "--out", "out2")]
                for words in steps:
                    ran = forked(*words, cwd=place)()
                    ended[ran.code] = ended.get(ran.code, 0) + 1
                    yield from ran.faults(f"{kilobytes} KB, {words[0]}", (0, 1, 2))
                left = [
                    one.name for one in place.rglob("*") if ".part" in one.name or one.name.startswith(".linkage-")
                ]
                if left:
                    yield f"{kilobytes} KB: {left} are left"
                for out in (place / "out", place / "out2"):
                    there = [one for one in out.glob("*") if not one.name.startswith(".")] if out.exists() else []
                    if len(there) not in (0, 7):
                        yield f"{kilobytes} KB: half a result set in {out.name}: {[one.name for one in there]}"
                if (place / "linkage.db").exists() and (place / "linkage.db").stat().st_size:
                    checked = forked("audit", "verify", "--deep", cwd=place)()
                    if checked.code and "cannot be opened" not in checked.err and "no store" not in checked.err:
                        yield f"{kilobytes} KB: {checked.out[-200:]}{checked.err[-200:]}"
            finally:
                subprocess.run(["umount", place], check=True)
    print(f"full: {len(sizes)} disks of {sizes[0]} to {sizes[-1]} KB, exit codes {dict(sorted(ended.items()))}")


def _warm(folder: Path) -> None:
    """Load what the commands use, for copies of this process that may not read this Python's folders."""
    _worlds(folder, **{"in": 30})
    with (folder / "in.jsonl").open("a") as file:
        file.write('{"narrative": "no id"}\n')
    (folder / "in.jsonl").chmod(0o644)
    for words in COMMANDS:
        in_process(*words, cwd=folder)


COMMANDS = (
    *(
        ("import", "in.jsonl"),
        ("link", "--out", "out"),
        ("search", "blue Ford"),
        ("explain", "SYN-000001", "SYN-000002"),
    ),
    *(("audit", "verify", "--deep"), ("audit", "show"), ("backup", "b.zip"), ("link", "in.jsonl", "--out", "out2")),
)
READERS = ("search", "explain", "audit")
FIRST, SECOND = 60_001, 60_002


def reading(_given: argparse.Namespace) -> Iterator[str]:
    """A store in a folder that its user may only read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _warm(folder)
        for one in (folder, *folder.rglob("*")):
            os.chown(one, FIRST, FIRST)
            one.chmod(0o500 if one.is_dir() else 0o400)
        told = []
        for words in COMMANDS:
            ran = forked(*words, cwd=folder, user=FIRST)()
            yield from ran.faults(" ".join(words), (0,) if words[0] in READERS else (1, 2))
            told.append(f"{words[0]} {ran.code}")
    print(f"reading: {', '.join(told)}")


def users(_given: argparse.Namespace) -> Iterator[str]:
    """Two users of one machine, in one folder that both may write to."""
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        folder = Path(name)
        _warm(Path(other))
        folder.chmod(0o1777)
        (folder / "in.jsonl").write_text((Path(other) / "in.jsonl").read_text())
        (folder / "in.jsonl").chmod(0o644)
        trap = folder / "trap"
        trap.write_text("the first user's")
        os.chown(trap, FIRST, FIRST)
        trap.chmod(0o600)
        for link in ("in.jsonl.rejects.csv", "b.zip"):
            (folder / link).symlink_to(trap)
            os.lchown(folder / link, SECOND, SECOND)
        for words in COMMANDS:
            yield from forked(*words, cwd=folder, user=FIRST)().faults(f"first: {' '.join(words)}", (0, 1, 2))
        if trap.read_text() != "the first user's":
            yield "a link that the second user made was followed"
        made = [one for one in folder.rglob("*") if not one.is_symlink() and one.lstat().st_uid == FIRST]
        yield from (f"others may read {one}" for one in made if stat.S_IMODE(one.stat().st_mode) & 0o077)
        seen = []
        for words in COMMANDS[1:]:
            ran = forked(*words, cwd=folder, user=SECOND)()
            if ran.code == 0 and words[:2] != ("link", "in.jsonl"):
                yield f"the second user may {' '.join(words)}"
            yield from ran.faults(f"second: {' '.join(words)}", (0, 1, 2))
            seen.append(f"{words[0]} {ran.code}")
    print(f"users: {len(made)} files and folders of the first user are its own alone; the second: {', '.join(seen)}")


if __name__ == "__main__":
    run({one.__name__: one for one in (writers, full, reading, users)}, "a hostile machine")
