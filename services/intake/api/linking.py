"""The route by which a case is linked to the one that handles its matter."""

from functools import partial

from fastapi import Response

from services.intake.api.case_bodies import Act
from services.intake.api.case_context import ENDED, AtTheDesk, CaseContext, documented
from services.intake.api.other_case import CaseNotOnRecord, looked_up_at, other_case
from services.intake.api.service_bodies import Served, service
from services.intake.domain.case import CaseCommand, CaseFile, CaseNotFound, linking
from services.intake.domain.case.crossing import RemitNotTaken
from services.intake.domain.case.service_of_documents import ProofOfAnotherMethod, ServiceNotProven
from services.intake.store.case_number import CaseReference
from shared.contracts.case_codes import LinkReason
from shared.handling import Prepared, Record
from shared.http import Router

router = Router(prefix="/cases/{case_id}", tags=["cases"])


class LinkBody(Act):
    """Under which case the matter is handled, and how the petitioner was told on the spot."""

    to_case_id: CaseReference | None = None
    why: LinkReason
    notice: Served | None = None


@router.post(
    "/link",
    **documented(
        linking.LinkNeedsACase,
        linking.CaseLinkedToItself,
        CaseNotOnRecord,
        linking.OtherCaseIsLater,
        linking.OtherCaseHasEnded,
        linking.OtherCaseIsNotTaken,
        linking.OtherCaseIsNotConcluded,
        RemitNotTaken,
        ServiceNotProven,
        ProofOfAnotherMethod,
        *ENDED,
    ),
)
async def link(body: LinkBody, context: AtTheDesk) -> Response:
    """并案: the matter is handled under another case, which was received earlier.

    The petitioner is told by a notice, on the spot or later; the case shows it as owed till then.
    """
    return await context.handle(partial(_prepare_link, context, body))


async def _prepare_link(
    context: CaseContext, body: LinkBody, record: Record[CaseFile]
) -> Prepared[CaseCommand, CaseFile]:
    if record.state.filed is None:
        raise CaseNotFound
    at, handed = context.moment(body), body.notice
    notice = service(handed.method, handed.proof, at=at) if handed else None
    if body.to_case_id is None:
        bare = linking.LinkCase(to_case_id=None, why=body.why, notice=notice)
        return Prepared(command=bare, at=at)
    other = await other_case(context.office, context.actor, body.to_case_id, field="to_case_id")
    command = linking.LinkCase(
        to_case_id=other.state.filed.case_id if other.state.filed else None,
        why=body.why,
        other=other.state,
        notice=notice,
    )
    is_itself = command.to_case_id == context.stream_id
    looked_up = {} if is_itself else looked_up_at(other, context.division)
    return Prepared(command=command, at=at, looked_up=looked_up)
