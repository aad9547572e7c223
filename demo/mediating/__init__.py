"""The bundled mediations on their way through mediation's own doors.

mediations.csv ─► disputes.py (rows as commands) ─► walking.py (several disputes at a time, the
commands of each in order) ─► door.py (again, while it is away; nothing twice)
"""
