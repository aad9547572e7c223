"""The check of stated figures: `documents/` reads a document, `rules/` compare its figures.

Neither needs a bus, a database or a service; `concord check-claims` is their entry point.
"""
