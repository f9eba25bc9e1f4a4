"""What the words of a clause mean, as vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.behaviours.features import NEARBY, VECTORS, Floats, stem_vectors
from linkage.intake.document.words import clauses, dropped, read
from linkage.vocabulary.english import stem


def meaning(*stems: str) -> Floats:
    known = stem_vectors()
    return known.vectors[[known.rows[each] for each in stems if each in known.rows]].sum(axis=0) * np.float32(
        known.scale
    )


def likeness(word: str, other: str) -> float:
    one, two = (meaning(stem(each)) for each in (word, other))
    return float(one @ two / np.sqrt((one @ one) * (two @ two)))


@pytest.mark.parametrize(
    ("word", "alike", "unlike"),
    [("punched", "smacked", "parked"), ("knife", "blade", "wallet"), ("stole", "robbery", "hotel")],
)
def test_words_of_one_meaning_lie_nearer_than_others(word: str, alike: str, unlike: str) -> None:
    assert likeness(word, alike) > likeness(word, unlike)


def test_a_clause_means_its_own_words_and_half_as_much_those_around_it() -> None:
    words = read("He grabbed her hair in the kitchen, and later the neighbour shouted loudly.")
    parts = clauses(words)
    own, around = np.split(stem_vectors().of_clauses(words, parts), 2, axis=1)
    assert len(parts) == 2
    assert np.allclose(around, NEARBY * own[::-1], atol=1e-5)
    weighty = set(words.stems[parts[0].first : parts[0].end]) - dropped()
    assert weighty > {"grab", "hair", "kitchen"}
    assert np.allclose(own[0], meaning(*weighty), atol=1e-5)


def test_other_sentences_lend_nothing() -> None:
    words = read("He grabbed her hair. The neighbour shouted.")
    assert not np.split(stem_vectors().of_clauses(words, clauses(words)), 2, axis=1)[1].any()


def test_unknown_words_mean_nothing() -> None:
    words = read("qzxv")
    assert not stem_vectors().of_clauses(words, clauses(words)).any()


@pytest.mark.parametrize("origin", ["asian", "black", "nigerian", "polish"])
def test_words_of_origin_have_no_vector(origin: str) -> None:
    assert stem(origin) not in stem_vectors().rows


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_every_clause_of_any_text_has_a_vector(text: str) -> None:
    words = read(text)
    parts = clauses(words)
    assert stem_vectors().of_clauses(words, parts).shape == (len(parts), 2 * stem_vectors().vectors.shape[1])


def test_nothing_in_the_file_is_run_when_it_is_loaded() -> None:
    with np.load(VECTORS, allow_pickle=False) as kept:
        assert all(kept[name].dtype != object for name in kept.files)
