"""Behaviours of a text: phrases and clauses propose, one learned judge says how likely each is told or denied.

`features` finds the vocabulary's phrases, names what stands in a clause and asks the encoder of it, `classifier`
holds the weights and hears both, `reading` puts it together. Nothing on the way sets a candidate aside.
docs/reference/reading.md says where a new wording goes.
"""
