"""What a registration may say, when it is filed and when it is corrected."""

from shared.contracts.case_codes import FirstOrRepeat, Purpose
from shared.contracts.intake import CaseFiled
from shared.divisions import check_village
from shared.refusals import Refusal


class FirstCaseRepeatsNothing(Refusal):
    """A case that is stated to be the first of its matter cannot name one that it repeats."""

    status = 422
    title = "A first case repeats no other"


class AccusedUnitIsSealed(Refusal):
    """An accusation names the unit that it accuses in its sealed text only [R30]."""

    status = 422
    title = "The accused unit belongs in the sealed text"


class ReceivedAfterFiling(Refusal):
    """A case is received before it is filed, or on the same day."""

    status = 422
    title = "The day of receipt lies after the filing"


def check_registration(registration: CaseFiled) -> None:
    """Refuse facts that contradict each other."""
    check_village(registration.village_code, of=registration.case_id)
    if registration.repeat_of and registration.first_or_repeat is FirstOrRepeat.FIRST:
        raise FirstCaseRepeatsNothing
    if registration.complained_unit and registration.purpose is Purpose.ACCUSATION:
        raise AccusedUnitIsSealed
