"""Under which id others keep what a referral or a conversion came to: it is made of that event's own.

So whoever has referred or converted knows the answer to each, and reading the event twice comes to
one answer.
"""

from shared.divisions import division_of, id_caused_by


def taken_up_as(referral_id: str, committee_id: str) -> str:
    """The dispute, in the ledger of the committee's township; the id is the referral event's."""
    return id_caused_by(referral_id, division=division_of(committee_id))


def declined_as(referral_id: str, referred_id: str) -> str:
    """That nobody could take it, in the own township of the petition or report that was referred."""
    return id_caused_by(referral_id, division=division_of(referred_id))


def filed_as(conversion_id: str) -> str:
    """The case to which a report was converted, in the report's own ledger."""
    return id_caused_by(conversion_id, division=division_of(conversion_id))


def conversion_of(case_id: str) -> str:
    """The id of the conversion by which a case was filed, if one was."""
    return id_caused_by(case_id, division=division_of(case_id))
