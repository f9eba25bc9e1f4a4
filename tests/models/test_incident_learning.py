"""What tells of one incident is learned from `follows`, which is hidden while it is."""

from __future__ import annotations

from linkage.intake.incidents.comparison import IncidentModel
from linkage.models.incident_learning import FEWEST, HIDDEN, learn_incidents
from linkage.report import Report
from tests.factories import incident


def told_twice(count: int, second_hour: str) -> list[Report]:
    """Incidents in one town, each told a second time with another clock time."""
    found = []
    for number in range(count):
        day = f"{1 + number % 28} {['May', 'June', 'July'][number % 3]} 2019"
        found.append(
            incident(report_id=f"A{number}", date=f"{day}, 10 pm", town="Leeds", vehicle="silver Ford Focus")
        )
        found.append(
            incident(report_id=f"B{number}", follows=f"A{number}", date=f"{day}, {second_hour}", town="Leeds")
        )
        found.append(incident(report_id=f"C{number}", date=f"{day}, 3 am", town="Bradford"))
    return found


def test_too_few_pairs_teach_nothing() -> None:
    assert learn_incidents(told_twice(FEWEST - 1, "10 pm")) == IncidentModel()
    assert learn_incidents([]) == IncidentModel()


def test_where_second_accounts_err_about_the_hour_it_counts_less_against_them() -> None:
    learned = learn_incidents(told_twice(30, "2 am"))

    assert learned.pairs >= 25
    assert IncidentModel().weights["clock_apart"] < learned.weights["clock_apart"] <= 0.0
    assert all(learned.weights[name] == IncidentModel().weights[name] for name in HIDDEN)


def test_a_learned_model_comes_back_from_its_file() -> None:
    learned = learn_incidents(told_twice(30, "10 pm"))

    assert IncidentModel.from_json(learned.to_json()) == learned
