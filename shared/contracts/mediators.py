"""Events about mediators and their committees: about no matter, so they name none."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event
from shared.contracts.mediation_codes import CommitteeKind, MediatorKind
from shared.contracts.words import Digest
from shared.divisions import Identifier, VillageCode

Women = Annotated[int, Field(strict=True, ge=1, le=9)]
"""How many of the members are women: at least one [M8]; a count, nobody's data."""


class MediatorEvent(Event):
    """What all events about a mediator have in common."""

    mediator_id: Identifier


class MediatorEnrolled(MediatorEvent):
    """聘任: somebody is on the roster with these kinds, beside any that were enrolled before.

    One person counts once, and once in each kind.
    """

    kinds: tuple[MediatorKind, ...]
    person_ref: Identifier


class MediatorLeft(MediatorEvent):
    """Somebody is no longer on the roster; why is nobody else's business."""


class CommitteeEvent(Event):
    """What all events about a committee have in common."""

    committee_id: Identifier


class CommitteeEstablished(CommitteeEvent):
    """A people's mediation committee is set up for a term of three years [M8, M9, M34]."""

    committee_kind: CommitteeKind
    members: tuple[Identifier, ...]
    """Three to nine mediators."""
    women: Women
    term_from: date
    term_to: date
    """The last day of the term."""
    village_code: VillageCode | None = None
    seal_digest: Digest | None = None


class CommitteeSealFiled(CommitteeEvent):
    """The print of the committee's seal is on file; written agreements bear it [M29]."""

    seal_digest: Digest


class CommitteeSeatsFilled(CommitteeEvent):
    """补选: the members within the term, as they are from now on."""

    members: tuple[Identifier, ...]
    women: Women


class CommitteeTermRenewed(CommitteeEvent):
    """换届: another term, with these members."""

    members: tuple[Identifier, ...]
    women: Women
    term_from: date
    term_to: date


class CommitteeDissolved(CommitteeEvent):
    """撤销: the committee is no more; what it has mediated stands."""
