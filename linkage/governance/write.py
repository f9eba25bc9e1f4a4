"""Writes the pack into a folder, whole or not at all, with an entry in the audit before it lies there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from linkage.governance import evaluated
from linkage.governance.pack import Pack, answers_of, pack_of
from linkage.governance.store_figures import store_figures
from linkage.output.files import claimed, drafts, replace_together
from linkage.review.retention import load as load_rules
from linkage.store import Store

ACTION = "governance"
"""What rights.toml and the audit call it."""


def write(store: Store, folder: Path, inputs: Mapping[str, Path | None], day: str = "") -> tuple[Pack, list[Path]]:
    """Write the pack of a store into a folder; returns it with its files. `inputs` are files by what they give:
    `evaluation`, `retention`, `answers`, `templates` (a folder); what is missing stays open.

    Raises NotAllowedError for who may not, EvaluationFileError, RulesError and GovernanceError for a file that is
    none, and OSError where something cannot be read or written; then nothing is written.
    """
    store.require(ACTION)
    evaluation = evaluated.load(inputs.get("evaluation"))
    rules = inputs.get("retention")
    found = store_figures(store, load_rules(rules) if rules else None)
    today = day or datetime.now(UTC).date().isoformat()
    pack = pack_of(found, evaluation, answers_of(inputs.get("answers")), today, inputs.get("templates"))
    made = pack.files
    with claimed(folder), drafts(folder) as place:
        for name, words in made.items():
            (place / name).write_bytes(words)
        hashes = {name: hashlib.sha256(words).hexdigest() for name, words in made.items()}
        detail = {"folder": str(folder.absolute()), "files": hashes, "evaluation": evaluation.digest}
        store.record(ACTION, detail)
        return pack, list(replace_together(place, folder, list(made)).values())
