"""Person and text of a case for another ledger of its matter: the newest words, with what was answered."""

from collections.abc import Sequence

from services.intake.domain.case import CaseFile
from services.intake.store import person_marks
from services.intake.store.person_files import EntryKind, file_of_case
from services.intake.store.transferred_cases import require_unerased
from shared import vault
from shared.contracts.case_handling_codes import CorrectionReason, FilingFact
from shared.contracts.intake import FilingCorrected
from shared.divisions import division_of
from shared.handling import Record
from shared.handling.stored_events import decoded
from shared.ledger import Statement
from shared.vault import Content, Entry, PersonErased, Vault
from shared.vault.replacing import replace_entry

ANSWERS = "answers"
"""Of the words of a copy: questions and answers of the ledgers that had the matter before."""


async def words_of(files: Vault, county: str, case: CaseFile) -> Content | None:
    """The words as they were corrected since, and each question that was answered; None if erased."""
    registered = case.required
    if registered.person_ref is None:
        return None
    found = await files.contents(
        county,
        division=division_of(registered.person_ref),
        refs=[registered.person_ref],
        kinds=[EntryKind.FILING, EntryKind.QUESTION, EntryKind.ANSWER],
    )
    words = {each.digest: each.content for each in found}
    filing = words.get(registered.content_digest or "")
    if filing is None:
        return None
    answered = [*filing.get(ANSWERS, []), *_answered(case, words)]
    return filing | {ANSWERS: answered} if answered else filing


def _answered(case: CaseFile, words: dict[str, Content]) -> Sequence[Content]:
    proceedings = case.proceedings
    pairs = [
        (asked.digest, proceedings.answers[mark.event_id or ""][0].digest)
        for asked, mark in proceedings.asked
        if mark.event_id in proceedings.answers
    ]
    return [
        {"question": words[asked]["text"], "answer": words[answered]["text"]}
        for asked, answered in pairs
        if asked in words and answered in words
    ]


def why_changed(sender: Record[CaseFile]) -> CorrectionReason | None:
    """Why the words are others than those that were passed on; None where they are the same."""
    why = CorrectionReason.STATED_BY_PETITIONER if sender.state.proceedings.answers else None
    for fact in decoded(sender.history):
        if isinstance(fact, FilingCorrected) and FilingFact.CONTENT in fact.changed:
            why = fact.why
    return why


async def brought_back(
    files: Vault, county: str, sender: CaseFile, receiver: Record[CaseFile]
) -> tuple[Entry, list[Statement]] | None:
    """The sender's words in the receiver's file, in the place of what it had; None if erased."""
    content, case = await words_of(files, county, sender), receiver.state.required
    if content is None or case.content_digest is None:
        return None
    division = division_of(case.case_id)
    try:
        file = await file_of_case(files, county, division=division, case_id=case.case_id)
    except PersonErased:
        return None
    entry = file.entry(EntryKind.FILING, content | {"corrects_version": receiver.version})
    return entry, [
        *require_unerased(division, receiver.state.home_case_id or case.case_id),
        *vault.require_open(division, [entry.person_ref]),
        *vault.keep(division, [], [entry]),
        replace_entry(case.case_id, case.content_digest, entry),
        person_marks.copy(
            case.case_id,
            entry,
            from_case=sender.required.case_id,
            from_digest=sender.required.content_digest,
        ),
    ]
