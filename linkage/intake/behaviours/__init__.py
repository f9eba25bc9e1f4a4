"""Behaviours of a text: phrases and clauses propose, one learned judge says how likely each is told or denied.

`candidates` cuts clauses and finds the vocabulary's phrases, `document/assertion` says how they are told, `features`
names what stands in a clause, `classifier` holds the weights, `reading` puts it together. Nothing on the way sets a
candidate aside. docs/reference/reading.md says where a new wording goes.
"""
