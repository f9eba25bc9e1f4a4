"""Latent evidence whose true value is a number seen with error: age, height, hour of day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from linkage.features.latent import LatentEvidence
from linkage.features.parameters import Parameters
from linkage.features.values import Single, Values
from linkage.report import Range, Report

Interval = tuple[float, float]


@dataclass(frozen=True)
class RangeEvidence(LatentEvidence):
    """A number reported as an interval; the witness's centre errs normally with standard deviation `spread`.

    Parameters: consistency, spread, strength, and the population's `mean` and `deviation` (normal). The reports at
    hand correct the population: their intervals' mass is added with the weight of `strength` default reports.
    """

    learnable: ClassVar[tuple[str, ...]] = ("consistency", "spread")
    read_ranges: Callable[[Report], list[Range | None]] = lambda _: []
    lowest: float = 0.0
    highest: float = 100.0
    unit: str = ""

    def read(self, report: Report) -> Values:
        """Closed intervals, an open end standing at the end of the scale."""
        return tuple(self._interval(value) for value in self.read_ranges(report))

    def _interval(self, value: Range | None) -> Interval | None:
        if value is None or (value.min is None and value.max is None):
            return None
        low = self.lowest if value.min is None else value.min
        high = self.highest if value.max is None else value.max
        return (low, high) if low <= high else (high, low)

    def say(self, value: Single) -> str:
        """The interval with its unit."""
        low, high = value if isinstance(value, tuple) else (0.0, 0.0)
        if low <= self.lowest:
            return f"up to {high:g}{self.unit}"
        if high >= self.highest:
            return f"{low:g}{self.unit} or more"
        return f"{low:g}{self.unit}" if low == high else f"{low:g}-{high:g}{self.unit}"

    def model(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Prior over whole numbers of the scale and p(interval | true number)."""
        states = np.arange(self.lowest, self.highest + 1)
        mean, deviation = parameters.get(self.name, "mean"), parameters.get(self.name, "deviation")
        default = np.exp(-(((states - mean) / deviation) ** 2) / 2)  # normal, up to what the sum takes out
        intervals = np.array(singles, dtype=float).reshape(-1, 2)
        low, high = intervals[:, :1] - 0.5, intervals[:, 1:] + 0.5
        strength = parameters.get(self.name, "strength")
        inside = (states >= low) & (states <= high)
        reported = counts @ (inside / np.maximum(inside.sum(axis=1, keepdims=True), 1)) if len(singles) else 0.0
        prior = reported + strength * default / default.sum()
        return prior / prior.sum(), self._likelihood(intervals, parameters)

    def _likelihood(self, intervals: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
        states, spread = np.arange(self.lowest, self.highest + 1), parameters.get(self.name, "spread")
        low, high = intervals[:, :1] - 0.5, intervals[:, 1:] + 0.5
        likelihood = ndtr((high - states) / spread) - ndtr((low - states) / spread)
        return np.maximum(likelihood, 1e-12)

    def any_ratio(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> Callable[[Single], NDArray[np.float64]]:
        """Ratio of any interval over the scale."""
        prior, _ = self.model(singles, counts, parameters)
        return lambda single: _ratio(self._likelihood(_interval(single), parameters), prior)


@dataclass(frozen=True)
class HourEvidence(LatentEvidence):
    """Hour of day on the 24-hour circle. Parameters: consistency, spread (hours), strength (reports)."""

    learnable: ClassVar[tuple[str, ...]] = ("consistency", "spread")

    def read(self, report: Report) -> Values:
        """Clock interval in hours; the end may lie past midnight."""
        low, high = report.occurred.hour_min, report.occurred.hour_max
        if low is None:
            return (None,)
        high = low if high is None else high
        return ((low, high if high >= low else high + 24.0),)

    def say(self, value: Single) -> str:
        """The interval as clock times."""
        low, high = value if isinstance(value, tuple) else (0.0, 0.0)
        return _clock(low) if low == high else f"{_clock(low)} to {_clock(high)}"

    def model(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Prior over half hours and p(interval | the person's usual time), a wrapped normal."""
        likelihood = self._likelihood(np.array(singles, dtype=float).reshape(-1, 2), parameters)
        strength = parameters.get(self.name, "strength")
        share = likelihood / likelihood.sum(axis=1, keepdims=True) if len(singles) else likelihood
        prior = counts @ share + strength / likelihood.shape[1]
        return prior / prior.sum(), likelihood

    def _likelihood(self, intervals: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
        states, spread = np.arange(0.0, 24.0, 0.5), parameters.get(self.name, "spread")
        likelihood = np.zeros((len(intervals), len(states)))
        for turn in (-24.0, 0.0, 24.0):
            low, high = intervals[:, :1] - 0.25 + turn, intervals[:, 1:] + 0.25 + turn
            likelihood += ndtr((high - states) / spread) - ndtr((low - states) / spread)
        return np.maximum(likelihood, 1e-12)

    def any_ratio(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> Callable[[Single], NDArray[np.float64]]:
        """Ratio of any clock interval over the half hours."""
        prior, _ = self.model(singles, counts, parameters)
        return lambda single: _ratio(self._likelihood(_interval(single), parameters), prior)


def _interval(single: Single) -> NDArray[np.float64]:
    return np.array(single, dtype=float).reshape(1, 2)


def _ratio(likelihood: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    ratio: NDArray[np.float64] = likelihood[0] / max(float(likelihood[0] @ prior), 1e-300)
    return ratio


def _clock(hour: float) -> str:
    minutes = round(hour * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
