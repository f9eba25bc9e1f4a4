"""Where the weights of a run come from: reports and decisions to learn from, and models learned before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkage.cli.console import CommandError, Stages, counted, warn
from linkage.cli.refused import refusal

if TYPE_CHECKING:
    from linkage.models.model import Model
    from linkage.report import Report
    from linkage.store import Store
    from linkage.store.linking import Choices


def require_weights(train: Path | None, model: Path | None, save_model: Path | None) -> None:
    """CommandError when weights would come from two sources, or be written over what is no model; OutputError when
    they could not be written once they are there."""
    if train and model:
        raise CommandError("--train learns weights and --model gives learned ones: use one of them")
    if save_model:
        _require_place_of_model(save_model)


def _require_place_of_model(file: Path) -> None:
    from linkage.models.model import is_saved
    from linkage.output.files import require_place

    require_place(file)
    if file.exists() and not is_saved(file):
        raise CommandError(
            f"{file} is there and is no saved model, so it is not written over; name another file, or remove it"
        )


def read_solved(file: Path, stages: Stages) -> list[Report]:
    """The reports to learn from; what was refused of them is told on standard error. CommandError where there is
    none."""
    from linkage.intake import read_reports  # takes a second to load, and a store is linked without it

    solved = read_reports([file], progress=stages.of("reading"), mask=True)
    if not solved.reports:
        first = f": {refusal(solved.rejects[0])}" if solved.rejects else "; name the file of reports of known series"
        raise CommandError(f"{file}: no report to learn from could be read{first}")
    if solved.rejects:
        refused = counted(len(solved.rejects), "row or value was", "rows or values were")
        warn(f"{refused} refused, the first: {refusal(solved.rejects[0])}")
    if not _linked(solved.reports):  # said before the run, which may take hours
        _warn_of_none(file)
    return solved.reports


def _linked(reports: Sequence[Report]) -> bool:
    """Are two of the reports of one known series?"""
    known = [report.series for report in reports if report.series]
    return len(set(known)) < len(known)


def _warn_of_none(file: Path) -> None:
    warn(
        f"{file}: no two reports of it are known to be linked, so that nothing is learned and elicited weights "
        "are in use; write the known series into its field series"
    )


def decided(store: Store) -> list[Report]:
    """The reports of a store with what its decisions teach. CommandError when they teach nothing."""
    from linkage.review.labels import labelled, labels

    known = labels(store.decisions())
    if not known.together:
        raise CommandError(
            "No decision in the store can be learned from: that takes links that were decided blind, or checked "
            "blind by somebody else. Leave --train-decisions away"
        )
    return labelled(store.reports(), known)


def saved_model(file: Path) -> Model:
    """The model in a file. CommandError when it cannot be honoured."""
    from linkage.models.model import Model, ModelError

    try:
        return Model.load(file)
    except ModelError as error:
        raise CommandError(str(error)) from error


def tell_unlearned(
    record: dict[str, Any], train: Path | None, solved: Sequence[Report] | None, choices: Choices
) -> None:
    """Tell on standard error what the weights of a run were not learned from, where somebody may think they were."""
    if train and not record["model"]["learned_from"] and _linked(solved or ()):
        _warn_of_none(train)
    learned = choices.model.learned_from if choices.model else {}
    if choices.sensitive and learned and not learned.get("sensitive"):
        warn(
            "The model was learned without --sensitive: perceived ethnicity, complexion and accent carry weight "
            "untempered; learn it with --sensitive"
        )
