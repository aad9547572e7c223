"""Errors of commands: one sentence and an exit code."""


class CommandRefused(Exception):
    """The answer is "no"; the message is one sentence that says what to do."""

    exit_code = 1


class BadInput(CommandRefused):
    """An argument or a named file cannot be used."""

    exit_code = 2


class NotReachable(CommandRefused):
    """A needed part does not answer."""

    exit_code = 3
