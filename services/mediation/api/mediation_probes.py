"""The bodies by which it is tried which commands a dispute takes now, each a well-formed one.

They name people, units and mediators that nobody has registered: another body may still be accepted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import uuid4

from fastapi import Request

from services.mediation.api.office import Office
from services.mediation.domain.agreement_signing import REQUIRED_PARTS
from services.mediation.domain.mediation_commands import AssignMediator, FillInPaper
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.session_refusals import MediatorNotOnRoster
from shared.contracts.agreement_codes import (
    AgreementForm,
    AgreementPart,
    BreachGround,
    ConfirmationResult,
    FollowUpMethod,
    FollowUpOutcome,
    LegalityPoint,
    PerformanceFinding,
)
from shared.contracts.mediation_codes import (
    ConsentHow,
    FailureGround,
    OtherRoute,
    PaperForm,
    PartySide,
    PlaceKind,
    RecusalGround,
    RoomRole,
    SessionMode,
    TerminationGround,
    VoidReason,
)
from shared.handling import Record
from shared.identity import Actor
from shared.office.actions import Asking, Probes, Tried, actions_of
from shared.office.tried_bodies import (
    NOBODYS_DIGEST,
    UNKNOWN_UNIT,
    Bodies,
    body,
    each_code,
    each_of,
    first_of,
    nobody,
)
from shared.papers import PaperLacks
from shared.times import china_day, to_wire
from shared.vault.remembering import RememberingVault

Ask = Asking[MediationFile]
_WORDS = "…"
_SIDES = [side.value for side in PartySide]
_ROUTES = [OtherRoute.COURT.value]


_MISTAKE = {"reason": first_of(VoidReason)}


def _or(ask: Ask, ids: Iterable[str]) -> Sequence[str]:
    """The ids, or one that nothing has."""
    return sorted(ids) or [nobody(ask)]


def _new_parties(_: Ask) -> Sequence[Tried]:
    return [
        {"side": side, "parties": [{"person": {"name": f"{_WORDS} {uuid4()}"}}]} for side in _SIDES
    ]


def _consents(ask: Ask) -> Sequence[Tried]:
    """By those who are named already, else by somebody new."""
    how = ConsentHow.ORALLY.value
    known = [{"side": side, "how": how} for side in _SIDES]
    return [*known, *({**body, "how": how} for body in _mappings(_new_parties(ask)))]


def _mappings(tried: Sequence[Tried]) -> Sequence[Mapping[str, object]]:
    return [each for each in tried if isinstance(each, Mapping)]


def _assignments(ask: Ask) -> Sequence[Tried]:
    unknown = nobody(ask)
    return [{"mediator_id": unknown}, AssignMediator(mediator_id=unknown, on_roster=True)]


def _mediators(ask: Ask) -> Sequence[str]:
    return _or(ask, ask.state.mediators)


def _recusals(ask: Ask) -> Sequence[Tried]:
    ground = first_of(RecusalGround)
    return [{"mediator_id": each, "ground": ground} for each in _mediators(ask)]


def _extensions(ask: Ask) -> Sequence[Tried]:
    later = max(ask.state.due_at or ask.now, ask.now) + timedelta(days=1)
    return [{"due_at": to_wire(later), "agreed_by": _SIDES}]


def _sessions(ask: Ask) -> Sequence[Tried]:
    held = {
        "mode": SessionMode.JOINT.value,
        "place_kind": first_of(PlaceKind),
        "people": {RoomRole.PARTY.value: 2},
    }
    return [held | {"mediator_id": each} for each in _mediators(ask)]


def _drafts(_: Ask) -> Sequence[Tried]:
    """New words: the same ones again would change nothing."""
    return [
        {"dictation": f"{_WORDS} {uuid4()}", "form": form.value, "agreement_id": None}
        for form in AgreementForm
    ]


def _signings(ask: Ask) -> Sequence[Tried]:
    """The papers that were filled in, and words with every part that their form requires."""
    checked: Mapping[str, object] = {
        "legality": {"checked": [point.value for point in LegalityPoint]}
    }
    words = [
        {"form": form.value, "text": _WORDS, "parts": _parts(form), **_number(form)}
        for form in AgreementForm
    ]
    as_on_paper: Mapping[str, object] = {}
    undated: Mapping[str, object] = {"instalments": []}
    papers = [
        {"form": form.value, "paper": digest, **days}
        for form, digest, days in product(AgreementForm, ask.state.papers, (as_on_paper, undated))
    ]
    return [
        {**checked, **signed, "mediator_id": each}
        for each in _mediators(ask)
        for signed in (*papers, *words)
    ]


def _parts(form: AgreementForm) -> Sequence[str]:
    return [part.value for part in AgreementPart.in_order(REQUIRED_PARTS[form])]


def _number(form: AgreementForm) -> Mapping[str, object]:
    """One is stated, where a part of the agreement is its number: none is taken by trying."""
    return {"number": "旧字〔1950〕1号"} if AgreementPart.NUMBER in REQUIRED_PARTS[form] else {}


def _instalments(ask: Ask) -> Sequence[int]:
    succeeded = ask.state.agreement.succeeded
    return range(1, 1 + max(1, len(succeeded.instalments) if succeeded else 1))


def _performances(ask: Ask) -> Sequence[Tried]:
    return [{"instalment": number} for number in _instalments(ask)]


def _breaches(ask: Ask) -> Sequence[Tried]:
    return [
        {"ground": ground.value, "routes_offered": _ROUTES, **instalment}
        for ground in BreachGround
        for instalment in ({}, *({"instalment": number} for number in _instalments(ask)))
    ]


def _follow_ups(_: Ask) -> Sequence[Tried]:
    return [
        {"method": first_of(FollowUpMethod), "outcome": outcome.value}
        for outcome in FollowUpOutcome
    ]


def _papers(ask: Ask) -> Sequence[Tried]:
    """Nothing is printed to try: what an empty form lacks is not asked."""
    return [
        {"form": PaperForm.SESSION_RECORD.value, "values": {}},
        FillInPaper(
            form=PaperForm.SESSION_RECORD, digest=NOBODYS_DIGEST, dated=china_day(ask.now)
        ),
    ]


def _void_mediators(of: Callable[[MediationFile], Iterable[str]]) -> Bodies:
    return lambda ask: [_MISTAKE | {"mediator_id": each} for each in _or(ask, of(ask.state))]


def _void_extensions(ask: Ask) -> Sequence[Tried]:
    ends = [each.due_at for each in ask.state.extensions] or [ask.now]
    return [_MISTAKE | {"due_at": to_wire(each)} for each in ends]


def _void_sessions(ask: Ask) -> Sequence[Tried]:
    return [_MISTAKE | {"session_id": each} for each in _or(ask, ask.state.sessions)]


def _void_drafts(ask: Ask) -> Sequence[Tried]:
    drafted = ask.state.drafted
    known = [drafted.agreement_id] if drafted else []
    return [_MISTAKE | {"agreement_id": each} for each in _or(ask, known)]


def _void_papers(ask: Ask) -> Sequence[Tried]:
    digests = [*ask.state.papers] or [NOBODYS_DIGEST]
    return [_MISTAKE | {"digest": each} for each in digests]


MEDIATION_PROBES: Probes[MediationFile] = Probes(
    tried={
        "name-parties": _new_parties,
        "consent": _consents,
        "refuse": each_of("side", _SIDES, routes_told=_ROUTES),
        "withdraw-consent": each_of("side", _SIDES, routes_told=_ROUTES),
        "assign": _assignments,
        "recuse": _recusals,
        "extend": _extensions,
        "hold-session": _sessions,
        "draft": _drafts,
        "sign": _signings,
        "fail": each_code("ground", FailureGround, routes_told=_ROUTES),
        "terminate": each_code("ground", TerminationGround, routes_told=_ROUTES),
        "check-performance": each_code("finding", PerformanceFinding),
        "perform-instalment": _performances,
        "perform": body(),
        "breach": _breaches,
        "request-confirmation": body(court=UNKNOWN_UNIT, jointly_by=_SIDES),
        "decide-confirmation": each_code("result", ConfirmationResult),
        "follow-up": _follow_ups,
        "fill-in-paper": _papers,
        "void-consent": each_of("side", _SIDES, **_MISTAKE),
        "void-assignment": _void_mediators(lambda mediation: mediation.mediators),
        "void-recusal": _void_mediators(lambda mediation: mediation.recusals),
        "void-extension": _void_extensions,
        "void-session": _void_sessions,
        "void-draft": _void_drafts,
        "void-end": body(**_MISTAKE),
        "void-paper": _void_papers,
    },
    of_the_body=frozenset({MediatorNotOnRoster, PaperLacks}),
)


async def mediation_actions(
    request: Request, office: Office, actor: Actor, record: Record[MediationFile], stream_id: str
) -> list[dict[str, object]]:
    """The commands to a dispute, for whoever asks."""
    return await actions_of(
        request,
        replace(office, vault=RememberingVault(office.vault)),
        actor,
        record,
        address="/mediations/{mediation_id}",
        stream_id=stream_id,
        probes=MEDIATION_PROBES,
    )
