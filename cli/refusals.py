"""How a command ends when it cannot do as asked: one sentence and an exit code."""


class CommandRefused(Exception):
    """The answer is "no"; the message is one sentence that says what to do."""

    exit_code = 1


class BadInput(CommandRefused):
    """Something that was typed or named cannot be used."""

    exit_code = 2


class NotReachable(CommandRefused):
    """A needed part does not answer."""

    exit_code = 3
