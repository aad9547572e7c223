"""Reads policy files: all or none; the mistakes of all files are reported together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from shared.clocks.mistakes import TomlFile, open_files, raise_mistakes
from shared.clocks.policy import Policy
from shared.clocks.policy_checks import check, check_base, check_jurisdictions
from shared.clocks.policy_draft import CLOCKS, Draft
from shared.clocks.policy_head import PolicyHead

_LISTS = {"laws", "facts"}
_PLACEHOLDERS: dict[str, Any] = {
    "version": "unread-0000",
    "jurisdiction": "CN",
    "name": {"zh": "–", "en": "–"},
    "effective_from": date.min,
}
"""Used for missing keys of a head, so that the rest of the file can be checked."""


def read_policies(texts: Mapping[str, str], *, events: Collection[str]) -> dict[str, Policy]:
    """The policies of files given by name and text, by their versions.

    `events` are the kinds of the published events. Raises DataMistaken with file, line and reason
    of every mistake.
    """
    files = open_files(texts)
    drafts = [draft for file in files for draft in _draft(file)]
    for draft in _bases_first(drafts):
        check(draft, events)
    check_jurisdictions([draft for draft in drafts if draft.is_whole])
    raise_mistakes(files)
    return {draft.head.version: draft.policy(draft.counting) for draft in drafts if draft.counting}


def _draft(file: TomlFile) -> Iterator[Draft]:
    """The draft of a file, without its clocks; nothing for a file that is not TOML."""
    if not file.tables and file.mistakes:
        return
    written = {key: value for key, value in file.tables.items() if key != CLOCKS}
    try:
        yield Draft(file, PolicyHead.model_validate(written))
    except ValidationError as invalid:
        file.misfit((), invalid)
        readable = {**_PLACEHOLDERS, **_without_mistakes(written, invalid)}
        yield Draft(file, PolicyHead.model_validate(readable), is_whole=False)


def _without_mistakes(written: dict[str, Any], invalid: ValidationError) -> dict[str, Any]:
    """The readable keys of a head, so that mistakes in its clocks are reported as well."""
    mistaken = {error["loc"][:depth] for error in invalid.errors() for depth in (1, 2)}
    readable = {key: value for key, value in written.items() if (key,) not in mistaken}
    for key in _LISTS & written.keys():
        if isinstance(written[key], dict):
            listed = written[key].items()
            readable[key] = {name: each for name, each in listed if (key, name) not in mistaken}
    return readable


def _bases_first(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield each draft after its base; drafts that are each other's base get a mistake instead."""
    read: dict[str, Draft] = {}
    waiting = list(drafts)
    while waiting:
        ready = [each for each in waiting if each.head.base in {None, *read}]
        if not ready:
            break
        for draft in ready:
            draft.set_base(read.get(draft.head.base) if draft.head.base else None)
            yield draft
        read |= {draft.head.version: draft for draft in ready}
        waiting = [each for each in waiting if each not in ready]
    for draft in waiting:
        check_base(draft.file, draft.head.base or "", list(read))
