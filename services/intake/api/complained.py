"""No unit that a petition complains of is given it, under whatever code the registry has it now."""

from collections.abc import Collection

from services.intake.api.case_context import CaseContext
from services.intake.domain.case import CaseFile
from services.intake.domain.case.forwarding import GoesOneLevelUp
from services.intake.domain.complained_unit import means_complained
from shared.times import china_day


async def refuse_complained(
    context: CaseContext,
    case: CaseFile,
    /,
    division: str | None = None,
    **units: Collection[str],
) -> None:
    """Raise GoesOneLevelUp; `units` are those of each field of the body, of that division."""
    registry = await context.office.registry(context.division)
    for field, codes in units.items():
        for code in codes:
            today = china_day(context.now)
            if means_complained(code, case, registry, on=today, division=division):
                raise GoesOneLevelUp(field=field)
