"""A listening socket that the process which started this one has opened for it."""

import socket


def inherited(descriptor: int | str | None) -> list[socket.socket]:
    """The socket of that descriptor, which this process's own children do not get; none for None."""
    if descriptor is None:
        return []
    listening = socket.socket(fileno=int(descriptor))
    listening.set_inheritable(False)
    return [listening]
