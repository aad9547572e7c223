"""Tables of villages, grids, grid workers and 12345 orders: each row one of them, in a township.

mapping.py declares the register's, orders.py those of orders; tables.py: the tables of mappings
"""
