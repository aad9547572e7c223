"""Attacks on the whole system: each has to fail, and to leave nothing behind."""
