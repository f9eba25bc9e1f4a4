"""What reading costs the linkage where behaviours are told in sentences that nobody learned from.

    python benchmarks/paraphrased_worlds.py text_only:51 text_only:61 [--reports 800] [--chains 8] [--sentences FILE]

Worlds are PRESET:SEED of `linkage synth`, but every behaviour is told in one of the sentences of
`reading/unmet_sentences.jsonl`, by two writers who saw the vocabulary alone; two others said all that each of them
tells. Each is judged after learning from that of SEED + 1, twice: behaviours as the program reads them, and as the
narrator knows them (all else as read). `F1` is of the behaviours that are told in what is judged. Figures without
intervals, to be compared within a world. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import SHOWN
from linkage.evaluation.engine import Engine
from linkage.evaluation.intervals import figures
from linkage.evaluation.truth import Truth, evaluated_pairs
from linkage.intake import read_reports
from linkage.intake.behaviours.reading import read_behaviours
from linkage.models import collective
from linkage.report import Behaviours, Report
from linkage.synthetic import generate, narrative, write_world
from linkage.synthetic.parameters import read_table
from linkage.synthetic.registers import Voice

SENTENCES = Path(__file__).with_name("reading") / "unmet_sentences.jsonl"


@contextmanager
def told_in(sentences: Path) -> Iterator[None]:
    """Let narrators tell what happened in these sentences, and know all that each of them tells beside its own
    behaviour; the boxes of forms and denials stay as they are."""
    rows = [json.loads(line) for line in sentences.read_text(encoding="utf-8").splitlines()]
    says, tells, spoken = defaultdict[str, list[str]](list), dict[str, list[str]](), list[str]()
    for row in rows:
        text = row["text"].rstrip(".")
        says[row["key"]].append(text)
        tells[text] = row["told"]
    phrases: dict[str, dict[str, Any]] = read_table("phrases.toml")["behaviours"]
    told = {
        key: {"says": says[key] or one["says"]} | {name: one[name] for name in ("never",) if name in one}
        for key, one in phrases.items()
    }
    table, phrase = narrative.read_table, Voice.phrase

    def spoken_phrase(voice: Voice, entry: dict[str, list[str]]) -> str:
        spoken.append(phrase(voice, entry))
        return spoken[-1]

    def knowing(tell: Callable[..., str]) -> Callable[..., str]:
        """The same way of telling, of which the narrator knows all that its sentences tell."""

        def known(*given: Any) -> str:
            spoken.clear()
            text, telling = tell(*given), given[-1]
            telling.behaviours = sorted({*telling.behaviours, *(key for one in spoken for key in tells.get(one, ()))})
            return text

        return known

    def tables(name: str) -> dict[str, Any]:
        return {"behaviours": told} if name == "phrases.toml" else table(name)

    narrator = narrative.Narrator
    with (
        patch.object(narrative, "read_table", tables),
        patch.object(Voice, "phrase", spoken_phrase),
        patch.object(narrator, "_story", knowing(narrator._story)),
        patch.object(narrator, "_hearsay", knowing(narrator._hearsay)),
    ):
        yield


@dataclass(frozen=True)
class Made:
    """A world: the file of its reports, who is behind them, and what each narrative tells as done and as not done."""

    file: Path
    truth: Truth
    done: dict[str, set[str]]
    denied: dict[str, set[str]]


def made(preset: str, seed: int, reports: int, folder: Path) -> Made:
    """A world whose behaviours are told in the sentences."""
    world = generate(reports, seed, preset=preset)
    file, truth = write_world(world, folder / f"{preset}-{seed}")
    done, denied = (
        {row["report_id"]: {*row[f"form_{name}"], *row[f"text_{name}"]} for row in world.truth}
        for name in ("behaviours", "absent")
    )
    return Made(file, Truth.from_file(truth), done, denied)


def read(world: Made, known: bool) -> list[Report]:
    """The reports as they are read, or with the behaviours that the narrator knows."""
    reports = list(read_reports(world.file).reports)
    if known:
        for report in reports:
            told, denied = world.done[report.report_id], world.denied[report.report_id]
            report.behaviours = Behaviours(present=sorted(told), absent=sorted(denied - told))
    return reports


def f1(world: Made, reports: list[Report]) -> float:
    """F1 of the behaviours that are told as done."""
    both = [(world.done[one.report_id], set(one.behaviours.present)) for one in reports]
    right = sum(len(told & found) for told, found in both)
    return 2 * right / max(1, sum(len(told) + len(found) for told, found in both))


def of_sentences(sentences: Path) -> str:
    """How the sentences alone are read; what careful readers may differ on counts neither way."""
    right = wrong = missed = 0
    rows = [json.loads(line) for line in sentences.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        read = {str(one.value) for one in read_behaviours(row["text"]).findings if not one.negated}
        right += len(read & set(row["told"]))
        wrong += len(read - set(row["told"]) - set(row["may"]))
        missed += len(set(row["told"]) - read)
    return f"{len(rows)} sentences: F1 {2 * right / (2 * right + wrong + missed):.3f}, {right=} {wrong=} {missed=}"


def judge(preset: str, seed: int, count: int, folder: Path) -> Iterator[str]:
    """Two lines of the table."""
    worlds = [made(preset, at, count, folder) for at in (seed, seed + 1)]
    for known in (False, True):
        judged, learned = (read(world, known) for world in worlds)
        engine = Engine(labels=True)
        engine.fit(learned, worlds[1].truth)
        pairs = evaluated_pairs(judged, worlds[0].truth)
        found = figures(pairs, engine.score(pairs), 0, 0)
        shown = " | ".join(f"{figure.value:.3f}" if (figure := found.get(name)) else "" for name in SHOWN)
        yield f"| {preset}:{seed} | {'known' if known else 'read'} | {f1(worlds[0], judged):.3f} | {shown} |"


def main() -> None:
    """Print a table."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("worlds", nargs="*", metavar="PRESET:SEED", default=["text_only:51"])
    told.add_argument("--reports", type=int, default=800)
    told.add_argument("--chains", type=int, help="chains a component, where not as many as its size asks for")
    told.add_argument("--sentences", type=Path, default=SENTENCES)
    chosen = told.parse_args()
    if chosen.chains:
        collective.CHAINS = ((sys.maxsize, chosen.chains),)
    print(of_sentences(chosen.sentences), flush=True)
    print("| world | behaviours | F1 | " + " | ".join(SHOWN) + " |\n" + "| --- " * (len(SHOWN) + 3) + "|")
    with tempfile.TemporaryDirectory() as folder, told_in(chosen.sentences):
        for preset, seed in (one.split(":") for one in chosen.worlds):
            for line in judge(preset, int(seed), chosen.reports, Path(folder)):
                print(line, flush=True)


if __name__ == "__main__":
    main()
