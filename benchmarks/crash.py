"""Kills the program at random moments while it writes, and looks whether anything was lost or half written.

`python benchmarks/crash.py --kills 100 [--postgres URL]` kills a writer that imports, keeps runs, decides and erases;
`--link` kills a whole `linkage link` of a small store in place of it; `--writers 8 --each 500` lets so many writers
decide at once and times them. The database must be an empty one.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from linkage.intake.batch import Batch, read_reports
from linkage.report import Report
from linkage.store import Decision, Found, Store
from linkage.synthetic import generate, write_world

TOLD = "done"
STEPS = ("import", "run", "decide", "erase")


def write(url: str, start: int) -> None:
    """One step after the other without end; each is told on standard output once it is committed."""
    with Store(url, who="writer") as store:
        number = start
        while True:
            number += 1
            name = f"R{number}"
            batch = Batch([Report(report_id=f"{name}-{i}", narrative=f"word{number} " * 50) for i in range(20)])
            store.import_batch(batch, "crash")
            print(TOLD, "import", number, flush=True)
            store.save_run(_found(name))
            print(TOLD, "run", number, flush=True)
            store.record_decision(Decision("writer", "pair", f"{name}-1", f"{name}-2", "unsure", note=name))
            print(TOLD, "decide", number, flush=True)
            store.erase(f"{name}-0", "benchmark")
            print(TOLD, "erase", number, flush=True)


def _found(name: str) -> Found:
    others = [f"{name}-{i}" for i in range(2, 20)]
    pairs = pd.DataFrame({"report_a": f"{name}-1", "report_b": others, "weight": 1.0})
    pairs = pairs.assign(probability=0.5, lane="main", distance_km=1.0, days=2)
    series = pd.DataFrame({"series_id": "S1", "report_id": [f"{name}-1", f"{name}-2"], "role": "core", "fit": 1.0})
    return Found(pairs, series, pd.DataFrame(), pd.DataFrame(), {})


def killed(url: str, number: int, rng: random.Random) -> list[str]:
    """Kill one writer after a random time; returns what is wrong with the store afterwards."""
    words = [sys.executable, __file__, "--write", url, "--start", str(number * 10_000)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline()]  # it has begun
        time.sleep(rng.uniform(0, 0.6))
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.read().splitlines(keepends=True)
    whole = [line.split() for line in told if line.endswith("\n")]
    done = {step: [int(number) for _, what, number in whole if what == step] for step in STEPS}
    with Store(url, who="checker") as store:
        wrong = [str(fault) for fault in store.verify(deep=True)]
        ids, notes = store.ids(), {one.note for one in store.decisions()}
        for one in done["import"]:
            wrong += [f"R{one}-{i} is lost" for i in range(1, 20) if f"R{one}-{i}" not in ids]
        wrong += [f"the decision on R{one} is lost" for one in done["decide"] if f"R{one}" not in notes]
        wrong += [f"R{one}-0 came back" for one in done["erase"] if f"R{one}-0" in ids]
        last = store.latest_run()
        if last is not None and len(last.top_pairs()) != 18:
            wrong.append(f"run {last.id} is half written")
    return wrong


def link(url: str) -> subprocess.Popen[bytes]:
    """A whole `linkage link` of the store, begun."""
    code = "from linkage.cli import main; main()"
    words = [sys.executable, "-c", code, "link", "--store", url]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed_links(url: str, kills: int, rng: random.Random, folder: Path) -> list[str]:
    """Kill a whole linking at random moments; returns what is wrong with the store after each, and after one more."""
    world = write_world(generate(80, 3), folder)[0]
    with Store(url, who="writer") as store:
        store.import_batch(read_reports([world]), world.name)
    started = time.perf_counter()
    link(url).wait()
    longest = time.perf_counter() - started
    with Store(url, who="checker") as store:
        before = _size(store)
    wrong, ended = list[str](), 0
    for _ in range(kills):
        with link(url) as running:
            time.sleep(rng.uniform(0, longest))
            running.send_signal(signal.SIGKILL)
            ended += running.wait() == 0
        with Store(url, who="checker") as store:
            wrong += [str(fault) for fault in store.verify(deep=True)]
            if _size(store) != before:
                wrong.append(f"the latest run holds {_size(store)}, a whole one {before}")
    if link(url).wait():
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
    options.add_argument("--write", metavar="URL", help=argparse.SUPPRESS)
    options.add_argument("--start", type=int, default=0, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.write:
        write(chosen.write, chosen.start)
    with tempfile.TemporaryDirectory() as folder:
        url = chosen.postgres or f"sqlite:///{Path(folder) / 'crash.db'}"
        if chosen.writers:
            at_once(url, chosen.writers, chosen.each)
            return
        rng = random.Random(chosen.seed)
        if chosen.link:
            wrong = killed_links(url, chosen.kills, rng, Path(folder))
        else:
            wrong = [one for number in range(chosen.kills) for one in killed(url, number, rng)]
        print(f"{chosen.kills} kills: {len(wrong)} faults", *wrong[:20], sep="\n")


if __name__ == "__main__":
    main()
