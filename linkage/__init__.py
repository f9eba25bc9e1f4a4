"""Linkage analysis for offender matching."""
