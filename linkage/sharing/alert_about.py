"""What the checks of an alert look at: its reports as they are now, what was settled and what is kept out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from linkage.intake.fields.reporter_details import private_details
from linkage.report import Report
from linkage.sharing.alert_facts import Incidents
from linkage.sharing.alert_rules import has_phrase
from linkage.store.alert_record import Fact
from linkage.store.hold_backs import HoldBack

_QUOTED = re.compile(r"[“\"]([^”\"]*)[”\"]")


@dataclass(frozen=True)
class About:
    """`reports` that are told of, `facts` that the texts were made from, `allowed` the reports whose consent lets
    them into an alert, `incidents` which of the reports are accounts of one incident."""

    reports: Sequence[Report]
    facts: Sequence[Fact] = ()
    allowed: frozenset[str] = frozenset()
    settled: Mapping[str, str] = field(default_factory=dict)
    held: Sequence[HoldBack] = ()
    language: str = "en"
    incidents: Incidents = field(default_factory=lambda: Incidents({}))

    @cached_property
    def narratives(self) -> list[str]:
        """The narratives of the reports."""
        return [one.narrative for one in self.reports if one.narrative]

    @cached_property
    def private(self) -> list[str]:
        """Names, numbers and addresses in narratives and in words of places that seem to be of who reports or was
        harmed."""
        places = [one.place.text for one in self.reports if one.place.text]
        return [one.words for text in (*self.narratives, *places) for one in private_details(text)]

    def without_speech(self, text: str) -> str:
        """A text without quotations of what the reported person said, as a report has them; any other stays."""
        speech = [words for one in self.reports for words in one.speech]

        def blank(found: re.Match[str]) -> str:
            return " " if any(has_phrase(words, found[1]) for words in speech) else found[0]

        return _QUOTED.sub(blank, text)
