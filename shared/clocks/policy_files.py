"""Reads policy files: all of them or none, and whatever is wrong in any is told at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import ValidationError

from shared.clocks.mistakes import TomlFile, opened, raise_mistakes
from shared.clocks.policy import Policy
from shared.clocks.policy_checks import check, check_base, check_jurisdictions
from shared.clocks.policy_draft import CLOCKS, Draft
from shared.clocks.policy_head import PolicyHead

_LISTS = {"laws", "facts"}
_STAND_INS: dict[str, Any] = {
    "version": "unread-0000",
    "jurisdiction": "CN",
    "name": {"zh": "–", "en": "–"},
    "effective_from": date.min,
}
"""For what a head lacks, so that the rest of its file can be judged."""


def read_policies(texts: Mapping[str, str], *, events: Collection[str]) -> dict[str, Policy]:
    """The policies of files given by name and text, by their versions.

    `events` are the names of the published events. DataMistaken tells file, line and reason of
    every mistake.
    """
    files = opened(texts)
    drafts = [draft for file in files for draft in _draft(file)]
    for draft in _bases_first(drafts):
        check(draft, events)
    check_jurisdictions([draft for draft in drafts if draft.is_whole])
    raise_mistakes(files)
    return {draft.head.version: draft.policy(draft.counting) for draft in drafts if draft.counting}


def _draft(file: TomlFile) -> Iterator[Draft]:
    """The beginning of a file's draft; none of a file that is no TOML."""
    if not file.tables and file.mistakes:
        return
    written = {key: value for key, value in file.tables.items() if key != CLOCKS}
    try:
        yield Draft(file, PolicyHead.model_validate(written))
    except ValidationError as unfit:
        file.misfit((), unfit)
        readable = {**_STAND_INS, **_without_mistakes(written, unfit)}
        yield Draft(file, PolicyHead.model_validate(readable), is_whole=False)


def _without_mistakes(written: dict[str, Any], unfit: ValidationError) -> dict[str, Any]:
    """What can be read of a head, so that the mistakes of its clocks are told along with it."""
    mistaken = {error["loc"][:depth] for error in unfit.errors() for depth in (1, 2)}
    readable = {key: value for key, value in written.items() if (key,) not in mistaken}
    for key in _LISTS & written.keys():
        if isinstance(written[key], dict):
            listed = written[key].items()
            readable[key] = {name: each for name, each in listed if (key, name) not in mistaken}
    return readable


def _bases_first(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Every draft once what it stands on has been read; those that stand on each other are not."""
    standing: dict[str, Draft] = {}
    waiting = list(drafts)
    while waiting:
        ready = [each for each in waiting if each.head.base in {None, *standing}]
        if not ready:
            break
        for draft in ready:
            draft.stand_on(standing.get(draft.head.base) if draft.head.base else None)
            yield draft
        standing |= {draft.head.version: draft for draft in ready}
        waiting = [each for each in waiting if each not in ready]
    for draft in waiting:
        check_base(draft.file, draft.head.base or "", list(standing))
