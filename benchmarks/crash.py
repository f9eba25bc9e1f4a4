"""Kills the program at random moments while it writes, and looks whether anything was lost or half written.

`python benchmarks/crash.py --kills 100 [--postgres URL]` kills a writer that imports, keeps runs, decides or erases,
each in turn; `--link` kills a whole `linkage link` of a small store in place of it; `--writers 8 --each 500` lets so
many writers decide at once and times them. The database must be an empty one. A writer is a copy of this process
(fork), so that no round pays for the start of Python; it opens the store anew.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pandas as pd
from watched import Child

from linkage.cli import main as linkage
from linkage.intake.batch import Batch, read_reports
from linkage.report import Report
from linkage.store import Decision, Found, Store
from linkage.synthetic import generate, write_world

STEPS = ("import", "run", "decide", "erase")
EACH = 20
"""Reports of one import."""
SPAN = 2
"""A writer is killed within so many times the seconds its step takes at first [G]."""


def _batch(name: str) -> Batch:
    return Batch([Report(report_id=f"{name}-{i}", narrative=f"word{name} " * 50) for i in range(EACH)])


def write(store: Store, step: str, name: str) -> Iterator[str]:
    """One step after the other, for `name` and the numbers behind it; each is named once it is committed."""
    if step != "import":
        store.import_batch(_batch(name), "crash")
    yield "ready"
    for number in range(EACH if step == "erase" else 10_000):
        one = f"{name}n{number}"
        if step == "import":
            store.import_batch(_batch(one), "crash")
        elif step == "run":
            one = str(store.save_run(_found(name)).id)
        elif step == "decide":
            store.record_decision(Decision("writer", "pair", f"{name}-1", f"{name}-2", "unsure", note=one))
        else:
            one = f"{name}-{number}"
            store.erase(one, "benchmark")
        yield one


def _found(name: str) -> Found:
    others = [f"{name}-{i}" for i in range(2, EACH)]
    pairs = pd.DataFrame({"report_a": f"{name}-1", "report_b": others, "weight": 1.0})
    pairs = pairs.assign(probability=0.5, lane="main", distance_km=1.0, days=2)
    series = pd.DataFrame({"series_id": "S1", "report_id": [f"{name}-1", f"{name}-2"], "role": "core", "fit": 1.0})
    return Found(pairs, series, pd.DataFrame(), pd.DataFrame(), {})


def took(url: str) -> dict[str, float]:
    """Seconds of each step where nobody disturbs it, the slowest of five: a writer's first is slower than others."""
    found = {}
    with Store(url, who="writer") as store:
        for step in STEPS:
            steps, times = write(store, step, f"T{step}"), []
            next(steps)
            for _ in range(5):
                started = time.perf_counter()
                next(steps)
                times.append(time.perf_counter() - started)
            found[step] = max(times)
    return found


def killed(url: str, step: str, name: str, after: float) -> tuple[list[str], int]:
    """Kill one writer so many seconds after it is ready; what is wrong then, and how many steps had ended."""

    def act(say: Callable[[str], None]) -> None:
        with Store(url, who="writer") as store:
            for word in write(store, step, name):
                say(word)

    writer = Child(act)
    writer.waits(60)
    time.sleep(after)
    writer.kill()
    words, _ = writer.ended()
    done = words[1:]
    if not words:
        return [f"{name}: the writer was not ready after 60 s"], 0
    with Store(url, who="checker") as store:
        wrong = [f"{name}: {fault}" for fault in store.verify(deep=True)]
        wrong += CHECKS[step](store, name, done)
        last = store.latest_run()
        if last is None or len(last.top_pairs()) != EACH - 2 or len(last.series()[0].members) != 2:
            wrong.append(f"{name}: the latest run is half written")
    return wrong, len(done)


def _imported(store: Store, name: str, done: list[str]) -> Iterator[str]:
    count = Counter(one.split("-")[0] for one in store.ids() if one.startswith(f"{name}n"))
    yield from (f"the import {one} is lost" for one in done if one not in count)
    yield from (f"the import {one} is half written: {some} of {EACH}" for one, some in count.items() if some != EACH)


def _decided(store: Store, _name: str, done: list[str]) -> Iterator[str]:
    notes = {one.note for one in store.decisions()}
    yield from (f"the decision {one} is lost" for one in done if one not in notes)


def _erased(store: Store, name: str, done: list[str]) -> Iterator[str]:
    ids = store.ids()
    yield from (f"{one} came back" for one in done if one in ids)
    gone = sum(f"{name}-{number}" not in ids for number in range(EACH))
    if gone not in (len(done), len(done) + 1):
        yield f"{name}: {gone} reports are gone, {len(done)} were erased"


def _kept(store: Store, name: str, done: list[str]) -> Iterator[str]:
    last = store.latest_run()
    if done and (last is None or last.id < int(done[-1])):
        yield f"{name}: run {done[-1]} is lost"


CHECKS: Mapping[str, Callable[[Store, str, list[str]], Iterator[str]]] = {
    "import": _imported,
    "run": _kept,
    "decide": _decided,
    "erase": _erased,
}


def killed_steps(url: str, kills: int, rng: random.Random) -> list[str]:
    """Kill writers at random moments of each step in turn; what is wrong afterwards."""
    seconds, wrong = took(url), list[str]()
    kept = dict.fromkeys(STEPS, 0)
    for number in range(kills):
        step = STEPS[number % len(STEPS)]
        found, done = killed(url, step, f"R{number}", rng.uniform(0, SPAN * seconds[step]))
        wrong, kept[step] = wrong + found, kept[step] + done
    for step in STEPS:
        print(f"{step}: {seconds[step] * 1000:.0f} ms alone; {kept[step]} ended before the kills and stand")
    return wrong


def link(url: str) -> Child:
    """A whole `linkage link` of the store, begun."""

    def act(_say: Callable[[str], None]) -> None:
        sys.argv = ["linkage", "link", "--store", url]
        with Path(os.devnull).open("w") as away, redirect_stdout(away), redirect_stderr(away):
            linkage()

    return Child(act)


def killed_links(url: str, kills: int, rng: random.Random, folder: Path) -> list[str]:
    """Kill a whole linking at random moments; returns what is wrong with the store after each, and after one more."""
    world = write_world(generate(80, 3), folder)[0]
    with Store(url, who="writer") as store:
        store.import_batch(read_reports([world]), world.name)
    started = time.perf_counter()
    link(url).ended()
    longest = time.perf_counter() - started
    with Store(url, who="checker") as store:
        before = _size(store)
    wrong, ended = list[str](), 0
    for _ in range(kills):
        running = link(url)
        running.waits(rng.uniform(0, longest))
        running.kill()
        ended += running.ended()[1] == 0
        with Store(url, who="checker") as store:
            wrong += [str(fault) for fault in store.verify(deep=True)]
            if _size(store) != before:
                wrong.append(f"the latest run holds {_size(store)}, a whole one {before}")
    if link(url).ended()[1]:
        wrong.append("the store cannot be linked any more")
    print(f"{ended} of {kills} had ended before; a whole linking took {longest:.1f} s")
    return wrong


def _size(store: Store) -> tuple[int, int]:
    """Pairs and places in series of the latest run."""
    run = store.latest_run()
    assert run is not None
    return len(run.top_pairs(100_000)), sum(len(one.members) for one in run.series())


def at_once(url: str, writers: int, each: int) -> None:
    """Let writers decide at once, and say how long it took."""
    Store(url).close()
    started = time.perf_counter()
    code = (
        "import sys; from linkage.store import Decision, Store\n"
        "with Store(sys.argv[1], who=sys.argv[2]) as store:\n"
        "    for n in range(int(sys.argv[3])):\n"
        "        store.record_decision(Decision(sys.argv[2], 'pair', f'a{n}', 'b', 'unsure'))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, url, f"w{one}", str(each)]) for one in range(writers)]
    ended = [one.wait() for one in running]
    seconds = time.perf_counter() - started
    with Store(url) as store:
        count, faults = len(store.decisions()), store.verify(deep=True)
    print(f"{writers} x {each}: {count} kept, exit codes {ended}, {len(faults)} faults, {seconds:.1f} s")


def main() -> None:
    """Read the command line and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--postgres", metavar="URL", help="an empty database")
    options.add_argument("--link", action="store_true", help="kill a whole linkage link")
    options.add_argument("--writers", type=int, default=0)
    options.add_argument("--each", type=int, default=500)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.postgres or f"sqlite:///{Path(folder) / 'crash.db'}"
        if chosen.writers:
            at_once(url, chosen.writers, chosen.each)
            return
        rng = random.Random(chosen.seed)
        if chosen.link:
            wrong = killed_links(url, chosen.kills, rng, Path(folder))
        else:
            wrong = killed_steps(url, chosen.kills, rng)
        print(f"{chosen.kills} kills: {len(wrong)} faults", *wrong[:20], sep="\n")


if __name__ == "__main__":
    main()
