"""Plays records, each by the command that begins it and its steps in order, several at a time."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cli.system import System
from demo.commanding.command_api import Answer, Command, CommandApi
from demo.commanding.play_report import PlayReport, end_of_ledger
from demo.commanding.posting import posting
from demo.mediating.register_text import Step

AT_ONCE = 8
"""Records at a time: enough to keep a service busy without queueing."""


@dataclass(frozen=True)
class Record:
    """A record: the command that begins it, and its steps."""

    beginning: Command
    id_field: str
    """Where the answer to the first command has the record's id."""
    path: str
    """Of the record, with `{}` for its id."""
    key: str
    """With which the idempotency keys of its steps begin."""
    steps: Sequence[Step]

    def commands(self, begun: Answer) -> list[Command]:
        """The commands of its steps."""
        path = self.path.format(begun.content[self.id_field])
        return [
            Command(f"{path}/{step.verb}", step.body, f"{self.key}/{place}-{step.verb}")
            for place, step in enumerate(self.steps, start=1)
        ]


def play_records(
    system: System, service: str, township: str, what: str, records: Iterable[Record]
) -> PlayReport:
    """Record every step once, however often it is played; raises a CommandRefused."""
    known_until = end_of_ledger(system, service, township)
    report = PlayReport(what, f"{service}/{township}", known_until)

    async def play() -> None:
        async with posting(system, service, township) as post:
            await RecordPlayer(CommandApi(service, post), report).play(iter(records))

    try:
        asyncio.run(play())
    except ExceptionGroup as several:  # the first stopped the others
        raise several.exceptions[0] from None
    report.finish()
    return report


@dataclass(frozen=True)
class RecordPlayer:
    """Sends the commands of records, and counts the answers."""

    api: CommandApi
    report: PlayReport

    async def play(self, records: Iterator[Record]) -> None:
        """Play all of them, several at a time."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._through(records))

    async def send(self, command: Command) -> Answer:
        """Send a command, and count its answer."""
        answer = await self.api.send(command)
        self.report.add(answer)
        return answer

    async def _through(self, records: Iterator[Record]) -> None:
        for record in records:
            begun = await self.send(record.beginning)
            commands = record.commands(begun)
            if not (self.report.is_known(begun) and await self._are_recorded(commands)):
                for command in commands:
                    await self.send(command)
            self.report.played += 1

    async def _are_recorded(self, commands: list[Command]) -> bool:
        """Whether an earlier run recorded the last step, and so all of them."""
        last = await self.api.earlier_answer(commands[-1])
        if last is not None:
            self.report.add(last, len(commands))
        return last is not None
