"""Parses the arguments of `concord clock`; raises BadInput that says what to type instead."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cli.refusals import BadInput
from shared.clocks.clock_refusals import ClockRefused
from shared.clocks.clock_run import Start
from shared.clocks.due import Due, due_of
from shared.clocks.mistakes import DataMistaken
from shared.clocks.pause import Pause
from shared.clocks.policy import Policy
from shared.clocks.shipped import (
    NATIONAL,
    policies_with,
    shipped_calendar,
    shipped_policies,
    shipped_policy,
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ClockRequest:
    """The arguments of `concord clock` as typed."""

    clock_id: str
    start: str
    policy: str | None
    pauses: tuple[str, ...]
    extensions: tuple[int, ...]
    length: int | None

    def due(self) -> Due:
        """Compute the due dates; raises BadInput."""
        try:
            return due_of(
                self.clock_id,
                read_start(self.start, option="--start"),
                policy=policy_of(self.policy),
                calendar=shipped_calendar(),
                pauses=[read_pause(each) for each in self.pauses],
                extensions=self.extensions,
                length=self.length,
            )
        except ClockRefused as reason:
            raise _as_bad_input(reason) from reason


def read_start(text: str, *, option: str) -> Start:
    """A day, or a moment with an offset."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if _MOMENT.fullmatch(text):
            return datetime.fromisoformat(text.upper())
    except ValueError as reason:
        raise BadInput(f"{option}: {text} is no date of the calendar ({reason}).") from reason
    raise BadInput(
        f"{option}: {text!r} is neither a day such as 2026-01-05 "
        "nor a moment with its offset such as 2026-01-05T09:00:00+08:00."
    )


def read_pause(text: str) -> Pause:
    """`FROM..TO`: two days, both inclusive, or two moments, the second exclusive."""
    begins, dots, ends = text.partition("..")
    if not dots:
        raise BadInput(f"--pause: {text!r} is no span such as 2026-01-10..2026-01-12.")
    first, last = (read_start(each, option="--pause") for each in (begins, ends))
    try:
        if isinstance(first, datetime) and isinstance(last, datetime):
            return Pause(first, last)
        if isinstance(first, datetime) or isinstance(last, datetime):
            raise BadInput(f"--pause: {text} mixes a day with a moment; give two of one kind.")
        return Pause.of_days(first, last)
    except ClockRefused as reason:
        raise _as_bad_input(reason) from reason


def policy_of(named: str | None) -> Policy:
    """The policy of that version or file."""
    if named is None or not named.endswith(".toml"):
        return shipped_policy(named or NATIONAL)
    return policies_of(named)[0]


def policies_of(named: str | None) -> list[Policy]:
    """The named policy, or all shipped ones."""
    if named is None:
        return sorted(shipped_policies().values(), key=lambda each: each.base is not None)
    if not named.endswith(".toml"):
        try:
            return [shipped_policy(named)]
        except ClockRefused as reason:
            raise _as_bad_input(reason) from reason
    return [_of_file(Path(named))]


def _of_file(file: Path) -> Policy:
    shipped = set(shipped_policies())
    try:
        read = policies_with({file.name: file.read_text(encoding="utf-8-sig")})
    except OSError as missing:
        raise BadInput(f"--policy: {file} cannot be read: {missing.strerror}.") from missing
    except UnicodeDecodeError as other:
        raise BadInput(f"--policy: {file.name} is not UTF-8; save it as UTF-8.") from other
    except DataMistaken as mistaken:
        raise BadInput(f"The policy has mistakes:\n{mistaken}") from mistaken
    return next(policy for version, policy in read.items() if version not in shipped)


def _as_bad_input(reason: ClockRefused) -> BadInput:
    said = str(reason)
    return BadInput(f"{said[:1].upper()}{said[1:]}.")
