"""The encoder: what it says of a text, and that what stands in one window says nothing of another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from linkage.intake.document.document import read_document
from linkage.intake.encoder.encoder import Encoder, encoded, encoder
from linkage.intake.encoder.windows import NO_TOKEN


def test_every_piece_has_an_answer_to_each_question() -> None:
    said = encoded(read_document("He strangled her. He was tall."))
    pieces = len(said.tokens)
    assert said.told.shape == said.denied.shape == (pieces, len(encoder().keys))
    assert said.people.shape == (pieces, 2)
    assert np.isfinite(said.person).all()


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_a_text_without_words_has_no_place_that_is_one(text: str) -> None:
    assert (encoded(read_document(text)).tokens == NO_TOKEN).all()


def test_a_text_is_read_once_whoever_asks() -> None:
    document = read_document("He was tall and slim.")
    assert encoded(document) is encoded(document)


def test_without_its_file_there_is_no_encoder(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"none\.onnx"):
        Encoder.load(tmp_path / "none.onnx")


def test_nothing_is_noted_about_who_reads_to_be_sent_to_anybody(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    reads = "from linkage.intake.encoder.encoder import ENCODER, Encoder; Encoder.load(ENCODER)"
    subprocess.run([sys.executable, "-c", reads], env=environment, check=True, timeout=120)
    assert not [*tmp_path.rglob("*onnxruntime*")]
