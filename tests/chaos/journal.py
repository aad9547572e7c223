"""The acknowledgement log: every command and what its sender was told, also on disk."""

import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos.observed import Command, Fate, Ledger


def drawn_uuid(chance: Random) -> str:
    """One that the seed gives."""
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


@dataclass
class Journal:
    """What all clients have asked for; a line is written when a command has its answer."""

    file: Path
    commands: list[Command] = field(default_factory=list)

    def begin(self, chance: Random, verb: str, ledger: Ledger) -> Command:
        """A new wish, under an id that the seed gives."""
        command = Command(drawn_uuid(chance), verb, ledger)
        self.commands.append(command)
        return command

    def end(self, command: Command) -> None:
        """Its fate is known."""
        told = {
            "id": command.id,
            "verb": command.verb,
            "fate": command.fate.value,
            "position": f"{command.ledger}@{command.position}",
            "problem": command.problem,
        }
        with self.file.open("a", encoding="utf-8") as text:
            text.write(json.dumps(told) + "\n")

    def count(self, fate: Fate) -> int:
        """How many commands have that fate."""
        return sum(command.fate is fate for command in self.commands)
