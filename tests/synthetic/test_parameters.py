"""The numbers of the world: tagged, overridable, and refused with a clear word when unknown."""

import random
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import pytest

from linkage.synthetic import generate, named_overrides, parameters, parse_override, presets
from linkage.synthetic.checks import checked
from linkage.synthetic.parameters import Wheel, read_table, stream

TAG = re.compile(r"\[(V|S|D|R|M|G)\b")


def test_every_number_carries_its_tag() -> None:
    text = files("linkage.synthetic").joinpath("parameters.toml").read_text(encoding="utf-8")
    covered = False
    for line in text.split("[limits]")[0].splitlines():
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


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every parameter of the file by its dotted name."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


LEAVES = list(leaves(parameters()))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("report.typos", 0.1, "did you mean report.typo"),
        ("nothing.at.all", 1, "no parameter"),
        ("limits.positive", [], "no parameter"),
        ("report.typo", "much", "'much' is a text; it has to be a number"),
        ("report.typo", 1.5, "has to be at least 0 and at most 1"),
        ("report.typo", -0.1, "has to be at least 0"),
        ("report.typo", float("nan"), "has to be at least 0"),
        ("report.typo", True, "is true or false"),
        ("behaviour.themes", 2.5, "whole number"),
        ("offenders.age_sd", 0, "above 0"),
        ("offenders.age_limits", [70, 18], "least above its most"),
        ("offenders.age_limits", [18], "two numbers"),
        ("mobility.corridors", 3, "is a number; it has to be a list"),
        ("mobility.corridors", [["Leeds", "Atlantis"]], "'Atlantis' is not a town"),
        ("vehicle.fleet", [["Ford", "Ka", "spaceship", 1.0]], "unknown body"),
        ("vehicle.fleet", [["Ford", "Ka"]], "[make, model, body, weight]"),
        ("world.end", "yesterday", "is no date"),
        ("mobility.modes", {"marauder": 1.0, "flyer": 1.0}, "unknown key 'flyer'"),
        ("mobility.modes", {"marauder": 0.0}, "needs at least one weight above 0"),
        ("report.keep", {"full": 0.5}, "needs partial, third_party, follow_up too"),
        ("region_share", {"Mordor": 0.5}, "unknown key 'Mordor'"),
        ("report", {"typo": 0.1}, "set them one by one"),
        ("behaviours.kicks.domain", "karate", "is no domain"),
        ("offence.rape.by", ["karate"], "'karate' is not one of"),
    ],
)
def test_an_override_that_cannot_be_is_refused(name: str, value: object, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parameters(overrides={name: value})


def test_weights_that_are_taken_away_one_by_one_leave_a_clear_word() -> None:
    with pytest.raises(ValueError, match=re.escape("'report.channel': needs at least one weight above 0")):
        parameters(overrides={f"report.channel.{name}": 0.0 for name in ("form", "words", "both")})


def test_every_parameter_can_be_set_to_what_it_is_and_to_nothing_of_another_kind() -> None:
    assert list(leaves(parameters(overrides=dict(LEAVES)))) == LEAVES
    tables, words = read_table("parameters.toml"), read_table("words.toml")
    for name, value in LEAVES:
        for wrong in (None, {}, [], float("inf"), 3 if isinstance(value, str) else "much"):
            with pytest.raises(ValueError, match=re.escape(repr(name))):
                checked(tables, words, name, wrong)


@pytest.mark.parametrize("extreme", [0.0, 1.0])
@pytest.mark.parametrize("section", ["report", "narrative", "missing", "place", "witness", "offenders", "time"])
def test_a_world_can_be_made_with_every_share_of_a_section_at_its_end(section: str, extreme: float) -> None:
    overrides = {}
    for name, value in LEAVES:
        if name.startswith(f"{section}.") and name.count(".") == 1 and isinstance(value, float):
            try:
                parameters(overrides={name: extreme})
            except ValueError:
                continue
            overrides[name] = extreme
    assert overrides
    assert len(generate(6, 3, overrides).reports) == 6


def test_named_overrides_are_known_parameters() -> None:
    assert parameters(overrides=named_overrides("other_town_density")) != parameters()
    with pytest.raises(ValueError, match="other_town_density"):
        named_overrides("no_towns")


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


def test_a_name_that_is_none_says_what_may_be_meant() -> None:
    for name, near in (("tpyo", "did you mean report.typo?"), ("nix", "names begin with behaviour, ")):
        with pytest.raises(ValueError, match=re.escape(near)):
            parameters(overrides={name: 3})
