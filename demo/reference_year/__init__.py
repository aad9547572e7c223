"""The reference year: records made up so that their totals are those of a published summary.

The summary is a township's of 2025. What it leaves open, such as which of its 187 petitions were
the twelve about land, is decided in `scenario`, and is our choice.
"""
