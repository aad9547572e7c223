"""The day on which an agreement was signed, which its clocks are counted from (C14)."""

from datetime import date, datetime

from services.mediation.api.errands import MediationErrand
from services.mediation.api.signing import SignBody
from services.mediation.store.vault_files import EntryKind, contents
from shared.contracts.agreement_codes import AgreementForm
from shared.divisions import division_of
from shared.handling import HappenedBeforeItBegan
from shared.office import NotYetHappened
from shared.times import china_day

_DAY_ON = {AgreementForm.WRITTEN: "dated", AgreementForm.ORAL: "agreed"}
"""The element of the paper that has the day: of an oral agreement not that of its registration."""


async def day_of_signing(
    errand: MediationErrand, body: SignBody, *, began_at: datetime | None
) -> date:
    """The day that is stated, else that on the paper, else that on which it is recorded.

    A backfill that states the moment has stated the day by that; a paper that is dated ahead was
    signed by the day of recording at the latest. Raises NotYetHappened or HappenedBeforeItBegan.
    """
    recorded_on = china_day(errand.moment(body))
    if body.signed_on and body.signed_on > recorded_on:
        raise NotYetHappened(field="signed_on")
    stated = body.signed_on or await _on_the_paper(errand, body) or recorded_on
    if began_at is not None and stated < china_day(began_at):
        raise HappenedBeforeItBegan(field="signed_on")
    return min(stated, recorded_on)


async def _on_the_paper(errand: MediationErrand, body: SignBody) -> date | None:
    if body.paper is None or body.occurred_at is not None:
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
