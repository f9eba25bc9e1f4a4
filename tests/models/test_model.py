"""The model file: what it keeps, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linkage.features.parameters import elicited
from linkage.models.calibration import Calibration
from linkage.models.model import Model, ModelError


def taught() -> Model:
    learned = elicited().values["build"]["exact"].learned(0.7, 40, 0.6, 0.8)
    return Model(
        elicited().with_value("build", "exact", learned),
        {"place": 0.9},
        -0.1,
        {"place": 1.2},
        Calibration(-0.3, 0.9),
        {"links": 40, "reports": 100},
    )


def test_a_model_is_the_same_after_it_was_written_and_read(tmp_path: Path) -> None:
    taught().save(tmp_path / "m.json")
    assert Model.load(tmp_path / "m.json") == taught()


def test_the_file_can_be_compared_line_by_line(tmp_path: Path) -> None:
    Model().save(tmp_path / "a.json")
    taught().save(tmp_path / "b.json")
    lines = [(tmp_path / name).read_text().splitlines() for name in ("a.json", "b.json")]
    assert len(set(lines[1]) - set(lines[0])) < 16
    assert '    "origin": "learned",' in lines[1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "other"}, "no model"),
        ({"version": 1}, "this program reads"),
        ({"weights": None}, "incomplete or changed"),
        ({"tempers": {"no such group": 0.5}}, "no such group"),
        ({"tempers": {"place": 1.5}}, "not within 0 and 1"),
        ({"offset": "much"}, "incomplete or changed"),
        ({"offset": 10**400}, "incomplete or changed"),
    ],
)
def test_a_file_that_cannot_be_honoured_is_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(json.dumps({**Model().to_json(), **change}))
    with pytest.raises(ModelError, match=says) as refused:
        Model.load(path)
    assert str(path) in str(refused.value)


def test_a_parameter_of_another_version_is_refused() -> None:
    plain = Model().to_json()
    del plain["weights"]["build"]["exact"]
    with pytest.raises(ModelError, match="no exact"):
        Model.from_json(plain)
    plain = Model().to_json()
    plain["weights"]["aura"] = plain["weights"]["build"]
    with pytest.raises(ModelError, match="aura"):
        Model.from_json(plain)


@pytest.mark.parametrize(
    ("evidence", "name", "value", "says"),
    [
        ("build", "consistency", 7.5, "7.5 is not between 0 and 1"),
        ("build", "consistency", 1, "1 is not between 0 and 1"),
        ("phone", "consistency", 0.0, "0.0 is not between 0 and 1"),
        ("behaviour_control", "rho grabs", 1.2, "1.2 is not between 0 and 1"),
        ("marks", "temper", 1.5, "1.5 is not within 0 and 1"),
        ("place", "elsewhere", float("nan"), "nan is no finite number"),
        ("place", "reach 4 km", 0.0, "0.0 is not between 0 and 1"),
        ("gap", "sigma", -1.9, "-1.9 is not over 0"),
        ("gap", "median", float("inf"), "inf is no finite number"),
        ("gap", "median", 10**400, "0 is no finite number"),
        ("build", "exact", "much", "'much' is no finite number"),
        ("build", "exact", True, "True is no finite number"),
        ("series", "stop", None, "None is no finite number"),
    ],
)
def test_a_number_that_no_parameter_can_have_is_refused(
    tmp_path: Path, evidence: str, name: str, value: Any, says: str
) -> None:
    plain = Model().to_json()
    inner = plain["weights"][evidence]
    inner[name] = {**next(iter(inner.values())), "value": value}
    path = tmp_path / "m.json"
    path.write_text(json.dumps(plain))
    with pytest.raises(ModelError, match=says) as refused:
        Model.load(path)
    for words in (str(path), f"weights.{evidence}.{name}", "learn the model anew"):
        assert words in str(refused.value)


@pytest.mark.parametrize("value", [float("nan"), float("-inf")])
def test_an_offset_or_a_bound_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ModelError, match=r"offset: .* no finite number"):
        Model.from_json({**Model().to_json(), "offset": value})
    plain = Model().to_json()
    plain["weights"]["build"]["exact"]["low"] = value
    with pytest.raises(ModelError, match=r"build\.exact: .* no finite number"):
        Model.from_json(plain)


def test_every_number_that_is_shipped_can_be_had() -> None:
    assert Model.from_json(Model().to_json()) == Model()


@pytest.mark.parametrize("words", [b"", b"{", b"\xff\xfe", b"[]"])
def test_garbage_is_refused_with_the_files_name(tmp_path: Path, words: bytes) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(words)
    with pytest.raises(ModelError, match=r"m\.json"):
        Model.load(path)
    with pytest.raises(ModelError, match=r"none\.json"):
        Model.load(tmp_path / "none.json")
