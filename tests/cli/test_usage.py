"""A slip on the command line is told in one line: option, value and cure."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Call


@pytest.fixture(autouse=True)
def traced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_DEBUG", "1")  # a slip is no fault of the program's: there is nothing to trace


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("link --top 0", "--top 0: it has to be at least 1; see linkage link --help"),
        ("link --top=few", "--top few: it has to be a whole number; see linkage link --help"),
        ("link --train nowhere.csv", "--train nowhere.csv: there is no such file; check the path"),
        ("link --top", "Option '--top' requires an argument; see linkage link --help"),
        ("dashboard --port 70000", "--port 70000: it has to be at most 65535; see linkage dashboard --help"),
        ("dashboard --port 1 --port 70000", "--port 70000: it has to be at most 65535; see linkage dashboard --help"),
        ("synth --reports many", "--reports many: it has to be a whole number; see linkage synth --help"),
        ("evaluate nowhere.csv", "REPORTS nowhere.csv: there is no such file; check the path"),
        ("evaluate .", "REPORTS .: this is a folder; name a file in it"),
        ("explain a b --reports no.csv", "--reports no.csv: there is no such file; check the path"),
        ("import", "Missing argument 'FILE...'; see linkage import --help"),
        ("frobnicate", "No such command 'frobnicate'; see linkage --help"),
        ("gazetteer frobnicate", "No such command 'frobnicate'; see linkage gazetteer --help"),
    ],
)
def test_a_slip_on_the_command_line_is_one_line(call: Call, words: str, told: str) -> None:
    assert call(*words.split()) == (2, "", f"linkage: {told}\n")


def test_an_option_that_is_not_known_names_those_like_it(call: Call) -> None:
    code, out, err = call("link", "--tp", "3")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("linkage: No such option: --tp")
    assert "--top" in err


@pytest.mark.parametrize("words", [("--help",), ("link", "-h"), ("gazetteer", "--help")])
def test_help_stays_as_it_is(call: Call, words: tuple[str, ...]) -> None:
    code, out, err = call(*words)
    assert (code, err, "Usage: linkage" in out) == (0, "", True)


@pytest.mark.parametrize("words", [(), ("gazetteer",)])
def test_without_a_command_the_help_is_shown_alone(call: Call, words: tuple[str, ...]) -> None:
    code, out, err = call(*words)
    assert (code, err, "Usage: linkage" in out) == (2, "", True)
