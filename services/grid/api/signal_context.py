"""The context of commands to a signal: by whom, and to which other record it is linked."""

from typing import Annotated, Any

from fastapi import Response

from services.grid.api.office import Office, Signals
from services.grid.api.report_access import is_hidden
from services.grid.api.report_context import HANDLING
from services.grid.api.roles import KEEPING
from services.grid.api.signal_access import own_units, require_visible
from services.grid.api.signal_answer import SignalAnswer
from services.grid.api.signal_links import answer_without_link, hides_link
from services.grid.domain.signal import Signal, SignalCommand, SignalNotFound
from services.grid.domain.signal.linking import Target
from services.grid.domain.signal.signal_file import id_of, matter_of
from services.grid.store.followed_cases import followed_case
from shared.contracts.signal_codes import LinkedTo
from shared.divisions import division_of
from shared.handling import AnswerWith, HappenedBeforeItBegan, Prepare, Record
from shared.identity import Actor
from shared.identity.refusals import PostMissing
from shared.office import CommandContext, command_context, command_documents
from shared.refusals import Refusal
from shared.vault import PersonErased

Looked = tuple[Target, dict[str, int]]
"""The other record, and the version in which it was looked up, where grid keeps it."""


class SignalContext(CommandContext[Office, SignalCommand, Signal]):
    """A command to one signal, by somebody whom it concerns."""

    async def admit(self, record: Record[Signal]) -> None:
        """Raise SignalNotFound."""
        require_visible(self.office, self.actor, record.state)

    async def handle(
        self, prepare: Prepare[Signal, SignalCommand], *, answer: AnswerWith[Signal] | None = None
    ) -> Response:
        """Handle the command; the answer tells of no link to what complains of the own unit."""
        known = (await self.handling.read(self.actor.scope, self.stream_id)).state
        if answer is None and await hides_link(self.office, self.actor, known):
            answer = answer_without_link
        return await super().handle(prepare, answer=answer)


class NothingToLinkTo(Refusal):
    """There is no such signal, report or case in the township, or it was rejected or voided."""

    status = 422
    title = "There is nothing to link to"


class TargetIsLinked(Refusal):
    """The other signal counts with a third record itself: link to that one."""

    title = "The other signal is linked itself"


def _signals(office: Office) -> Signals:
    return office.signals


def _context(*roles: Any) -> Any:
    return command_context("signal_id", _signals, *roles, context=SignalContext, needs_post=True)


ByTheDesk = Annotated[SignalContext, _context(*KEEPING)]
ByHandlers = Annotated[SignalContext, _context(*HANDLING)]
documented = command_documents(
    SignalAnswer, first=(SignalNotFound,), own=(PostMissing, PersonErased, HappenedBeforeItBegan)
)


async def signal_target(office: Office, actor: Actor, division: str, signal_id: str) -> Looked:
    """Another signal of the township, which is linked to nothing; raises NothingToLinkTo."""
    _require_own(division, signal_id, "to_signal_id")
    record = await office.signals.read(division, signal_id)
    signal = record.state
    if not signal.version or signal.complained_unit in own_units(office, actor):
        raise NothingToLinkTo(field="to_signal_id")
    if signal.linked is not None:
        raise TargetIsLinked(
            field="to_signal_id",
            to_kind=signal.linked.to_kind.value,
            to_id=signal.linked.to_id,
        )
    found = Target(kind=LinkedTo.SIGNAL, id=id_of(signal), matter_id=matter_of(signal))
    return found, {signal_id: record.version}


async def report_target(office: Office, actor: Actor, division: str, report_id: str) -> Looked:
    """A report of the township that was not rejected; raises NothingToLinkTo."""
    _require_own(division, report_id, "to_report_id")
    record = await office.reports.read(division, report_id)
    known = record.state.known
    if known is None or record.state.rejected:
        raise NothingToLinkTo(field="to_report_id")
    if await is_hidden(office, actor, record.state):
        raise NothingToLinkTo(field="to_report_id")
    found = Target(kind=LinkedTo.REPORT, id=report_id, matter_id=known.matter_id)
    return found, {report_id: record.version}


async def case_target(
    office: Office, actor: Actor, division: str, case_id: str, *, field: str
) -> Looked:
    """A case of the township, as intake publishes it; raises NothingToLinkTo."""
    _require_own(division, case_id, field)
    known = await followed_case(office.pool, division, case_id, own_units=own_units(office, actor))
    if known is None:
        raise NothingToLinkTo(field=field)
    return Target(kind=LinkedTo.CASE, id=case_id, matter_id=known.matter_id), {}


def _require_own(division: str, other_id: str, field: str) -> None:
    """Only records of the same township are linked: what is elsewhere is as if there were none."""
    if division_of(other_id) != division:
        raise NothingToLinkTo(field=field)
