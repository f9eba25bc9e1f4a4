"""Figures of an evaluation: read from the results document that `linkage evaluate --json` printed, never typed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkage.errors import LinkageError
from linkage.evaluation.document import FORMAT
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.reading import CONDITION_FIGURES, GROUP_FIGURES, interval_of
from linkage.governance.figure import OPEN, Figure, of_document
from linkage.sharing.suppression import LEAST, shown, suppressed

HOW = "run linkage evaluate REPORTS --truth FILE --robustness --json > FILE and give it with --evaluation"
SENSITIVE = "sensitive items on"
"""The condition of the results document that lets sensitive items carry weight."""
MAIN = ("auprc", "precision_at_100", "recall_at_10", "recall_at_10_far", "expected_links", "ece_seen", "ppv_0.5",
        "ppv_0.9", "b_cubed_f1")  # fmt: skip
"""Figures that stand in the pack, by key."""


class EvaluationFileError(LinkageError, ValueError):
    """The file is no results document; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation as far as the pack cites it; without a document every figure is open."""

    file: str = ""
    digest: str = ""
    plain: Mapping[str, Any] | None = None

    @property
    def words(self) -> str:
        """What was judged and how, so that it can be made again."""
        if self.plain is None:
            return f"{OPEN}: no evaluation was given; {HOW}"
        asked, counts, judged = self.plain["asked"], self.plain["file"], self.plain.get("judged", {})
        of = f" of {judged['name']} (SHA-256 {judged['sha256']}), {judged['day']}" if judged else ""
        return (
            f"evaluation {self.file} (SHA-256 {self.digest}){of}: {counts['reports']:,} reports, "
            f"{counts['people']:,} people, {counts['series']:,} series, {counts['links']:,} links among "
            f"{counts['pairs']:,} pairs; "
            f"{asked['folds']} folds of whole people, seed {asked['seed']}, {asked['replicates']} bootstrap draws of "
            f"people, program version {self.plain['version']}"
        )

    @property
    def ways(self) -> list[Mapping[str, Any]]:
        """Ways of linking of the split by person, the engine's first."""
        return list(self.plain["trials"][0]["ways"]) if self.plain else []

    def figure(self, key: str, place: int = 0) -> Figure:
        """A figure of a way of linking, the engine's first. KeyError for a key that no evaluation has."""
        label = LABELS[key]
        ways = self.ways
        found = ways[place]["figures"].get(key) if len(ways) > place else None
        return of_document(found, self.file, f"{label} was not measured")

    def reliability(self) -> list[tuple[str, str, Figure]]:
        """Bins of the first way: what was said, how many pairs, and the share that are links."""
        rows = self.ways[0]["reliability"] if self.ways else []
        return [
            (f"{row['from']:g} to {row['to']:g}", shown(suppressed({"": row["n"]})[""]), _bin(row, self.file))
            for row in rows
        ]

    def groups(self, grouping: str) -> list[tuple[str, str, str, list[Figure]]]:
        """Group, reports, links and each figure of GROUP_FIGURES under the engine's first setting; small counts are
        suppressed, and with them the rates."""
        rows = [one for one in self._groups() if one["grouping"] == grouping]
        reports = suppressed({str(one["group"]): one["reports"] for one in rows})
        links = suppressed({str(one["group"]): one["links"] for one in rows})
        found = []
        for one in rows:
            name = str(one["group"])
            hidden = reports[name] is None or links[name] is None or bool(one["note"])
            why = "too few links for rates" if hidden else "not defined: there is no pair to take it from"
            rates = [of_document(None if hidden else interval_of(one, key), self.file, why) for key in GROUP_FIGURES]
            found.append((name, shown(reports[name]), shown(links[name]), rates))
        return found

    def _groups(self) -> Sequence[Mapping[str, Any]]:
        rows = self.plain["trials"][0]["groups"] if self.plain else []
        return [one for one in rows if one["setting"] == rows[0]["setting"]]

    def sensitive(self) -> list[tuple[str, Figure, Figure]]:
        """Figure by figure: with sensitive items switched on, and how much that is more than without them."""
        rows = [row for row in (self.plain or {}).get("robustness", ()) if row["condition"] == SENSITIVE]
        found = {row["figure"]: row for row in rows}
        why = "sensitive items were not switched on for comparison (linkage evaluate --robustness)"
        return [
            (LABELS[key], of_document(found.get(key), self.file, why), _change(found.get(key), self.file, why))
            for key in CONDITION_FIGURES
        ]


def _bin(row: Mapping[str, Any], origin: str) -> Figure:
    if row["n"] < LEAST or row["share"] is None:
        return Figure(why="too few pairs", origin=origin)
    return Figure(row["share"], row["low"], row["high"], None, "", origin)


def _change(row: Mapping[str, Any] | None, origin: str, why: str) -> Figure:
    if row is None or row["change"] is None:
        return Figure(why=why, origin=origin)
    return Figure(row["change"], row["change_low"], row["change_high"], row["links"], "links", origin)


def load(file: Path | None) -> Evaluation:
    """The evaluation of a file. EvaluationFileError for no results document, OSError where it cannot be read."""
    if file is None:
        return Evaluation()
    words = file.read_bytes()
    try:
        plain = json.loads(words)
        known = plain["format"] == FORMAT and bool(plain["trials"][0]["ways"]) and "seed" in plain["asked"]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        known = False
    if not known:
        raise EvaluationFileError(f"{file} holds no evaluation of this version; {HOW}")
    return Evaluation(file.name, hashlib.sha256(words).hexdigest(), plain)
