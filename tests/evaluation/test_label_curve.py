"""Few labels never worsen the linkage beyond noise, and without any it is sane."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from linkage.evaluation.conditions import Labelled, made_world
from linkage.evaluation.label_curve import (
    Point,
    label_curve,
    suggested,
    with_decisions,
    with_links,
    with_series,
)
from linkage.evaluation.truth import evaluated_pairs

FEW = 20


@cache
def learned() -> Labelled:
    return made_world(300, 32)


@cache
def points() -> list[Point]:
    return list(label_curve([with_links(learned(), FEW)], made_world(300, 31), seed=0, replicates=100))


def test_without_labels_the_engine_is_no_worse_than_distance_and_days_untrained() -> None:
    untrained, bare, _ = points()
    assert (untrained.links, bare.links) == (None, 0)
    assert bare.figures["auprc"].value >= untrained.figures["auprc"].value


def test_without_labels_at_most_twice_as_many_pairs_as_there_are_links_are_said_over_a_half() -> None:
    bare = points()[1]
    assert bare.likely is not None
    assert 0 < bare.likely <= 2 * bare.true


@pytest.mark.parametrize("figure", ["auprc", "recall_at_10"])
def test_few_labels_do_not_worsen_the_result_beyond_noise(figure: str) -> None:
    few = points()[2]
    assert few.links is not None
    assert 0.8 * FEW <= few.links <= FEW
    assert few.figures[figure].change_high >= -0.01  # the noise between two worlds (docs/decisions/0054)


def test_few_labels_do_not_collapse_either() -> None:
    few = points()[2]
    assert few.likely is not None
    assert few.likely <= 2 * few.true
    assert 0.5 < few.figures["expected_links_all"].value < 2


@pytest.mark.parametrize("wanted", [0, 1, 20, 10_000])
def test_labels_are_kept_of_whole_series_and_every_report_stays(wanted: int) -> None:
    world = learned()
    taught = with_links(world, wanted, seed=1)
    known, links = taught.world, taught.links
    assert known.reports == world.reports
    kept = Counter(known.truth.person.values())
    everybody = Counter(world.truth.person.values())
    assert {person: everybody[person] for person in kept} == kept
    assert links <= wanted
    if links:
        assert evaluated_pairs(known.reports, known.truth).linked.sum() >= links


def test_all_links_are_kept_where_enough_are_asked_for() -> None:
    world = learned()
    taught = with_links(world, 10_000)
    known, links = taught.world, taught.links
    incidents = {(person, world.truth.incident[name]) for name, person in world.truth.person.items()}
    sizes = Counter(person for person, _ in incidents).values()
    assert links == sum(size * (size - 1) // 2 for size in sizes)
    assert len(set(known.truth.person.values())) == sum(size > 1 for size in sizes)


@pytest.mark.parametrize("wanted", [0, 3])
def test_so_many_series_are_known_and_each_is_whole(wanted: int) -> None:
    world = learned()
    known = with_series(world, wanted, seed=1).world
    everybody = Counter(world.truth.person.values())
    kept = Counter(known.truth.person.values())
    assert len(kept) == wanted
    assert {person: everybody[person] for person in kept} == kept


def test_decisions_teach_the_links_among_what_was_suggested_and_nothing_else() -> None:
    world = learned()
    pairs = suggested(world)[:60]
    taught = with_decisions(world, pairs)
    assert taught.world.reports == world.reports
    asked = {name for pair in pairs for name in pair}
    assert set(taught.world.truth.person) <= asked
    for a, b in pairs:
        series = taught.world.truth.person
        assert (a in series and series.get(a) == series.get(b)) == (world.truth.person[a] == world.truth.person[b])
    assert with_decisions(world, []).links == 0
