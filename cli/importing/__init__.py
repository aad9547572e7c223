"""Bringing a register's rows to the import API of the service that its target names.

rows ─► batches.py ─► sending.py (two at a time) ─► import_api.py (with retries) ─► report.py
"""
