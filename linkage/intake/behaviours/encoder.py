"""The sentence encoder: log odds of each sub-item in each clause, from all words of its sentence and their order.

Four layers of attention (Vaswani et al. 2017) over pieces of words, tuned on labelled texts by
`benchmarks/tune_encoder.py`; `encoder.onnx` holds their weights in eight bits. It knows what a sum of words cannot:
who does what to whom in a sentence. The judge (`classifier`) hears it beside its own weights of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from linkage.intake.behaviours.features import Read
from linkage.intake.behaviours.meaning import Floats
from linkage.intake.behaviours.tokens import Ints, packs, windows
from linkage.intake.budget import check

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ENCODER = Path(__file__).with_name("encoder.onnx")
WORTH = -5.0
"""Log odds of words that some sub-item must reach in a sentence for it to be read [R]: a sixth of all clauses are in
others, and F1 of authors left out is the same without them (docs/decisions/0088)."""
LEAST, MOST = -8.0, 20.0
"""The least log odds that it gives a clause [R]: of -30, -8 and -5 the first two read authors left out alike; and
those at a piece above which it is not surer [G]."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """An ONNX session of what a `tokens.Pack` holds to log odds (1, pieces, sub-items), these in the order of
    `keys`."""

    session: InferenceSession
    keys: tuple[str, ...]
    provenance: str

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """From the file that `tune_encoder` wrote. Raises what ONNX Runtime does for no file or another."""
        import onnxruntime  # takes a sixth of a second, and many commands read no text

        onnxruntime.disable_telemetry_events()  # nothing is told to anybody, on Windows neither
        options = onnxruntime.SessionOptions()
        # texts are short: threads would wait for each other, and for those of other processes
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        said = session.get_modelmeta().custom_metadata_map
        return cls(session, tuple(said["keys"].split("\n")), said["provenance"])

    def clause_odds(self, read: Read, keys: tuple[str, ...], words: Floats) -> Floats:
        """Log odds of each of the sub-items `keys` in each clause of a text that has any, shape (clauses, sub-items).

        They are those of its `words`, of the same shape, for a sub-item that it was not tuned for, and in a sentence
        whose words make every one unlikely.
        """
        sentence = np.array([part.sentence for part in read.clauses])
        worth = np.isin(sentence, sentence[words.max(axis=1) >= WORTH])
        if not worth.any():
            return words
        odds, found, clauses = words.copy(), [], []
        for pack in packs(windows(read, frozenset(sentence[worth].tolist()))):
            check()
            of = {"pieces": pack.pieces, "places": pack.places, "windows": pack.windows}
            real = pack.clauses >= 0
            found.append(self.session.run(None, of)[0][0, real])
            clauses.append(pack.clauses[real])
        begin = np.flatnonzero(np.diff(np.concatenate(clauses), prepend=-1))
        sums = np.add.reduceat(np.exp(np.minimum(np.concatenate(found), MOST)), begin)
        own, theirs = _columns(self.keys, keys)
        odds[np.ix_(worth, theirs)] = np.log(np.maximum(sums[:, own], np.exp(LEAST)))
        return odds


@cache
def _columns(keys: tuple[str, ...], wanted: tuple[str, ...]) -> tuple[Ints, Ints]:
    """Where what is both in `keys` and `wanted` stands in each."""
    pairs = [(keys.index(key), at) for at, key in enumerate(wanted) if key in keys]
    own, theirs = np.array(pairs, np.int64).reshape(-1, 2).T
    return own, theirs


@cache
def encoder() -> Encoder:
    """The encoder that was tuned last."""
    return Encoder.load(ENCODER)
