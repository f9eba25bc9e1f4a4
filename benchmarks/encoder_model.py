"""The network that `tune_encoder` tunes: the first layers of all-MiniLM-L6-v2 and one layer for all answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from linkage.intake.encoder.encoder import OUTPUTS

LAYERS = 4
"""Layers of six: reading takes time with their number [R]."""
COMPONENTS = 32
"""Components of the vector of a person [G]."""
BASE = -8.0
"""Log odds of a sub-item at a piece before anything is learned [G]."""


class Answers(NamedTuple):
    """What it says of each piece, in the order of `OUTPUTS`, shape (..., pieces, answers) each."""

    told: Tensor
    denied: Tensor
    people: Tensor
    person: Tensor


class Encoder(nn.Module):
    """Numbers of pieces (texts, pieces), their places and which pieces see each other, to the answers at each."""

    def __init__(self, folder: Path, sub_items: int) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, num_hidden_layers=LAYERS, attention_probs_dropout_prob=0.0)
        self.body = BertModel.from_pretrained(
            folder, config=config, add_pooling_layer=False, attn_implementation="eager"
        )
        self.body.embeddings.requires_grad_(False)
        self.spread = nn.Dropout(0.1)
        self.sizes = [sub_items, sub_items, 2, COMPONENTS]
        self.head = nn.Linear(config.hidden_size, sum(self.sizes))
        self.base = nn.Parameter(torch.zeros(1))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, 0.0)
        nn.init.constant_(self.head.bias[: 2 * sub_items], BASE)

    def forward(self, pieces: Tensor, places: Tensor, seen: Tensor) -> Answers:
        """As the class says."""
        read = self.body(pieces, attention_mask=seen, position_ids=places).last_hidden_state
        return Answers(*self.head(self.spread(read)).split(self.sizes, -1))


class SideBySide(nn.Module):
    """The same for what a `windows.Pack` holds: a piece sees those of its window alone."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, places: Tensor, windows: Tensor) -> Answers:
        """As the class says."""
        apart = torch.where(windows[:, None, :, None] == windows[:, None, None, :], 0.0, -1e4)
        found: Answers = self.model(pieces, places, apart)
        return found


def export(model: Encoder, keys: Sequence[str], provenance: str, to: Path) -> None:
    """Write the encoder with weights of eight bits, for ONNX Runtime; it says what its log odds are of."""
    with TemporaryDirectory() as made:
        whole = Path(made) / "whole.onnx"
        names = ["pieces", "places", "windows"]
        example = torch.arange(9)[None]
        torch.onnx.export(
            SideBySide(model), (example, example, example // 4), whole, input_names=names, output_names=[*OUTPUTS],
            dynamic_axes={name: {1: "number"} for name in (*names, *OUTPUTS)}, dynamo=False,
        )  # fmt: skip
        # seven of the eight bits: more overflow where a processor has no instructions for sums of such products
        quantize_dynamic(whole, to, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    small = onnx.load(to)
    base = f"{model.base.item():.4f}"
    onnx.helper.set_model_props(small, {"keys": "\n".join(keys), "base": base, "provenance": provenance})
    onnx.save(small, to)
