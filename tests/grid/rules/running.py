"""The rules over the real tables: chunks that are folded, rows that fall due, kills in between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.grid.policies.early_warnings import shipped_early_warnings
from services.grid.stream.early_warnings import warning_runners
from services.grid.stream.rule_fold import RuleFold
from shared.cloudevents import RecordedEvent
from shared.contracts.event import Event
from shared.due import DueRunner
from shared.office.following import Following
from shared.postgres import rows, transaction
from tests.grid.doors import COUNTY, Doors
from tests.grid.rules.given import TOWNSHIP, on

FOLD = RuleFold(
    following=Following(service="grid", source="/any"), policy=shipped_early_warnings()
)


def in_division(
    events: Sequence[tuple[Event, RecordedEvent]], division: str
) -> list[RecordedEvent]:
    """The same events in the ledger of another township, all ids with them."""
    return [
        replace(
            recorded,
            division=division,
            event_id=recorded.event_id.replace(TOWNSHIP, division),
            data=recorded.data.replace(TOWNSHIP.encode(), division.encode()),
        )
        for _, recorded in events
    ]


@dataclass
class Running:
    """A worker of grid in one township."""

    doors: Doors
    division: str = TOWNSHIP

    async def fold(self, events: Sequence[RecordedEvent], *, killed: bool = False) -> None:
        async with (
            transaction(self.doors.pool, COUNTY) as connection,
            connection.transaction(force_rollback=killed),
        ):
            await FOLD.apply(connection, events)

    async def carry_out(self, *, killed: bool = False, day: float | None = None) -> None:
        """Work on what is due, by that day; a killed runner has its effect, and settles nothing."""
        now = None if day is None else on(day)
        for runner in warning_runners(self.doors.office.ledger, county=COUNTY, now=lambda: now):
            if killed:
                await _settle_nothing(runner)
            else:
                await runner.work_off()

    async def warnings(self) -> set[tuple[str, str, int, str]]:
        """Rule, subject, episode and level of every warning on the board."""
        found = await self.board()
        return {
            (each["rule"], self._named(each["subject"]), each["episode"], each["level"])
            for each in found
        }

    async def board(self) -> list[dict[str, Any]]:
        query = """
            select board.*, coalesce(repeats.counted, 1) as counted, repeats.because
            from warning_board board
            left join warning_repeats repeats using (division_code, warning_id)
            where division_code = %(division)s order by raised_at, warning_id
        """
        async with transaction(self.doors.pool, COUNTY) as connection:
            return await rows(connection, query, {"division": self.division})

    async def raised(self) -> int:
        """How many warnings were raised in the ledger."""
        query = """
            select count(*) as raised from event
            where division_code = %(division)s and kind = 'warning-raised'
        """
        async with transaction(self.doors.pool, COUNTY) as connection:
            return int((await rows(connection, query, {"division": self.division}))[0]["raised"])

    def _named(self, subject: str) -> str:
        return subject.replace(self.division, TOWNSHIP)


async def _settle_nothing(runner: DueRunner) -> None:
    lease = await runner._leases.take(None)
    if lease is not None:
        await runner._handler(lease.division, lease.rows)
        await runner._leases.give_back(lease.holder)
