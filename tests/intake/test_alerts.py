"""Which paragraphs of a text are one alert."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.readers.alerts import alert_spans
from tests.rows import each_row

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "published_alerts.txt"


def alerts(text: str) -> list[str]:
    return [text[start:end] for start, end in alert_spans(text)]


@each_row(
    ("text", "count"),
    [
        ("Friday 3 May 2019, Leeds. Male, tall.\n\n4 June 2019, York. Male, short.", 2),
        ("Friday 3 May 2019, Leeds. Male, tall.\n\nHe drove off in a van.\n\nMon 6 May 2019, York. Male.", 2),
        ("Alert 12\n\nFriday 3 May 2019, Leeds. Male.\n\nAlert 13\n\nLeeds. Male.", 2),
        ("3 May 2019, Leeds. Male. No: 456\n\nA tall man came to the flat. No: 457", 2),
        ("3 May 2019, Leeds. Male, tall. No: 4\nMale in a white van. No: 5", 2),
        ("A man in a van took her bag.\n\nA man with a dog spat at a worker.", 2),
        ("A man in a van took her bag.\n\nHe then left.", 1),
        ("Date: 3 May 2019\nPlace: Leeds\nDescription: male, tall", 1),
        ("York city centre, 3 May 2019. Male.\n\nHull docks, 5 May 2019. Male.", 2),
        ("1. Male in a van.\n\n2. Male on foot.", 2),
        ("03/03/2024 - Leeds - a man refused to pay her\n05/03/2024 - York - two men took her phone", 2),
        ("- 03/03/2024 - Leeds - a man refused to pay her\n- 05/03/2024 - York - two men took her phone", 2),
        ("• 3 March 2024: Leeds, a man refused to pay\n• 5 March 2024: York, two men took a phone", 2),
        ("3 May 2024 Leeds, a man refused to pay a worker\n5 May 2024 York, two men took her phone", 2),
        ("03/03/2024 - Leeds - a man refused to pay her\nand left.\n05/03/2024 - York - two men took her phone", 2),
        ("03/03/2024 - he texted me and asked for my address\n05/03/2024 - he came to the flat and hit me", 1),
        ("He came to the flat on\n3 May 2024 and then took her phone and\n4 May 2024 rang her again and again", 1),
        ("", 0),
        ("\n \n", 0),
    ],
)
def test_paragraphs_that_belong_together_stay_together(text: str, count: int) -> None:
    assert len(alerts(text)) == count


@given(st.text(alphabet="aB3 .\n:M", max_size=80))
def test_nothing_but_blank_space_is_lost(text: str) -> None:
    kept = "".join("".join(alerts(text)).split())
    assert kept == "".join(text.split())


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published alerts lie outside the repository")
def test_the_published_alerts_are_two() -> None:
    assert len(alerts(PUBLISHED.read_text(encoding="utf-8"))) == 2
