"""Why an attachment is not taken, or not there."""

from shared.refusals import Refusal


class AttachmentTypeNotTaken(Refusal):
    """Photographs (JPEG, PNG, HEIC), PDF, .docx and .xlsx are taken: save the file as one of these."""

    status = 415
    title = "The file's type is not taken"


class AttachmentUnreadable(Refusal):
    """The file is broken, or something is appended to it: open it, save it again, try again."""

    status = 422
    title = "The file cannot be read"


class AttachmentProtected(Refusal):
    """The file is protected by a password: save it without one."""

    status = 422
    title = "The file is protected"


class AttachmentActs(Refusal):
    """The file holds macros, scripts, embedded files or fetches something: print it as PDF."""

    status = 422
    title = "The file can act by itself"


class AttachmentTooCostly(Refusal):
    """The file unpacks to more pixels, bytes or work than is taken: make it smaller."""

    status = 413
    title = "The file takes too much to read"


class RecordHasTooManyAttachments(Refusal):
    """The record has as many attachments as it may have."""

    title = "The record has too many attachments"


class TooManyUploads(Refusal):
    """This post has uploaded as much as it may in a day."""

    status = 429
    title = "Too many uploads"


class AttachmentNotFound(Refusal):
    """There is no such attachment, or none that this token may see."""

    status = 404
    title = "No such attachment"


class AttachmentNotUploaded(Refusal):
    """No file with this digest was uploaded for this record, or it was not named within a day."""

    status = 422
    title = "The file is not uploaded"


CLEANING_REFUSALS: tuple[type[Refusal], ...] = (
    AttachmentTypeNotTaken,
    AttachmentUnreadable,
    AttachmentProtected,
    AttachmentActs,
    AttachmentTooCostly,
)
