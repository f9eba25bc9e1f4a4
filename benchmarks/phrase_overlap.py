"""How many of the synthetic world's wordings of behaviours coincide with the extraction vocabulary's own.

    python benchmarks/phrase_overlap.py

A benchmark must not be written with the answer book. A form's note counts as coinciding where it is, letter for
letter but for case and spaces, a surface form of the vocabulary; a clause where, with its pronouns filled in, it is
one. No wording is named, so that nobody rewrites the world by looking at the vocabulary.
"""

from __future__ import annotations

import re

from linkage.synthetic.parameters import read_table
from linkage.vocabulary import load

_SLOTS = {"he": "he", "him": "him", "his": "his", "himself": "himself", "she": "she", "her": "her", "hers": "her"}


def main() -> None:
    """Prints the counts."""
    known = {_plain(words) for words in load("behaviours").surfaces}
    longer = re.compile("|".join(rf"\b{re.escape(words)}\b" for words in sorted(known) if " " in words))
    phrases = read_table("phrases.toml")["behaviours"]
    notes = {_plain(note) for entry in phrases.values() for note in entry["note"]}
    clauses = {_plain(c) for e in phrases.values() for name in e if name != "note" for c in e[name]}
    print(f"surface forms of the behaviours vocabulary: {len(known)}")
    print(f"notes that coincide with one: {len(notes & known)} of {len(notes)}")
    print(f"clauses that coincide with one: {len(clauses & known)} of {len(clauses)}")
    holding = sum(bool(longer.search(clause)) for clause in clauses)
    print(f"clauses that hold one of several words somewhere: {holding} of {len(clauses)}")
    counts = sorted(len(entry["says"]) for entry in phrases.values())
    print(f"clauses a behaviour for any narrative: at least {counts[0]}, median {counts[len(counts) // 2]}")


def _plain(words: str) -> str:
    filled = words.format_map(_SLOTS).replace("_", " ").lower()
    return " ".join(re.findall(r"[a-z0-9']+", filled))


if __name__ == "__main__":
    main()
