"""The numbers of the world: tagged, overridable, and refused with a clear word when unknown."""

import random
import re
from importlib.resources import files

import pytest

from linkage.synthetic import parameters, parse_override, presets
from linkage.synthetic.parameters import Wheel, stream

TAG = re.compile(r"\[(V|S|D|R|M|G)\b")


def test_every_number_carries_its_tag() -> None:
    text = files("linkage.synthetic").joinpath("parameters.toml").read_text(encoding="utf-8")
    covered = False
    for line in text.split("[presets.default]")[0].splitlines():
        if line.startswith("#") or line.startswith("["):
            covered = bool(TAG.search(line)) or covered
        elif not line.strip():
            covered = False
        elif re.search(r"= *[\[{]?[-\d.]", line) and not line.startswith(" "):
            assert covered or TAG.search(line), f"no tag: {line}"


def test_presets_asked_for_are_there() -> None:
    assert presets() == ["default", "solved", "travelling", "text_only", "sparse", "adversarial"]


@pytest.mark.parametrize("preset", presets())
def test_a_preset_is_nothing_but_overrides_of_known_names(preset: str) -> None:
    assert set(parameters(preset)) == set(parameters())


def test_an_override_reaches_its_place_and_leaves_the_file_as_it_is() -> None:
    assert parameters(overrides={"report.typo": 0.5})["report"]["typo"] == 0.5
    assert parameters()["report"]["typo"] != 0.5


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("report.typos", 0.1, "did you mean report.typo"),
        ("nothing.at.all", 1, "no parameter"),
        ("report.typo", "much", "is float, not str"),
        ("mobility.corridors", 3, "is list, not int"),
    ],
)
def test_an_override_that_cannot_be_is_refused(name: str, value: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parameters(overrides={name: value})


def test_an_unknown_preset_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="adversarial"):
        parameters("easy")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("report.typo=0.1", ("report.typo", 0.1)),
        ('world.end = "2023-01-01"', ("world.end", "2023-01-01")),
        ("world.end=2023-13-01x", ("world.end", "2023-13-01x")),
        ("mobility.modes={marauder = 1.0}", ("mobility.modes", {"marauder": 1.0})),
    ],
)
def test_an_override_is_read_from_words(words: str, expected: tuple[str, object]) -> None:
    assert parse_override(words) == expected


def test_an_override_without_a_value_says_how_it_is_written() -> None:
    with pytest.raises(ValueError, match="name=value"):
        parse_override("report.typo")


def test_a_wheel_gives_each_value_its_share() -> None:
    rng = random.Random(1)
    drawn = [Wheel({"often": 3, "rarely": 1, "never": 0}).draw(rng) for _ in range(4000)]
    assert 0.72 < drawn.count("often") / 4000 < 0.78
    assert "never" not in drawn


def test_streams_of_other_names_differ_and_of_the_same_agree() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
