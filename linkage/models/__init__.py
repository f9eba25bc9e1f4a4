"""Weights become strengths and series: learning, the pair kernel, series inference."""
