"""Tests, a package of its own: a library installs one of the same name."""
