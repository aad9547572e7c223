"""What the shares beside a share say of the total that they are all taken of."""

from claims.rules.agreement import Agreement, agreement
from claims.rules.figure import Figure
from claims.rules.reading import Spoken
from claims.rules.saying_parts import Role
from claims.rules.units import alike

_MOST_BESIDE = 8
_ENOUGH_BESIDE = 2


def borne_out(spoken: Spoken, at: int, part: Figure, wholes: list[Figure]) -> list[Figure]:
    """The total of which at least two other shares of the sentence are what they say."""
    beside = [
        (spoken.figures[other], spoken.figures[other - 1])
        for other, saying in enumerate(spoken.sayings)
        if other != at and other and saying.role is Role.SHARE and saying.base == ""
    ][:_MOST_BESIDE]
    for whole in wholes:
        fits = sum(_is_share(share, each, whole) for share, each in beside)
        if fits >= _ENOUGH_BESIDE and spoken.sayings[at].base == "" and whole is not part:
            return [whole]
    return []


def _is_share(share: Figure, part: Figure, whole: Figure) -> bool:
    if not (part.is_count and alike(part.unit, whole.unit)) or part is whole:
        return False
    span = part.span.over(whole.span)
    return span is not None and agreement(share, span) is Agreement.AGREES
