"""Events of the mediation service about one dispute, as published on `concord.mediation`.

What is said and agreed stays in the vault and the papers: an event has codes, references, counts
and salted digests. What becomes of an agreement is in `agreements`, the people in `mediators`.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.mediation_codes import (
    ConsentHow,
    DisputeKind,
    FailureGround,
    MediationOrigin,
    NotTakenUpGround,
    OtherRoute,
    PaperForm,
    PartySide,
    PlaceKind,
    RecusalGround,
    ReferredBy,
    RoomRole,
    SessionMode,
    TerminationGround,
    VoidReason,
)
from shared.contracts.words import Digest, KeyedMark, UnitRef
from shared.divisions import Identifier, ScopeCode, VillageCode
from shared.times import WireTime

PartyRef = Identifier
"""A party by an opaque reference into the vault of mediation; never a name."""

PaperNumber = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The number on the paper, by committee and year."""

PeopleInTheRoom = Annotated[int, Field(strict=True, ge=1, le=10_000)]


class MediationEvent(Event):
    """What all events about a mediation have in common."""

    matter_id: Identifier
    mediation_id: Identifier
    case_id: Identifier | None = None
    """The petition it was referred from."""
    report_id: Identifier | None = None
    """The grid report it was referred from."""


class MediationApplied(MediationEvent):
    """A dispute (件) is in the register of a committee; nobody is bound to anything by that."""

    origin: MediationOrigin
    category: Category
    dispute_kind: DisputeKind
    committee_id: Identifier
    applicants: tuple[PartyRef, ...]
    respondents: tuple[PartyRef, ...]
    """Either list may be empty where a referral does not tell who they are."""
    referred_by: ReferredBy | None = None
    village_code: VillageCode | None = None
    application_digest: Digest | None = None
    cause_ref: KeyedMark | None = None
    """The organisation (employer, developer, contractor) that caused the matter; never a person."""
    complained_unit: UnitRef | None = None
    """The unit that the matter complains of: it sees nothing of the dispute."""
    complained_division: ScopeCode | None = None
    """The division of that unit; where it is left out, that of the matter, or its county."""
    complained_mark: KeyedMark | None = None
    """The unit that the matter complains of, by the mark of its code: newer events name none by its code."""


class MediationNotTakenUp(MediationEvent):
    """A referral found no committee that could take it: whoever referred asks another one.

    It is in the ledger of the petition's own township; there may be no ledger where it was sent.
    """

    committee_id: Identifier
    ground: NotTakenUpGround
    complained_unit: UnitRef | None = None
    """The unit that the matter complains of, as the referral has it."""
    complained_division: ScopeCode | None = None
    complained_mark: KeyedMark | None = None
    """That unit by the mark of its code."""


class MediationPartiesNamed(MediationEvent):
    """Who is on one side was found out before it agreed, or though it never did: it binds nobody.

    They take the place of those named before; where nobody is named, the application's stand.
    """

    side: PartySide
    parties: tuple[PartyRef, ...]
    words_digest: Digest | None = None
    """Of what was said of the dispute, where it is taken over from whoever referred it."""


class MediationConsented(MediationEvent):
    """One side, all its parties, agrees to mediation [M17]."""

    side: PartySide
    parties: tuple[PartyRef, ...]
    how: ConsentHow
    consent_digest: Digest | None = None
    paper_digest: Digest | None = None
    """Of the paper by which it was given, where one was filled in."""


class MediationOpened(MediationEvent):
    """Both sides have agreed: the mediation begins, and its period with it (C16)."""

    due_at: WireTime
    policy_version: str | None = None
    calendar_version: str | None = None


class MediationRefused(MediationEvent):
    """One side does not want mediation, which is its right and ends the matter here [M17]."""

    side: PartySide
    routes_told: tuple[OtherRoute, ...]
    paper_digest: Digest | None = None
    """Of the notice by which the parties were told, where one was filled in."""


class ConsentWithdrawn(MediationEvent):
    """One side no longer wants mediation; the end that this is follows as an event of its own."""

    side: PartySide


class MediatorAssigned(MediationEvent):
    """A mediator of the roster takes part; there may be several [M19]."""

    mediator_id: Identifier


class MediatorRecused(MediationEvent):
    """回避: the mediator steps back from this dispute, on a ground."""

    mediator_id: Identifier
    ground: RecusalGround


class MediationPeriodExtended(MediationEvent):
    """Both sides give the mediation more time (C16)."""

    due_at: WireTime
    agreed_by: tuple[PartySide, ...]


class MediationSessionHeld(MediationEvent):
    """One session (次); a dispute may take several, so sessions are never counted as disputes."""

    session_id: Identifier
    mode: SessionMode
    place_kind: PlaceKind
    mediator_id: Identifier
    people: dict[RoomRole, PeopleInTheRoom]
    """How many were in the room, by role."""
    side: PartySide | None = None
    """With whom, in a caucus."""
    record_digest: Digest | None = None


class MediationFailed(MediationEvent):
    """调解不成: begun with both sides' consent, ended without an agreement [M26]."""

    ground: FailureGround
    routes_told: tuple[OtherRoute, ...]
    paper_digest: Digest | None = None
    """Of the notice by which the parties were told, where one was filled in."""


class MediationTerminated(MediationEvent):
    """No longer kept as a mediation, before any session was held: neither success nor failure."""

    ground: TerminationGround
    routes_told: tuple[OtherRoute, ...]
    paper_digest: Digest | None = None
    """Of the notice by which the parties were told, where one was filled in."""


class MediationPaperFilledIn(MediationEvent):
    """文书: a paper was filled in and printed; it binds nobody until it is signed by hand.

    Its digest is salted, covers what is written in it and the printed bytes, and finds both in
    the vault. Of most forms a later paper takes the place of the one before it.
    """

    form: PaperForm
    digest: Digest
    dated: date
    number: PaperNumber | None = None
    """By committee and year, where the form bears one."""


class MediationPaperVoided(MediationEvent):
    """A paper had been filled in that was not meant so; its number stays that dispute's own.

    What is on it stays in the vault. A paper whose place it had taken stands again.
    """

    form: PaperForm
    digest: Digest
    reason: VoidReason


class MediationConsentVoided(MediationEvent):
    """A consent had been recorded that was not given so."""

    side: PartySide
    reason: VoidReason


class MediatorAssignmentVoided(MediationEvent):
    """A mediator had been recorded who takes no part."""

    mediator_id: Identifier
    reason: VoidReason


class MediatorRecusalVoided(MediationEvent):
    """A mediator had been recorded as stepping back who takes part."""

    mediator_id: Identifier
    reason: VoidReason


class MediationExtensionVoided(MediationEvent):
    """An extension had been recorded that was not agreed so; the period before it stands."""

    due_at: WireTime
    reason: VoidReason


class MediationSessionVoided(MediationEvent):
    """A session had been recorded that was not held so; it counts as none."""

    session_id: Identifier
    reason: VoidReason


class MediationEndVoided(MediationEvent):
    """An end had been recorded that was none: the mediation goes on where it was."""

    reason: VoidReason
