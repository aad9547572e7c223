"""Plays every dispute of the bundled register through the mediation API."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from cli.system import System
from demo.commanding.command_api import Command, CommandApi
from demo.commanding.play_report import PlayReport, end_of_ledger
from demo.commanding.posting import posting
from demo.commanding.records import Record, RecordPlayer
from demo.mediating.committee import MEDIATORS, MEMBERS, Committee, enrolment, establishment
from demo.mediating.disputes import read_disputes
from demo.mediating.register_text import Body
from demo.scene import MEDIATIONS

_SERVICE = "mediation"


def play_mediations(system: System, division: str) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    report = PlayReport(
        "disputes",
        f"{_SERVICE}/{division}",
        end_of_ledger(system, _SERVICE, division),
    )
    try:
        asyncio.run(_play(system, division, report))
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


async def _play(system: System, division: str, report: PlayReport) -> None:
    async with posting(system, _SERVICE, division) as post:
        player = RecordPlayer(CommandApi(_SERVICE, post), report)
        township = _Township(player, f"/townships/{division}")
        await player.play(township.records(division, await township.set_up()))


@dataclass(frozen=True)
class _Township:
    player: RecordPlayer
    path: str

    async def set_up(self) -> Committee:
        """Set up the roster and the committee."""
        mediators = {}
        for place, name in enumerate(MEDIATORS, start=1):
            enrolled = await self.player.send(self._entry("mediator", enrolment(name), str(place)))
            mediators[name] = str(enrolled.content["mediator_id"])
        body = establishment([mediators[name] for name in MEMBERS])
        established = await self.player.send(self._entry("committee", body, "1"))
        return Committee(str(established.content["committee_id"]), mediators)

    def records(self, division: str, committee: Committee) -> Iterator[Record]:
        """The disputes of the register."""
        for dispute in read_disputes(MEDIATIONS, division, committee):
            yield Record(
                self._entry("mediation", dispute.application, dispute.number),
                id_field="mediation_id",
                path="/mediations/{}",
                key=f"demo/{dispute.number}",
                steps=dispute.steps,
            )

    def _entry(self, what: str, body: Body, number: str) -> Command:
        return Command(f"{self.path}/{what}s", body, f"demo/{what}/{number}")
