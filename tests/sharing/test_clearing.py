"""What of a report may leave: values that are plain, places that are public or coarse, and nothing else."""

from __future__ import annotations

import pytest

from linkage.report import Behaviours, Identifier, Person, Place, Report
from linkage.sharing.clearing import WITHHELD, cleared
from tests.rows import each_row
from tests.sharing.world import marked


def place_of(**given: object) -> Place:
    return cleared(Report(report_id="R1", place=Place(**given)), "N").report.place  # type: ignore[arg-type]


INDOORS = {"text": "7 Mill Lane, Leeds", "town": "Leeds", "postcode": "LS1 4AB", "lat": 53.79648, "lon": -1.54785}


def test_an_open_place_stays_as_exact_as_it_is_known() -> None:
    given = {**INDOORS, "venue": "street", "precision": "street", "radius_m": 100.0}
    assert place_of(**given) == Place(**given)  # type: ignore[arg-type]


@each_row("words", ["car park by my house, Mill Lane", "outside her flat", "Mill Lane, my name is Petra Novak"])
def test_an_open_place_that_is_named_as_somebodys_own_is_made_coarse(words: str) -> None:
    found = place_of(**INDOORS | {"text": words}, venue="car_park", precision="address")
    assert (found.text, found.postcode, found.lat, found.precision) == ("Leeds, LS1", "LS1", 53.8, "district")


def test_an_identifier_that_is_an_account_of_somebody_stays() -> None:
    given = [
        Identifier(kind="phone", value="07700900123"),
        Identifier(kind="username", value="dave_leeds88"),
        Identifier(kind="username", value="mepetranovak07700900888"),
        Identifier(kind="other", value="i am olga smith my number 07700 900 777"),
    ]
    found = cleared(Report(report_id="R1", identifiers=given), "N")
    assert found.report.identifiers == given[:2]
    assert found.dropped == 2


@pytest.mark.parametrize("venue", ["flat", "own_home", "parlour", None])
def test_a_place_that_may_be_private_is_given_by_town_and_district(venue: str | None) -> None:
    found = place_of(**INDOORS, venue=venue, precision="address", radius_m=30.0)
    assert (found.text, found.postcode, found.precision) == ("Leeds, LS1", "LS1", "district")
    assert (found.lat, found.lon, found.radius_m) == (53.8, -1.55, 1500)


def test_a_private_place_that_only_its_address_names_says_so_and_an_unknown_one_stays_unknown() -> None:
    assert place_of(text="7 Mill Lane", precision="street").text == WITHHELD
    assert place_of().text is None


def test_values_that_are_no_plain_ones_are_dropped_and_counted() -> None:
    report = Report(
        report_id="R1",
        behaviours=Behaviours(present=["kicks", "he pushed me over the sofa"]),
        suspects=[Person(marks=["scar on chin", "he had a scar which I saw when the light came on"], other="limps")],
        speech=["my name is Katie and I live at 7 Mill Lane", "keep quiet"],
    )
    found = cleared(report, "N")
    assert found.report.behaviours.present == ["kicks"]
    assert found.report.suspects == [Person(marks=["scar on chin"])]
    assert "keep quiet" in found.report.speech
    assert found.dropped >= 3


def test_what_was_read_less_surely_leaves_as_such_and_what_is_only_hinted_at_stays() -> None:
    said = Behaviours(present=["kicks", "spits"], probability={"spits": 0.4, "bites": 0.2})
    assert cleared(Report(report_id="R1", behaviours=said), "N").report.behaviours == Behaviours(
        present=["kicks", "spits"], probability={"spits": 0.4}
    )


def test_a_cleared_report_holds_only_what_is_named() -> None:
    plain = cleared(Report.model_validate(marked(1)), "N").report
    assert plain.report_id == "N"
    for name in ("follows", "received", "narrative", "series"):
        assert getattr(plain, name) is None
    assert (plain.warnings, plain.raw, plain.spans, plain.place.raw) == ([], {}, {}, {})
    assert plain.source == type(plain.source)()
    assert plain.consent == type(plain.consent)()
