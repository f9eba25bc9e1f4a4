"""How likely a finding is right, learned from labelled texts (docs/decisions/0017)."""
