"""Bringing a register's rows to the import door.

rows ─► batches.py ─► sending.py (two at a time) ─► door.py (again, while it is away) ─► tally.py
"""
