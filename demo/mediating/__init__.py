"""Plays the bundled mediations through the mediation service's API.

mediations.csv ─► disputes.py (rows as commands) ─► play_mediations.py (several disputes at a time,
the commands of each in order) ─► mediation_api.py (retries while it is away; nothing twice)
"""
