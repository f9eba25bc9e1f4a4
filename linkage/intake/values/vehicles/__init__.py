"""Vehicles and their registration marks."""
