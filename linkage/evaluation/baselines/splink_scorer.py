"""Splink as a baseline: Fellegi-Sunter linkage on the structured fields, with labels and without."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker
from splink.internals.exceptions import EMTrainingException

from linkage.evaluation.baselines.gathering import chosen_threshold, series_at
from linkage.evaluation.baselines.splink_model import MACROS, configuration, settings, table
from linkage.evaluation.baselines.training import training_pairs
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth
from linkage.report import Report

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    "memory_limit": "2500MB",
    "temp_directory": "",
    "threads": "1",
}
"""DuckDB in memory: no file, no network, no spill; one thread, so that sums come out the same every time."""

NEVER = -1.0
"""log2 below the lowest weight of all, for pairs that no rule keeps."""


class SplinkLabels:
    """Splink with m from labelled links, u from all pairs and the prior from the training base rate."""

    name = "Splink, labels"
    learns = True

    def __init__(self, seed: int = 0, sensitive: bool = True) -> None:
        self.seed = seed
        self.sensitive = sensitive
        self.note = (
            "Splink 5 (Ministry of Justice; Fellegi and Sunter 1969) on the structured fields, m from labelled "
            f"links, configuration published{_told(sensitive)}; clusters are connected components."
        )

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:
        """Learn m, u, prior and the threshold of clusters. NoLinksError (ValueError) without a link."""
        training = training_pairs(reports, truth, self.seed)
        pairs = training.pairs
        links = pa.table({"row_l": pairs.left[pairs.linked], "row_r": pairs.right[pairs.linked]})
        untrained = settings(self.sensitive, training.base_rate, len(pairs.reports))
        with _linker(pairs.reports, untrained) as (linker, database):
            _estimate_u(linker, self.seed)
            linker.training.estimate_m_from_pairwise_labels(  # type: ignore[no-untyped-call]
                database.register(links, table_name="links")
            )
            self.model_: dict[str, Any] = linker.misc.save_model_to_json()
        self.threshold_ = chosen_threshold(training.whole, _predicted(self.model_, training.whole)[1])
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """Splink's weight and probability of each pair, and its clusters."""
        weight, probability = _predicted(self._model_for(pairs), pairs)
        return Scores(weight, probability, series_at(pairs, probability, self.threshold_))

    def _model_for(self, pairs: EvaluatedPairs) -> dict[str, Any]:
        rules = settings(self.sensitive, 0.5, len(pairs.reports))["blocking_rules_to_generate_predictions"]
        return {**self.model_, "blocking_rules_to_generate_predictions": rules}


class SplinkNoLabels:
    """Splink with everything estimated from the reports that it scores: u by sampling, m by EM."""

    name = "Splink, no labels"
    learns = False

    def __init__(self, seed: int = 0, sensitive: bool = True) -> None:
        self.seed = seed
        self.sensitive = sensitive
        self.note = (
            "Splink 5 (Ministry of Justice; Fellegi and Sunter 1969) on the structured fields, estimated by "
            f"expectation maximisation on the scored reports, configuration published{_told(sensitive)}."
        )

    def fit(self, reports: Sequence[Report], truth: Truth) -> Self:  # noqa: ARG002
        """Learns nothing from labels."""
        return self

    def score(self, pairs: EvaluatedPairs) -> Scores:
        """Splink's weight and probability of each pair, and its clusters at the configured threshold."""
        told = configuration()
        start = settings(self.sensitive, told["model"]["prior"], len(pairs.reports))
        start["probability_two_random_records_match"] = _estimated_prior(pairs.reports, start)
        with _linker(pairs.reports, start) as (linker, _):
            _estimate_u(linker, self.seed)
            for rule in told["unlabelled"]["training"]:
                _estimate_m(linker, rule)
            model = linker.misc.save_model_to_json()
        weight, probability = _predicted(model, pairs)
        return Scores(weight, probability, series_at(pairs, probability, told["model"]["threshold"]))


def _told(sensitive: bool) -> str:
    return "; sensitive fields included" if sensitive else "; without sensitive fields"


@contextmanager
def _linker(reports: Sequence[Report], model: dict[str, Any]) -> Iterator[tuple[Linker, DuckDBAPI]]:
    """A linker on a database of its own that is gone afterwards; Splink's log is silent meanwhile."""
    log = logging.getLogger("splink")
    level = log.level
    log.setLevel(logging.CRITICAL)
    connection = duckdb.connect(":memory:", config=OFFLINE)
    try:
        connection.execute("SET enable_progress_bar = false")
        for macro in MACROS:
            connection.execute(macro)
        database = DuckDBAPI(connection)
        yield Linker(database.register(table(reports), table_name="reports"), model, log_level=None), database
    finally:
        connection.close()
        log.setLevel(level)


def _estimate_u(linker: Linker, seed: int) -> None:
    # one chunk: more would only let Splink stop early, and cost a query each
    most = configuration()["model"]["u_pairs"]
    linker.training.estimate_u_using_random_sampling(max_pairs=most, seed=seed, num_chunks=1)


def _estimated_prior(reports: Sequence[Report], start: dict[str, Any]) -> float:
    """The prior by Splink's own estimate; where no pair is certain, or too many are, it stays as configured."""
    told, prior = configuration()["unlabelled"], float(start["probability_two_random_records_match"])
    with _linker(reports, start) as (linker, _):
        try:
            linker.training.estimate_probability_two_random_records_match(told["certain"], recall=told["recall"])
        except ValueError:
            return prior
        found = float(linker.misc.save_model_to_json()["probability_two_random_records_match"])
    return found if 0 < found < 1 else prior


def _estimate_m(linker: Linker, rule: str) -> None:
    """m of all comparisons that the rule does not name."""
    try:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    except (EMTrainingException, ValueError):
        # the rule keeps no pair, or a level that no link shows sinks below what Splink accepts (1e-300): m then
        # stays what another rule or Splink's default makes it
        return


def _predicted(model: dict[str, Any], pairs: EvaluatedPairs) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weight (log2 odds) and probability of every judged pair.

    Where rules keep some pairs only, the others get less than the least weight, and probability 0.
    """
    with _linker(pairs.reports, model) as (linker, _):
        found = linker.inference.predict(warning_mode="never").as_duckdbpyrelation()
        scored = found.select("row_l, row_r, match_weight, match_probability").fetchnumpy()
    n = len(pairs.reports)
    one, other = scored["row_l"].astype(np.int64), scored["row_r"].astype(np.int64)
    asked = np.minimum(one, other) * n + np.maximum(one, other)
    key = pairs.left.astype(np.int64) * n + pairs.right  # ascending
    place = np.searchsorted(key, asked)
    judged = key[np.minimum(place, len(key) - 1)] == asked
    least = float(scored["match_weight"].min(initial=0.0)) + NEVER
    weight, probability = np.full(len(pairs), least), np.zeros(len(pairs))
    weight[place[judged]] = scored["match_weight"][judged]
    probability[place[judged]] = scored["match_probability"][judged]
    return weight, probability
