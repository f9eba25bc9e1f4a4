"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# Machines are noisy: an example that takes long on a busy one has not failed.
settings.register_profile("linkage", deadline=None)
settings.load_profile("linkage")
