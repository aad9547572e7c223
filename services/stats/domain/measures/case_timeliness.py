"""Rates of cases by when duties towards them were kept."""

from services.stats.domain.measures.case_words import (
    NO_REOPENING,
    REGULATIONS,
    TERM,
    departures,
    departures_before,
)
from services.stats.domain.measures.definition import Listed, Measure, Name, Rate, Treatment, Unit
from services.stats.domain.policy import POLICY

_ACCEPTANCE = Name("及时受理率", "timely acceptance rate")
_REPLY = Name("按期答复率", "on-time reply rate")
_WITHOUT_ACCEPTANCE = "no acceptance was due in the period"
_WITHOUT_REPLY = "no reply was due in the period"
_UNACCEPTED = "left out if never accepted, and listed"
_UNANSWERED = "left out if never answered, and listed"
_LEFT = "left out and listed if it was in time; counted as late if it was later"
_LEFT_IN_TIME = Treatment(
    withdrawn=_LEFT,
    diverted=_LEFT,
    linked=_LEFT,
    declined=_LEFT,
    not_yet_due=TERM,
    reopened=NO_REOPENING,
    transferred="left out, and listed from version 3 on, if another ledger held the matter at the end"
    " of the term; counted as late if it was passed on later",
)
_SILENT = Name("旧册未注明受理", "imported without a stated acceptance")
_PURPOSE = Name("旧册未注明目的", "purpose not stated")
_NO_CLAIM = Name(
    "非申诉求决", "no claim for resolution: suggestions, accusations, inquiries, others"
)
_LISTED_WITH_REPLIES = (
    Listed(
        "within_extension",
        "replied_within_extension",
        Name("延期内答复", "in time by an extension"),
    ),
    Listed(
        "extension_without_notice",
        "extension_without_notice",
        Name("延期未告知", "extended without a notice served in time"),
    ),
    Listed(
        "petitioner_day_not_stated",
        "petitioner_day_not_stated",
        Name("未注明信访人期限", "judged by the office's day: the petitioner's is not stated"),
    ),
)
_CLAIMS = "claims for resolution (申诉求决) [31(6)]"

_LISTS_TRANSFERS = 3
"""The version of a duty's measure that lists matters passed on; what it counts is that of version 2."""


def _timely_acceptance(version: int) -> Measure:
    return Measure(
        id="timely_acceptance_rate",
        version=version,
        name=_ACCEPTANCE,
        formula=Rate("accepted_within_term", "acceptance_term_over"),
        unit=Unit.PERCENT,
        cohort=f"{_CLAIMS} whose {POLICY.acceptance_days}th day after receipt lies in the period;"
        " in the numerator those accepted or settled by then",
        treatment=_LEFT_IN_TIME,
        excluded=(
            *departures_before("acceptance", transfers=version >= _LISTS_TRANSFERS),
            Listed("not_stated", "acceptance_silent", _SILENT),
            Listed("purpose_not_stated", "acceptance_purpose_not_stated", _PURPOSE),
            Listed("no_claim", "acceptance_no_claim", _NO_CLAIM),
        ),
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 22, 23, 31",
        without_base=_WITHOUT_ACCEPTANCE,
        policy=("acceptance_days", "minimum_sample"),
    )


def _on_time_reply(version: int) -> Measure:
    return Measure(
        id="on_time_reply_rate",
        version=version,
        name=_REPLY,
        formula=Rate("replied_within_term", "reply_term_over"),
        unit=Unit.PERCENT,
        cohort=f"accepted {_CLAIMS} whose last day for the reply, the petitioner's and as extended,"
        " lies in the period; in the numerator those answered or settled by then. An extension"
        " whose notice was not served by its end excuses nothing",
        treatment=_LEFT_IN_TIME,
        excluded=(
            *departures_before("reply", transfers=version >= _LISTS_TRANSFERS),
            Listed("purpose_not_stated", "reply_purpose_not_stated", _PURPOSE),
            Listed("no_claim", "reply_no_claim", _NO_CLAIM),
        ),
        beside=_LISTED_WITH_REPLIES,
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 31, 34",
        without_base=_WITHOUT_REPLY,
        policy=("minimum_sample",),
    )


_ON_ACCEPTANCE = (
    Measure(
        id="timely_acceptance_rate",
        name=_ACCEPTANCE,
        formula=Rate("accepted_in_time", "acceptance_due"),
        unit=Unit.PERCENT,
        cohort=f"cases whose {POLICY.acceptance_days}th day after filing lies in the period",
        treatment=Treatment(
            withdrawn=_UNACCEPTED,
            diverted=_UNACCEPTED,
            linked=_UNACCEPTED,
            not_yet_due=TERM,
            reopened=NO_REOPENING,
        ),
        excluded=(
            *departures("_unaccepted"),
            Listed("not_stated", "acceptance_not_stated", _SILENT),
        ),
        basis=f"{REGULATIONS} 22, 23",
        without_base=_WITHOUT_ACCEPTANCE,
        policy=("acceptance_days",),
    ),
    *(_timely_acceptance(version) for version in (2, 3)),
    Measure(
        id="timely_notice_rate",
        name=Name("按期告知率", "timely notice rate"),
        formula=Rate("notice_in_time", "notice_due"),
        unit=Unit.PERCENT,
        cohort=f"cases whose {POLICY.acceptance_days}th day after receipt lies in the period; in the"
        " numerator those whose petitioner had received a notice by then: of receipt, forwarding,"
        " acceptance, refusal or linking",
        treatment=Treatment(
            withdrawn="left out and listed if it was in time and before a notice",
            diverted="counted like any other: the petitioner is told of the other route",
            linked="counted like any other: the petitioner is told of the other case",
            declined="counted like any other: the petitioner is told of the ground and the remedy",
            not_yet_due=TERM,
            reopened="its first notice stands",
            transferred="counted like any other: the petitioner is told of the forwarding, and told"
            " anew by the receiver within its own days",
        ),
        excluded=(
            Listed("withdrawn", "withdrawn_before_notice", Name("撤回", "withdrawn")),
            Listed(
                "contact_unclear",
                "notice_contact_unclear",
                Name("姓名住址不清", "anonymous, or name or address unclear"),
            ),
            Listed(
                "accusation",
                "notice_accusation",
                Name("检举控告", "accusations, told of by rules of their own"),
            ),
            Listed(
                "not_stated",
                "notice_silent",
                Name(
                    "未注明告知",
                    "imported without a stated notice, or a converted report not completed yet",
                ),
            ),
        ),
        minimum_sample=POLICY.minimum_sample,
        basis=f"{REGULATIONS} 23",
        without_base="no notice was due in the period",
        policy=("acceptance_days", "minimum_sample"),
    ),
)

_ON_REPLY = (
    Measure(
        id="on_time_reply_rate",
        name=_REPLY,
        formula=Rate("replied_on_time", "reply_due"),
        unit=Unit.PERCENT,
        cohort="accepted cases whose reply is due in the period",
        treatment=Treatment(
            withdrawn=_UNANSWERED,
            diverted=_UNANSWERED,
            linked=_UNANSWERED,
            not_yet_due=TERM,
            reopened=NO_REOPENING,
        ),
        excluded=departures("_unanswered"),
        basis=f"{REGULATIONS} 34",
        without_base=_WITHOUT_REPLY,
    ),
    *(_on_time_reply(version) for version in (2, 3)),
    *(
        Measure(
            id=f"answered_within_{days}_days",
            name=Name(f"{days}日内答复率", f"answered within {days} days"),
            formula=Rate(f"answered_within_{days}", "filed"),
            unit=Unit.PERCENT,
            cohort=f"filed in the period; in the numerator those whose first answer's date is at"
            f" most {days} days after the date of filing",
            treatment=Treatment(
                not_yet_due="in the denominator, as every case without an answer",
                reopened=NO_REOPENING,
            ),
            basis=f"{REGULATIONS} 34",
            without_base="no case was filed in the period",
            policy=("answer_days",),
        )
        for days in POLICY.answer_days
    ),
)

CASE_TIMELINESS = (*_ON_ACCEPTANCE, *_ON_REPLY)
