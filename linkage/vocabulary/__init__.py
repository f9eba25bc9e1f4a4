"""What words mean: data files with an example on every entry, and one loader."""

from linkage.vocabulary.loader import Entry, Vocabulary, fold, load

__all__ = ["Entry", "Vocabulary", "fold", "load"]
