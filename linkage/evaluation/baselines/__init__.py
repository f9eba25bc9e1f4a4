"""Other ways of linking, to hold the engine against: from chance to gradient boosting and Splink."""

from __future__ import annotations

from importlib.util import find_spec

from linkage.evaluation.baselines.bayes_factors import BayesFactors
from linkage.evaluation.baselines.boosting import GradientBoosting
from linkage.evaluation.baselines.logistic import Logistic
from linkage.evaluation.baselines.simple import (
    Chance,
    Distance,
    DistanceAndDays,
    Jaccard,
    RarityJaccard,
    ThreeToOne,
)
from linkage.evaluation.baselines.training import NoLinksError
from linkage.evaluation.scorer import Scorer

__all__ = ["SPLINK", "NoLinksError", "baselines", "left_out"]


SPLINK = ("Splink, no labels", "Splink, labels")
"""Names of the baselines that need the extra `bench`."""


def baselines(seed: int = 0, sensitive: bool = True) -> list[Scorer]:
    """Every baseline that can run here, fresh, the plainest first.

    `seed` makes those that draw at random repeatable. `sensitive` gives perceived ethnicity, complexion and accent
    to those that read such fields: they are then told more than the engine, which leaves them out by default.
    `left_out` says what is missing and why.
    """
    found: list[Scorer] = [
        Chance(seed),
        Distance(),
        DistanceAndDays(),
        Jaccard(),
        RarityJaccard(),
        ThreeToOne(),
        Logistic(seed),
        BayesFactors(seed, sensitive),
        GradientBoosting(seed, sensitive),
    ]
    if not left_out():
        from linkage.evaluation.baselines.splink_scorer import SplinkLabels, SplinkNoLabels

        found += [SplinkNoLabels(seed, sensitive), SplinkLabels(seed, sensitive)]
    return found


def left_out() -> dict[str, str]:
    """Baselines that cannot run here, by name, each with the reason and the cure; empty when all can."""
    if find_spec("splink") and find_spec("duckdb"):
        return {}
    why = "Splink is not installed: pip install 'linkage[bench]'"
    return dict.fromkeys(SPLINK, why)
