"""The county that the one-machine run serves."""

COUNTY = "519900"
"""Assigned to no real county: the demonstration lives there."""
