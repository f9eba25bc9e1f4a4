"""The truth's likelihood ratio of two reports, by kind of evidence, in the project's own synthetic world.

Each module works out one kind: what is told of it, and how likely that is given the person behind it. The person is
integrated over. `evidence_loss.py` beside this folder lays the ratios beside the engine's.
"""
