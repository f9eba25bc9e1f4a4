"""One file for each kind of fact: words -> canonical value, and text -> findings with spans."""
