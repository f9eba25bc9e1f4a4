"""A synthetic world as the oracle sees it: what each report tells, read without error, and the numbers behind it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.evaluation.truth import Truth
from linkage.intake import read_reports
from linkage.report import Report
from linkage.synthetic import generate, parameters, write_reports
from linkage.synthetic.behaviour import sector_names
from linkage.synthetic.parameters import Parameters


@dataclass(frozen=True)
class Account:
    """One report: its row in the truth file, the report as it was written, and as the engine read it."""

    row: dict[str, Any]
    written: dict[str, Any]
    read: Report

    @property
    def behaviours(self) -> tuple[set[str], set[str]]:
        """Behaviours told to have happened, and told not to have."""
        row = self.row
        return {*row["form_behaviours"], *row["text_behaviours"]}, {*row["form_absent"], *row["text_absent"]}

    @property
    def behaviours_read(self) -> tuple[set[str], set[str]]:
        """The same as the engine read them; what is no behaviour of the generator stands among them too."""
        return set(self.read.behaviours.present), set(self.read.behaviours.absent)

    def told(self, name: str) -> Any:
        """The value that the report tells of one fact, None where it tells none."""
        return self.row[f"told_{name}"] if self.row[f"in_{name}"] else None

    @cached_property
    def occurred(self) -> datetime:
        """When it happened."""
        return datetime.fromisoformat(self.row["occurred"])

    @property
    def delay(self) -> int:
        """Days until it was reported."""
        return max(0, (date.fromisoformat(self.written["received"]) - self.occurred.date()).days)

    @property
    def night(self) -> bool:
        """Was it dark? As `Incident.night`."""
        return self.occurred.hour >= 20 or self.occurred.hour < 6

    @property
    def text_only(self) -> bool:
        """Has it no boxes?"""
        return bool(self.row["form"] != "form")


@dataclass(frozen=True)
class Made:
    """A world: its parameters, its reports as the engine reads them, and who is behind them."""

    params: Parameters
    seed: int
    reports: list[Report]
    accounts: dict[str, Account]
    truth: Truth

    @classmethod
    def of(cls, reports: int, seed: int, preset: str = "default", overrides: dict[str, Any] | None = None) -> Made:
        """Generate a world and read it as a user's file is read."""
        world = generate(reports, seed, overrides=overrides, preset=preset)
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "reports.jsonl"
            write_reports(world, written)
            read = list(read_reports(written).reports)
        by_id = {report.report_id: report for report in read}
        accounts = {
            row["report_id"]: Account(row, report, by_id[row["report_id"]])
            for row, report in zip(world.truth, world.reports, strict=True)
        }
        truth = Truth(
            {name: account.row["offender_id"] for name, account in accounts.items()},
            {name: account.row["incident_id"] for name, account in accounts.items()},
        )
        return cls(parameters(preset, overrides), seed, read, accounts, truth)


@dataclass(frozen=True, eq=False)
class Seen:
    """Rows of reports as the engine lays them out, one for each incident that it knows to be one.

    The oracle takes sector and time of an incident as known: both are nearly always told, and so that a kind of
    evidence is not paid for what the setting tells already.
    """

    made: Made
    rows: list[list[Account]]

    @classmethod
    def of(cls, made: Made, rows: Sequence[Sequence[str]]) -> Seen:
        """Rows of report ids; a duplicate beside the report that it repeats adds nothing and is left out."""
        laid = []
        for row in rows:
            accounts = [made.accounts[name] for name in row]
            laid.append([one for one in accounts if one.row["again"] != "duplicate"] or accounts[:1])
        return cls(made, laid)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def sector(self) -> NDArray[np.int64]:
        """Sector of each row's incident, an index into `sector_names`."""
        names = sector_names(self.made.params)
        return np.array([names.index(row[0].row["sector"]) for row in self.rows], dtype=np.int64)

    @cached_property
    def day(self) -> NDArray[np.int64]:
        """Day of each row's incident, as an ordinal."""
        return np.array([row[0].occurred.toordinal() for row in self.rows], dtype=np.int64)

    @cached_property
    def days(self) -> NDArray[np.int64]:
        """Days between the incidents of every two rows, shape (rows, rows)."""
        apart: NDArray[np.int64] = np.abs(self.day[:, None] - self.day[None, :])
        return apart


def sector_chances(params: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of each own sector (sectors,), and the chance of an incident's sector by it (own, incident)."""
    names = sector_names(params)
    share = np.array([params["sector"][name]["share"] for name in names])
    share /= share.sum()
    stay = params["sector"]["stay"]
    return share, stay * np.eye(len(names)) + (1 - stay) * share


def own_sector(params: Parameters) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Chance of each own sector given one incident's sector (incident, own), and given two's of one person
    (incident, incident, own)."""
    share, moves = sector_chances(params)
    one = (share[:, None] * moves).T
    two = share * moves.T[:, None, :] * moves.T[None, :, :]
    return one / one.sum(-1, keepdims=True), two / two.sum(-1, keepdims=True)
