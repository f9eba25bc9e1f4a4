"""One network reads each text as a whole, once, for all who ask what its words mean together."""
