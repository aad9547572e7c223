"""The demonstration: registers of our own making go in, and their figures move.

`generate.py` and `generate_mediations.py` made `register.csv` and `mediations.csv`;
`register.toml` says what the columns of the first mean, `mediating/` what the second comes to at
mediation's doors; `expected.py` and `expected_mediations.py` count the same figures straight from
the files; `__main__.py` plays it all.
"""
