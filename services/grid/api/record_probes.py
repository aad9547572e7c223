"""The bodies by which it is tried which commands a report, signal, warning or watch takes now.

They name units and records that nobody has registered: another body may still be accepted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from fastapi import Request

from services.grid.api.office import Office
from services.grid.api.signal_context import NothingToLinkTo
from services.grid.domain.early_warning import EarlyWarning
from services.grid.domain.matter_watch import MatterWatch
from services.grid.domain.report import Report
from services.grid.domain.report.attaching import AttachToReport
from services.grid.domain.signal import Signal
from services.grid.domain.signal.linking import LinkSignal, Target
from services.grid.store.linked_signals import linked_to
from shared.attachments.refusals import AttachmentNotUploaded
from shared.contracts.attachment_codes import AttachmentOf, MediaType
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    DisposedHow,
    FalseWarningReason,
    LevelChangeReason,
    WarningLevel,
    WatchEnd,
)
from shared.contracts.report_codes import (
    ConvertedTo,
    EscalationReason,
    HandlingResult,
    LadderLevel,
    ReportGrade,
    ReportRater,
    ReportRejection,
    ReportReturnReason,
    ReportTopic,
    VerifiedHow,
)
from shared.contracts.signal_codes import (
    LinkedTo,
    OrderResult,
    OrderVoidReason,
    SignalField,
    SignalLinkReason,
)
from shared.handling import Record
from shared.identity import Actor, Role
from shared.office.actions import Asking, Probes, Tried, actions_of
from shared.office.tried_bodies import (
    NOBODYS_DIGEST,
    UNKNOWN_UNIT,
    body,
    each_code,
    first_of,
    nobody,
)
from shared.times import china_day
from shared.vault.remembering import RememberingVault

_UNIT = UNKNOWN_UNIT
_ATTACHED = AttachToReport(
    digest=NOBODYS_DIGEST, media_type=MediaType.PDF, size=1, of=AttachmentOf.EVIDENCE
)


def _conversions(ask: Asking[Report]) -> Sequence[Tried]:
    """To a work order nothing is tried: it names one that was opened for the report before."""
    committee = nobody(ask)
    return [
        {"to": ConvertedTo.CASE.value},
        {"to": ConvertedTo.MEDIATION.value, "committee_id": committee},
    ]


def _another_topic(ask: Asking[Report]) -> Sequence[Tried]:
    known = ask.state.known
    other = next(each for each in ReportTopic if known is None or each is not known.topic)
    return [{"why": "found-otherwise", "topic": other.value}]


def _levels(_: Asking[Report]) -> Sequence[Tried]:
    reason = next(each for each in EscalationReason if each is not EscalationReason.TIME_IS_OVER)
    return [{"to_level": level.value, "reason": reason.value} for level in LadderLevel]


REPORT_PROBES: Probes[Report] = Probes(
    tried={
        "validate": body(),
        "reject": each_code("reason", ReportRejection),
        "solve-on-site": each_code("result", HandlingResult),
        "dispatch": body(to_unit=_UNIT),
        "return": body(reason=first_of(ReportReturnReason)),
        "handle": each_code("result", HandlingResult),
        "verify": lambda _: [
            {"confirmed": confirmed, "how": first_of(VerifiedHow)} for confirmed in (True, False)
        ],
        "close": body(words="…"),
        "rate": lambda _: [
            {"rater": rater.value, "grade": first_of(ReportGrade)} for rater in ReportRater
        ],
        "escalate": _levels,
        "convert": _conversions,
        "attach": lambda _: [{"digest": NOBODYS_DIGEST, "kind": "evidence"}, _ATTACHED],
        "correct": _another_topic,
    },
    of_the_body=frozenset({AttachmentNotUploaded}),
)


def _another_category(ask: Asking[Signal]) -> Sequence[Tried]:
    known = ask.state.fact(SignalField.CATEGORY)
    return [{"category": next(each.value for each in Category if each != known)}]


def _orders_answered(ask: Asking[Signal]) -> Sequence[Tried]:
    """Bare, and for the desk with a case that cannot be named."""
    unnamed = {"result": OrderResult.IN_PETITION_PROCEDURE.value, "case_not_nameable": True}
    return [*({"result": result.value} for result in OrderResult), unnamed]


def signal_probes(*, has_linked: bool) -> Probes[Signal]:
    """What is tried of each command to a signal to which others are linked, or none."""

    def links(ask: Asking[Signal]) -> Sequence[Tried]:
        nothing = nobody(ask)
        why = next(iter(SignalLinkReason))
        target = Target(kind=LinkedTo.SIGNAL, id=nothing, matter_id=nothing)
        return [
            {"to_signal_id": nothing, "why": why.value},
            LinkSignal(to=target, why=why, has_linked=has_linked),
        ]

    return Probes(
        tried={
            "correct": _another_category,
            "link": links,
            "unlink": body(),
            "answer": _orders_answered,
            "assign": body(to_unit=_UNIT),
            "void": body(reason=first_of(OrderVoidReason)),
        },
        of_the_body=frozenset({NothingToLinkTo}),
    )


def _of_unit(
    *bodies: Mapping[str, object],
) -> Callable[[Asking[EarlyWarning]], Sequence[Tried]]:
    """A backfill, which is of no unit, states one."""

    def made(ask: Asking[EarlyWarning]) -> Sequence[Tried]:
        stated = {"by_unit": _UNIT} if ask.actor.role is Role.BACKFILL else {}
        return [{**body, **stated} for body in bodies]

    return made


WARNING_PROBES: Probes[EarlyWarning] = Probes(
    tried={
        "acknowledge": _of_unit({}),
        "change-level": _of_unit(
            *(
                {"to_level": level.value, "why": why.value}
                for level in WarningLevel
                for why in LevelChangeReason
            )
        ),
        "dispose": _of_unit(
            *({"how": how.value} for how in DisposedHow if how is not DisposedHow.WATCHED)
        ),
        "find-false": _of_unit(*({"reason": reason.value} for reason in FalseWarningReason)),
    }
)


def _reviews(ask: Asking[MatterWatch]) -> Sequence[Tried]:
    today = china_day(ask.now)
    return [{"review_by": (today + timedelta(days=days)).isoformat()} for days in (1, 2)]


WATCH_PROBES: Probes[MatterWatch] = Probes(
    tried={
        "review": _reviews,
        "end": each_code("why", WatchEnd),
        "find-unjustified": each_code("reason", FalseWarningReason),
    }
)


async def report_actions(
    request: Request, office: Office, actor: Actor, record: Record[Report], report_id: str
) -> list[dict[str, object]]:
    """The commands to a report, for whoever asks."""
    return await actions_of(
        request,
        _remembering(office),
        actor,
        record,
        address="/reports/{report_id}",
        stream_id=report_id,
        probes=REPORT_PROBES,
    )


async def signal_actions(
    request: Request, office: Office, actor: Actor, record: Record[Signal], signal_id: str
) -> list[dict[str, object]]:
    """The commands to a signal, for whoever asks."""
    linked = await linked_to(office.pool, actor.scope, signal_id, limit=1)
    return await actions_of(
        request,
        _remembering(office),
        actor,
        record,
        address="/signals/{signal_id}",
        stream_id=signal_id,
        probes=signal_probes(has_linked=bool(linked)),
    )


async def warning_actions(
    request: Request, office: Office, actor: Actor, record: Record[EarlyWarning], warning_id: str
) -> list[dict[str, object]]:
    """The commands to a warning, for whoever asks."""
    return await actions_of(
        request,
        _remembering(office),
        actor,
        record,
        address="/warnings/{warning_id}",
        stream_id=warning_id,
        probes=WARNING_PROBES,
    )


async def watch_actions(
    request: Request, office: Office, actor: Actor, record: Record[MatterWatch], watch_id: str
) -> list[dict[str, object]]:
    """The commands to a watched matter, for whoever asks."""
    return await actions_of(
        request,
        _remembering(office),
        actor,
        record,
        address="/watches/{watch_id}",
        stream_id=watch_id,
        probes=WATCH_PROBES,
    )


def _remembering(office: Office) -> Office:
    return replace(office, vault=RememberingVault(office.vault))
