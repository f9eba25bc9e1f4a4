"""The sector a report tells of, and what sharing it weighs."""

from __future__ import annotations

import numpy as np

from linkage.features import sector
from linkage.features.parameters import elicited
from linkage.features.sector import sector_of
from linkage.report import Contact, Report
from linkage.vocabulary import load
from tests.factories import incident
from tests.features.worlds import EVIDENCE


def test_sectors_name_contact_methods_and_venues_that_the_vocabulary_has() -> None:
    vocabularies = {"contact": load("contact_methods").entries, "venue": load("venues").entries}
    for step in sector._steps():
        named = {value for name, values in step.items() if name != "field" for value in values}
        assert named <= vocabularies[step["field"]].keys()
    assert sector_of(Report(report_id="A", contact=Contact(method="returning"))) is None


def test_a_booking_and_the_hotel_it_led_to_are_of_one_sector_and_the_rarer_sector_weighs_more() -> None:
    indoor = [incident(contact="website"), incident(venue="hotel")]
    parlour = [incident(venue="massage parlour"), incident(contact="walked in off the street")]
    others = [incident(venue="street") for _ in range(6)]
    column = EVIDENCE["sector"].fit([*indoor, *parlour, *others, incident()], elicited())
    one, other = np.array([0, 2, 0, 0]), np.array([1, 3, 2, 10])
    shared, rare, apart, unknown = column.pair_weights(one, other)

    assert rare > shared > 0 > apart
    assert unknown == 0.0
