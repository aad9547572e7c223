"""The demonstration: registers of our own making go in, and their figures move.

`generate.py`, `generate_mediations.py` and `generate_grid.py` made the tables; each `*.toml` says
what the columns of a table mean, `mediating/` which commands `mediations.csv` becomes;
`reference_year/` has the petitions of the year, `grid_year/` its patrols and grid reports. The
modules `expected*.py` count the same figures straight from the files; `__main__.py` plays it all.
"""
