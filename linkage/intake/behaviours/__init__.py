"""Behaviours of a text: phrases and clauses propose, one learned judge says how likely each is told or denied.

`clauses` cuts, `cues` says how a clause is told, `candidates` finds the vocabulary's phrases, `features` names what
stands in a clause, `classifier` holds the weights, `reading` puts it together. Nothing on the way sets a candidate
aside. docs/reference/reading.md says where a new wording goes.
"""
