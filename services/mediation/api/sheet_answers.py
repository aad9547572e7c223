"""A sheet as it is answered; `sheet_filling` makes it."""

from datetime import datetime

from shared.contracts.agreement_codes import AgreementForm
from shared.contracts.mediation_codes import PartySide, SessionMode
from shared.http import Body


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


class AgreementOnSheet(Body):
    """What was signed: the text of an older one, or the digest that finds the paper."""

    agreement_id: str
    form: AgreementForm
    number: str | None
    say: str
    text: str | None
    paper: str | None


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
    sessions: list[SessionOnSheet]
    agreement: AgreementOnSheet | None
