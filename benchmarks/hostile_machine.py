"""Tries the program on a machine that is full, shared, or may only be read.

    python benchmarks/hostile_machine.py writers --n 60 | full | reading | users

Each trial prints its figures; whatever should not be is printed and makes the exit code 1. `full`, `reading` and
`users` take the rights of root (a small file system is mounted, other users' numbers are taken). All reports are
invented.
"""

from __future__ import annotations

import argparse
import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from hostile import rows, run
from watched import Ran, linkage


def writers(given: argparse.Namespace) -> Iterator[str]:
    """Two programs that link into one folder at once."""
    refused = 0
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        for one, count in (("a", 40), ("b", 60)):
            lines = "".join(json.dumps(row) + "\n" for row in rows(count))
            (folder / f"{one}.jsonl").write_text(lines)
        for number in range(given.n):
            jobs = [pool.submit(linkage, "link", f"{one}.jsonl", "--out", "out", cwd=folder) for one in "ab"]
            ran = [job.result() for job in jobs]
            for one in ran:
                yield from one.faults(f"round {number}", (0, 2))
                refused += one.code == 2
                if one.code == 2 and (one.err.count("\n") != 1 or "out" not in one.err):
                    yield f"round {number}: the loser says {one.err!r}"
            if all(one.code for one in ran):
                yield f"round {number}: neither was written"
            files = sorted(one.name for one in (folder / "out").iterdir() if not one.name.startswith(".linkage."))
            count = json.loads((folder / "out" / "run.json").read_text())["counts"]["reports"]
            names = {line.split(",")[0] for line in (folder / "out" / "pairs.csv").read_text().splitlines()[1:]}
            if len(files) != 7 or (count == 40 and any(int(one[1:]) > 40 for one in names)):
                yield f"round {number}: {count} reports, files {files}"
    print(f"writers: {given.n} rounds of two; {refused} losers ended with one line")


def full(_given: argparse.Namespace) -> Iterator[str]:
    """A disk that fills up at every size from nothing to enough."""
    ended: dict[int, int] = {}
    sizes = [*range(40, 400, 40), *range(400, 3000, 400)]
    with tempfile.TemporaryDirectory() as name:
        source, place = Path(name), Path(name) / "disk"
        place.mkdir()
        (source / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows(150)))
        for kilobytes in sizes:
            subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "x", place], check=True)
            try:
                steps = [("import", "../in.jsonl"), ("link", "--out", "out"), ("backup", "b.zip")]
                steps += [("link", "../in.jsonl", "--out", "out2")]
                for words in steps:
                    ran = linkage(*words, cwd=place)
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
                    checked = linkage("audit", "verify", "--deep", cwd=place)
                    if checked.code and "cannot be opened" not in checked.err and "no store" not in checked.err:
                        yield f"{kilobytes} KB: {checked.out[-200:]}{checked.err[-200:]}"
            finally:
                subprocess.run(["umount", place], check=True)
    print(f"full: {len(sizes)} disks of {sizes[0]} to {sizes[-1]} KB, exit codes {dict(sorted(ended.items()))}")


def _as_user(user: int, *words: str, cwd: Path) -> Ran:
    """The program in the hands of another user of the machine: a copy of this process that gives up its rights, so
    that it needs no Python of its own. What it uses must have been loaded before."""
    out_read, out_write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out_read)
        for stream in (1, 2):
            os.dup2(out_write, stream)
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
        os.chdir(cwd)
        os.umask(0o022)
        code = 3
        try:
            sys.stdout, sys.stderr, sys.argv = os.fdopen(1, "w"), os.fdopen(2, "w"), ["linkage", *words]
            os.environ["HOME"] = str(cwd)
            from linkage.cli import main

            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    os.close(out_write)
    with os.fdopen(out_read, errors="replace") as told:
        words_told = told.read()
    return Ran(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words_told, words_told, 0)


def _warm(folder: Path) -> None:
    """Load what the commands use, for children that may not read this Python's folders."""
    (folder / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows(30)) + '{"narrative": "no id"}\n')
    (folder / "in.jsonl").chmod(0o644)
    here = Path.cwd()
    os.chdir(folder)
    from linkage.cli import main

    for words in COMMANDS:
        sys.argv = ["linkage", *words]
        with suppress(SystemExit):
            main()
    os.chdir(here)


COMMANDS = (
    *(("import", "in.jsonl"), ("link", "--out", "out"), ("search", "blue Ford"), ("explain", "R1", "R2")),
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
            ran = _as_user(FIRST, *words, cwd=folder)
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
            yield from _as_user(FIRST, *words, cwd=folder).faults(f"first: {' '.join(words)}", (0, 1, 2))
        if trap.read_text() != "the first user's":
            yield "a link that the second user made was followed"
        made = [one for one in folder.rglob("*") if not one.is_symlink() and one.lstat().st_uid == FIRST]
        yield from (f"others may read {one}" for one in made if stat.S_IMODE(one.stat().st_mode) & 0o077)
        seen = []
        for words in COMMANDS[1:]:
            ran = _as_user(SECOND, *words, cwd=folder)
            if ran.code == 0 and words[:2] != ("link", "in.jsonl"):
                yield f"the second user may {' '.join(words)}"
            yield from ran.faults(f"second: {' '.join(words)}", (0, 1, 2))
            seen.append(f"{words[0]} {ran.code}")
    print(f"users: {len(made)} files and folders of the first user are its own alone; the second: {', '.join(seen)}")


if __name__ == "__main__":
    run({one.__name__: one for one in (writers, full, reading, users)}, "a hostile machine")
