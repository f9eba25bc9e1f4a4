"""What alerts mean for a pair of reports: an echo with both strengths, and held-back details that both tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linkage.features.explanation import EvidencePart
from linkage.report import Report
from linkage.review.echo import weight_without
from linkage.review.echo_marks import ECHO, OWN, Echo
from linkage.sharing.hold_back_evidence import agreed, words_of
from linkage.store.echoes import echoes
from linkage.store.hold_backs import held_back
from linkage.store.store import Store


@dataclass(frozen=True, slots=True)
class EchoMark:
    """A report of a pair that may repeat an alert on the other: what is shared, the log10 weight of the pair as
    evidence and as echo, whether the run left out what the alert told, and what a person judged."""

    report: str
    alert: int
    day: str
    shared: str
    as_evidence: float
    as_echo: float
    left_out: bool
    judged: str = ""

    @property
    def words(self) -> str:
        """The mark in a sentence or two."""
        said = f"{self.report} was made after alert {self.alert} went out ({self.day}) and may repeat it. Shared"
        strengths = f"as evidence {self.as_evidence:+.2f}, as echo {self.as_echo:+.2f} (log10)"
        if self.left_out:
            strengths = f"this run left out what the alert told; without it {self.as_echo:+.2f} (log10)"
        judged = {ECHO: " Judged to repeat it.", OWN: " Judged to be an account of its own."}.get(self.judged, "")
        return f"{said}: {self.shared}. The pair weighs {strengths}.{judged}"


@dataclass(frozen=True, slots=True)
class PairMarks:
    """All that alerts mean for a pair."""

    echo: tuple[EchoMark, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """Every mark in words, held-back details first."""
        return [*(held_words(one) for one in self.held), *(one.words for one in self.echo)]


def short_words(one: Echo) -> str:
    """A report's mark where it stands in a list, without a second report beside it."""
    judged = {ECHO: "; judged to repeat it", OWN: "; judged an account of its own"}.get(one.judged, "")
    return f"may repeat alert {one.alert.alert} ({one.alert.day}) on {', '.join(one.alert.reports)}{judged}"


def held_words(detail: str) -> str:
    """What agreement on a held-back detail means."""
    return f"Both tell a held-back detail: {detail}. It was in no alert: strong evidence, and no echo."


def pair_marks(
    store: Store,
    a: Report,
    b: Report,
    parts: Sequence[EvidencePart],
    left_out: Mapping[str, Sequence[int]] | None = None,
) -> PairMarks:
    """The marks of a pair whose comparisons are `parts`; `left_out` is what the run took out (its record)."""
    reports = {one.report_id: one for one in (a, b)}
    found = [
        _mark(one, a, b, parts, left_out or {})
        for listed in echoes(store, reports).values()
        for one in listed
        if set(one.alert.reports) & set(reports)
    ]
    held = agreed(a, b, held_back(store))
    return PairMarks(tuple(found), tuple(dict.fromkeys(words_of(one) for one in held)))


def _mark(
    one: Echo, a: Report, b: Report, parts: Sequence[EvidencePart], left_out: Mapping[str, Sequence[int]]
) -> EchoMark:
    out = one.alert.alert in left_out.get(one.report, ())
    weight = sum(part.weight for part in parts)
    echo = weight if out else weight_without(parts, one.shared, a, b, one.alert)
    return EchoMark(one.report, one.alert.alert, one.alert.day, one.shared.words, weight, echo, out, one.judged)
