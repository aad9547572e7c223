"""The day on which an agreement was signed, which its clocks are counted from (C14)."""

from datetime import date

from services.mediation.api.errands import MediationErrand
from services.mediation.api.signing import SignBody
from services.mediation.store.vault_files import EntryKind, contents
from shared.contracts.agreement_codes import AgreementForm
from shared.divisions import division_of
from shared.times import china_day

_DAY_ON = {AgreementForm.WRITTEN: "dated", AgreementForm.ORAL: "agreed"}
"""The element of the paper that has the day: of an oral agreement not that of its registration."""


async def on_its_day(errand: MediationErrand, body: SignBody) -> SignBody:
    """The signing with the day that is stated, else that on the paper, else that of recording.

    A paper that is dated ahead was signed by the day on which that is recorded.
    """
    if body.happened_on or body.occurred_at:
        return body
    day = await _on_the_paper(errand, body)
    if day is None or day >= china_day(errand.now):
        return body
    return body.model_copy(update={"happened_on": day})


async def _on_the_paper(errand: MediationErrand, body: SignBody) -> date | None:
    if body.paper is None:
        return None
    found = await contents(
        errand.office.pool,
        errand.office.vault,
        errand.actor.scope,
        division=division_of(errand.stream_id),
        refs=[errand.stream_id],
        kinds=[EntryKind.PAPER],
    )
    papers = {each.digest: each.content["values"] for each in found}
    written = papers.get(body.paper, {}).get(_DAY_ON[body.form])
    return date.fromisoformat(written) if isinstance(written, str) else None
