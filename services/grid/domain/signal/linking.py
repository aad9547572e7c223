"""关联、取消关联: a signal counts with another record, until somebody undoes it.

A person decides that. Where the other record is rejected or voided the link is undone, and where it
moves to another matter the link moves along. Links make stars, never chains, so that no undone link moves a third record
to another matter.
"""

from dataclasses import dataclass

from services.grid.domain.signal.signal_file import Signal, id_of, own_matter
from shared.contracts.event import Event
from shared.contracts.signal_codes import LinkedTo, SignalLinkReason, SignalUnlinkReason
from shared.contracts.signals import SignalLinked, SignalUnlinked
from shared.refusals import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The record with which a signal is to count, as it was looked up."""

    kind: LinkedTo
    id: str
    matter_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSignal:
    """The signal counts with this record."""

    to: Target
    why: SignalLinkReason
    has_linked: bool = False
    """Whether other signals are linked to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkSignal:
    """The link was a mistake, or the matters turn out to be different ones."""

    from_id: str | None = None
    """The record with which the signal is to count no more; whichever it is, unless stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoseTarget:
    """The other record was rejected or voided."""

    target_id: str
    why: SignalUnlinkReason


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowTarget:
    """The other record counts with another matter."""

    to: Target


class SignalLinkedToItself(Refusal):
    """A signal cannot count with itself."""

    status = 422
    title = "The signal is linked to itself"


class SignalLinkedOtherwise(Refusal):
    """The signal counts with another record already: undo that link first."""

    title = "The signal is linked to another record"


class SignalHasLinked(Refusal):
    """Others are linked to this signal: undo those links first, or link the other signal to this one."""

    title = "Other signals are linked to this one"


class NotLinkedToIt(Refusal):
    """The signal is not linked to this one."""

    title = "The signal is not linked to this one"


class OrderNamesThatCase(Refusal):
    """The order was answered by naming the case with which it counts: both stay."""

    title = "The answer names the case"


def link(command: LinkSignal, signal: Signal) -> list[Event]:
    """Once, to one record."""
    signal_id, to = id_of(signal), command.to
    if to.id == signal_id:
        raise SignalLinkedToItself
    if signal.linked is not None:
        if signal.linked.to_id == to.id:
            return []
        raise SignalLinkedOtherwise(to_kind=signal.linked.to_kind.value, to_id=signal.linked.to_id)
    if command.has_linked:
        raise SignalHasLinked
    return [
        SignalLinked(
            matter_id=own_matter(signal),
            signal_id=signal_id,
            to_matter_id=to.matter_id,
            to_kind=to.kind,
            to_id=to.id,
            why=command.why,
        )
    ]


def unlink(command: UnlinkSignal, signal: Signal) -> list[Event]:
    """The signal has its own matter again."""
    signal_id, linked = id_of(signal), signal.linked
    if linked is None:
        return []
    if command.from_id not in {None, linked.to_id}:
        raise NotLinkedToIt
    if signal.answered is not None and signal.answered.case_id == linked.to_id:
        raise OrderNamesThatCase(case_id=linked.to_id)
    return [_unlinked(signal_id, own_matter(signal), linked)]


def lose_target(command: LoseTarget, signal: Signal) -> list[Event]:
    """The signal has its own matter again, also where its answer names the voided case."""
    signal_id, linked = id_of(signal), signal.linked
    if linked is None or linked.to_id != command.target_id:
        return []
    return [_unlinked(signal_id, own_matter(signal), linked, command.why)]


def follow_target(command: FollowTarget, signal: Signal) -> list[Event]:
    """The link is made anew in one act, so that the signal counts once all the while."""
    signal_id, linked, to = id_of(signal), signal.linked, command.to
    if linked is None or linked.to_id != to.id or linked.to_matter_id == to.matter_id:
        return []
    return [
        _unlinked(signal_id, own_matter(signal), linked, SignalUnlinkReason.TARGET_MOVED),
        linked.model_copy(
            update={"to_matter_id": to.matter_id, "moved_from": linked.to_matter_id}
        ),
    ]


def _unlinked(
    signal_id: str, matter_id: str, linked: SignalLinked, why: SignalUnlinkReason | None = None
) -> SignalUnlinked:
    return SignalUnlinked(
        matter_id=matter_id,
        signal_id=signal_id,
        from_kind=linked.to_kind,
        from_id=linked.to_id,
        why=why,
    )
