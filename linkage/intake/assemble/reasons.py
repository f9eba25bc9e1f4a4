"""What speaks for each fact of a report: the words it rests on, and what the judge that decided it weighed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from linkage.intake.assemble.vehicles import found_vehicles
from linkage.intake.budget import OutOfTimeError, allowed
from linkage.intake.document.document import Document, read_document
from linkage.intake.document.language import words_to_read
from linkage.intake.document.pieces import parts_of, pieces
from linkage.intake.judge.behaviour_reasons import reasons_of_behaviours
from linkage.intake.judge.linear import Reason, learned
from linkage.intake.judge.people import facts_of_people
from linkage.intake.judge.reasons import feature_in_words, question_in_words, reasons_of_people
from linkage.intake.judge.utterances import SAID, features_of_utterances, utterances
from linkage.intake.judge.vehicles import features_of_vehicles, least_chances
from linkage.intake.limits import limit
from linkage.intake.values.people import same_as
from linkage.report import Report

SHOWN = 5
"""Features shown for and against each answer [G]; what the others weigh together is told."""

Span = tuple[int, int]
Known = dict[tuple[str, Span], list[Reason]]
"""Kind of fact ("suspects", "vehicles", "speech", "behaviours") and span -> the answers that decided it."""


@dataclass(frozen=True, slots=True)
class Why:
    """One value of a report: its dotted name, the `words` at `span` it rests on, and the judges' `reasons`; none
    where a grammar alone reads it, as a date."""

    fact: str
    words: str
    span: Span
    reasons: Sequence[Reason]

    def to_json(self) -> dict[str, Any]:
        """As plain values; the weights are cut to the heaviest, `other_weights` being the sum of what is left out."""
        return {
            "fact": self.fact,
            "words": self.words,
            "span": list(self.span),
            "reasons": [_reason_to_json(one) for one in self.reasons],
        }


def reasons_of(report: Report) -> list[Why]:
    """Every value that was read from the words of a report, in the order of its fields.

    Values that fields gave, and those of a translation, rest on no words of the narrative and are left out. Raises
    OutOfTimeError within a budget.
    """
    words = words_to_read(report)
    if not words or words != report.narrative:
        return []
    known: Known = {}
    for start, end in pieces(words):
        for (kind, (first, last)), reasons in _of_piece(words[start:end]):
            known.setdefault((kind, (first + start, last + start)), reasons)
    return [
        Why(fact, words[span[0] : span[1]], span, known.get((fact.partition(".")[0], span), []))
        for fact, span in _read_facts(report)
    ]


def why_of(report: Report) -> list[dict[str, Any]]:
    """The same as plain values, within the budget of a text; where that is used up there are none, and a warning."""
    try:
        with allowed(limit("row_seconds")):
            return [one.to_json() for one in reasons_of(report)]
    except OutOfTimeError:
        report.warnings.append("why: left out, finding the reasons took longer than the limit of processor time")
        return []


def _read_facts(report: Report) -> Iterator[tuple[str, Span]]:
    for name, part in parts_of(report):
        for field, spans in part.spans.items():
            yield from ((f"{name}.{field}" if name else field, (start, end)) for start, end in spans)


def _of_piece(text: str) -> Iterator[tuple[tuple[str, Span], list[Reason]]]:
    document = read_document(text)
    people = [one for one in facts_of_people(document.text) if one.field != same_as.FIELD]
    for fact, reasons in reasons_of_people(document, people):
        yield ("suspects", (fact.start, fact.end)), reasons
    yield from _of_vehicles(document)
    said = utterances(document)
    for one, features in zip(said, features_of_utterances(document, said), strict=True):
        yield ("speech", (one.start, one.end)), [learned("speech").reason("said_by_reported_person", features, SAID)]
    for behaviour, reasons in reasons_of_behaviours(text):
        yield ("behaviours", (behaviour.start, behaviour.end)), reasons


def _of_vehicles(document: Document) -> Iterator[tuple[tuple[str, Span], list[Reason]]]:
    groups = found_vehicles(document.text)
    every = features_of_vehicles(document, groups)
    for group, features, least in zip(groups, every, least_chances(document, groups), strict=True):
        reason = learned("vehicle").reason("used_vehicle", features, least)
        yield from ((("vehicles", (one.start, one.end)), [reason]) for one in group)


def _reason_to_json(one: Reason) -> dict[str, Any]:
    speaking = [weight for weight in one.weights if weight[1] > 0][:SHOWN]
    against = [weight for weight in one.weights if weight[1] < 0][:SHOWN]
    shown = sum(weight for _, weight in (*speaking, *against))
    return {
        "question": one.question,
        "in_words": question_in_words(one),
        "probability": round(one.probability, 4),
        "least": one.least,
        "log_odds": one.log_odds,
        "base": one.base,
        "for": [_weight_to_json(*weight) for weight in speaking],
        "against": [_weight_to_json(*weight) for weight in against],
        "other_weights": one.log_odds - one.base - shown,
    }


def _weight_to_json(name: str, weight: float) -> dict[str, Any]:
    return {"feature": name, "in_words": feature_in_words(name), "weight": weight}
