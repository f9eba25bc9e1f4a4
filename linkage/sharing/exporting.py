"""How something leaves: asked for, checked by a second person, written; and which of what left is stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from linkage.output.files import claimed, drafts, replace_together
from linkage.sharing.consent_gate import purpose
from linkage.sharing.grading import Grades
from linkage.sharing.kinds import KINDS, Content
from linkage.sharing.material import Material
from linkage.sharing.pack import UNKNOWN_FORCE, Wanted, force_of, standing_words
from linkage.store import Store, exports
from linkage.store.exports import Export, ExportError

SYNTHETIC_PREFIX = "SYN-"
"""Ids of invented reports begin so."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An export before anybody asked for it: what it holds, its hash, and the ids of the reports in and left out."""

    wanted: Wanted
    content: Content
    content_hash: str
    reports: tuple[str, ...]
    left_out: tuple[str, ...]


def prepare(store: Store, wanted: Wanted, known: Material) -> Prepared:
    """Build what is wanted. ExportError for a kind or purpose that does not go together, else ConsentError and
    GradingError as its builder raises them."""
    kind = KINDS.get(wanted.kind)
    if kind is None:
        raise ExportError(f"{wanted.kind!r} is no kind of export; there are {', '.join(KINDS)}")
    if wanted.purpose not in kind.purposes:
        raise ExportError(f"{kind.words} is for {', '.join(kind.purposes)}; {wanted.purpose!r} is none of them")
    found = kind.admitted(wanted, known)
    content = kind.build(wanted, known, partial(exports.numbers_of, store))
    return Prepared(wanted, content, hash_of(content.plain), tuple(found.reports), found.left_out)


def hash_of(plain: Mapping[str, Any]) -> str:
    """SHA-256 over the content, whatever it is written as."""
    words = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def ask(store: Store, one: Prepared, known: Material, reason: str = "") -> int:
    """Ask for an export; returns its number. Nothing is written before a second person approved it."""
    wanted = one.wanted
    detail = {"kind": wanted.kind, "for": wanted.purpose, "names": list(wanted.names), "force": wanted.force,
              "grades": asdict(wanted.grades)}  # fmt: skip
    versions = {name: known.versions.get(name, 0) for name in one.reports}
    return exports.ask(store, detail, versions, one.content_hash, reason)


def wanted_of(export: Export) -> Wanted:
    """What an export was asked for as."""
    detail = export.asked.detail
    grades = Grades(**detail["grades"])
    return Wanted(detail["kind"], detail["for"], tuple(detail["names"]), detail["force"], grades)


def forces_of(names: Sequence[str], wanted: str, known: Material) -> list[str]:
    """The force areas of the reports of these series and reports that may leave for a purpose."""
    members = [one for name in names for one in (known.series.get(name) or [name])]
    allowed = [known.reports[one] for one in members if one in known.reports]
    areas = {force_of(report) for report in allowed if purpose(wanted).allowed_by(report.consent)}
    return sorted(areas - {UNKNOWN_FORCE})


def write(store: Store, number: int, known: Material, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write an approved export into a folder; returns the files.

    Its content is built anew: ExportError where it is not what was approved any more, ConsentError where nothing of
    it may leave now. Files are written together or not at all, and the audit tells of them before they lie there.
    """
    one, made = _built(store, number, known, formats)
    with claimed(folder), drafts(folder) as place:
        for name, words in made.items():
            (place / name).write_bytes(words)
        exports.note_written(store, number, one.content_hash, str(folder.absolute()), _hashes(made))
        return list(replace_together(place, folder, list(made)).values())


def hand_over(store: Store, number: int, known: Material, formats: Sequence[str]) -> dict[str, bytes]:
    """The files of an approved export for somebody at a screen, by name; raises and is put down as by `write`."""
    one, made = _built(store, number, known, formats)
    exports.note_written(store, number, one.content_hash, f"handed to {store.who} on the page", _hashes(made))
    return made


def _built(store: Store, number: int, known: Material, formats: Sequence[str]) -> tuple[Prepared, dict[str, bytes]]:
    export = exports.one_export(store, number)
    one = prepare(store, wanted_of(export), known)
    return one, files_of(one, export, known, formats)


def _hashes(made: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(words).hexdigest() for name, words in made.items()}


def files_of(one: Prepared, export: Export, known: Material, formats: Sequence[str]) -> dict[str, bytes]:
    """Name and bytes of each file of an export. ExportError for a format that its kind does not have."""
    writers = KINDS[one.wanted.kind].formats
    require_formats(one.wanted.kind, formats)
    made: dict[str, bytes] = {}
    for name in dict.fromkeys(formats or writers):
        stem = f"{one.wanted.kind}-{export.asked.id}-{one.wanted.purpose}"
        mark = mark_of(one, known)
        made |= {f"{stem}{end}": words for end, words in writers[name](one.content, mark, steps_of(export)).items()}
    return made


def require_formats(kind: str, formats: Sequence[str]) -> None:
    """ExportError for a format that a kind of export is not written in. To be asked before an export is asked for:
    one that was approved and cannot be written would stay behind."""
    writers = KINDS[kind].formats
    for name in formats:
        if name not in writers:
            raise ExportError(f"{KINDS[kind].words} is written as {', '.join(writers)}, not as {name!r}")


def mark_of(one: Prepared, known: Material) -> str:
    """What stands on every page."""
    words = standing_words()
    invented = all(name.startswith(SYNTHETIC_PREFIX) for name in one.reports) and bool(known.reports)
    return str(words["synthetic_mark"] if invented else words["mark"])


def steps_of(export: Export) -> list[tuple[str, str]]:
    """Who asked for an export and who checked it."""
    told = [("Asked for by", f"{export.asked.who}, {export.asked.at[:10]}")]
    if export.check is not None:
        told.append(("Second check", f"{export.check.step} by {export.check.who}, {export.check.at[:10]}"))
    return [*told, ("Export number", str(export.asked.id))]


def stale(export: Export, known: Material) -> list[str]:
    """Why what left is not as it would be now: reports erased, whose consent was taken back, or that changed; empty
    where it still stands."""
    aim = purpose(export.asked.detail["for"])
    told = []
    for name, version in export.asked.reports.items():
        report = known.reports.get(name)
        if report is None:
            told.append(f"{name} was erased")
        elif not aim.allowed_by(report.consent):
            told.append(f"consent for {name} was taken back")
        elif known.versions.get(name, version) != version:
            told.append(f"{name} has changed")
    return told


def export_rows(store: Store, known: Material) -> list[dict[str, Any]]:
    """Every export as plain values, oldest first, with why it is stale where it is."""
    return [
        {
            "export": one.asked.id,
            "at": one.asked.at,
            "kind": one.asked.detail["kind"],
            "for": one.asked.detail["for"],
            "force": one.asked.detail["force"],
            "names": list(one.asked.detail["names"]),
            "asked_by": one.asked.who,
            "state": one.state,
            "checked_by": one.check.who if one.check else "",
            "reports": len(one.asked.reports),
            "folders": sorted({step.folder for step in one.written}),
            "stale": stale(one, known),
            "outcomes": [
                {"at": step.at, "who": step.who, "outcome": step.detail.get("outcome"), "note": step.reason}
                for step in one.outcomes
            ],
        }
        for one in exports.all_exports(store)
    ]
