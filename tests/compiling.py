"""Compiles the engine's kernels before the tests want them: `python -m tests.compiling`.

In a fresh clone nothing is compiled, and every process that links before another has put the machine code on disk
compiles it for itself, which takes over a minute of a core. One process does it while the tests read texts.
"""

from __future__ import annotations

from linkage.cli.compiling import compile_kernels

if __name__ == "__main__":
    compile_kernels(lambda _done, _all: None)
