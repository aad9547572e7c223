"""The demonstration: a register of our own making goes in, and its figures move.

`generate.py` made `register.csv`; `register.toml` says what its columns mean; `expected.py`
counts the same figures straight from the csv; `__main__.py` plays it all.
"""
