"""Explanations of series: recomputed by hand from the columns, the sampler's own odds, and the best split."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage import Linker, Report
from linkage.features.set_packing import pack_sets
from linkage.models import cohesion, membership, set_weights
from linkage.models.cohesion import best_split
from linkage.models.explained import Explainer
from linkage.models.lengths import SeriesPrior, series_prior
from linkage.models.partition import Problem, start_from
from linkage.models.sampler import _offers
from linkage.models.series_inference import Constraints
from linkage.models.set_memory import memory
from linkage.models.set_weights import SetWeights
from tests.features.worlds import reports_from
from tests.shared import generated

pytestmark = pytest.mark.usefixtures("few_chains")

SCALE = 0.7
ROUNDED = 0.0005
"""The set kernel goes by pair ratios in whole millibans, the columns by unrounded ones."""


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    """A synthetic world; SYN-000001 and others have follow-ups."""
    return generated(240, seed=4)


@pytest.fixture(scope="module")
def linker(reports: list[Report]) -> Linker:
    """A linker that scaled its evidence as a kept run says."""
    judged = Linker().fit(reports)
    judged.score(reports, top=5)
    return Linker.from_record({**judged.run_record_, "series": {"scale": SCALE}}).take(reports)


@pytest.fixture(scope="module")
def series(reports: list[Report]) -> pd.DataFrame:
    other = Linker().fit(reports)
    return other.cluster(other.score(reports, top=20))


def row_of(linker: Linker) -> dict[str, int]:
    return linker._require().row_of


def by_hand(linker: Linker, rows: Sequence[int]) -> dict[str, float]:
    """log10 of what the rows weigh as one set, by comparison: from the columns, tempered and scaled."""
    scored = linker._require()
    columns = zip(scored.table.names, scored.series_tempers, scored.table.columns, strict=True)
    return {name: SCALE * temper * column.set_weight(list(rows)) for name, temper, column in columns}


def prior_of(linker: Linker) -> SeriesPrior:
    units = len({*linker._require().incident.tolist()})
    return series_prior(units, linker.model_.parameters)


def rounding(members: int) -> float:
    return ROUNDED * members * 2


# A member


def test_a_membership_is_the_difference_of_set_weights_and_the_prior(linker: Linker, reports: list[Report]) -> None:
    rows = row_of(linker)
    names = [report.report_id for report in reports if not report.follows][:5]
    found = linker.explain_membership(names[0], names)
    u, others = rows[names[0]], sorted(rows[name] for name in names[1:])

    whole, rest = by_hand(linker, [*others, u]), by_hand(linker, others)
    for part in found.parts:
        assert part.weight == pytest.approx(whole[part.name] - rest[part.name], abs=rounding(5))
    prior = prior_of(linker)
    joins = prior.log_series[5] - prior.log_series[4] - prior.log_series[1] - prior.log_people
    assert found.prior == pytest.approx(joins / np.log(10), abs=1e-12)
    assert found.scale == SCALE

    fewer = by_hand(linker, others[1:])
    fourth = by_hand(linker, [*others[1:], u])
    prior_3 = (prior.log_series[4] - prior.log_series[3] - prior.log_series[1] - prior.log_people) / np.log(10)
    left_out = {one.reports[0]: one for one in found.members_left_out}
    name = next(name for name in names[1:] if rows[name] == others[0])
    expected = prior_3 + sum(fourth.values()) - sum(fewer.values())
    assert left_out[name].strength == pytest.approx(expected, abs=0.02)
    pair = by_hand(linker, [others[0], u])
    prior_1 = (prior.log_series[2] - 2 * prior.log_series[1] - prior.log_people) / np.log(10)
    assert left_out[name].by_itself == pytest.approx(prior_1 + sum(pair.values()), abs=0.02)


def test_without_a_group_its_parts_are_gone(linker: Linker, series: pd.DataFrame) -> None:
    report = series["report_id"].iloc[0]
    found = linker.explain_membership(report, series)
    for one in found.groups_left_out:
        parts = sum(part.weight for part in found.parts if part.group == one.group)
        assert one.weight == pytest.approx(parts, abs=1e-12)
        assert one.strength == pytest.approx(found.strength - parts, abs=1e-9)
    assert {one.group for one in found.groups_left_out} == {part.group for part in found.parts if part.weight}


def test_the_probabilities_are_the_softmax_of_the_strengths(linker: Linker, series: pd.DataFrame) -> None:
    for report in series["report_id"].iloc[:12]:
        found = linker.explain_membership(report, series)
        chance = {(option.series_id, option.reports): 10**option.strength for option in found.options}
        assert chance[None, ()] == 1.0
        for (series_id, reports), option in zip(chance, found.options, strict=True):
            assert option.probability == pytest.approx(chance[series_id, reports] / sum(chance.values()))
        assert found.best_alternative.series_id != found.series_id
        others = [option.strength for option in found.options if option.series_id != found.series_id]
        assert found.best_alternative.strength == max(others)


def test_the_odds_are_those_that_the_sampler_draws_from(linker: Linker) -> None:
    scored = linker._require()
    groups = np.array([0, 0, 0, 1, 1, 2, 3])  # unit 0 may join what else is in its own series, or three others
    rows = np.arange(10, 17)
    units, table = len(rows), scored.table
    prior = prior_of(linker)
    ends = np.array([b for a in range(units) for b in range(units) if a != b])
    marks = np.random.default_rng(3).integers(1, 2**63, units).astype(np.uint64)
    starts = np.arange(units + 1)
    problem = Problem(
        *(starts, rows, marks, starts * (units - 1), ends, np.arange(1.0, len(ends) + 1)),
        *(np.zeros(units + 1, np.int64), np.zeros(0, np.int64)),
        *(np.zeros(units + 1, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0, np.int64)),
        *(prior.log_series, prior.log_people, SCALE, 120),
    )
    state = start_from(groups, problem)
    state.members[0, :3], state.size[0], state.of[0] = (1, 2, -1), 2, -1
    state.mark[0] ^= marks[0]
    packed = pack_sets([column.set_piece() for column in table.columns], len(scored.rows))
    tempers = scored.series_tempers
    offers, odds, place = np.empty(units + 1, np.int64), np.empty(units + 1), np.full(units, -1)
    room = memory(packed, 120, 100, 100)
    found = _offers(
        *(packed, room, tempers, problem, state, 0, np.zeros(units), offers, odds, place, np.empty(122, np.int64))
    )

    sets = SetWeights(packed, table.evidence, SCALE * tempers, prior, np.arange(len(scored.rows)))
    strength = {str(g): sets.joining(10, [int(r) for r in rows[1:][groups[1:] == g]]).strength for g in range(4)}
    told = {option.series_id: option.probability for option in membership.options_of(strength)}
    assert found == 4
    for offer, chance in zip(offers[:found], odds[:found], strict=True):
        assert told[str(offer)] == pytest.approx(chance, rel=1e-6)


def test_a_neighbour_that_is_in_no_series_is_a_place_too(
    linker: Linker, series: pd.DataFrame, reports: list[Report]
) -> None:
    inside = set(series["report_id"])
    found = [linker.explain_membership(report.report_id, series) for report in reports[:40]]
    lone = [(one.report_id, option) for one in found for option in one.options if option.reports]
    assert lone
    for report, option in lone:
        assert not inside & set(option.reports)
        pair = linker.explain_membership(report, option.reports)
        assert pair.strength == pytest.approx(option.strength)
        assert not any(place.reports for place in pair.options)


def test_without_its_only_other_member_nobody_is_left(linker: Linker, reports: list[Report]) -> None:
    found = linker.explain_membership(reports[0], [reports[0].report_id, "SYN-000020"])
    (one,) = found.members_left_out
    assert one.strength is None
    assert one.by_itself == pytest.approx(found.strength)
    assert found.best_alternative.series_id is None
    assert json.loads(json.dumps(found.to_json()))["members_left_out"][0]["strength"] is None


def test_a_report_in_no_series_is_weighed_against_the_one_it_fits_best(
    linker: Linker, series: pd.DataFrame, reports: list[Report]
) -> None:
    alone = next(report.report_id for report in reports if report.report_id not in set(series["report_id"]))
    found = linker.explain_membership(alone, series)
    best = max(linker.explain_membership(alone, series, name).strength for name in set(series["series_id"]))
    assert found.strength == pytest.approx(best)


def test_reports_of_one_incident_move_together(linker: Linker, reports: list[Report]) -> None:
    follow_up = next(report for report in reports if report.follows)
    others = [report.report_id for report in reports if not report.follows][:4]
    found = linker.explain_membership(follow_up.report_id, [*others, follow_up.follows])
    assert follow_up.follows in found.together
    assert follow_up.follows not in found.members
    assert found.strength == pytest.approx(linker.explain_membership(follow_up.follows, others).strength)


def test_decisions_hold_reports_together_and_bar_series(linker: Linker, series: pd.DataFrame) -> None:
    groups = {name: list(members) for name, members in series.groupby("series_id")["report_id"]}
    (home, members), (other, others) = [
        (name, members) for name, members in groups.items() if len({row_of(linker)[m] for m in members}) > 2
    ][:2]
    report = members[0]
    partner = next(m for m in members if row_of(linker)[m] != row_of(linker)[report])
    held = linker.explain_membership(report, series, constraints=Constraints(must=((report, partner),)))
    assert partner in held.together
    barred = Constraints(cannot=((report, others[0]),))
    assert other not in {
        option.series_id for option in linker.explain_membership(report, series, constraints=barred).options
    }
    assert home == held.series_id


def test_unknown_reports_and_series_are_refused(linker: Linker, series: pd.DataFrame, reports: list[Report]) -> None:
    with pytest.raises(KeyError):
        linker.explain_membership("nobody", series)
    with pytest.raises(KeyError):
        linker.explain_membership(reports[0].report_id, series, "S-nothing")
    with pytest.raises(ValueError, match="no other incident"):
        linker.explain_membership(reports[0].report_id, [reports[0].report_id])
    with pytest.raises(ValueError, match="at least two"):
        linker.explain_series([reports[0].report_id])


# A run's own scale


def test_a_kept_run_explains_as_it_judged(reports: list[Report]) -> None:
    judged = Linker().fit(reports)
    series = judged.cluster(judged.score(reports, top=5))
    again = Linker.from_record(json.loads(json.dumps(judged.run_record_))).take(reports)
    report = series["report_id"].iloc[0]
    assert again.explain_membership(report, series) == judged.explain_membership(report, series)
    newcomer = reports[0].model_copy(update={"report_id": "NEW"})
    assert again.explain_membership(newcomer, series).scale == judged.run_record_["series"]["scale"]


# A series


def test_a_series_is_its_set_weight_and_its_split_the_likeliest_of_all(linker: Linker, reports: list[Report]) -> None:
    rows, prior = row_of(linker), prior_of(linker)
    names = [report.report_id for report in reports if not report.follows][10:15]
    found = linker.explain_series(names)

    def log10(side: Sequence[str]) -> float:
        of_series = (prior.log_series[len(side)] + prior.log_people) / np.log(10)
        return float(of_series) + sum(by_hand(linker, sorted(rows[name] for name in side)).values())

    whole = by_hand(linker, sorted(rows[name] for name in names))
    for part in found.parts:
        assert part.weight == pytest.approx(whole[part.name], abs=rounding(5))
    assert found.strength == pytest.approx(log10(names) - sum(log10([name]) for name in names), abs=0.02)
    splits = [
        ([names[0], *inside], [name for name in names[1:] if name not in inside])
        for chosen in range(15)
        for inside in [[name for bit, name in enumerate(names[1:]) if chosen >> bit & 1]]
    ]
    best = max(splits, key=lambda sides: log10(sides[0]) + log10(sides[1]))
    assert {frozenset(found.split.first), frozenset(found.split.second)} == {frozenset(side) for side in best}
    assert found.split.exact
    assert found.split.strength == pytest.approx(log10(names) - log10(best[0]) - log10(best[1]), abs=0.02)


def test_what_it_falls_apart_without_is_told(linker: Linker, series: pd.DataFrame) -> None:
    for _, members in list(series.groupby("series_id")["report_id"])[:6]:
        found = linker.explain_series(list(members))
        for one in found.members_left_out:
            rest = [name for name in members if name not in one.reports]
            if one.whole is None:
                assert len({row_of(linker)[name] for name in rest}) == 1
            else:
                assert one.whole == pytest.approx(linker.explain_series(rest).split.strength)
        assert set(found.hangs_on) <= {*found.members_left_out, *found.groups_left_out}
        assert all(one.falls_apart == (one.whole is None or one.whole < 0) for one in found.members_left_out)
        plain = json.loads(json.dumps(found.to_json()))
        assert plain["split"]["strength"] == found.split.strength
        assert plain["members_left_out"][0]["falls_apart"] == found.members_left_out[0].falls_apart


def sets_of(drawn: list[Report]) -> SetWeights:
    linker = Linker().take(drawn)
    return Explainer(linker._require(), linker.model_.parameters, 1.0, Constraints())._sets


@pytest.mark.parametrize("seed", range(6))
def test_the_search_finds_what_trying_every_split_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sets = sets_of(reports_from(seed, 9, missing=0.2))
    units = list(range(9))
    exact = best_split(sets, units)
    monkeypatch.setattr(cohesion, "ENUMERATED", 2)
    searched = best_split(sets, units)
    assert {*searched[0], *searched[1]} == set(units)
    assert set(map(frozenset, searched)) == set(map(frozenset, exact))


@settings(max_examples=15)
@given(st.integers(0, 2**32), st.integers(2, 13), st.sampled_from([0.05, 0.4, 0.8]))
def test_the_parts_add_up(seed: int, count: int, missing: float) -> None:
    drawn = reports_from(seed, count, missing)
    linker, names = Linker().take(drawn), [report.report_id for report in drawn]
    whole, member = linker.explain_series(names), linker.explain_membership(names[-1], names)
    for found in (whole, whole.split, member):
        told = found.prior + sum(part.weight for part in found.parts)
        assert told == pytest.approx(found.strength, abs=1e-9)
        assert found.prior + found.weight == pytest.approx(found.strength, abs=1e-9)
    assert sum(option.probability for option in member.options) == pytest.approx(1.0)
    assert {*whole.split.first} | {*whole.split.second} == set(names)
    assert len(whole.split.first) >= len(whole.split.second) > 0


def test_remembered_sets_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = reports_from(1, 9, missing=0.2)
    before = best_split(sets_of(drawn), range(9))
    monkeypatch.setattr(set_weights, "MOST_REMEMBERED", 20)
    sets = sets_of(drawn)
    assert best_split(sets, range(9)) == before
    assert len(sets._remembered) <= 20


def test_the_order_of_the_members_changes_nothing(linker: Linker, series: pd.DataFrame) -> None:
    members = list(series["report_id"][series["series_id"] == series["series_id"].iloc[0]])
    assert linker.explain_series(members) == linker.explain_series(members[::-1])
    assert linker.explain_membership(members[0], members) == linker.explain_membership(members[0], members[::-1])
