"""The governance pack: what a scheme or a force must publish or keep, filled in as far as it can be."""
