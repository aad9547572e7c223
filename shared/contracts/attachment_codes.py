"""The types of attachments that are taken, and what of a case they show."""

from enum import StrEnum

from shared.contracts.event import Code


class MediaType(StrEnum):
    """The type of a file as its bytes say, by its name on the web."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    @property
    def suffix(self) -> str:
        """Of a file's name."""
        return "jpg" if self is MediaType.JPEG else self.name.lower()


class AttachmentOf(Code):
    """附件类别: what of a case a file shows."""

    PETITION = "petition", "信访材料"
    EVIDENCE = "evidence", "证据材料"
    STATEMENT = "statement", "陈述笔录"
    INVESTIGATION = "investigation", "调查材料"
    SERVICE = "service", "送达凭证"
    HANDLING = "handling", "办理材料"
