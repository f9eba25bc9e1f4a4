"""What each preset is for, measured: a preset that does not change its world is no preset."""

from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from linkage.synthetic import World, generate, named_overrides
from linkage.synthetic.geography import distance_km

SIZE = 900


@cache
def world(preset: str, overrides: str = "") -> World:
    return generate(SIZE, 7, named_overrides(overrides) if overrides else None, preset)


def far_share(made: World) -> float:
    """Share of linked pairs of incidents over 50 km apart."""
    places = defaultdict(dict)
    for row in made.truth:
        places[row["offender_id"]][row["incident_id"]] = (row["lat"], row["lon"])
    far = [distance_km(a, b) > 50 for spots in places.values() for a, b in combinations(spots.values(), 2)]
    return sum(far) / len(far)


def near_share(made: World) -> float:
    """Share of pairs of other people's incidents within 10 km."""
    rows = made.truth[::4]
    near = [
        distance_km((a["lat"], a["lon"]), (b["lat"], b["lon"])) < 10
        for a, b in combinations(rows, 2)
        if a["offender_id"] != b["offender_id"]
    ]
    return sum(near) / len(near)


def likeness(made: World) -> float:
    """Mean Jaccard of what linked reports record, over that of others' reports."""
    told = [
        (row["offender_id"], row["incident_id"], set(row["form_behaviours"]) | set(row["text_behaviours"]))
        for row in made.truth[:450]
    ]
    linked, others = [], []
    for (who, one, a), (other, two, b) in combinations(told, 2):
        if one != two and a | b:
            (linked if who == other else others).append(len(a & b) / len(a | b))
    return (sum(linked) / len(linked)) / (sum(others) / len(others))


def told_facts(made: World) -> float:
    """Facts told a report."""
    return sum(bool(value) for row in made.truth for name, value in row.items() if name.startswith("in_")) / SIZE


def same(name: str) -> Callable[[World], float]:
    """Chance that two reports that tell a fact tell the same (Simpson 1949)."""

    def share(made: World) -> float:
        counts = Counter(row[f"told_{name}"] for row in made.truth if row[f"told_{name}"])
        total = sum(counts.values())
        return sum(n * (n - 1) for n in counts.values()) / (total * (total - 1))

    return share


@pytest.mark.parametrize(
    ("preset", "figure", "least", "most"),
    [
        ("solved", likeness, 1.10, 3.0),
        ("travelling", far_share, 1.5, 10.0),
        ("sparse", told_facts, 0.2, 0.7),
        ("adversarial", near_share, 3.0, 100.0),
        ("adversarial", same("model"), 5.0, 100.0),
        ("adversarial", same("colour"), 1.5, 20.0),
        ("adversarial", same("hair_colour"), 1.2, 20.0),
        ("adversarial", same("build"), 1.3, 20.0),
    ],
)
def test_a_preset_s_figure_is_so_many_times_the_default_s(
    preset: str, figure: Callable[[World], float], least: float, most: float
) -> None:
    assert least < figure(world(preset)) / figure(world("default")) < most


def test_text_only_reports_hold_nothing_but_words() -> None:
    for report in world("text_only").reports:
        assert set(report) <= {"report_id", "received", "follows", "narrative"}
    assert {row["form"] for row in world("text_only").truth} == {"text", "alert"}


def test_a_sparse_world_has_more_one_liners() -> None:
    def share(made: World) -> float:
        return sum(row["report_type"] == "third_party" for row in made.truth) / SIZE

    assert share(world("sparse")) > 2 * share(world("default"))


def test_another_town_density_spreads_the_same_trade_over_more_towns() -> None:
    assert near_share(world("default", "other_town_density")) < 0.75 * near_share(world("default"))


def test_the_presets_differ_in_their_reports_and_not_in_their_size() -> None:
    names = ["default", "solved", "travelling", "text_only", "sparse", "adversarial"]
    first: list[Any] = [world(name).reports[:50] for name in names]
    assert all(a != b for a, b in combinations(first, 2))
