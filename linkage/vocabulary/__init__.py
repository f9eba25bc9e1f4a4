"""What words mean: data files with an example on every entry, and one loader."""

from linkage.vocabulary.loader import Entry, Vocabulary, behaviours, fold, load

__all__ = ["Entry", "Vocabulary", "behaviours", "fold", "load"]
