"""First names of the list, in any case."""

from __future__ import annotations

from linkage.intake.mentions import is_given_name


def test_a_first_name_is_known_in_any_case_and_a_word_is_none() -> None:
    assert [is_given_name(word) for word in ("Lisa", "PAUL", "alex", "shogun")] == [True, True, True, False]
