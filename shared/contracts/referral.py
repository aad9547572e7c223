"""Under which id mediation keeps what a referral came to: it is made of the referral's own.

So whoever has referred knows the answer to each referral, and reading a referral twice comes to
one answer.
"""

from shared.divisions import division_of, id_caused_by


def taken_up_as(referral_id: str, committee_id: str) -> str:
    """The dispute, in the ledger of the committee's township; the id is the referral event's."""
    return id_caused_by(referral_id, division=division_of(committee_id))


def declined_as(referral_id: str, case_id: str) -> str:
    """That nobody could take it, in the ledger of the petition's own township."""
    return id_caused_by(referral_id, division=division_of(case_id))
