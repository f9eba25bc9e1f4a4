"""What may leave, to whom, and what was sent: one consent gate, alerts, circulation, exports and packs."""
