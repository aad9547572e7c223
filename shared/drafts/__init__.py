"""Drafts: what a post has begun to write and not sent, sealed, for that post alone.

A draft is gone with the command that is accepted under its name, and fourteen days after it was
saved last. Its name is the form and an id: the form is the last word of the command's address
(`accept` of `POST /things/{thing_id}/accept`), the id is that of the record, or the command's
Idempotency-Key, as for a record that only begins.
"""
