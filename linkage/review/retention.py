"""Rules on how long reports are kept: a TOML file of the organisation's own, of which a report falls under the first
rule whose every condition it fulfils. What a report does not say fulfils no condition."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from linkage.errors import LinkageError
from linkage.report import Consent, Report
from linkage.wrong_settings import fault

AGES = ("kept", "received", "occurred")
"""What the age of a report is counted from: when its newest version was kept, the day it was made, or the last
possible day of the incident."""
TYPES = ("full", "partial", "follow_up", "third_party")


class RulesError(LinkageError, ValueError):
    """The file is no list of rules; the message names file, rule, and what to write."""


class Rule(BaseModel):
    """One rule. It takes reports older than `older_than_days` by their `age` that fulfil every other condition given:
    their `consent` to a purpose, their `report_type`, whether a decision names them (`decided`)."""

    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(min_length=1)
    reason: str = Field(min_length=1, description="stays with the tombstone")
    older_than_days: int = Field(ge=1)
    age: str = Field("kept", pattern=f"^({'|'.join(AGES)})$")
    report_type: list[str] = Field(default_factory=list)
    consent: dict[str, bool] = Field(default_factory=dict)
    decided: bool | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A report whose time is over, by which rule, and the day that its age is counted from."""

    report_id: str
    rule: Rule
    since: date


@dataclass(frozen=True, slots=True)
class RetainedReport:
    """A report in its newest version, the day that was kept, and whether a decision names it."""

    report: Report
    at: date
    decided: bool = field(default=False)

    def day(self, age: str) -> date | None:
        """The day its age is counted from; None where the report does not say it."""
        if age == "kept":
            return self.at
        if age == "received":
            return date.fromisoformat(self.report.received[:10]) if self.report.received else None
        days = self.report.occurred.days
        return date.fromordinal(days[1]) if days else None


def load(file: Path) -> list[Rule]:
    """The rules of a file, in its order. RulesError for what is no rule, OSError where it cannot be read."""
    try:
        table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RulesError(f"{file} is no TOML: {error}") from error
    given = table.pop("rules", None)
    if table or not isinstance(given, list) or not given:
        raise RulesError(f"{file}: write one table [[rules]] for each rule, and nothing else")
    return [_rule(file, number, one) for number, one in enumerate(given, 1)]


def _rule(file: Path, number: int, given: Any) -> Rule:
    try:
        rule = Rule.model_validate(given)
    except ValidationError as error:
        raise RulesError(f"{file}: rule {number}, {fault(error, Rule)}") from error
    for name, known, words in (
        ("report_type", TYPES, rule.report_type),
        ("consent", tuple(Consent.model_fields), list(rule.consent)),
    ):
        if unknown := [one for one in words if one not in known]:
            raise RulesError(f"{file}: rule {number}, {name}: {unknown[0]!r} is none of {', '.join(known)}")
    return rule


def due(kept: Iterable[RetainedReport], rules: Collection[Rule], today: date) -> list[Due]:
    """Every report whose time is over, each by the first rule that takes it, in the order of the reports."""
    found = []
    for one in kept:
        for rule in rules:
            since = one.day(rule.age)
            if since is not None and (today - since).days > rule.older_than_days and _fulfils(one, rule):
                found.append(Due(one.report.report_id, rule, since))
                break
    return found


def _fulfils(one: RetainedReport, rule: Rule) -> bool:
    report = one.report
    consents = all(getattr(report.consent, purpose) is wanted for purpose, wanted in rule.consent.items())
    typed = not rule.report_type or report.report_type in rule.report_type
    return consents and typed and rule.decided in (None, one.decided)
