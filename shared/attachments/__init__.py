"""Attachments: files of others, kept encrypted beside the texts of a vault.

PUT /attachments ─► receiving ─► cleaner ─► clean_file (a process of its own) ─► store
                    (bounded)    (bounded)  images, pdf, office_file              under the file's key
POST …/attach names the digest in an event; GET …/attachments/{digest} reads; what no event names is purged.

This package imports nothing here: `clean_file` starts as a process and needs little of it.
A service declares `AttachmentRecords`, adds `attachment_routes` to its routers, and names an
uploaded file in an event of its own (`uploads`).
"""
