"""Tables of units and of posts: each row a unit or post of a township or of the county.

mapping.py declares them; tables.py: the tables of their mappings
"""
