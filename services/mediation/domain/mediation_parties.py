"""Who is on which side: as applied for, as found out later, and at last as they agree."""

from services.mediation.domain.mediation_commands import NameParties
from services.mediation.domain.mediation_file import MediationFile
from services.mediation.domain.mediation_refusals import (
    AgreementIsSigned,
    ConsentNeedsItsParties,
    PartiesHaveAgreed,
    PartyMissingFromConsent,
    PartyOnBothSides,
)
from shared.contracts.event import Event
from shared.contracts.mediation import MediationPartiesNamed
from shared.contracts.mediation_codes import PartySide


def name_parties(command: NameParties, mediation: MediationFile) -> list[Event]:
    """Who they are is found out, whether they want it or not: it binds nobody.

    Those named before are left out, and the application's stand again where nobody is named. Who
    agreed is on record by that; of a side that never did, it may come after the end as well. What was
    said of the dispute is replaced only by other words.
    """
    named = MediationPartiesNamed(
        side=command.side,
        parties=command.parties,
        words_digest=command.words_digest,
        **mediation.about(),
    )
    parties = command.parties or mediation.parties_applied_for(command.side)
    says_nothing_new = command.words_digest in {None, mediation.words_digest}
    if mediation.parties_of(command.side) == parties and says_nothing_new:
        return []
    if mediation.agreement.succeeded:
        raise AgreementIsSigned
    if command.side in mediation.consents:
        raise PartiesHaveAgreed(side=command.side.value)
    _refuse_the_other_sides(parties, command.side, mediation)
    return [named]


def require_all_parties(
    parties: tuple[str, ...], side: PartySide, mediation: MediationFile
) -> None:
    """A side that has not agreed agrees when all do who are on record for it; others may join."""
    if not parties:
        raise ConsentNeedsItsParties(field="parties")
    if set(mediation.parties_of(side)) - set(parties):
        raise PartyMissingFromConsent(field="parties")
    _refuse_the_other_sides(parties, side, mediation)


def _refuse_the_other_sides(
    parties: tuple[str, ...], side: PartySide, mediation: MediationFile
) -> None:
    (other,) = set(PartySide) - {side}
    refuse_a_party_on_both_sides(set(parties), set(mediation.parties_of(other)))


def refuse_a_party_on_both_sides(applicants: set[str], respondents: set[str]) -> None:
    """Nobody quarrels with themselves."""
    if applicants & respondents:
        raise PartyOnBothSides
