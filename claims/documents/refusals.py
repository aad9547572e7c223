"""Why a document cannot be read: one sentence that says what to do."""


class DocumentUnreadable(Exception):
    """The message names the file and says what to do about it."""
