"""The encoder: from all words of a text and their order, what each place of it says of behaviours and of people.

Four layers of attention (Vaswani et al. 2017) over pieces of words, tuned on labelled texts by
`benchmarks/tune_encoder.py`; `encoder.onnx` holds their weights in eight bits. It knows what a sum of words cannot:
who does what to whom, and of whom a text speaks. The judges of behaviours and of people hear it beside their own
weights of words; a text is read once for all of them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from linkage.intake.document.document import Document
from linkage.intake.encoder.windows import Ints, packs, windows
from linkage.intake.limits import check

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ENCODER = Path(__file__).with_name("encoder.onnx")
OUTPUTS = ("told", "denied", "people", "person")
"""What it gives of each piece, in the order of the fields of `Encoded`."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the encoder says of a text: the token of the document that each piece belongs to (pieces,); log odds of
    each sub-item being `told` as done and being `denied` there (pieces, sub-items); of a fact there being a reported
    person's and being all reported people's, `people` (pieces, 2); and a vector, `person` (pieces, components), whose
    product with that of another place is high where both speak of one person."""

    tokens: Ints
    told: Floats
    denied: Floats
    people: Floats
    person: Floats


@dataclass(frozen=True, slots=True)
class Encoder:
    """An ONNX session of what a `windows.Pack` holds to `OUTPUTS`; sub-items are in the order of `keys`, and the
    product of two vectors of people is added to `base`."""

    session: InferenceSession
    keys: tuple[str, ...]
    base: float
    provenance: str

    @classmethod
    def load(cls, path: Path) -> Encoder:
        """From the file that `tune_encoder` wrote. Raises what ONNX Runtime does for no file or another."""
        # asked for when it is loaded; else it notes on which machine it runs, to be sent to its makers
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime  # takes a sixth of a second, and many commands read no text

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        # texts are short: threads would wait for each other, and for those of other processes
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        said = session.get_modelmeta().custom_metadata_map
        return cls(session, tuple(said["keys"].split("\n")), float(said["base"]), said["provenance"])

    def encode(self, document: Document) -> Encoded:
        """What it says of a text; nothing of one without words."""
        found, tokens = list[list[Floats]](), list[Ints]()
        for pack in packs(windows(document)):
            check()
            of = {"pieces": pack.pieces, "places": pack.places, "windows": pack.windows}
            found.append([one[0] for one in self.session.run(OUTPUTS, of)])
            tokens.append(pack.tokens)
        if not found:
            nothing = np.zeros((0, len(self.keys)), np.float32)
            return Encoded(np.zeros(0, np.int64), nothing, nothing, nothing[:, :2], nothing)
        return Encoded(np.concatenate(tokens), *(np.concatenate(one) for one in zip(*found, strict=True)))


def heard(words: Floats, whole: Floats, share: float | Floats) -> Floats:
    """Log odds from those by weights of words and by the encoder, of one shape; the latter count a `share` of all."""
    return words + np.asarray(share, np.float32) * (whole - words)


def asserted(odds: Floats, denied: Floats) -> Floats:
    """Log odds of a clause telling a sub-item and not denying it, from those of telling and of denying it by the
    encoder, of one shape: the product of both probabilities. Of 1,445 sub-items that sentences of authors left out
    deny, .079 are read as done so, .120 without (docs/decisions/0091)."""
    found: Floats = odds - np.logaddexp(0, denied + np.logaddexp(0, odds))
    return found


@lru_cache(maxsize=8)
def encoded(document: Document) -> Encoded:
    """What the encoder in use says of a text; a few are remembered, for several judges ask."""
    return encoder().encode(document)


@cache
def encoder() -> Encoder:
    """The encoder that was tuned last."""
    return Encoder.load(ENCODER)
