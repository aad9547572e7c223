"""What a registration may say, when it is filed and when it is corrected."""

from services.intake.domain.registration_policy import FROM_FIVE, RegistrationPolicy
from shared.contracts.case_codes import FirstOrRepeat, Purpose
from shared.contracts.intake import CaseFiled
from shared.divisions import check_village, county_of
from shared.refusals import Refusal, invalid


class FirstCaseRepeatsNothing(Refusal):
    """A case that is stated to be the first of its matter cannot name one that it repeats."""

    status = 422
    title = "A first case repeats no other"


class AccusedUnitIsSealed(Refusal):
    """An accusation names the unit or organisation that it accuses in its sealed text only [R30]."""

    status = 422
    title = "The accused unit belongs in the sealed text"


class ReceivedAfterFiling(Refusal):
    """A case is received before it is filed, or on the same day."""

    status = 422
    title = "The day of receipt lies after the filing"


class OneIsNotJoint(Refusal):
    """A single petitioner cannot petition jointly."""

    status = 422
    title = "One person does not petition jointly"


class GroupIsJoint(Refusal):
    """So many people behind one matter petition jointly; the registration has to state it."""

    status = 422
    title = "A group petitions jointly"


class AnonymousHasNoName(Refusal):
    """A petition with a name is not anonymous; leave the name out, or state that it is not."""

    status = 422
    title = "An anonymous petition has no name"


def check_group(registration: CaseFiled, policy: RegistrationPolicy = FROM_FIVE) -> None:
    """Refuse a headcount that contradicts whether the petition is joint."""
    headcount, joint = registration.headcount, registration.joint
    if headcount == 1 and joint:
        raise OneIsNotJoint(field="joint")
    if headcount is not None and headcount >= policy.joint_from and not joint:
        raise GroupIsJoint(
            f"From {policy.joint_from} people on a petition is joint: state `joint` as true, "
            "or another `headcount`.",
            field="joint",
        )


def refuse_named_anonymous(*, anonymous: bool | None, name: str | None) -> None:
    """Raise AnonymousHasNoName for a petition that is stated to be both."""
    if anonymous and name:
        raise AnonymousHasNoName(field="anonymous")


def check_registration(registration: CaseFiled) -> None:
    """Refuse facts that contradict each other."""
    check_village(registration.village_code, of=registration.case_id)
    if registration.repeat_of and registration.first_or_repeat is FirstOrRepeat.FIRST:
        raise FirstCaseRepeatsNothing
    names_one = _complained(registration) or registration.cause_ref
    if names_one and registration.purpose is Purpose.ACCUSATION:
        raise AccusedUnitIsSealed
    _check_complained_division(registration)


def _complained(registration: CaseFiled) -> str | None:
    return registration.complained_mark or registration.complained_unit


def _check_complained_division(registration: CaseFiled) -> None:
    """The division is that of a unit, and lies in the county of the case."""
    division = registration.complained_division
    if division is None:
        return
    if _complained(registration) is None:
        raise invalid("complained_division", "Name the complained unit as well")
    if county_of(division) != county_of(registration.case_id):
        raise invalid("complained_division", "The division lies in another county")
