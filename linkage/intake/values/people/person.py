"""Everything a text says about a person, and the normaliser of each field of a reported person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linkage.intake.finding import Finding
from linkage.intake.values.people import clothing, marks, names_used, same_as
from linkage.intake.values.people.looks import build, complexion, eyes, facial_hair, glasses, hair, sex
from linkage.intake.values.people.measures import age, height
from linkage.intake.values.people.origin import accent, ethnicity

NORMALISERS: dict[str, Callable[[str], Any]] = {
    "sex": sex.normalise,
    "age": age.normalise,
    "height": height.normalise,
    "build": build.normalise,
    "ethnicity": ethnicity.normalise,
    "complexion": complexion.normalise,
    "hair": hair.normalise,
    "facial_hair": facial_hair.normalise,
    "eyes": eyes.normalise,
    "glasses": glasses.normalise,
    "accent": accent.normalise,
    "marks": marks.normalise,
    "clothing": clothing.normalise,
    "names_used": names_used.normalise,
}
"""Contract name of a reported person's field -> the function that reads its words (None when they are unusable)."""

_GRAMMARS = (
    sex,
    build,
    hair,
    facial_hair,
    glasses,
    ethnicity,
    complexion,
    accent,
    eyes,
    marks,
    clothing,
    names_used,
    same_as,
)


def find(text: str) -> list[Finding]:
    """What the words of a free text tell of people, whosever it is; numbers are judged first (`judge/numbers`)."""
    return [finding for grammar in _GRAMMARS for finding in grammar.find(text)]
