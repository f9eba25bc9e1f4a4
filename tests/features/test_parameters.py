"""A parameter that nobody declared is asked for in words that say where it goes."""

from __future__ import annotations

import pytest

from linkage.features.parameters import elicited


def test_a_parameter_that_is_not_declared_says_where_to_declare_it() -> None:
    with pytest.raises(KeyError, match="ring has no consistency: give its value, tag and source"):
        elicited().get("ring", "consistency")
    with pytest.raises(KeyError, match="sex has no shine"):
        elicited().get("sex", "shine")
