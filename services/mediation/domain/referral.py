"""移送: a dispute that another service refers to a committee, whichever that service is."""

from dataclasses import dataclass, replace

from shared.contracts.case_codes import Category
from shared.contracts.event import Event
from shared.contracts.grid_reports import GridReportConverted
from shared.contracts.intake import CaseReferredToMediation
from shared.contracts.mediation_codes import DisputeKind, ReferredBy
from shared.contracts.report_codes import ConvertedTo
from shared.keyed_marks import NO_MARKS, KeyedMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """What is referred, by whom and to which committee; the parties are in others' vaults."""

    matter_id: str
    referred_id: str
    """The petition or the report: a refusal is kept in the ledger of its township."""
    committee_id: str
    referred_by: ReferredBy
    category: Category
    dispute_kind: DisputeKind
    village_code: str | None
    case_id: str | None = None
    report_id: str | None = None
    cause_ref: str | None = None
    complained_unit: str | None = None
    """The unit of which the petition or the report complains."""
    complained_division: str | None = None
    complained_mark: str | None = None


def referral_of(fact: Event, marks: KeyedMarks = NO_MARKS) -> Referral | None:
    """The referral that an event of another service states; None where it asks no committee.

    The unit that it complains of is named by its mark from then on.
    """
    referral = _stated(fact)
    unit = referral.complained_unit if referral else None
    mark = None if unit is None else marks.of_unit(unit)
    if referral is None or mark is None:
        return referral
    return replace(referral, complained_unit=None, complained_mark=mark)


def _stated(fact: Event) -> Referral | None:
    match fact:
        case CaseReferredToMediation():
            return Referral(
                matter_id=fact.matter_id,
                referred_id=fact.case_id,
                committee_id=fact.committee_id,
                referred_by=ReferredBy.PETITION,
                category=fact.category,
                dispute_kind=fact.dispute_kind or DisputeKind.NOT_STATED,
                village_code=fact.village_code,
                case_id=fact.case_id,
                cause_ref=fact.cause_ref,
                complained_unit=fact.complained_unit,
                complained_division=fact.complained_division,
                complained_mark=fact.complained_mark,
            )
        case GridReportConverted(to=ConvertedTo.MEDIATION, committee_id=str(committee_id)):
            return Referral(
                matter_id=fact.matter_id,
                referred_id=fact.report_id,
                committee_id=committee_id,
                referred_by=ReferredBy.GRID,
                category=fact.matter_category,
                dispute_kind=DisputeKind.NOT_STATED,
                village_code=fact.village_code,
                report_id=fact.report_id,
                cause_ref=fact.cause_ref,
                complained_unit=fact.about_unit,
                complained_mark=fact.about_mark,
                complained_division=fact.about_division,
            )
        case _:
            return None
