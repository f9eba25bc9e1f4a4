"""What the analyst sees; asks linkage and holds no logic."""
