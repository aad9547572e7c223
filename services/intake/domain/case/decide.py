"""Every command of a case, and the step that decides it."""

from services.intake.domain.case.acceptance import AcceptCase, accept
from services.intake.domain.case.answer_review import (
    CloseAnswerReview,
    OpenAnswerReview,
    close_review,
    open_review,
)
from services.intake.domain.case.answering import (
    AnswerCase,
    IssueOpinion,
    ReplyToCase,
    ServeOpinion,
    answer,
    issue_opinion,
    reply,
    serve_opinion,
)
from services.intake.domain.case.assigning import AssignCase, assign
from services.intake.domain.case.attaching import AttachFile, attach
from services.intake.domain.case.case_file import CaseFile
from services.intake.domain.case.closing import CloseCase, close
from services.intake.domain.case.closing_check import CheckClosing, check
from services.intake.domain.case.correction import CorrectFiling, VoidFiling, correct, void
from services.intake.domain.case.declining import DeclineCase, decline
from services.intake.domain.case.departure import DivertCase, divert
from services.intake.domain.case.dispatching import DispatchDocument, dispatch
from services.intake.domain.case.extension import GrantExtension, extend
from services.intake.domain.case.filing import CiteFiling, FileCase, cite, file
from services.intake.domain.case.forwarding import ForwardCase, forward
from services.intake.domain.case.handing_over import HandCaseOver, hand_case_over
from services.intake.domain.case.investigation import (
    RecordHearing,
    RecordInvestigation,
    hear,
    investigate,
)
from services.intake.domain.case.linking import LinkCase, link
from services.intake.domain.case.mediation_outcome import NoteMediationOutcome, note
from services.intake.domain.case.notices import (
    IssueNotice,
    ServeNotice,
    issue_notice,
    serve_notice,
)
from services.intake.domain.case.objection import DecideObjection, decide_objection
from services.intake.domain.case.questions import (
    AnswerQuestion,
    AskQuestion,
    answer_question,
    ask,
)
from services.intake.domain.case.rating import RateCase, rate
from services.intake.domain.case.receiving import ReceiveCase, receive
from services.intake.domain.case.recusal import RecordRecusal, record_recusal
from services.intake.domain.case.referral import ReferCase, refer
from services.intake.domain.case.remit import (
    LapseRemit,
    ObjectToRemit,
    SettleObjection,
    TakeRemit,
    lapse,
    object_to,
    settle,
    take,
)
from services.intake.domain.case.reopening import ReopenCase, reopen
from services.intake.domain.case.resolution import ResolveCase, resolve
from services.intake.domain.case.reviews import (
    DecideReview,
    HandOverReReview,
    RequestReview,
    decide_review,
    hand_over,
    request_review,
)
from services.intake.domain.case.routing import RouteCase, route
from services.intake.domain.case.statements import RecordStatement, record
from services.intake.domain.case.transfer_note import NoteTransfer, note_transfer
from services.intake.domain.case.withdrawal import (
    EndStatedWithdrawal,
    StateWithdrawal,
    TakeBackWithdrawal,
    WithdrawCase,
    end,
    state,
    take_back,
    withdraw,
)
from shared.contracts.event import Event

CaseCommand = (
    FileCase
    | CiteFiling
    | CorrectFiling
    | VoidFiling
    | RouteCase
    | ForwardCase
    | HandCaseOver
    | RecordRecusal
    | ReferCase
    | NoteMediationOutcome
    | AcceptCase
    | DeclineCase
    | IssueNotice
    | ServeNotice
    | IssueOpinion
    | ServeOpinion
    | DispatchDocument
    | RecordInvestigation
    | RecordHearing
    | GrantExtension
    | RequestReview
    | DecideReview
    | HandOverReReview
    | AnswerCase
    | ReplyToCase
    | RecordStatement
    | ResolveCase
    | AskQuestion
    | AnswerQuestion
    | StateWithdrawal
    | TakeBackWithdrawal
    | EndStatedWithdrawal
    | WithdrawCase
    | DivertCase
    | LinkCase
    | AttachFile
    | CheckClosing
    | CloseCase
    | ReopenCase
    | ReceiveCase
    | TakeRemit
    | ObjectToRemit
    | LapseRemit
    | SettleObjection
    | DecideObjection
    | AssignCase
    | NoteTransfer
    | OpenAnswerReview
    | CloseAnswerReview
    | RateCase
)


def decide(command: CaseCommand, case: CaseFile) -> list[Event]:  # noqa: C901, PLR0911, PLR0912, PLR0915
    """The events that follow; none where the record says so already. May raise a refusal."""
    match command:
        case FileCase():
            return file(command, case)
        case CiteFiling():
            return cite(command, case)
        case CorrectFiling():
            return correct(command, case)
        case VoidFiling():
            return void(command, case)
        case RouteCase():
            return route(command, case)
        case ForwardCase():
            return forward(command, case)
        case HandCaseOver():
            return hand_case_over(command, case)
        case RecordRecusal():
            return record_recusal(command, case)
        case ReferCase():
            return refer(command, case)
        case NoteMediationOutcome():
            return note(command, case)
        case AcceptCase():
            return accept(command, case)
        case DeclineCase():
            return decline(command, case)
        case IssueNotice():
            return issue_notice(command, case)
        case ServeNotice():
            return serve_notice(command, case)
        case IssueOpinion():
            return issue_opinion(command, case)
        case ServeOpinion():
            return serve_opinion(command, case)
        case DispatchDocument():
            return dispatch(command, case)
        case RecordInvestigation():
            return investigate(command, case)
        case RecordHearing():
            return hear(command, case)
        case GrantExtension():
            return extend(command, case)
        case RequestReview():
            return request_review(command, case)
        case DecideReview():
            return decide_review(command, case)
        case HandOverReReview():
            return hand_over(command, case)
        case AnswerCase():
            return answer(command, case)
        case ReplyToCase():
            return reply(command, case)
        case RecordStatement():
            return record(command, case)
        case AskQuestion():
            return ask(command, case)
        case AnswerQuestion():
            return answer_question(command, case)
        case ResolveCase():
            return resolve(command, case)
        case StateWithdrawal():
            return state(command, case)
        case TakeBackWithdrawal():
            return take_back(command, case)
        case EndStatedWithdrawal():
            return end(command, case)
        case WithdrawCase():
            return withdraw(command, case)
        case DivertCase():
            return divert(command, case)
        case LinkCase():
            return link(command, case)
        case AttachFile():
            return attach(command, case)
        case CheckClosing():
            return check(command, case)
        case CloseCase():
            return close(command, case)
        case ReopenCase():
            return reopen(command, case)
        case ReceiveCase():
            return receive(command, case)
        case TakeRemit():
            return take(command, case)
        case ObjectToRemit():
            return object_to(command, case)
        case LapseRemit():
            return lapse(command, case)
        case SettleObjection():
            return settle(command, case)
        case DecideObjection():
            return decide_objection(command, case)
        case AssignCase():
            return assign(command, case)
        case NoteTransfer():
            return note_transfer(command, case)
        case OpenAnswerReview():
            return open_review(command, case)
        case CloseAnswerReview():
            return close_review(command, case)
        case RateCase():
            return rate(command, case)
