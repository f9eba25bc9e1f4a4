"""How the time of reading free text grows with its length, for texts that are one unit again and again.

    nice python benchmarks/reading_length.py --units 200 --seed 1 --sizes 10000 100000 500000

Units are words of the vocabulary, sentences of labelled texts, punctuation, single characters, digits and letters of
other scripts. For each, processor seconds at every size and the exponent e of time ~ length^e between the first and
the last are taken (least squares over the logarithms); it must not be over 1.1. Printed are the worst units and n.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

from linkage.intake import extract_report
from linkage.vocabulary.loader import load

TEXTS = Path(__file__).parents[1] / "tests" / "intake" / "texts"
MOST = 1.1
MARKS = [*".,;:!?-'\"()[]/\\|#*&%£@=+~_<>{}^`", "“", "”", "’", "…", "—", "•", " ", "\n", "\n\n", "\t", "\r\n"]
LETTERS = [*"aAzZeéßøœñжЯاه中あ한אकไ", "😀", "👩‍👧", "\u0301", "\u202e", "\u200b", "\u00a0", "ﬁ", "İ", "ſ"]
DIGITS = ["0", "1", "7", "12", "30", "07700 900123", "1/2/2020", "9pm", "21:30", "5'10", "AB12 CDE", "٣", "½", "3rd"]
VOCABULARIES = ("behaviours", "offences", "weapons", "venues", "contact_methods", "eye_colours")


def units(count: int, seed: int) -> list[str]:
    """So many units, equally of all kinds as far as there are enough."""
    draw = random.Random(seed)
    lines = [json.loads(line)["text"] for line in (TEXTS / "held_out.jsonl").read_text(encoding="utf-8").splitlines()]
    sentences = [f"{one.strip()}. " for text in lines for one in text.split(".") if 10 < len(one) < 150]
    phrases = [
        f"{word} " for name in VOCABULARIES for e in load(name).entries.values() for word in (e.label, *e.synonyms)
    ]
    fixed = ["A tall white man in a blue Ford Focus hit her in Leeds. ", *MARKS, *LETTERS, *DIGITS]
    fixed += [f"{one} " for one in (*MARKS[:20], *DIGITS)]
    left = max(0, count - len(fixed))
    drawn = draw.sample(sentences, left // 2) + draw.sample(phrases, left - left // 2)
    chosen = [*fixed, *drawn]
    return chosen if count >= len(chosen) else [fixed[0], *draw.sample(chosen[1:], count - 1)]


def seconds(text: str) -> float:
    """Processor seconds of reading a text."""
    started = time.process_time()
    extract_report(text, "R1")
    return time.process_time() - started


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Slope of the logarithm of time over that of length."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(one, 1e-4)) for one in times]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    steep = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return steep / sum((x - mean_x) ** 2 for x in xs)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 500_000])
    parser.add_argument("--order", type=int, metavar="SEED", help="draw the order of the units, for a part of them")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no unit after so many")
    given = parser.parse_args()
    extract_report("A man took her phone. " * 60)
    found: list[tuple[float, list[float], str]] = []
    chosen, ends = units(given.units, given.seed), time.monotonic() + 60 * given.minutes
    if given.order is not None:
        random.Random(given.order).shuffle(chosen)
    for unit in chosen:
        if time.monotonic() > ends:
            break
        times = [seconds((unit * (size // len(unit) + 1))[:size]) for size in given.sizes]
        found.append((exponent(given.sizes, times), times, unit))
        print(f"{found[-1][0]:5.2f}  {'  '.join(f'{one:8.2f}' for one in times)}  {unit[:50]!r}", flush=True)
    worst = max(found)
    slowest = max(found, key=lambda one: one[1][-1])
    print(f"n = {len(found)} units, seed {given.seed}, sizes {given.sizes} characters")
    print(f"largest exponent {worst[0]:.2f} ({worst[2][:40]!r}), aim at most {MOST}")
    over = sum(one[0] > MOST for one in found)
    print(f"over the aim: {over}; slowest {slowest[1][-1]:.1f} s at {given.sizes[-1]} ({slowest[2][:40]!r})")


if __name__ == "__main__":
    main()
