"""The route by which a post warns of a matter or of acute safety, and a backfill states old warnings."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Annotated

from fastapi import Response

from services.grid.api.office import SERVICE, Office, TheOffice
from services.grid.api.place_codes import PlaceElsewhere, require_in
from services.grid.api.raise_body import RaiseBody, WarningIsARules
from services.grid.api.report_context import REPORTING
from services.grid.api.warned_about import NoSuchEvent, require_events, require_subject
from services.grid.api.warning_access import (
    NoSuchMatter,
    known_matter,
    raisers,
    reported_by,
)
from services.grid.api.warning_context import file_of_record, raising_documented
from services.grid.domain.early_warning import EarlyWarning, WarningCommand
from services.grid.domain.early_warning.acting import ChangeLevel
from services.grid.domain.early_warning.life_policy import LevelNotInPolicy
from services.grid.domain.early_warning.raising import (
    RaiseWarning,
    SafetyNamesNothing,
    WarningNamesItsCause,
)
from services.grid.domain.early_warning.sentences import by_post, recorded_afterwards
from services.grid.domain.early_warning.warning_file import WarningIsOver, is_more_urgent
from services.grid.domain.named_ids import warning_id
from services.grid.store.vault_files import EntryKind
from services.grid.store.warning_matters import kept as keep_matters
from services.grid.store.warning_matters import matters_of_events
from services.grid.store.warning_raisers import kept as keep_raisers
from services.grid.store.warning_raisers import last_reported
from services.grid.store.warning_repeats import once_more
from shared.contracts.case_codes import Category
from shared.contracts.early_warning_codes import (
    LevelChangeReason,
    WarningRule,
    WarningSource,
    WarningSubject,
)
from shared.divisions import TownshipCode, division_of
from shared.handling import Prepared, Record
from shared.http import Idempotency, IdempotencyKey, Router
from shared.identity import Actor, Role, requires
from shared.ledger import Statement
from shared.office import begin
from shared.refusals import Refusal, invalid
from shared.vault import keep

router = Router(tags=["warnings"])
_BY_WORKER_VERSION = 1
_CATEGORIES = {each.value: each for each in Category}


class WarningRaisedOtherwise(Refusal):
    """The warning is on record already, with another content."""

    title = "The warning was raised otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raising:
    """What the route raises: the command but for the words, and who raised it."""

    command: RaiseWarning
    raised_by: Sequence[str]
    at: datetime
    matters: Sequence[str] = ()
    """Of which it is made, where it names no single one."""


@router.post(
    "/townships/{division}/warnings",
    status_code=201,
    **raising_documented(
        PlaceElsewhere,
        NoSuchMatter,
        NoSuchEvent,
        WarningIsARules,
        LevelNotInPolicy,
        SafetyNamesNothing,
        WarningNamesItsCause,
        WarningRaisedOtherwise,
    ),
)
async def raise_warning(
    division: TownshipCode,
    body: RaiseBody,
    actor: Annotated[Actor, requires(*REPORTING, needs_post=True)],
    key: Idempotency,
    office: TheOffice,
) -> Response:
    """预警: a post warns of a matter, or of acute safety in one; an open warning is raised once.

    Reported again while it is open, it is the same warning, counted once more, and has the more urgent
    of both levels; of safety, where the same unit or worker reports it. A backfill names rule and version, and is marked as recorded afterwards.
    """
    at = body.moment(actor, now=office.now())
    if actor.role is Role.BACKFILL:
        raising = await _recorded(office, division, body, at)
    else:
        raising = await _by_post(office, actor, division, body, at)
    return await _begin(office, actor, key, body, raising)


async def _by_post(
    office: Office, actor: Actor, division: str, body: RaiseBody, at: datetime
) -> _Raising:
    body.require_of_a_post()
    office.warning_life.require_level(body.subject_kind, body.level)
    if body.matter_id is None:
        raise invalid("matter_id", "A post names the matter of which it warns")
    if body.words is None:
        raise invalid("words", "A post says in words what it warns of; they go to the vault")
    matter = await known_matter(office, actor, division, body.matter_id)
    await require_events(office, division, body.because, body.matter_id)
    own, kind = raisers(actor), body.subject_kind
    last = await last_reported(office.pool, division, kind, body.matter_id, own)
    episode = 1 if last is None else last.episode + (not last.is_open)
    is_safety = kind is WarningSubject.SAFETY
    named = (
        f"safety/{body.matter_id}/{reported_by(actor)}"
        if is_safety
        else f"matter/{body.matter_id}"
    )
    reason, reason_en = by_post(kind)
    rule = WarningRule.TOLD_BY_WORKER
    command = RaiseWarning(
        warning_id=warning_id(division, rule, named, episode),
        level=body.level,
        subject_kind=kind,
        subject=body.matter_id,
        rule=rule,
        rule_version=_BY_WORKER_VERSION,
        reason=reason,
        reason_en=reason_en,
        source=WarningSource.GRID,
        dispose_by=office.warning_life.dispose_by(body.level, at),
        episode=episode,
        because=() if is_safety else body.because,
        matter_id=body.matter_id,
        category=None if is_safety else _CATEGORIES[matter.category],
        village_code=None if is_safety else matter.village_code,
    )
    return _Raising(command=command, raised_by=own, at=at)


async def _recorded(office: Office, division: str, body: RaiseBody, at: datetime) -> _Raising:
    rule, source, version = body.rule, body.source, body.rule_version
    if rule is None or source is None or version is None:
        raise invalid("rule", "A backfill names source, rule and rule_version")
    if (source is WarningSource.GRID) != (rule is WarningRule.TOLD_BY_WORKER):
        raise invalid(
            "source",
            "It is grid where the rule is told-by-worker, and monitoring with any other rule",
        )
    subject = body.subject or body.matter_id
    if subject is None:
        raise invalid("subject", "The matter is named, or the subject")
    await require_subject(office, division, body, rule, subject)
    await require_events(office, division, body.because, subject, body.matter_id)
    if body.village_code is not None:
        require_in(division, body.village_code, field="village_code")
    episode, kind = body.episode or 1, body.subject_kind
    reason, reason_en = recorded_afterwards(kind, rule)
    command = RaiseWarning(
        # apart from those that a rule raises here, which number their own episodes
        warning_id=warning_id(division, rule, f"recorded/{kind.value}/{subject}", episode),
        level=body.level,
        subject_kind=kind,
        subject=subject,
        rule=rule,
        rule_version=version,
        reason=reason,
        reason_en=reason_en,
        source=source,
        dispose_by=office.warning_life.dispose_by(body.level, at),
        episode=episode,
        because=() if kind is WarningSubject.SAFETY else body.because,
        matter_id=body.matter_id,
        unit=body.unit,
        category=body.category,
        village_code=body.village_code,
        recorded_afterwards=True,
    )
    matters = await _matters(office, division, command)
    return _Raising(command=command, raised_by=(), at=at, matters=matters)


async def _matters(office: Office, division: str, command: RaiseWarning) -> Sequence[str]:
    if command.matter_id is not None:
        return ()
    because, rule = command.because, command.rule.value
    return await matters_of_events(
        office.pool, division, because, rule=rule, subject=command.subject
    )


async def _begin(
    office: Office,
    actor: Actor,
    key: IdempotencyKey | None,
    body: RaiseBody,
    raising: _Raising,
) -> Response:
    stream_id = raising.command.warning_id

    async def prepare(record: Record[EarlyWarning]) -> Prepared[WarningCommand, EarlyWarning]:
        known = record.state
        if known.raised is not None and not known.is_open and raising.raised_by:
            raise WarningIsOver(state=known.state.value)
        digest, kept = await _words(office, stream_id, body, raising.raised_by)
        if known.raised is None:
            matters = keep_matters(stream_id, raising.matters)
            kept = [*kept, *keep_raisers(stream_id, raising.raised_by), *matters]
        elif raising.raised_by:
            again = once_more(division_of(stream_id), stream_id)
            kept = [*kept, *keep_raisers(stream_id, raising.raised_by), again]
        else:
            _require_same(raising.command, known, digest)
        command = _decided(replace(raising.command, words_digest=digest), known)
        return Prepared(command=command, at=raising.at, side_writes=kept)

    return await begin(
        office.warnings,
        prepare,
        service=SERVICE,
        stream_id=stream_id,
        actor=actor,
        key=key,
        address="/warnings/{warning_id}",
        begins=False,
    )


async def _words(
    office: Office, stream_id: str, body: RaiseBody, raised_by: Sequence[str]
) -> tuple[str | None, Sequence[Statement]]:
    if body.words is None:
        return None, ()
    file, begun = await file_of_record(office, stream_id)
    content: dict[str, object] = {"text": body.words}
    if raised_by:
        content["by"] = list(raised_by)
    if body.subject_kind is WarningSubject.SAFETY:
        content["because"] = list(body.because)
    entry = file.entry(EntryKind.WARNED, content)
    return entry.digest, keep(division_of(stream_id), begun, [entry])


def _decided(command: RaiseWarning, known: EarlyWarning) -> WarningCommand:
    """Reported again as more urgent, an open warning has that level from then on."""
    if not known.is_open or not is_more_urgent(command.level, known.level):
        return command
    return ChangeLevel(
        to_level=command.level, why=LevelChangeReason.WORSE, dispose_by=command.dispose_by
    )


def _require_same(command: RaiseWarning, known: EarlyWarning, digest: str | None) -> None:
    """Raise WarningRaisedOtherwise where an older record is stated again, with another content."""
    stated = asdict(replace(command, words_digest=digest))
    for field, value in stated.items():
        if getattr(known.raised, field) != value:
            raise WarningRaisedOtherwise(field=field)
