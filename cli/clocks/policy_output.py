"""Prints policies and their clocks with sources and unverified parts."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.table import Table

from cli.output_format import OutputFormat
from cli.progress import wide_console
from shared.clocks.clock import AT_ONCE, PER_CASE, Clock, Extension, Unit
from shared.clocks.policy import Policy

_SHORT = {Unit.CALENDAR_DAYS: "d", Unit.WORKING_DAYS: "wd", Unit.HOURS: "h"}


def policies_as_json(policies: Iterable[Policy]) -> list[dict[str, Any]]:
    """Every policy with every clock."""
    return [
        {
            "policy": policy.version,
            "jurisdiction": policy.jurisdiction,
            "name": {"zh": policy.name.zh, "en": policy.name.en},
            "base": policy.base,
            "effective_from": str(policy.effective_from),
            "effective_to": policy.effective_to and str(policy.effective_to),
            "not_verified": [*policy.unverified, *policy.counting.unverified],
            "clocks": [_clock(policy, clock) for clock in policy.clocks()],
        }
        for policy in policies
    ]


def _clock(policy: Policy, clock: Clock) -> dict[str, Any]:
    return {
        "id": clock.id,
        "name": {"zh": clock.name.zh, "en": clock.name.en},
        "length": clock.length,
        "unit": clock.unit,
        "start_day_counts": clock.start_day_counts,
        "starts": clock.starts,
        "unless": list(clock.unless),
        "stops": list(clock.stops),
        "pauses": list(clock.pauses),
        "extends": clock.extends,
        "extension": clock.extension and _extension(clock.extension),
        "marks": list(clock.marks),
        "source": [
            {"short": each.short, "zh": each.zh, "en": each.en}
            for each in policy.citations(clock.source)
        ],
        "not_verified": list(clock.unverified),
        "note": clock.note and {"zh": clock.note.zh, "en": clock.note.en},
        "effective_from": str(policy.begins(clock)),
        "effective_to": clock.effective_to and str(clock.effective_to),
    }


def _extension(extension: Extension) -> dict[str, Any]:
    return {
        "days": extension.days,
        "unit": extension.unit,
        "times": extension.times,
        "approver": extension.approver,
    }


def show_policies(policies: Sequence[Policy], form: OutputFormat) -> None:
    """Print the policies on standard output."""
    if form is OutputFormat.JSON:
        print(json.dumps(policies_as_json(policies), ensure_ascii=False, indent=2))
    else:
        print_policies(policies)


def print_policies(policies: Sequence[Policy]) -> None:
    """Print a table for each policy; if its base is printed too, only the clocks that differ."""
    console = wide_console()
    shown = {policy.version for policy in policies}
    for number, policy in enumerate(policies):
        print(f"{'' if not number else chr(10)}{_title(policy)}")
        table = Table(box=None, pad_edge=False)
        for column in ("clock", "名称", "name", "length", "extension", "source", "not verified"):
            table.add_column(column, no_wrap=column in {"clock", "length"})
        for clock in _differing(policy, policies):
            table.add_row(*_cells(policy, clock))
        console.print(table)
        if policy.base in shown:
            print(f"the others as in {policy.base}")
    print("\nd calendar days, wd working days, h hours")


def _differing(policy: Policy, among: Sequence[Policy]) -> Iterator[Clock]:
    known = {clock for other in among if other.version == policy.base for clock in other.clocks()}
    return (clock for clock in policy.clocks() if clock not in known)


def _title(policy: Policy) -> str:
    until = f" to {policy.effective_to}" if policy.effective_to else ""
    base = f", on {policy.base}" if policy.base else ""
    doubts = ", ".join(policy.unverified)
    said = f" (not verified: {doubts})" if doubts else ""
    return f"{policy.version}  {policy.name.zh}{base}, from {policy.effective_from}{until}{said}"


def _cells(policy: Policy, clock: Clock) -> tuple[str, ...]:
    return (
        clock.id,
        clock.name.zh,
        clock.name.en,
        _length(clock),
        _extended(clock.extension),
        "; ".join(citation.zh for citation in policy.citations(clock.source)),
        ", ".join(clock.unverified),
    )


def _length(clock: Clock) -> str:
    match clock.length:
        case "per-case":
            return PER_CASE.replace("-", " ")
        case "at-once":
            return AT_ONCE.replace("-", " ")
        case length:
            return f"{length} {_SHORT[clock.unit]}"


def _extended(extension: Extension | None) -> str:
    if extension is None:
        return ""
    days = f"+{extension.days} {_SHORT[extension.unit]}" if extension.days else "as agreed"
    return f"{days}, {extension.approver}"
