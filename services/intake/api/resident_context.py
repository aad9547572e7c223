"""A command by a petitioner to the case that holds the matter; the ledger's actor is `resident`."""

from dataclasses import replace

from fastapi import Response

from services.intake.api.office import Office
from services.intake.api.resident_access import OwnCase
from services.intake.api.resident_refusals import in_residents_words
from services.intake.domain.case import CaseCommand, CaseFile
from shared.contracts.sentences import RESIDENT
from shared.divisions import county_of
from shared.handling import Members, Prepare, Prepared, Record
from shared.http import Body, IdempotencyKey
from shared.identity import Actor, Role
from shared.office import CommandContext
from shared.refusals import Refusal


class ResidentAnswer(Body):
    """The state of the case after what the petitioner did."""

    number: str
    state: str
    zh: str
    """The state in Chinese."""


class ResidentContext(CommandContext[Office, CaseCommand, CaseFile]):
    """Who has number and code may send these commands; what the rule refuses is said plainly."""

    async def carry_out(self, prepare: Prepare[CaseFile, CaseCommand], number: str) -> Response:
        """Handle the command; `number` is the one that the petitioner has."""

        async def with_number(record: Record[CaseFile]) -> Prepared[CaseCommand, CaseFile] | None:
            prepared = await prepare(record)
            return prepared and replace(prepared, further={"number": number})

        try:
            return await self.handle(with_number, answer=_answer)
        except Refusal as refusal:
            raise in_residents_words(refusal) from refusal


def resident_context(office: Office, own: OwnCase, key: IdempotencyKey | None) -> ResidentContext:
    """The context of a command to the case that holds the matter."""
    return ResidentContext(
        office=office,
        handling=office.cases,
        actor=Actor(sub=RESIDENT, role=Role.RESIDENT, scope=county_of(own.held_id)),
        stream_id=own.held_id,
        key=key and _of_case(office, key, own.number),
        expected_version=None,
        now=office.now(),
    )


def _of_case(office: Office, key: IdempotencyKey, number: str) -> IdempotencyKey:
    """The key within one case: all residents are one actor, and may choose the same keys."""
    digests = office.keys.for_purpose("receipt-mac")
    return replace(key, key=digests.mac(f"resident\0{number}\0{key.key}".encode()).hex())


def _answer(case: CaseFile, further: Members) -> Members:
    return {"number": further["number"], "state": case.state.value, "zh": case.state.label}
