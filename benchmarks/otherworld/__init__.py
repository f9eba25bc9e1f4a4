"""A synthetic world by another hand, to judge the engine on: no code or form of `linkage.synthetic` is in it."""

from benchmarks.otherworld.world import MadeWorld, make, other_world

__all__ = ["MadeWorld", "make", "other_world"]
