"""Weights learned from labelled series: they move towards the labels, and stay where few speak."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from linkage.features.catalogue import CATALOGUE
from linkage.features.parameters import Parameters, elicited
from linkage.features.place import shares_of
from linkage.features.table import TableReadings
from linkage.linker import Linker
from linkage.models.labels import DEALS, halves, labelled_links, learned_partners, thinned
from linkage.models.learning import learn_parameters
from linkage.models.training import train
from linkage.report import Behaviours, Place, Report
from tests.factories import incident

BUILDS = ["slim", "medium", "athletic", "muscular", "stocky", "large"]


def people(steady: bool, series: int) -> list[Report]:
    """Two reports of each of `series` people whose build is told alike both times, or at random."""
    generator = np.random.default_rng(3)
    reports = []
    for person in range(series):
        first = generator.integers(len(BUILDS))
        second = first if steady else generator.integers(len(BUILDS))
        reports += [incident(build=BUILDS[i], series=f"P{person}") for i in (first, second)]
    return reports


def learned(reports: list[Report], kind: str = "build") -> Parameters:
    links = labelled_links([report.series for report in reports], list(range(len(reports))))
    kinds = [one for one in CATALOGUE if one.name == kind]
    return learn_parameters(TableReadings(reports), links, kinds, elicited(), lambda _done, _total: None)


def around(homes: int, each: int, people: int) -> list[Report]:
    """Reports of people who each have as many homes as told, far apart, and attack within a kilometre of one."""
    generator = np.random.default_rng(5)
    reports = []
    for person in range(people):
        for _ in range(homes):
            home = Place(lat=generator.uniform(51.0, 54.5), lon=generator.uniform(-3.0, 0.0))
            for _ in range(each):
                lat, lon = (home.lat or 0) + generator.normal(0, 0.005), (home.lon or 0) + generator.normal(0, 0.008)
                found = incident(series=f"P{person}")
                reports.append(found.model_copy(update={"place": Place(lat=lat, lon=lon, radius_m=100.0)}))
    return reports


def test_labelled_links_leave_out_pairs_of_one_incident() -> None:
    links = labelled_links(["P1", "P1", "P1", "P2", None], [0, 0, 1, 2, 3])
    assert list(zip(links.left, links.right, strict=True)) == [(0, 2), (1, 2)]


def test_a_series_of_three_counts_as_two_links() -> None:
    links = labelled_links(["P1", "P1", "P1"], [0, 1, 2])
    assert links.share.sum() == pytest.approx(2.0)


def test_linked_series_have_two_incidents_at_least() -> None:
    assert labelled_links(["P1", "P1", "P2", "P2", "P3", None], [0, 1, 2, 2, 3, 4]).series == ((0, 1),)


def test_people_described_alike_teach_more_consistency_than_people_described_at_random() -> None:
    steady = learned(people(steady=True, series=80)).get("build", "consistency")
    passing = learned(people(steady=False, series=80)).get("build", "consistency")
    assert passing < elicited().get("build", "consistency") < steady


def test_two_labelled_people_hardly_move_a_parameter() -> None:
    few = learned(people(steady=False, series=2)).values["build"]["consistency"]
    many = learned(people(steady=False, series=80)).values["build"]["consistency"]
    default = elicited().get("build", "consistency")
    assert abs(few.value - default) < abs(many.value - default)
    assert (few.origin, few.n) == ("learned", 2)
    assert few.low is not None
    assert few.high is not None
    assert few.low <= few.value <= few.high


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rows", [["P1", "P1"], ["P1", "P1", "P1"], ["P1", "P1", None], ["P1", "P1", "P2", "P2"]])
def test_the_fewest_labels_are_learned_from_without_a_warning(rows: list[str | None]) -> None:
    builds = [incident(build=BUILDS[at], series=label) for at, label in enumerate(rows)]
    model = train(builds)
    assert model.learned
    default = elicited().get("build", "consistency")
    assert model.parameters.get("build", "consistency") == pytest.approx(default, rel=0.2)


def test_a_domain_of_which_no_linked_pair_tells_stays_elicited() -> None:
    scale = train(people(steady=True, series=4)).parameters.values["behaviour_control"]["scale"]
    assert scale == elicited().values["behaviour_control"]["scale"]


def test_own_words_go_into_the_model_only_when_they_are_told_of_many_people() -> None:
    def told(words: str, people: int) -> list[Report]:
        present = Behaviours(present=[words])
        rows = [incident(series=f"{words} {person}") for person in range(people) for _ in range(2)]
        return [report.model_copy(update={"behaviours": present}) for report in rows]

    model = train([*told("hums a tune", 10), *told("counts the steps", 9), *told("asks for a receipt", 1)])
    plain = str(model.to_json())
    assert model.parameters.values["behaviour_other"]["rho hums a tune"].n == 10
    assert "counts the steps" not in plain
    assert "asks for a receipt" not in plain


def test_a_person_of_two_homes_teaches_that_he_strikes_near_one_of_them() -> None:
    """Three in five of his pairs lie far apart, yet of six reports only one lies far from all others before it."""
    shares, elsewhere = shares_of(learned(around(homes=2, each=3, people=20), "place"))
    assert elsewhere + shares[-1] == pytest.approx(1 / 6, abs=0.06)


def test_what_no_labelled_link_knows_stays_elicited() -> None:
    reports = [incident(build="slim", series="P1"), incident(series="P1")]
    assert learned(reports).values["build"]["consistency"].origin == "elicited"


def test_partners_follow_full_labels_and_stay_within_what_partial_labels_allow() -> None:
    full = [f"P{i // 2}" for i in range(2000)]
    assert learned_partners(full, labelled_links(full, range(2000)), 2.65) == pytest.approx(1.15, abs=0.01)
    partial = [*full[:20], *[None] * 1980]
    assert learned_partners(partial, labelled_links(partial, range(2000)), 2.65) == pytest.approx(2.51, abs=0.01)


def test_a_record_brings_back_the_weights_of_its_run() -> None:
    reports = people(steady=True, series=20)
    taught = Linker().fit(reports)
    taught.score(reports)
    again = Linker.from_record(taught.run_record_).take(reports)
    a, b = reports[0].report_id, reports[1].report_id
    assert taught.model_.parameters.get("build", "consistency") != elicited().get("build", "consistency")
    assert again.explain_alone(a, b) == taught.explain_alone(a, b)


def test_known_series_are_never_evidence() -> None:
    told = people(steady=True, series=20)
    untold = [report.model_copy(update={"series": None}) for report in told]
    scored = Linker().score(told), Linker().score(untold)
    assert scored[0].equals(scored[1])


def test_learning_keeps_whole_series_and_an_even_share_of_the_rest() -> None:
    reports = [incident(report_id=f"R{i:04}", series=f"P{i // 2}" if i < 100 else None) for i in range(1000)]
    kept = thinned(reports, most=200)
    assert len(kept) == 200
    assert sum(report.series is not None for report in kept) == 100
    few = thinned(reports, most=100)
    labels = [report.series for report in few if report.series]
    assert len(labels) == 2 * len(set(labels)) == 50


@pytest.mark.parametrize("deal", range(len(DEALS)))
def test_halves_share_no_series_and_have_alike_many_of_each_size(deal: int) -> None:
    sizes = [2, 3, 2, 3, 4, 4, 2, 2]
    told = [incident(series=f"P{person}") for person, size in enumerate(sizes) for _ in range(size)]
    one, other = halves([*told, *(incident() for _ in range(12))], deal)
    labels = [{report.series for report in half if report.series} for half in (one, other)]
    assert not labels[0] & labels[1]
    assert abs(len(one) - len(other)) <= 2


def test_every_two_series_in_a_round_share_a_half_in_one_of_the_ways_to_deal() -> None:
    told = [incident(series=f"P{person}") for person in range(4) for _ in range(2)]
    shared = Counter(
        tuple(sorted({report.series for report in half if report.series}))
        for deal in range(len(DEALS))
        for half in halves(told, deal)
    )
    assert shared == Counter(dict.fromkeys(combinations([f"P{person}" for person in range(4)], 2), 1))
