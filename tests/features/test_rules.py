"""The seven rules that hold everywhere (DESIGN.md), each over every entry of the catalogue."""

from __future__ import annotations

import random
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import MILLIBAN, Evidence
from linkage.features.latent import LatentEvidence
from linkage.features.packing import pack
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.features.words import TokenEvidence
from linkage.linker import Linker, Settings
from linkage.models.prior import LOWEST_TEMPER, honest_temper, log10_odds, probability_of
from linkage.models.scan import HISTOGRAM_LIMIT, HISTOGRAM_STEP, score_block, weight_histogram
from linkage.report import Report
from tests.features.agreements import AGREEMENTS, crowd
from tests.features.worlds import EVIDENCE, every_pair, reports_from, seeds
from tests.rows import each_row

WEIGHTS = elicited()
ROUNDING = 0.5 / MILLIBAN
every_entry = pytest.mark.parametrize("evidence", CATALOGUE, ids=lambda evidence: evidence.name)
few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
fewer = settings(few, max_examples=6)

SENSITIVE = ["ethnicity", "complexion", "accent_other"]
READ_TWICE = [name for name in ("registration", "phone", "account", "speech") if name in EVIDENCE]
OF_THE_INCIDENT = ("hour", "weekday", "sector", "contact_method", "venue")
PEOPLE_OR_VEHICLES = [
    evidence.name
    for evidence in CATALOGUE
    if isinstance(evidence, LatentEvidence) and evidence.name not in OF_THE_INCIDENT
]


def terms(evidence: Evidence) -> int:
    """How many rounded numbers one pair weight may be the sum of."""
    return 130 if evidence.name.startswith("behaviour") else 3


# 1. Unknown is not absent


@every_entry
@few
@given(reports=seeds(2, 6), position=st.integers(0, 6))
def test_a_row_that_says_nothing_weighs_exactly_nothing(
    evidence: Evidence, reports: list[Report], position: int
) -> None:
    at = min(position, len(reports))
    rows = [*reports[:at], Report(report_id="silent"), *reports[at:]]
    column = evidence.fit(rows, WEIGHTS)
    others = [row for row in range(len(rows)) if row != at]
    left, right = np.full(len(others), at), np.array(others)
    kernel, _, _ = score_block(*[pack([column.piece(1.0)], len(rows))] * 2)

    assert not column.known()[at]
    assert (column.pair_weights(left, right) == 0).all()
    assert (column.pair_weights(right, left) == 0).all()
    assert (column.millibans(left, right, 1.0) == 0).all()
    assert (kernel[at, others] == 0).all()
    assert (kernel[others, at] == 0).all()
    assert column.weight(at, others) == pytest.approx(0.0, abs=1e-12)
    assert column.set_weight([at]) == 0
    assert all(column.describe(at, other).says == "not known" for other in others)
    assert all(column.describe(other, at).says == "not known" for other in others)


@every_entry
@few
@given(reports=seeds())
def test_whatever_is_not_known_weighs_nothing_and_is_said_so(evidence: Evidence, reports: list[Report]) -> None:
    column = evidence.fit(reports, WEIGHTS)
    left, right = every_pair(len(reports))
    unknown = ~(column.known()[left] & column.known()[right])

    assert (column.pair_weights(left, right)[unknown] == 0).all()
    assert (column.millibans(left, right, 1.0)[unknown] == 0).all()
    for a, b in zip(left[unknown], right[unknown], strict=True):
        assert column.set_weight([a, b]) == pytest.approx(0.0, abs=1e-12)
        assert column.describe(a, b).says == "not known"


# 2. The parts add up


@fewer
@given(reports=seeds(2, 6), sensitive=st.booleans())
def test_prior_and_parts_add_up_to_the_strength(reports: list[Report], sensitive: bool) -> None:
    linker = Linker(Settings(sensitive=sensitive)).fit(reports)
    pairs = linker.score(reports)
    parts = pairs.filter(regex="^w_")

    assert len(parts.columns) == len(CATALOGUE)
    assert np.abs(parts.sum(axis=1) - pairs["weight"]).max() < 1e-9 if len(pairs) else True
    for a, b in zip(pairs["report_a"], pairs["report_b"], strict=True):
        told = linker.explain(a, b)
        assert abs(told.prior + sum(part.weight for part in told.parts) - told.strength) < 1e-9


@few
@given(reports=seeds(3, 8))
def test_the_table_of_parts_sums_to_the_kernel(reports: list[Report]) -> None:
    table = fit_table(reports, WEIGHTS)
    left, right = every_pair(len(reports))
    total, _, _ = score_block(table.pack(), table.pack())

    assert (table.parts(left, right).sum(axis=1) == total[left, right]).all()


# 3. Symmetric and exchangeable


@every_entry
@few
@given(reports=seeds())
def test_a_pair_weighs_the_same_both_ways_and_is_a_profile_of_one(evidence: Evidence, reports: list[Report]) -> None:
    column = evidence.fit(reports, WEIGHTS)
    left, right = every_pair(len(reports))
    weights = column.pair_weights(left, right)
    sets = [column.set_weight([a, b]) for a, b in zip(left, right, strict=True)]

    assert (weights == column.pair_weights(right, left)).all()
    assert (column.millibans(left, right, 1.0) == column.millibans(right, left, 1.0)).all()
    assert np.abs(weights - sets).max() < 2e-5
    assert np.abs(column.millibans(left, right, 1.0) / MILLIBAN - weights).max() < terms(evidence) * ROUNDING + 1e-9


@every_entry
@few
@given(reports=seeds(3, 7), order=st.randoms(use_true_random=False))
def test_a_set_weighs_the_same_in_whatever_order_it_is_built(
    evidence: Evidence, reports: list[Report], order: random.Random
) -> None:
    column = evidence.fit(reports, WEIGHTS)
    rows = list(range(len(reports)))
    shuffled = order.sample(rows, len(rows))
    built = sum(column.weight(row, shuffled[:at]) for at, row in enumerate(shuffled))

    assert np.isfinite(column.set_weight(rows))
    assert column.set_weight(shuffled) == pytest.approx(column.set_weight(rows), abs=1e-9)
    assert built == pytest.approx(column.set_weight(rows), abs=1e-9)


# 4. Rare agreement counts more


def test_every_entry_has_an_agreement_to_try() -> None:
    assert AGREEMENTS.keys() == EVIDENCE.keys()


@every_entry
def test_the_same_agreement_weighs_more_where_it_is_rarer(evidence: Evidence) -> None:
    weights = []
    for sharers in (2, 32):
        column = evidence.fit(crowd(evidence.name, sharers), WEIGHTS)
        weights.append(float(column.pair_weights(np.array([0]), np.array([1]))[0]))
    rare, common = weights

    assert rare > 0
    assert rare > common


# 5. No double counting


@few
@given(reports=seeds(3, 8), group=st.sampled_from(sorted({e.group for e in CATALOGUE})), share=st.floats(0, 1))
def test_a_temper_scales_its_group_and_nothing_else(reports: list[Report], group: str, share: float) -> None:
    table = fit_table(reports, WEIGHTS, sensitive=True)
    tempered = table.with_tempers({group: share})
    left, right = every_pair(len(reports))
    before, after = table.parts(left, right), tempered.parts(left, right)
    total, _, _ = score_block(tempered.pack(), tempered.pack())

    for at, evidence in enumerate(CATALOGUE):
        if evidence.group == group:
            assert np.abs(after[:, at] - share * before[:, at]).max() <= terms(evidence)
        else:
            assert (after[:, at] == before[:, at]).all()
    assert (after.sum(axis=1) == total[left, right]).all()


@few
@given(reports=seeds())
def test_temper_nought_silences(reports: list[Report]) -> None:
    table = fit_table(reports, WEIGHTS, sensitive=True).with_tempers({entry.group: 0.0 for entry in CATALOGUE})
    parts = table.parts(*every_pair(len(reports)))

    for at, evidence in enumerate(CATALOGUE):
        assert (parts[:, at] == 0).all(), evidence.name
        assert table.column_tempers()[at] == 0, evidence.name


def test_the_honest_temper_brings_evidence_counted_twice_down_to_the_prior() -> None:
    reports = reports_from(7, 150, missing=0.4)
    pieces = [EVIDENCE[name].fit(reports, WEIGHTS).piece(1.0) for name in ("build", "age", "height")]
    packed = pack(pieces * 2, len(reports))
    total, _, _ = score_block(packed, packed)
    weights = total[~np.eye(len(reports), dtype=bool)] / MILLIBAN
    prior = 0.01
    temper = honest_temper(weight_histogram(packed, np.arange(len(reports)), np.arange(len(reports))), prior)

    def expected(scale: float) -> float:
        return float(probability_of(log10_odds(prior) + scale * weights).sum())

    assert expected(1.0) > 1.05 * prior * len(weights)
    assert LOWEST_TEMPER < temper < 1
    assert expected(temper) == pytest.approx(prior * len(weights), rel=0.03)


@given(counts=st.lists(st.integers(0, 1000), min_size=5, max_size=60), prior=st.floats(1e-4, 0.01))
def test_the_honest_temper_never_leaves_more_links_than_the_prior_says(counts: list[int], prior: float) -> None:
    bins = 2 * HISTOGRAM_LIMIT // HISTOGRAM_STEP + 1
    histogram = np.zeros(bins, dtype=np.int64)
    histogram[bins // 2 - 20 : bins // 2 - 20 + len(counts)] = counts
    temper = honest_temper(histogram, prior)
    weights = (np.arange(bins) * HISTOGRAM_STEP - HISTOGRAM_LIMIT + HISTOGRAM_STEP / 2) / MILLIBAN
    expected = histogram @ probability_of(log10_odds(prior) + temper * weights)

    assert LOWEST_TEMPER <= temper <= 1
    assert temper == LOWEST_TEMPER or expected <= prior * histogram.sum() * (1 + 1e-6) + 1e-9


# 6. Sensitive items


def test_the_sensitive_entries_are_these() -> None:
    assert sorted(evidence.name for evidence in CATALOGUE if evidence.sensitive) == sorted(SENSITIVE)


@pytest.mark.parametrize("name", SENSITIVE)
def test_sensitive_evidence_weighs_nothing_unless_asked_for_and_is_still_shown(name: str) -> None:
    reports = [report.model_copy(update={"report_id": f"R{i}"}) for i, report in enumerate(crowd(name, 2)[:60])]
    shown, weights = {}, {}
    for sensitive in (False, True):
        linker = Linker(Settings(sensitive=sensitive)).fit(reports)
        pairs = linker.score(reports)
        assert linker.run_record_["settings"]["sensitive"] is sensitive
        weights[sensitive] = pairs[f"w_{name}"]
        shown[sensitive] = next(part for part in linker.explain("R0", "R1").parts if part.name == name)
        told = linker.explain_membership("R0", ["R1"])
        (joined,) = (part for part in told.parts if part.name == name)
        assert joined.weight == pytest.approx(told.scale * shown[sensitive].weight, abs=0.001)

    assert (weights[False] == 0).all()
    assert weights[True].max() > 0.1
    assert shown[False].weight == 0
    assert shown[True].weight > 0
    for part in shown.values():
        assert (part.sensitive, part.says) == (True, "agrees")
        assert part.words_a == part.words_b != "not known"


@few
@given(reports=seeds())
def test_sensitive_evidence_never_reaches_the_sum_by_default(reports: list[Report]) -> None:
    table = fit_table(reports, WEIGHTS)
    left, right = every_pair(len(reports))

    for name in SENSITIVE:
        assert (table.parts(left, right)[:, table.names.index(name)] == 0).all()
        assert table.column_tempers()[table.names.index(name)] == 0


@each_row(
    ("accent", "name"),
    [
        ("liverpool", "accent"), ("black country", "accent"), ("northern irish", "accent"),
        ("romanian", "accent_other"), ("middle eastern", "accent_other"), ("multicultural london", "accent_other"),
        ("an accent nobody listed", "accent_other"),
    ],
)  # fmt: skip
def test_an_accent_counts_openly_only_when_it_is_of_the_british_isles(accent: str, name: str) -> None:
    report = Report.model_validate({"report_id": "R", "suspects": [{"accent": [accent]}]})
    known = [entry for entry in ("accent", "accent_other") if EVIDENCE[entry].fit([report], WEIGHTS).known()[0]]

    assert known == [name]


# 7. Several people or vehicles


@pytest.mark.parametrize("name", [*PEOPLE_OR_VEHICLES, *READ_TWICE])
@few
@given(seed=st.integers(0, 2**32))
def test_of_several_the_best_agreeing_speaks_less_the_tries(name: str, seed: int) -> None:
    alone = [report for report in reports_from(seed, 12, missing=0.05) if _tries(name, report) == 1]
    pairs = list(combinations(range(len(alone)), 2))
    joined = [_joined(alone[first], alone[second]) for first, second in pairs]
    column = EVIDENCE[name].fit([*alone, *joined], WEIGHTS)
    known = column.known()
    for one in np.flatnonzero(known[: len(alone)]):
        for at, (first, second) in enumerate(pairs):
            if one in (first, second) or not (known[first] and known[second]):
                continue
            weights = column.pair_weights(np.full(3, one), np.array([first, second, len(alone) + at]))
            best, both = max(weights[:2]), weights[2]
            tries = _tries(name, joined[at])
            assert both <= best + 2 * ROUNDING
            assert both >= best - np.log10(tries) - 2 * ROUNDING


@pytest.mark.parametrize(
    "name", [e.name for e in CATALOGUE if isinstance(e, TokenEvidence) and e.name != "narrative"]
)
def test_a_second_person_or_vehicle_who_shares_no_word_never_helps(name: str) -> None:
    rows = crowd(name, 2)
    other = rows[2]
    column = EVIDENCE[name].fit([*rows, _joined(rows[1], other)], WEIGHTS)
    alone, joined = column.pair_weights(np.array([0, 0]), np.array([1, len(rows)]))

    assert joined <= alone


def _joined(one: Report, other: Report) -> Report:
    return one.model_copy(
        update={
            "report_id": "both",
            "suspects": one.suspects + other.suspects,
            "vehicles": one.vehicles + other.vehicles,
            "identifiers": one.identifiers + other.identifiers,
            "speech": one.speech + other.speech,
        }
    )


def _tries(name: str, report: Report) -> int:
    evidence = EVIDENCE[name]
    if isinstance(evidence, LatentEvidence):
        return len(evidence.read(report))
    held = {
        "registration": {vehicle.registration for vehicle in report.vehicles if vehicle.registration},
        "phone": {item.value for item in report.identifiers if item.kind == "phone"},
        "account": {item.value for item in report.identifiers if item.kind != "phone"},
        "speech": set(report.speech),
    }
    return len(held[name])
