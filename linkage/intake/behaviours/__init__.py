"""Behaviours of a text: phrases and clauses propose, one learned judge says how likely each is told or denied.

`candidates` cuts clauses and finds the vocabulary's phrases, `document/assertion` says how they are told, `features`
names what stands in a clause, `encoder` reads its sentence as a whole by the pieces of words that `tokens` cuts,
`classifier` holds the weights and hears both, `reading` puts it together. Nothing on the way sets a candidate aside.
docs/reference/reading.md says where a new wording goes.
"""
