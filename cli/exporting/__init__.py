"""Writes an export: whole ledgers, their seals and keys, and the figures as of exactly there.

All of it comes through the doors, page by page; memory holds one page.
"""
