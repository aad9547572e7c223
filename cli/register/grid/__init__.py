"""Tables of villages, of grids and of grid workers: each row one of them, in a township.

mapping.py declares them; tables.py: the tables of their mappings
"""
