"""The one judge of candidates: whose a fact is, which of several people it describes, by learned weights."""
