"""The one gate: whatever leaves the scheme asks here which reports may, and takes no report but from its answer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from linkage.errors import LinkageError
from linkage.report import Consent, Report


class ConsentError(LinkageError, ValueError):
    """Nothing of what was asked for may leave; the message says for want of what."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What something leaves for: the consents it `needs`, all of them, and what it is called."""

    name: str
    needs: tuple[str, ...]
    words: str

    def allowed_by(self, consent: Consent) -> bool:
        """Does this consent allow it?"""
        return all(getattr(consent, need) for need in self.needs)


@dataclass(frozen=True, slots=True)
class Admitted:
    """The `reports` that may leave for a purpose, by id; `left_out` are the ids of those that may not."""

    purpose: Purpose
    reports: Mapping[str, Report]
    left_out: tuple[str, ...]

    @property
    def words(self) -> str:
        """How many may leave."""
        return f"{len(self.reports):,} of {len(self.reports) + len(self.left_out):,} may be shared"


@cache
def purposes() -> dict[str, Purpose]:
    """Every purpose by name (purposes.toml)."""
    table = tomllib.loads((files("linkage.sharing") / "purposes.toml").read_text(encoding="utf-8"))
    return {name: Purpose(name, tuple(entry["needs"]), entry["words"]) for name, entry in table.items()}


def purpose(name: str) -> Purpose:
    """The purpose of this name. ConsentError, naming those there are, for any other."""
    try:
        return purposes()[name]
    except KeyError:
        raise ConsentError(f"{name!r} is no purpose; there are {', '.join(purposes())}") from None


def admitted(reports: Iterable[Report], wanted: str) -> Admitted:
    """Part reports, in their current versions, into those that may leave for a purpose and those that may not.

    Raises ConsentError for a purpose that is not known.
    """
    aim = purpose(wanted)
    by_id = {report.report_id: report for report in reports}
    passed = {name: report for name, report in by_id.items() if aim.allowed_by(report.consent)}
    return Admitted(aim, passed, tuple(name for name in by_id if name not in passed))


def admit(reports: Iterable[Report], wanted: str) -> Admitted:
    """As `admitted`, but ConsentError where none of the reports may leave."""
    found = admitted(reports, wanted)
    if not found.reports and not found.left_out:
        raise ConsentError("There is nothing that could leave: no report is meant; linkage link finds series")
    if not found.reports:
        missing = " and ".join(f"consent.{need}" for need in found.purpose.needs)
        raise ConsentError(
            f"None of the {len(found.left_out):,} may leave for {found.purpose.words}: {missing} is no"
        )
    return found
