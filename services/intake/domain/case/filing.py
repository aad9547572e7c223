"""登记 (filing): a case enters the register, and a register may state again what it filed."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case.case_file import CaseFile, CaseNotFound, about
from services.intake.domain.case.origin import Origin
from services.intake.domain.case.registration import (
    ReceivedAfterFiling,
    check_group,
    check_registration,
)
from services.intake.domain.case.repeating import refuse_unless_earlier
from shared.contracts.case_codes import Category, Channel, FirstOrRepeat, Purpose, ReceivedFrom
from shared.contracts.event import Event
from shared.contracts.intake import CaseFiled
from shared.refusals import Refusal
from shared.times import is_later_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalReference:
    """The number under which an older register keeps the case."""

    source: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCase:
    """登记 [R22]."""

    case_id: str
    matter_id: str
    number: str
    channel: Channel
    purpose: Purpose
    category: Category
    headcount: int | None
    joint: bool | None
    anonymous: bool | None
    first_or_repeat: FirstOrRepeat
    urgent: bool | None
    village_code: str | None = None
    repeat_of: str | None = None
    repeated: CaseFile | None = None
    """The case that this one repeats, as it was looked up."""
    received_from: ReceivedFrom | None = None
    complained_unit: str | None = None
    """By its code, where the county has no key for marks."""
    complained_division: str | None = None
    """The division of that unit, where the complaint states it."""
    complained_mark: str | None = None
    person_ref: str | None = None
    content_digest: str | None = None
    external: ExternalReference | None = None
    received_on: date | None = None
    """The day on which the office received it; None where it is the day of the filing."""
    contact_unclear: bool | None = None
    transferred_from: str | None = None
    report_id: str | None = None
    """The grid report that was converted to this case."""
    cause_ref: str | None = None
    """The organisation that caused the matter."""
    origin: Origin = Origin.OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class CiteFiling:
    """A register states again a case that was filed from it.

    The digest is None where the content cannot be compared.
    """

    content_digest: str | None


class CaseAlreadyFiled(Refusal):
    """The case is in the register already, with other particulars."""

    title = "The case is filed already"


class FiledWithOtherContent(Refusal):
    """The register's number belongs to a case that was filed with other content."""

    title = "The number belongs to another content"


def file(command: FileCase, case: CaseFile) -> list[Event]:
    """A case is filed once; the same filing again adds nothing, another is refused."""
    filed = _filing(command)
    check_registration(filed)
    if command.origin is Origin.OFFICE:
        check_group(filed)
    if command.received_on and is_later_day(command.received_on, case.mark.occurred_at):
        raise ReceivedAfterFiling(field="received_on", filed_on=case.on.isoformat())
    refuse_unless_earlier(
        command.repeated, case_id=command.case_id, received_on=command.received_on or case.on
    )
    if case.filed is None:
        return [filed]
    if case.filed != filed:
        raise CaseAlreadyFiled
    return []


def _filing(command: FileCase) -> CaseFiled:
    return CaseFiled(
        number=command.number,
        channel=command.channel,
        purpose=command.purpose,
        category=command.category,
        headcount=command.headcount,
        joint=command.joint,
        anonymous=command.anonymous,
        first_or_repeat=command.first_or_repeat,
        urgent=command.urgent,
        village_code=command.village_code,
        repeat_of=command.repeat_of,
        received_from=command.received_from,
        complained_unit=command.complained_unit,
        complained_division=command.complained_division,
        complained_mark=command.complained_mark,
        person_ref=command.person_ref,
        content_digest=command.content_digest,
        external_source=command.external.source if command.external else None,
        external_number=command.external.number if command.external else None,
        received_on=command.received_on,
        contact_unclear=command.contact_unclear,
        transferred_from=command.transferred_from,
        report_id=command.report_id,
        cause_ref=command.cause_ref,
        **about(command.case_id, command.matter_id, command.origin),
    )


def cite(command: CiteFiling, case: CaseFile) -> list[Event]:
    """Adds nothing; content that differs from what was filed is refused."""
    if case.filed is None:
        raise CaseNotFound
    if command.content_digest not in {None, case.filed.content_digest}:
        raise FiledWithOtherContent
    return []
