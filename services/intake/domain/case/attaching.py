"""附件 (attachments): files of a case, encrypted beside its texts, named here by their digests."""

from dataclasses import dataclass

from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.origin import Origin
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_handling import AttachmentAdded
from shared.contracts.event import Event
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachFile:
    """添加附件: a file that was uploaded becomes part of the case."""

    digest: str
    media_type: MediaType
    size: int
    of: AttachmentOf


class AttachedOtherwise(Refusal):
    """The file is attached to the case already, as something else."""

    title = "The file is attached as something else"


def attach(command: AttachFile, case: CaseFile) -> list[Event]:
    """At any time, also after the closing: a review may need it. A file is attached once."""
    added = AttachmentAdded(
        digest=command.digest,
        media_type=command.media_type,
        size=command.size,
        of=command.of,
        **case.about(Origin.OFFICE),
    )
    for before, _ in case.proceedings.attached:
        if before.digest == added.digest:
            if before.of is added.of:
                return []
            raise AttachedOtherwise(of=before.of.value)
    return [added]
