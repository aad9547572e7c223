"""Grids: villages, grids and workers, what they patrol and what they report."""
