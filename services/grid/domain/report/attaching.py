"""附件 (attachments): files of a report, encrypted beside its words, named here by their digests."""

from dataclasses import dataclass

from services.grid.domain.report.report_file import Report, submitted
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportAttachmentAdded
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachToReport:
    """添加附件: a file that was uploaded becomes part of the report."""

    digest: str
    media_type: MediaType
    size: int
    of: AttachmentOf


class ReportAttachedOtherwise(Refusal):
    """The file is attached to the report already, as something else."""

    title = "The file is attached as something else"


def attach(command: AttachToReport, report: Report) -> list[Event]:
    """At any time, also after the closing: what was done may be asked about. A file is attached once."""
    known = submitted(report)
    added = GridReportAttachmentAdded(
        matter_id=known.matter_id,
        report_id=known.report_id,
        digest=command.digest,
        media_type=command.media_type,
        size=command.size,
        of=command.of,
    )
    before = next((each for each in report.attached if each.digest == added.digest), None)
    if before is None:
        return [added]
    if before.of is not added.of:
        raise ReportAttachedOtherwise(field="kind", of=before.of.value)
    return []
