"""Writes an export: whole ledgers, their seals and keys, and the figures as of their ends.

Reads everything from the APIs page by page, with one page in memory.
"""
