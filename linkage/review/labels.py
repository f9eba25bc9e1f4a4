"""Labels for learning, and what the ranking misses: only from decisions that nobody's score had a hand in.

A decision is a label when it was taken blind, or when a blind second check agrees with it. That a suggestion was
accepted is never one: a model that learns from it learns its own opinion. Pairs drawn at random, low ones among them,
are put before analysts with the score hidden; how many of those are linked says what the ranking misses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from scipy.special import betaincinv

from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.settings import settings
from linkage.review.standing import checked, standing

Pair = tuple[str, str]

HIGH, LOW, UNLISTED = "high", "low", "unlisted"
STRATA = (HIGH, LOW, UNLISTED)
"""Pairs that a run keeps at or above the low probability, below it, and not at all."""

_CLOSE = 0.95
"""Coverage of the intervals."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Pairs of reports, smaller id first, sorted, that are known to be of one person, and of two."""

    together: list[Pair]
    apart: list[Pair]


def labels(decisions: Iterable[Decision]) -> Labels:
    """What the decisions on pairs teach; a pair on which they contradict each other teaches nothing."""
    made = list(decisions)
    twice = {first.question for first, _ in checked(made)}
    answers: dict[Pair, set[str]] = {}
    counts: set[Pair] = set()
    for decision in standing(made):
        if decision.kind != "pair" or decision.judgement not in ("link", "not_linked"):
            continue
        pair = (min(decision.left, decision.right), max(decision.left, decision.right))
        answers.setdefault(pair, set()).add(decision.judgement)
        if decision.blind or decision.question in twice:
            counts.add(pair)
    sure = [pair for pair in sorted(counts) if len(answers[pair]) == 1]
    return Labels(
        [pair for pair in sure if answers[pair] == {"link"}], [pair for pair in sure if answers[pair] != {"link"}]
    )


def labelled(reports: Sequence[Report], known: Labels) -> list[Report]:
    """The reports with the series that labels make of them, to learn from, and no others.

    Linked pairs make series; one in which two reports are known to be apart is left out as a whole.
    """
    graph = nx.Graph(known.together)
    of: dict[str, str] = {}
    for number, members in enumerate(sorted(map(sorted, nx.connected_components(graph))), start=1):
        inside = set(members)
        if not any(inside.issuperset(pair) for pair in known.apart):
            of |= dict.fromkeys(members, f"decided-{number}")
    return [report.model_copy(update={"series": of.get(report.report_id)}) for report in reports]


def share_drawn(asked: int, seed: int) -> int:
    """How many pairs are drawn at random beside `asked` suggestions: on average the share of the settings, however
    few there are. An inbox of five has one in about every third run; over many runs it measures the same."""
    whole, part = divmod(settings().random_share * asked, 1.0)
    return int(whole) + int(np.random.default_rng([seed, asked]).random() < part)


def drawn_of_run(pairs: pd.DataFrame, reports: Sequence[str], run: int) -> list[Pair]:
    """The pairs that a run draws beside its suggestions, of all pairs that it keeps; see `drawn`."""
    asked = int((pairs["probability"] >= settings().least_probability).sum())
    return drawn(pairs, reports, run, min(settings().drawn, share_drawn(asked, run)))


def drawn(pairs: pd.DataFrame, reports: Sequence[str], seed: int, most: int | None = None) -> list[Pair]:
    """Pairs drawn at random from the high end, the low end, and what a run did not keep; same seed, same pairs.

    `pairs` has report_a, report_b and probability of every pair that is kept.
    """
    by, draw = settings(), np.random.default_rng(seed)
    most = by.drawn if most is None else most
    ordered = pairs.sort_values(["report_a", "report_b"], ignore_index=True)
    low = ordered["probability"].to_numpy() < by.low_probability
    names = list(zip(ordered["report_a"], ordered["report_b"], strict=True))
    wanted = _quotas(most, {LOW: by.low, UNLISTED: by.unlisted, HIGH: 1.0 - by.low - by.unlisted}, draw)
    found = _unlisted(sorted(reports), set(names), draw, wanted[UNLISTED])
    for stratum, inside in ((LOW, low), (HIGH, ~low)):
        rows = np.flatnonzero(inside)
        some = draw.choice(rows, size=min(wanted[stratum], len(rows)), replace=False) if len(rows) else rows
        found += [names[row] for row in some.tolist()]
    order = draw.permutation(len(found)).tolist()
    return [found[at] for at in order]


def _quotas(most: int, shares: Mapping[str, float], draw: np.random.Generator) -> dict[str, int]:
    """How many of `most` each stratum gets: its share on average, so that one that is drawn alone may be of any."""
    exact = np.array([most * share for share in shares.values()])
    whole = np.floor(exact + 1e-9).astype(np.int64)
    rest = np.maximum(exact - whole, 0.0)
    left = most - int(whole.sum())
    if left:
        whole += draw.multinomial(left, rest / rest.sum())
    return dict(zip(shares, whole.tolist(), strict=True))


def _unlisted(reports: Sequence[str], listed: set[Pair], draw: np.random.Generator, wanted: int) -> list[Pair]:
    """Pairs that are not listed, drawn evenly; fewer where hardly any is left."""
    found: dict[Pair, None] = {}
    for _ in range(20 * wanted if len(reports) > 1 else 0):
        one, other = sorted(draw.choice(len(reports), size=2, replace=False).tolist())
        pair = (reports[one], reports[other])
        if pair not in listed:
            found[pair] = None
        if len(found) == wanted:
            break
    return list(found)


def stratum_of(probability: float | None) -> str:
    """Where a run's ranking has a pair; None for one that it did not keep."""
    if probability is None:
        return UNLISTED
    return LOW if probability < settings().low_probability else HIGH


@dataclass(frozen=True, slots=True)
class Missed:
    """Of `decided` pairs of a stratum that were drawn at random and decided on, `linked` were linked.

    `share` is that part, within `low` to `high` (95 %, Clopper and Pearson); `pairs` is how many pairs the stratum
    has, None where that is not known.
    """

    stratum: str
    decided: int
    linked: int
    share: float | None
    low: float
    high: float
    pairs: int | None

    @property
    def words(self) -> str:
        """The finding in a sentence."""
        if not self.decided:
            return f"No {self.stratum} pair that was drawn at random has been decided on yet"
        found = f"of {self.decided:,} random {self.stratum} pairs {self.linked:,} were linked"
        return f"{found} ({self.low:.1%} to {self.high:.1%} of all)"


def missed(decisions: Iterable[Decision], pairs: Mapping[str, int] | None = None) -> list[Missed]:
    """What the random stream says of each stratum; the first decision on a pair counts, with its hidden score.

    A decision's score is the final log10 odds of the pair as the run had it, None where the run did not keep it.
    """
    counts = {stratum: [0, 0] for stratum in STRATA}
    asked: set[tuple[str, ...]] = set()
    for decision in standing(decisions):
        answered = decision.judgement in ("link", "not_linked")
        if decision.stream != "random" or not decision.blind or not answered or decision.question in asked:
            continue
        asked.add(decision.question)
        score = decision.score
        stratum = stratum_of(None if score is None else float(1 / (1 + 10.0**-score)))
        counts[stratum][0] += 1
        counts[stratum][1] += decision.judgement == "link"
    return [_missed(one, counts[one][0], counts[one][1], (pairs or {}).get(one)) for one in STRATA]


def _missed(stratum: str, decided: int, linked: int, pairs: int | None) -> Missed:
    tail = (1 - _CLOSE) / 2
    low = float(betaincinv(linked, decided - linked + 1, tail)) if linked else 0.0
    high = float(betaincinv(linked + 1, decided - linked, 1 - tail)) if linked < decided else 1.0
    return Missed(stratum, decided, linked, linked / decided if decided else None, low, high, pairs)
