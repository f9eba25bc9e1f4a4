"""The vehicle: make, model, body and colour as one group, features apart, and registrations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from linkage.features.category import choices_ratio, smoothed_prior, witness_kernel
from linkage.features.evidence import Evidence
from linkage.features.latent import LatentColumn, LatentEvidence, TurnsColumn
from linkage.features.parameters import Parameters
from linkage.features.registration import RegistrationEvidence
from linkage.features.values import Single, Values
from linkage.features.vehicle_kinds import Kind, default_shares, kind_likelihood
from linkage.features.words import TokenEvidence
from linkage.report import Report, Vehicle
from linkage.vocabulary import load


@dataclass(frozen=True)
class VehicleEvidence(LatentEvidence):
    """One true vehicle (kind and colour) behind the reported make, model, body and colour.

    Parameters: consistency (chance that two incidents show the same vehicle), make_exact, model_exact, body_exact,
    colour_exact, strength (reports' worth of default shares).
    """

    learnable: ClassVar[tuple[str, ...]] = (
        *("consistency", "make_exact", "model_exact", "body_exact", "colour_exact"),
    )
    column: ClassVar[type[LatentColumn]] = TurnsColumn

    def read(self, report: Report) -> Values:
        """(kind, colours) of each vehicle; None where nothing of it is known."""
        return tuple(_single(vehicle) for vehicle in report.vehicles)

    def say(self, value: Single) -> str:
        """Colour, make, model and body in one phrase."""
        kind, colours = value if isinstance(value, tuple) else (None, ())
        return " ".join(filter(None, [" or ".join(colours), *(kind or ())]))

    def ratios(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters, more: Sequence[Single] = ()
    ) -> tuple[NDArray[np.float64], Callable[[int], NDArray[np.float64]], NDArray[np.float64]]:
        """Ratios factor into kind and colour, which are independent given the true vehicle."""
        kinds, colours, kind_at, colour_at = _split(singles)
        kind_prior, kind_ratio = self._kinds(kinds, _tally(kind_at, counts, len(kinds)), parameters)
        colour_prior, colour_ratio = self._colours(colours, _tally(colour_at, counts, len(colours)), parameters)
        if more:
            weighed = self._apart(colours, _tally(colour_at, counts, len(colours)), kind_prior, parameters)
            found = [weighed(single) for single in more]
            kind_at = np.append(kind_at % len(kind_ratio), np.arange(len(more)) + len(kind_ratio))
            colour_at = np.append(colour_at % len(colour_ratio), np.arange(len(more)) + len(colour_ratio))
            kind_ratio = np.vstack([kind_ratio, *(kind for kind, _ in found)])
            colour_ratio = np.vstack([colour_ratio, *(colour for _, colour in found)])
        pair = (kind_ratio * kind_prior) @ kind_ratio.T, (colour_ratio * colour_prior) @ colour_ratio.T
        pair_ratio = pair[0][np.ix_(kind_at, kind_at)] * pair[1][np.ix_(colour_at, colour_at)]
        prior = np.outer(kind_prior, colour_prior).ravel()
        return (
            prior,
            lambda single: np.outer(kind_ratio[kind_at[single]], colour_ratio[colour_at[single]]).ravel(),
            pair_ratio,
        )

    def comparer(
        self, singles: list[Single], counts: NDArray[np.float64], parameters: Parameters
    ) -> Callable[[Single], tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """R of any vehicle with each of those given; no ratio, as no one vehicle lies behind a series."""
        kinds, colours, kind_at, colour_at = _split(singles)
        kind_prior, kind_ratio = self._kinds(kinds, _tally(kind_at, counts, len(kinds)), parameters)
        tally = _tally(colour_at, counts, len(colours))
        colour_prior, colour_ratio = self._colours(colours, tally, parameters)
        weighed = self._apart(colours, tally, kind_prior, parameters)

        def one(single: Single) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            """No ratio, shape (0,), and R of one vehicle with each of the `singles`."""
            kind, colour = weighed(single)
            found = (kind_ratio @ (kind_prior * kind))[kind_at] * (colour_ratio @ (colour_prior * colour))[colour_at]
            return np.zeros(0), found

        return one

    def _apart(
        self,
        colours: list[tuple[str, ...]],
        tally: NDArray[np.float64],
        kind_prior: NDArray[np.float64],
        parameters: Parameters,
    ) -> Callable[[Single], tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """For any vehicle: the ratio of its kind over the kinds, and of its colours over the colours of those given;
        1 where it is not said."""
        states, prior, kernel = self._colour_kernel(colours, tally, parameters)
        place = {state: index for index, state in enumerate(states)}
        odd = (
            parameters.get(self.name, "colour_exact"),
            1.0 / (float(tally.sum()) + parameters.get(self.name, "strength") + 1.0),
        )

        def one(single: Single) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
            """Both ratios of one vehicle."""
            kind, choice = single if isinstance(single, tuple) else (None, ())
            of_kind, of_colour = np.ones(len(kind_prior)), np.ones(len(prior))
            if kind:
                row = kind_likelihood([kind], parameters, self.name)[0]
                of_kind = row / max(float(row @ kind_prior), 1e-300)
            if choice:
                of_colour = choices_ratio(choice, place, kernel, prior, odd)
            return of_kind, of_colour

        return one

    def _kinds(
        self, kinds: list[Kind], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Prior over kinds of vehicle and ratios (kinds + 1, states); the last row is "not said"."""
        default = default_shares()
        likelihood = kind_likelihood(kinds, parameters, self.name)
        posterior = likelihood * default
        posterior /= np.maximum(posterior.sum(axis=1, keepdims=True), 1e-300)
        prior = counts @ posterior + parameters.get(self.name, "strength") * default
        return _ratios(prior / prior.sum(), likelihood)

    def _colours(
        self, colours: list[tuple[str, ...]], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Prior over colours and ratios (colours + 1, states); the last row is "not said"."""
        states, prior, kernel = self._colour_kernel(colours, counts, parameters)
        place = {state: index for index, state in enumerate(states)}
        rows = [kernel[[place[colour] for colour in choice]].sum(axis=0) for choice in colours]
        return _ratios(prior, np.array(rows).reshape(len(colours), len(states)))

    def _colour_kernel(
        self, colours: list[tuple[str, ...]], counts: NDArray[np.float64], parameters: Parameters
    ) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        """Colours, their prior, and what witnesses make of each."""
        entries = load("colours").entries
        states = sorted(set(entries) | {colour for choice in colours for colour in choice})
        defaults = {key: float(entry.data["prevalence"]) for key, entry in entries.items()}
        reported: dict[str, float] = {}
        for choice, count in zip(colours, counts, strict=True):
            for colour in choice:
                reported[colour] = reported.get(colour, 0.0) + count / len(choice)
        prior = smoothed_prior(states, reported, defaults, parameters.get(self.name, "strength"))
        confused = {key: tuple(entry.data["confused_with"]) for key, entry in entries.items()}
        return states, prior, witness_kernel(states, prior, confused, parameters.get(self.name, "colour_exact"))


def _split(
    singles: list[Single],
) -> tuple[list[Kind], list[tuple[str, ...]], NDArray[np.int_], NDArray[np.int_]]:
    """Kinds and colours of vehicles, and where each single value's stand; -1 where not said."""
    pairs = [single for single in singles if isinstance(single, tuple)]
    kinds = sorted({kind for kind, _ in pairs if kind}, key=repr)
    colours = sorted({choice for _, choice in pairs if choice})
    kind_place, colour_place = ({value: at for at, value in enumerate(values)} for values in (kinds, colours))
    kind_at = np.array([kind_place[kind] if kind else -1 for kind, _ in pairs], dtype=int)
    colour_at = np.array([colour_place[choice] if choice else -1 for _, choice in pairs], dtype=int)
    return kinds, colours, kind_at, colour_at


def _single(vehicle: Vehicle) -> Single | None:
    kind = (vehicle.make, vehicle.model, vehicle.body)
    colours = tuple(sorted(set(vehicle.colour)))
    return (kind if any(kind) else None, colours) if any(kind) or colours else None


def _tally(at: NDArray[np.int_], counts: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    said = at >= 0
    tally: NDArray[np.float64] = np.bincount(at[said], weights=counts[said], minlength=size)[:size].astype(float)
    return tally


def _ratios(
    prior: NDArray[np.float64], likelihood: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    ratio = likelihood / np.maximum(likelihood @ prior, 1e-300)[:, None]
    return prior, np.vstack([ratio, np.ones((1, len(prior)))])


def _features(report: Report) -> Sequence[Sequence[str]]:
    return [vehicle.features for vehicle in report.vehicles if vehicle.features]


VEHICLE: list[Evidence] = [
    VehicleEvidence(
        "vehicle",
        "Vehicle",
        "vehicle",
        "Make, model, body and colour of the vehicle, as one.",
    ),
    TokenEvidence(
        "vehicle_features",
        "Vehicle details",
        "vehicle",
        "Damage, stickers, seats and other details.",
        read_phrases=_features,
    ),
    RegistrationEvidence(
        "registration",
        "Registration",
        "registration",
        "Full and partial registrations, with misread characters.",
    ),
]
