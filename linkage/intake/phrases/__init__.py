"""Words and phrases of the vocabulary, found in a text; knows no kind of fact."""
