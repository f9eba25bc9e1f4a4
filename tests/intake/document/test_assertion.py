"""How words are told: the rows of `context_cues.toml`, and how far each reaches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.document.assertion import governed
from linkage.intake.document.words import read
from linkage.vocabulary import load
from tests.rows import each_row


def kinds(text: str, word: str) -> frozenset[str]:
    words = read(text)
    return governed(words)[words.forms.index(word)]


@each_row(
    ("text", "word", "kind"),
    [
        ("He did not hit her.", "hit", "negated"),
        ("A knife was not used.", "knife", "negated"),
        ("He tried to strangle her.", "strangle", "attempted"),
        ("He threatened to stab her.", "stab", "threatened"),
        ("He wanted to film it.", "film", "hypothetical"),
        ("He nearly hit her.", "hit", "nearly"),
        ("She heard that he robs people.", "robs", "hearsay"),
        ("He had hit workers before.", "hit", "hearsay"),
        ("Please do not get into his car.", "car", "advice"),
    ],
)
def test_a_cue_governs_what_stands_in_its_reach(text: str, word: str, kind: str) -> None:
    assert kind in kinds(text, word)


@each_row(
    ("text", "word"),
    [
        ("He not only strangled but stabbed her.", "strangled"),
        ("No doubt he hit her.", "hit"),
        ("I want to report a man who hit me.", "hit"),
        ("He hit her before leaving.", "hit"),
        ("He hit her before she got out.", "hit"),
    ],
)
def test_what_only_begins_like_a_cue_is_none(text: str, word: str) -> None:
    assert kinds(text, word) == frozenset()


@each_row(
    ("text", "word"),
    [("He did not speak but hit her.", "hit"), ("He had no knife. He hit her.", "hit"), ("He hit her.", "hit")],
)
def test_a_terminator_and_the_end_of_the_sentence_end_it(text: str, word: str) -> None:
    assert "negated" not in kinds(text, word)


@each_row("entry", load("context_cues").entries.values())
def test_the_example_of_every_kind_of_context_holds_it(entry) -> None:
    assert any(entry.key in each for each in governed(read(entry.example)))


@given(st.text(max_size=200))
def test_every_word_of_any_text_is_judged(text: str) -> None:
    words = read(text)
    assert len(governed(words)) == len(words.stems)
