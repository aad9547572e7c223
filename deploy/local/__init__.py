"""The one-machine run: PostgreSQL, Kafka and the services from packages, under one supervisor.

`bring_up.py` says in which order things happen; the files beside it each know one part.
"""
