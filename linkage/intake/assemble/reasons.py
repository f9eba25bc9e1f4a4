"""What speaks for each fact of a report: the words it rests on, and what the judge that decided it weighed, in the
words of `judge/feature_words.toml`.

For a behaviour told as done the parts of its log odds are those of its best clause, what the other clauses add, and
what else the text tells, each as it counts in the calibrated log odds (`classifier`): with the base they add up to
them.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy.special import logit

from linkage.intake.assemble.vehicles import found_vehicles
from linkage.intake.behaviours import classifier
from linkage.intake.behaviours.classifier import Chances, Judge
from linkage.intake.behaviours.features import Read
from linkage.intake.behaviours.reading import DENIED, TOLD, judged, read_behaviours
from linkage.intake.document.document import Document, read_document
from linkage.intake.document.language import words_to_read
from linkage.intake.document.pieces import parts_of, pieces
from linkage.intake.document.restatement import restate
from linkage.intake.encoder.encoder import asserted
from linkage.intake.fields.reporter_details import blanked_masks
from linkage.intake.finding import Finding
from linkage.intake.judge import people, vehicles
from linkage.intake.judge.linear import Reason, learned
from linkage.intake.judge.pairs import Pairs
from linkage.intake.judge.people import WholeText, beside
from linkage.intake.judge.surroundings import Candidate, Surroundings
from linkage.intake.judge.utterances import SAID, Utterance, features_of_utterances, utterances
from linkage.intake.limits import OutOfTimeError, allowed, limit
from linkage.intake.values.people.names_used import is_first_name
from linkage.report import WHOLE_TEXT, Report

SHOWN = 5
"""Features shown for and against each answer [G]; what the others weigh together is told."""

Span = tuple[int, int]
Known = dict[tuple[str, Span | None], list[Reason]]
"""Kind of fact ("suspects", "vehicles", "speech", "behaviours") and span -> the answers that decided it."""
_LONGEST = 3
"""Words that the name of a row of `feature_words.toml` has at most."""
EVEN = 0.5
"""The chance at which two facts are as likely one person's as two people's."""

Reasons = list[tuple[Finding, list[Reason]]]


@dataclass(frozen=True, slots=True)
class Why:
    """One value of a report: its dotted name, the `words` at `span` it rests on, and the judges' `reasons`; none
    where a grammar alone reads it, as a date. What a whole text tells and no few words do stands at all of it."""

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
    restated = restate(blanked_masks(words))
    for start, end in pieces(restated.text):
        for (kind, (first, last)), reasons in _of_piece(restated.text[start:end]):
            known.setdefault((kind, restated.as_written(first + start, last + start)), reasons)
    whole = 0, len(words)
    return [
        Why(fact, words[slice(*at)] if at else WHOLE_TEXT, at or whole, known.get((fact.partition(".")[0], at), []))
        for fact, at in _read_facts(report)
    ]


def why_of(report: Report) -> list[dict[str, Any]]:
    """The same as plain values, within the budget of a text; where that is used up there are none, and a warning."""
    try:
        with allowed(limit("row_seconds")):
            return [one.to_json() for one in reasons_of(report)]
    except OutOfTimeError:
        report.warnings.append("why: left out, finding the reasons took longer than the limit of processor time")
        return []


def _read_facts(report: Report) -> Iterator[tuple[str, Span | None]]:
    for name, part in parts_of(report):
        for field, spans in part.spans.items():
            fact = f"{name}.{field}" if name else field
            yield from ((fact, span) for span in spans or (None,))


def _of_piece(text: str) -> Iterator[tuple[tuple[str, Span], list[Reason]]]:
    document = read_document(text)
    judged: dict[str, Sequence[tuple[Finding | Utterance, list[Reason]]]] = {
        "suspects": reasons_of_people(document, people.facts_of_people(document.text)),
        "behaviours": reasons_of_behaviours(text),
    }
    said = utterances(document)
    judged["speech"] = [
        (one, [learned("speech").reason("said_by_reported_person", features, SAID)])
        for one, features in zip(said, features_of_utterances(document, said), strict=True)
    ]
    groups = found_vehicles(document.text)
    every = zip(
        groups, vehicles.features_of_vehicles(document, groups), vehicles.least_chances(document, groups), strict=True
    )
    judged["vehicles"] = [
        (one, [learned("vehicle").reason("used_vehicle", features, least)])
        for group, features, least in every
        for one in group
    ]
    for kind, facts in judged.items():
        yield from (((kind, (fact.start, fact.end)), reasons) for fact, reasons in facts)


def _reason_to_json(one: Reason) -> dict[str, Any]:
    def told(weights: list[tuple[str, float]]) -> list[dict[str, Any]]:
        return [{"feature": name, "in_words": feature_in_words(name), "weight": weight} for name, weight in weights]

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
        "for": told(speaking),
        "against": told(against),
        "other_weights": one.log_odds - one.base - shown,
    }


def reasons_of_people(document: Document, findings: Sequence[Finding]) -> Reasons:
    """Each fact that `reported_people` gives, with what decided it; `findings` as for that."""
    _, features, whole, chances, least = people.owners(document, findings)
    numbers, described = {id(one): at for at, one in enumerate(findings)}, people.reported_people(document, findings)
    persons = Counter(id(fact) for one in described for fact in one.facts)
    pairwise = _which_of_several(document, described, persons) if len(described) > 1 else {}
    found: Reasons = []
    for fact in {id(fact): fact for one in described for fact in one.facts}.values():
        at = numbers.get(id(fact))
        if at is None:  # a word that tells nothing but a sex stands for a reported person
            found.append((fact, [_of_pronoun(document, fact)]))
            continue
        own = learned("owner").reason("reported_person", features[at].all(), least[at])
        told = [with_whole_text(own, float(whole.own[at]), chances[at] if is_first_name(fact) else None)]
        if persons[id(fact)] > 1:
            of_all = learned("shared").reason("all_reported_people", features[at].all(), people.SHARED)
            told.append(with_whole_text(of_all, float(whole.shared[at])))
        found.append((fact, [*told, *pairwise.get(id(fact), ())]))
    return found


def with_whole_text(reason: Reason, whole: float, chance: float | None = None) -> Reason:
    """A reason with what the whole text says, and other places of a name: the rest of the log odds of `chance`."""
    own, heard = 1 - people.OF_ENCODER, people.OF_ENCODER * whole
    weights = [*((name, own * weight) for name, weight in reason.weights), ("whole text", heard)]
    if chance is not None:
        weights.append(("other places", round(float(logit(chance)) - own * reason.log_odds - heard, 3)))
    return Reason.of(reason.question, own * reason.base, weights, reason.least, reason.compared_with)


def _of_pronoun(document: Document, fact: Finding) -> Reason:
    pronoun = [Candidate("pronoun", fact.start, fact.end, str(fact.value))]
    words, whole = Surroundings(document, pronoun).of(0), float(WholeText.of(document, pronoun).own[0])
    return with_whole_text(learned("owner").reason("stands_for_reported_person", words, people.GIVEN), whole)


def _which_of_several(
    document: Document, described: Sequence[people.Described], persons: Counter[int]
) -> dict[int, list[Reason]]:
    """For each fact told of one person alone: the fact that binds it most to them, and the other person's fact that
    comes closest to being theirs too."""
    own = [(fact, who) for who, one in enumerate(described) for fact in one.facts if persons[id(fact)] == 1]
    own = sorted((one for one in own if one[0].rule != "pronoun"), key=lambda one: (one[0].start, one[0].end))
    own = own[: people.MOST_FACTS]
    facts = [fact for fact, _ in own]
    around = Surroundings(document, [*map(people.candidate_of, facts)])
    pairs = Pairs(around, [*map(people.value_of, facts)])
    model, said = learned("same_person"), WholeText.of(document, around.candidates).same_person()
    whole = dict(zip(pairs.all(), said.tolist(), strict=True))
    heard = beside([model.odds(*features) for features in pairs.features()], said)
    odds = dict(zip(pairs.all(), heard.tolist(), strict=True))
    found: dict[int, list[Reason]] = {id(fact): [] for fact in facts}
    for at, (fact, who) in enumerate(own):
        for question, theirs in (("same_person", True), ("another_person", False)):
            others = {sum(pair) - at: pair for pair in odds if at in pair}
            among = [one for one in others if (own[one][1] == who) is theirs]
            if among:
                other = max(among, key=lambda one: odds[others[one]])
                told, words = pairs.of(*others[other]).all(), facts[other].words(document.text)
                reason = model.reason(question, told, EVEN, words)
                found[id(fact)].append(with_whole_text(reason, whole[others[other]]))
    return found


def reasons_of_behaviours(text: str) -> Reasons:
    """Each behaviour that a text is read to tell or deny, with what decided it."""
    (read, chances), model = judged(text), classifier.judge()
    numbers = {key: at for at, key in enumerate(model.keys)}
    return [
        (one, [(_denied if one.negated else _told)(read, model, numbers[str(one.value)], chances)])
        for one in read_behaviours(text).findings
    ]


def _told(read: Read, model: Judge, at: int, chances: Chances) -> Reason:
    clauses = classifier.any_of(chances.clauses)
    row = int(chances.clauses[:, at].argmax())
    of_encoder = classifier.of_encoder(read)
    of_words = 1 - of_encoder
    in_clause = [(name, of_words * weight) for name, weight in _of_clause(read, model, at, row)]
    in_clause.append(("whole text", of_encoder * float(chances.encoded[row, at])))
    base = of_words * float(model.base[at])
    heard = np.array([base + sum(weight for _, weight in in_clause)], np.float32)
    denies = asserted(heard, chances.encoded_denied[row, [at]]) - heard
    in_clause.append(("whole text denies", float(denies[0])))
    best = base + sum(weight for _, weight in in_clause)
    weights = [*in_clause, ("other clauses", float(classifier.log_odds(clauses[at])) - best)]
    share = classifier.share_of(read)
    slope = 1 + share * (float(model.slope[at]) - 1)
    told = [(name, slope * weight) for name, weight in weights]
    context = (share * clauses * model.context[:, at]).tolist()
    told += [("calibration" if on == at else f"also told {model.keys[on]}", one) for on, one in enumerate(context)]
    base = slope * base + share * float(model.offset[at])
    if np.isfinite(chances.unlearned[:, at]).any():
        learned = base + sum(weight for _, weight in told)
        told.append(("unlearned phrase", max(0.0, float(classifier.log_odds(chances.told[at])) - learned)))
    return Reason.of("told_as_done", base, told, TOLD)


def _of_clause(read: Read, model: Judge, at: int, row: int) -> Iterator[tuple[str, float]]:
    """What a clause's words and phrases weigh for a sub-item, as `Judge.clause_odds` adds them up."""
    named, own, key = read.named[row], read.own[row], model.keys[at]
    words = [(_plain(name), value * model.weight(name, at)) for name, value in named.items()]
    for nearby in (False, True):
        stems = {name[nearby:]: value for name, value in named.items() if name.startswith("~") == nearby}
        weights = model.meant([*stems], at, nearby)
        words += [
            (_plain("~" * nearby + stem), stems[stem] * weight) for stem, weight in zip(stems, weights, strict=True)
        ]
    yield from words
    total = sum(weight for _, weight in words)
    if total < -classifier.MOST_AGAINST and key in classifier.plainly_told(own, named, classifier.BY_HIM):
        yield "plainly told", -classifier.MOST_AGAINST - total
    yield from ((f"phrase {name}", model.own.get(name, 0.0)) for of, name in own if of == key)


def _plain(name: str) -> str:
    kind, sign = next(
        ((kind, sign) for sign, kind in _rows()["signs"].items() if name.startswith(sign)), ("word", "")
    )
    return f"{kind} {name.removeprefix(sign)}"


def _denied(read: Read, model: Judge, at: int, chances: Chances) -> Reason:
    names = classifier.denials(read.own, model.keys, chances.told, chances.unasserted)[at]
    weights = {name: model.denial.get(name, 0.0) * value for name, value in names.items()}
    base = weights.pop("base")
    told = [(_of_denial(name), weight) for name, weight in weights.items()]
    return Reason.of("told_as_not_done", base, told, DENIED)


def _of_denial(name: str) -> str:
    words = {"told": "told as done", "unasserted": "spoken of", "no phrase": "no phrase", "whole text": "whole text"}
    return words.get(name) or (_plain(name) if name.startswith("under:") else f"phrase {name}")


@cache
def _rows() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("linkage.intake.judge").joinpath("feature_words.toml").read_text(encoding="utf-8"))


def question_in_words(reason: Reason) -> str:
    """What was asked of a fact."""
    return _rows()["questions"][reason.question].format(reason.compared_with)


def feature_in_words(name: str) -> str:
    """A feature; one that no row says stays as it is."""
    words = name.split(" ")
    return _said(words) or (f"{_said(words[1:])} (facts of {words[0]})" if _said(words[1:]) else name)


def _said(words: list[str]) -> str:
    rows = _rows()["features"]
    for count in range(min(_LONGEST, len(words)), 0, -1):
        row = rows.get(" ".join(words[:count]))
        if row:
            rest = " ".join(words[count:])
            rest = f"“{rest[1:]}”" if rest.startswith("=") else _rows()["rest"].get(rest, rest)
            return row.format(rest) if rest else row.removesuffix(": {}")
    return ""
