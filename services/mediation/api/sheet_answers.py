"""A sheet as it is answered; `sheet_filling` makes it."""

from datetime import date, datetime

from shared.contracts.agreement_codes import AgreementForm
from shared.contracts.mediation_codes import PartySide, SessionMode
from shared.http import Body
from shared.vault.bodies import OrganisationShown


class PersonOnSheet(Body):
    """A party; name and phone are null where they were erased or never given."""

    party_id: str
    name: str | None
    phone: str | None


class SideOnSheet(Body):
    """One side: who they are, whether they agree, and what was written down as they agreed."""

    side: PartySide
    say: str
    people: list[PersonOnSheet]
    consent_text: str | None


class SessionOnSheet(Body):
    """A session that stands; its record is null where it was erased or never given."""

    session_id: str
    mode: SessionMode
    side: PartySide | None
    """With whom, in a caucus."""
    held_at: datetime
    say: str
    record: str | None


class InstalmentOnSheet(Body):
    """A part of the promise; it is done when it was performed in full."""

    instalment: int
    due_on: date
    done: bool


class AgreementOnSheet(Body):
    """What was signed: the text of an older one, or the digest that finds the paper."""

    agreement_id: str
    form: AgreementForm
    number: str | None
    say: str
    text: str | None
    paper: str | None
    performance: str
    """How much of the promise was kept; empty where it has no days."""
    instalments: list[InstalmentOnSheet]
    court: str
    """What of a court: asked, decided, or until when both sides may ask."""
    ask_a_court_by: date | None
    """Both sides' last day for it (C14); None where no court confirms what it is about [JC4]."""


class Sheet(Body):
    """All that a mediator has to know before speaking with the people of a dispute."""

    mediation_id: str
    state: str
    version: int
    about: str
    say: str
    call: str
    """Who is to be called, under which number, about what."""
    sides: list[SideOnSheet]
    narrative: str | None
    cause: OrganisationShown | None
    """The organisation that caused the dispute, where the application names one."""
    sessions: list[SessionOnSheet]
    agreement: AgreementOnSheet | None
