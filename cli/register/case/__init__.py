"""A register of cases: each row a case that was filed, and what became of it.

mapping.py declares it; tables.py: the tables of its mapping; filing.py, facts.py: how they are read
"""
