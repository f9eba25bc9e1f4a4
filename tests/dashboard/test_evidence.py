"""What a pair's table shows of plates, phones and accounts before anybody asks for them."""

from __future__ import annotations

import pytest

from dashboard.parts.evidence import part_words
from linkage import Linker, Report

HELD = {
    "registration": {"vehicles": [{"registration": "AB12CDE"}]},
    "phone": {"identifiers": [{"kind": "phone", "value": "07700900123"}]},
    "account": {"identifiers": [{"kind": "email", "value": "invented@example.org"}]},
}
WHOLE = {"registration": "AB12CDE", "phone": "07700900123", "account": "invented@example.org"}


@pytest.mark.parametrize("name", HELD)
def test_an_identifier_is_masked_until_asked_for(name: str) -> None:
    pair = [Report.model_validate({"report_id": one, **HELD[name]}) for one in ("A", "B")]
    part = next(part for part in Linker().take(pair).explain("A", "B").parts if part.name == name)

    assert WHOLE[name] in part.words_a
    assert all(WHOLE[name] not in words and words != "not known" for words in part_words(part))
