"""Results and truth become figures: who is linked, how well each way of linking finds it, and where it fails."""
