"""The demonstration: registers of our own making go in, and their figures move.

`generate.py` and `generate_mediations.py` made `register.csv` and `mediations.csv`;
`register.toml` says what the columns of the first mean, `mediating/` which commands the
second becomes; `expected.py` and `expected_mediations.py` count the same figures straight from
the files; `__main__.py` plays it all.
"""
