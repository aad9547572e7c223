"""The words and the caller of a signal on their way into the vault, and compared with what is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.grid.api.office import Office
from services.grid.api.signal_bodies import MatterBody, SignalTexts
from services.grid.domain.signal import Signal
from services.grid.domain.signal.receiving import GivenOrder, ReceiveSignal
from services.grid.store.vault_files import EntryKind, file_of_signal
from shared.contracts.signal_codes import SignalSource
from shared.divisions import division_of, new_id
from shared.ledger import Statement
from shared.vault import PersonErased, PersonFile, keep


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFiles:
    """What the event says of words and caller, and what keeps both."""

    words_digest: str
    caller_ref: str | None
    kept: Sequence[Statement] = ()
    file: PersonFile | None = None
    """The signal's own file; None where it was erased."""


def into_the_vault(office: Office, signal_id: str, body: SignalTexts) -> SignalFiles:
    """Of a signal that is not on record yet."""
    division = division_of(signal_id)
    own = office.vault.begin(signal_id)
    words = own.entry(EntryKind.SIGNAL, body.texts())
    files, entries = [own], [words]
    caller_ref = None
    if body.caller is not None:
        caller = office.vault.begin(new_id(division))
        caller_ref = caller.person_ref
        files.append(caller)
        entries.append(caller.entry(EntryKind.PERSON, _particulars(body)))
    return SignalFiles(
        words_digest=words.digest,
        caller_ref=caller_ref,
        kept=keep(division, files, entries),
        file=own,
    )


async def files_again(office: Office, signal: Signal, body: SignalTexts) -> SignalFiles | None:
    """Of a signal on record: its own digest and caller where the same is said, or less of it.

    None for a record that came without words, which an office's own order is. What was erased
    cannot be compared: the record stays as it is.
    """
    received = signal.received
    if received is None:
        return None
    try:
        file = await file_of_signal(
            office.vault, division_of(received.signal_id), received.signal_id
        )
    except PersonErased:
        return SignalFiles(words_digest=received.words_digest, caller_ref=received.caller_ref)
    digest = await _digest(office, file, received.words_digest, body)
    caller_ref = await _caller(office, received.signal_id, received.caller_ref, body)
    return SignalFiles(words_digest=digest, caller_ref=caller_ref, file=file)


async def _digest(office: Office, file: PersonFile, known_digest: str, body: SignalTexts) -> str:
    division = division_of(file.person_ref)
    known = await office.vault.contents(
        division,
        division=division,
        refs=[file.person_ref],
        kinds=[EntryKind.SIGNAL],
        digest=known_digest,
    )
    stated = body.texts()
    if known and stated.items() <= known[0].content.items():
        return known_digest
    return file.digest(stated)


async def _caller(
    office: Office, signal_id: str, known_ref: str | None, body: SignalTexts
) -> str | None:
    """The known reference for the same caller; a new one, which nothing keeps, for another."""
    if body.caller is None:
        return None
    division = division_of(signal_id)
    if known_ref is None:
        return new_id(division)
    known = await office.vault.contents(
        division, division=division, refs=[known_ref], kinds=[EntryKind.PERSON]
    )
    same = not known or _particulars(body).items() <= known[0].content.items()
    return known_ref if same else new_id(division)


def _particulars(body: SignalTexts) -> dict[str, str]:
    return body.caller.model_dump(exclude_none=True) if body.caller else {}


def received(
    body: MatterBody,
    files: SignalFiles,
    signal_id: str,
    matter_id: str,
    *,
    source: SignalSource,
    order: GivenOrder | None,
) -> ReceiveSignal:
    """The command of what a body states."""
    return ReceiveSignal(
        signal_id=signal_id,
        matter_id=matter_id,
        source=source,
        kind=body.kind,
        category=body.of_category,
        words_digest=files.words_digest,
        topic=body.topic,
        village_code=body.of_village,
        grid_code=body.grid_code,
        complained_unit=body.complained_unit,
        caller_ref=files.caller_ref,
        caller_confidential=body.confidential or None,
        order=order,
    )
