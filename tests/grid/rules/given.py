"""Events as ledgers have them, and what a rule makes of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from services.grid.domain.rules import RULES, Rule, Verdict
from services.grid.domain.rules.counted_cases import CountedCase
from services.grid.domain.rules.reading import facts_in
from services.grid.domain.rules.state import RuleState, Watched
from services.grid.policies.early_warnings import shipped_early_warnings
from shared.cloudevents import RecordedEvent
from shared.contracts.agreement_codes import AgreementForm, BreachGround
from shared.contracts.agreements import AgreementBreached, MediationSucceeded
from shared.contracts.case_codes import (
    Category,
    Channel,
    FirstOrRepeat,
    OpinionResult,
    Procedure,
    Purpose,
    ServiceMethod,
)
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact, FilingVoidReason
from shared.contracts.case_holding import CaseRouted
from shared.contracts.case_holding_codes import RoutingGround
from shared.contracts.event import Event
from shared.contracts.grid_reports import (
    GridReportCorrected,
    GridReportHandled,
    GridReportRejected,
    GridReportReturned,
    GridReportSubmitted,
)
from shared.contracts.intake import (
    CaseAccepted,
    CaseFiled,
    CaseReplied,
    FilingCorrected,
    FilingVoided,
    OpinionServed,
)
from shared.contracts.mediation import MediationApplied
from shared.contracts.mediation_codes import DisputeKind, MediationOrigin
from shared.contracts.report_codes import (
    HandlingResult,
    LadderLevel,
    ReportCategory,
    ReportCorrectionReason,
    ReportRejection,
    ReportReturnReason,
    ReportSource,
    ReportTopic,
    Urgency,
)
from shared.contracts.signal_codes import (
    LinkedTo,
    SignalField,
    SignalKind,
    SignalLinkReason,
    SignalSource,
)
from shared.contracts.signals import SignalCorrected, SignalLinked, SignalReceived

TOWNSHIP = "519900101"
VILLAGE = "519900101201"
GRID = "519900101201001"
POLICY = shipped_early_warnings()
FIRST = datetime(2025, 3, 3, 1, tzinfo=UTC)
DIGEST, MARK = "a" * 64, "c" * 64
_IDS = count(1)


def an_id(number: int) -> str:
    return f"{TOWNSHIP}-00000000-0000-7000-8000-{number:012x}"


MATTER, CASE, REPORT, SIGNAL = (an_id(0xF000 + number) for number in range(4))
MEDIATION, AGREEMENT, COMMITTEE = (an_id(0xF100 + number) for number in range(3))


def on(day: float) -> datetime:
    """So many days after the first moment of a test."""
    return FIRST + timedelta(days=day)


def happened(event: Event, day: float, *, recorded: float | None = None) -> RecordedEvent:
    return RecordedEvent(
        source="/any",
        division=TOWNSHIP,
        sequence=1,
        stream_id=CASE,
        event_id=an_id(next(_IDS)),
        kind=event.kind,
        schema_version=event.schema_version,
        data=event.to_canonical(),
        occurred_at=on(day),
        recorded_at=on(day if recorded is None else recorded),
        previous_hash=b"",
        hash=b"",
    )


def filed(**changes: Any) -> CaseFiled:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "number": "519900-2026-LF-000001-C",
        "channel": Channel.VISIT,
        "purpose": Purpose.REQUEST,
        "category": Category.LABOUR,
        "headcount": 1,
        "joint": False,
        "anonymous": False,
        "first_or_repeat": FirstOrRepeat.FIRST,
        "urgent": False,
        "village_code": VILLAGE,
    }
    return CaseFiled(**{**given, **changes})


def accepted(**changes: Any) -> CaseAccepted:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "procedure": Procedure.ORDINARY,
        "responsible_unit": "labour-office",
        "co_handlers": (),
        "due_at": on(60),
        "handler": "post:1",
    }
    return CaseAccepted(**{**given, **changes})


def served(**changes: Any) -> OpinionServed:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "result": OpinionResult.SUPPORTED,
        "measures": (),
        "method": ServiceMethod.IN_PERSON,
    }
    return OpinionServed(**{**given, **changes})


def replied(**changes: Any) -> CaseReplied:
    given: dict[str, Any] = {"matter_id": MATTER, "case_id": CASE, "reply_digest": DIGEST}
    return CaseReplied(**{**given, **changes})


def submitted(**changes: Any) -> GridReportSubmitted:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "report_id": REPORT,
        "grid_code": GRID,
        "category": ReportCategory.LABOUR,
        "topic": ReportTopic.UNPAID_WAGES,
        "matter_category": Category.LABOUR,
        "urgency": Urgency.NORMAL,
        "source": ReportSource.RESIDENT,
        "words_digest": DIGEST,
        "persons": (),
        "level": LadderLevel.GRID,
    }
    return GridReportSubmitted(**{**given, **changes})


def retopiced(**changes: Any) -> GridReportCorrected:
    """Place or topic of a report are corrected."""
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "report_id": REPORT,
        "why": ReportCorrectionReason.FOUND_OTHERWISE,
        "changed": (),
        "was_grid_code": GRID,
        "was_topic": ReportTopic.UNPAID_WAGES,
        "was_matter_category": Category.LABOUR,
        "submitted_at": on(0),
    }
    return GridReportCorrected(**{**given, **changes})


def rejected(**changes: Any) -> GridReportRejected:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "report_id": REPORT,
        "reason": ReportRejection.NO_MATTER,
        "grid_code": GRID,
        "matter_category": Category.LABOUR,
    }
    return GridReportRejected(**{**given, **changes})


def recaused(**changes: Any) -> FilingCorrected:
    """The cause of a case is corrected."""
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "why": CorrectionReason.FOUND_OTHERWISE,
        "changed": (FilingFact.CAUSE_REF,),
        "was_category": Category.LABOUR,
        "registered_at": on(0),
    }
    return FilingCorrected(**{**given, **changes})


def recorrected(*changed: FilingFact, **changes: Any) -> FilingCorrected:
    """Facts of a registration are corrected."""
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "why": CorrectionReason.FOUND_OTHERWISE,
        "changed": changed,
    }
    return FilingCorrected(**{**given, **changes})


def voided(**changes: Any) -> FilingVoided:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "why": FilingVoidReason.REGISTERED_TWICE,
    }
    return FilingVoided(**{**given, **changes})


def routed(**changes: Any) -> CaseRouted:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "case_id": CASE,
        "purpose": Purpose.ACCUSATION,
        "ground": RoutingGround.NOT_A_CLAIM,
        "by_post": "post:1",
    }
    return CaseRouted(**{**given, **changes})


def handled(**changes: Any) -> GridReportHandled:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "report_id": REPORT,
        "on_site": False,
        "result": HandlingResult.SOLVED,
        "by_unit": "water-office",
    }
    return GridReportHandled(**{**given, **changes})


def returned(**changes: Any) -> GridReportReturned:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "report_id": REPORT,
        "by_unit": "water-office",
        "reason": ReportReturnReason.NOT_OUR_REMIT,
    }
    return GridReportReturned(**{**given, **changes})


def received(**changes: Any) -> SignalReceived:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "signal_id": SIGNAL,
        "source": SignalSource.HOTLINE_12345,
        "kind": SignalKind.HELP,
        "category": Category.LABOUR,
        "words_digest": DIGEST,
    }
    return SignalReceived(**{**given, **changes})


def corrected(**changes: Any) -> SignalCorrected:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "signal_id": SIGNAL,
        "changed": (SignalField.COMPLAINED_UNIT,),
    }
    return SignalCorrected(**{**given, **changes})


def linked(**changes: Any) -> SignalLinked:
    given: dict[str, Any] = {
        "matter_id": an_id(0xF300),
        "signal_id": SIGNAL,
        "to_matter_id": MATTER,
        "to_kind": LinkedTo.CASE,
        "to_id": CASE,
        "why": SignalLinkReason.SAME_MATTER,
    }
    return SignalLinked(**{**given, **changes})


def applied(**changes: Any) -> MediationApplied:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "mediation_id": MEDIATION,
        "origin": MediationOrigin.APPLIED,
        "category": Category.LABOUR,
        "dispute_kind": DisputeKind.LABOUR,
        "committee_id": COMMITTEE,
        "applicants": (),
        "respondents": (),
        "village_code": VILLAGE,
    }
    return MediationApplied(**{**given, **changes})


def succeeded(**changes: Any) -> MediationSucceeded:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "mediation_id": MEDIATION,
        "agreement_id": AGREEMENT,
        "form": AgreementForm.WRITTEN,
        "mediator_id": COMMITTEE,
        "parts": (),
        "instalments": (),
        "effective_on": FIRST.date(),
        "legality_checked": (),
        "legality_objections": (),
        "agreement_digest": DIGEST,
    }
    return MediationSucceeded(**{**given, **changes})


def breached(**changes: Any) -> AgreementBreached:
    given: dict[str, Any] = {
        "matter_id": MATTER,
        "mediation_id": MEDIATION,
        "agreement_id": AGREEMENT,
        "ground": BreachGround.REFUSED,
        "routes_offered": (),
    }
    return AgreementBreached(**{**given, **changes})


def the_day(days: int) -> date:
    """So many days after the first day of a test, in China."""
    return (on(days) + timedelta(hours=8)).date()


class Judged:
    """A rule over events in the order in which they are read."""

    def __init__(self, rule: Rule, policy: Any = POLICY) -> None:
        self.rule, self.policy = rule, policy
        self.states: dict[str, RuleState] = {}
        self.cases: dict[str, CountedCase] = {}
        self.asked: list[tuple[str, Verdict]] = []
        self.moments: dict[str, set[datetime]] = {}

    def read(self, *events: tuple[Event, RecordedEvent]) -> "Judged":
        for event, recorded in events:
            if event.kind not in self.rule.kinds:
                continue
            for _, key, fact in facts_in([self.rule], recorded, event, self.cases):
                learned = self._watched(key).learn(
                    self.states.setdefault(key, RuleState()), fact, recorded.recorded_at
                )
                self._note(key, learned.look_at)
                if learned.verdict:
                    self.asked.append((key, learned.verdict))
        return self

    def at(self, day: float) -> "Judged":
        """Let all moments pass until then."""
        for key, moments in self.moments.items():
            while due := sorted(each for each in moments if each <= on(day)):
                moments.discard(due[0])
                learned = self._watched(key).look(self.states[key], due[0])
                self._note(key, learned.look_at)
                if learned.verdict:
                    self.asked.append((key, learned.verdict))
        return self

    @property
    def levels(self) -> list[str]:
        """The levels that were asked for, in their order."""
        return [verdict.level.value for _, verdict in self.asked]

    @property
    def last(self) -> Verdict:
        return self.asked[-1][1]

    def _note(self, key: str, moment: datetime | None) -> None:
        moments = self.moments.setdefault(key, set())
        if moment is not None:
            moments.add(moment)

    def _watched(self, key: str) -> Watched:
        return Watched(rule=self.rule, key=key, policy=self.policy)


def events(*stated: tuple[Event, float] | tuple[Event, float, float]) -> list[Any]:
    """Events with the days on which they happened, and were recorded."""
    return [
        (event, happened(event, when[0], recorded=when[1] if len(when) > 1 else None))
        for event, *when in stated
    ]


def outcome(
    read: Iterable[tuple[Event, RecordedEvent]],
    rules: Iterable[Rule] = RULES,
    policy: Any = POLICY,
) -> dict[tuple[str, str], str]:
    """The level that each rule comes to about each subject."""
    read = list(read)
    found: dict[tuple[str, str], str] = {}
    for rule in rules:
        judged = Judged(rule, policy).read(*read).at(1_000)
        found |= {(rule.id.value, key): verdict.level.value for key, verdict in judged.asked}
    return found


def with_policy(rule: Rule, **changes: Any) -> Any:
    """The shipped policy with other numbers for a rule."""
    table = replace(POLICY.rules[rule.id], **changes)
    return replace(POLICY, rules={**POLICY.rules, rule.id: table})
