"""What follows from the paper that was signed: the day of the signing, and when what is due."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.mediation.api.context import MediationContext
from services.mediation.api.signing import SignBody
from services.mediation.domain.agreement_refusals import (
    InstalmentDaysNotRead,
    InstalmentsNotAsOnPaper,
)
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.papers.due_days import due_days, instalment_days
from services.mediation.store.vault_files import EntryKind
from shared.contracts.agreement_codes import AgreementForm
from shared.divisions import division_of
from shared.office.occurrence_time import parse_day
from shared.refusals import invalid
from shared.times import china_day
from shared.vault import PersonErased

_DAY_ON = {AgreementForm.WRITTEN: "dated", AgreementForm.ORAL: "agreed"}
"""The element of the paper that has the day: of an oral agreement not that of its registration."""

Written = Mapping[str, Any]


async def as_on_paper(
    context: MediationContext, body: SignBody, mediation: MediationFile
) -> SignBody:
    """The signing with what its paper says and nobody has stated: its day, and the days due.

    What is stated goes before the day on the paper, but not before its instalments. Raises
    InstalmentDaysNotRead and InstalmentsNotAsOnPaper; InvalidInput where the paper bears a day
    that is none of the office's calendar, PersonErased where nothing can be read any more.
    """
    if body.paper is None:
        return body.model_copy(update={"instalments": body.instalments or ()})
    written = await _written_on(context, body.paper)
    if written is None and body.instalments is None and _waits_for(body.paper, mediation):
        raise PersonErased
    written = written or {}
    days = {"instalments": _days_due(body.instalments, written)}
    return body.model_copy(update=days | _its_day(context, body, written))


def _waits_for(paper: str, mediation: MediationFile) -> bool:
    """It was filled in and may be signed yet; a signing that is repeated has its first answer."""
    return paper in mediation.papers and mediation.agreement.succeeded is None


async def _written_on(context: MediationContext, paper: str) -> Written | None:
    found = await context.office.vault.contents(
        context.actor.scope,
        division=division_of(context.stream_id),
        refs=[context.stream_id],
        kinds=[EntryKind.PAPER],
        digest=paper,
    )
    return found[0].content["values"] if found else None


def _its_day(context: MediationContext, body: SignBody, written: Written) -> dict[str, date]:
    """A paper that is dated ahead was signed by the day on which that is recorded."""
    day = written.get(_DAY_ON[body.form])
    if body.happened_on or body.occurred_at or not isinstance(day, str):
        return {}
    try:
        on = parse_day(day)
    except ValueError:
        # papers of an earlier release bear any day that could be spelt
        raise invalid("happened_on", "The paper bears no day of the calendar: state it") from None
    return {"happened_on": on} if on < china_day(context.now) else {}


def _days_due(stated: tuple[date, ...] | None, written: Written) -> tuple[date, ...]:
    days = due_days(written)
    if stated is None:
        if None in days:
            raise InstalmentDaysNotRead(field="instalments")
        return tuple(day for day in days if day)
    if rows := instalment_days(written):
        _require_as_on_paper(stated, rows)
    elif any(days) and stated[-1:] != tuple(days):
        raise InstalmentsNotAsOnPaper(field="instalments")
    return stated


def _require_as_on_paper(stated: tuple[date, ...], rows: Sequence[date | None]) -> None:
    if len(stated) != len(rows):
        raise InstalmentsNotAsOnPaper(field="instalments")
    for number, (said, row) in enumerate(zip(stated, rows, strict=True), start=1):
        if row and row != said:
            raise InstalmentsNotAsOnPaper(field="instalments", instalment=number)
