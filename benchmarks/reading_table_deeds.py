"""What the rules made of the behaviours in labelled texts, with what stands around each and the label.

    python benchmarks/reading_table_deeds.py CHECKOUT TEXTS... >> TABLE

As reading_table.py, for belief/deeds.py: `CHECKOUT` is the program before anybody repaired it against these texts.
A line is one variable with a phrase in the text: label 1 where the labelled text holds it, 0 where not; one on which
careful readers differ (`behaviours_may`) is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from reading_table import features_of


def candidates(text: str) -> list[Any]:
    """As `behaviour.candidates`, which older checkouts lack."""
    from linkage.intake.facts import behaviour, speech

    if hasattr(behaviour, "candidates"):
        return list(behaviour.candidates(text))
    from linkage.intake.facts.phrases import read
    from linkage.intake.facts.voice import cast, voice

    words, said = read(text), speech.quotes(text)
    quoted = {
        index: who
        for start, end, who in said
        for index, at in enumerate(words.starts)
        if start <= at < end and (who != "unknown" or end - start > 12)
    }
    roles = cast(words, frozenset(quoted))
    told = {(o.phrase.key, o.first, o.last, o.phrase.actor): o for o in reversed([*behaviour._finder().find(words)])}
    kept = set(behaviour.find(text))
    made = []
    for one in reversed(told.values()):
        finding = behaviour._finding(one, words, roles, quoted.get(one.first))
        made.append(
            SimpleNamespace(
                found=one,
                start=words.starts[one.first],
                end=words.ends[one.last],
                quoted=one.first in quoted,
                how=voice(one, words, roles),
                finding=finding,
                kept=finding in kept,
                key=one.phrase.key if finding is None else str(finding.value),
            )
        )
    return made


def lines(texts: list[str]) -> Iterator[dict[str, Any]]:
    """A line for each labelled variable."""
    features = features_of("deed_surroundings")
    from linkage.intake import extract
    from linkage.intake.facts import behaviour
    from linkage.intake.readers.encoding import clean
    from linkage.intake.whose import Whose

    domains = {key: entry.data["domain"] for key, entry in behaviour.vocabulary().entries.items()}
    for told in (json.loads(line) for path in texts for line in Path(path).read_text(encoding="utf-8").splitlines()):
        text, gold = clean(told["text"]), told["gold"]
        if "behaviours" in gold.get("ignore", ()):
            continue
        whose = Whose.read(text, None)
        others = [f for f in behaviour.find(text) if extract._by_others(f, whose)]
        deeds = features.Deeds(text, candidates(text), others, whose.breaks, whose.people, domains)
        for key in deeds.by_key:
            if key not in gold.get("behaviours_may", ()) or key in gold["behaviours"]:
                row = {name: round(value, 4) for name, value in deeds.of(key).items() if value}
                phrase = deeds.best(key).found.phrase.surface
                told_of = {"id": told["id"], "field": key, "label": int(key in gold["behaviours"]), "x": row}
                yield told_of | {"domain": domains.get(key, ""), "phrase": phrase, "said": deeds.said(key)}


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    for line in lines(sys.argv[2:]):
        print(json.dumps(line, ensure_ascii=False))
