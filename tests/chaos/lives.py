"""What is done with a case or a dispute, step by step; a dispute of a case goes through both services."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SETTING_UP = (
    *("enrol", "enrol", "enrol", "establish"),
    *("register-village", "define-grid", "enrol-worker", "serve"),
)
"""What a township needs before anything is mediated or reported there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a life; a wrong one has to be refused and to leave no trace."""

    verb: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is asked for before the other service has brought this about by itself."""

    for_what: str


Life = tuple[Step | Wait, ...]


def _life(steps: str) -> Life:
    """From the names of commands: `!name` is a wrong one, `…name` is waited for."""
    return tuple(_step(name) for name in steps.split())


def _step(name: str) -> Step | Wait:
    match name[0]:
        case "!":
            return Step(name[1:], wrong=True)
        case "…":
            return Wait(name[1:])
        case _:
            return Step(name)


_CASES: Sequence[Life] = (
    _life("file accept answer accept-opinion resolve !close check check-by-office close"),
    _life("file forward accept answer accept-opinion resolve"),
    _life("file accept answer accept-opinion resolve reopen answer accept-opinion resolve"),
    _life("file !close accept answer"),
    _life("file-of-long-ago !resolve state-withdrawal-of-long-ago withdraw"),
    _life("file !withdraw state-withdrawal !withdraw take-back-withdrawal accept answer"),
    _life("file accept divert"),
    _life("file"),
)
_REPORTS: Sequence[Life] = (
    _life(
        "report !handle-report validate-report dispatch-report handle-report verify-report"
        " close-report"
    ),
    _life("report !close-report reject-report"),
    _life("patrol report"),
    _life(
        "report !convert-report validate-report convert-report …taken-up consent-by-name"
        " open-by-name assign hold sign-orally perform …fed-back verify-report close-report"
    ),
    _life(
        "report validate-report convert-report …taken-up refuse …given-back dispatch-report"
        " handle-report verify-report"
    ),
    _life(
        "report validate-report convert-report-to-nobody …given-back dispatch-report handle-report"
    ),
)
# whoever applies has agreed by that; who is referred or visited has still to say so
_MEETING = "open assign hold"
_DISPUTES: Sequence[Life] = (
    _life(f"apply {_MEETING} draft sign perform-first !perform perform-last"),
    _life(f"apply !hold {_MEETING} hold sign-orally perform undo"),
    _life(f"apply {_MEETING} !terminate fail void-end hold sign breach"),
    _life("apply open assign hold-apart void-session hold fail follow-up"),
    _life("apply open assign withdraw-consent"),
    _life("apply terminate"),
    _life("apply refuse"),
)
_REFERRED_MEETING = "refer …dispute consent-by-name open-by-name assign hold"
_REFERRED: Sequence[Life] = (
    _life(
        f"file accept {_REFERRED_MEETING} sign perform-first perform-last …resolved check check-by-office close-mediated"
    ),
    _life(
        f"file accept {_REFERRED_MEETING} sign-orally perform …resolved undo …reopened"
        " perform …resolved"
    ),
    _life(f"file accept {_REFERRED_MEETING} sign breach"),
    _life("file accept refer …dispute refuse answer accept-opinion resolve"),
    # none of these may move the case
    _life(f"file {_REFERRED_MEETING} sign-orally perform"),
    _life(f"file accept apply-naming-a-case consent {_MEETING} sign-orally perform undo"),
    _life("file accept refer-to-nobody answer"),
)
_OFTEN = (4, 3, 2, 3)


LIVES = (*_CASES, *_DISPUTES, *_REPORTS, *_REFERRED)


def draw_life(chance: Random) -> Life:
    [lives] = chance.choices((_CASES, _DISPUTES, _REPORTS, _REFERRED), _OFTEN)
    return chance.choice(lives)
