"""Reports of one incident: proposed, weighed and merged."""
