"""Tables as HTML: what lines up with what."""

from __future__ import annotations

from dashboard.parts.tables import Number, table_html


def test_the_head_of_a_column_of_numbers_lines_up_with_them_and_no_other_does() -> None:
    drawn = table_html(
        "Counts", ["What", "Number", "Mixed"], [["a", Number("1"), Number("2")], ["b", Number("3"), ""]]
    )
    assert '<th scope="col" class="lk-number">Number</th>' in drawn
    assert '<th scope="col">Mixed</th>' in drawn
    assert '<th scope="col">Number</th>' in table_html("None", ["Number"], [])
