"""Folding events into small tables, in the transaction that moves the inbox.

A subject (`subject`) is a kind of entity: whose events tell of it, which steps those are, and what
the steps come to. A step (`step`) is one event as it bears on one entity; an occurrence
(`occurrence`) is a moment with the sequence of the event that stated it. A fact is one entity as it
stands, with the occurrences that made it so.

`tables` declares the columns of a subject; `steps` and `facts` are the SQL that follows from them:
one row an event, never changed, and one row an entity. `fold` writes both for a chunk of events.

`occurrence`, `step` and `subject` need no database, so a domain may import them.
"""
