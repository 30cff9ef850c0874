"""PostgreSQL: `POSTGRES_URL` in the environment, a container, or the server programs of this machine."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from chassis.local import docker
from chassis.local.server import Server, free_port

_ROOT_MAY_NOT = "postgres"  # initdb and postgres refuse root; Debian's package brings this user


class Missing(RuntimeError):
    """No rung of the ladder holds; the message says what was looked for."""


@dataclass(frozen=True)
class Postgres:
    """A server that answers. `root` may make databases; `close` ends what `open_one` started, and nothing else."""

    root: str
    close: Callable[[], None] = lambda: None

    def url(self, database: str) -> str:
        """SQLAlchemy's address of a database here."""
        return make_url(self.root).set(database=database).render_as_string(hide_password=False)

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database, as a copy of the template; its address."""
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def ensure(self, database: str) -> str:
        """Make a database unless it is there; its address."""
        engine = sa.create_engine(self.root)
        with engine.connect() as connection:
            there = connection.execute(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": database})
            found = there.scalar()
        engine.dispose()
        return self.url(database) if found else self.create(database)

    def drop(self, database: str) -> None:
        """Remove a database and whoever is connected to it."""
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = sa.create_engine(self.root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def open_one(*, durable: bool = False) -> Postgres:
    """A server by the ladder; one of our own is empty and ends with `close`. Raises Missing."""
    if address := os.environ.get("POSTGRES_URL"):
        return Postgres(address)
    if docker.answers():
        return Postgres(*docker.postgres())
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    own = LocalPostgres(folder, durable=durable)
    own.server.start()

    def close() -> None:
        own.server.stop()
        shutil.rmtree(folder, ignore_errors=True)

    return Postgres(own.url, close)


class LocalPostgres:
    """A cluster in a folder, run by the programs of this machine. A folder that holds one already is continued.

    Not `durable` leaves out fsync: right for a test that starts from nothing, wrong for everything else.
    """

    def __init__(self, folder: Path, *, durable: bool = True, port: int = 0) -> None:
        programs = _programs()
        self._account = _ROOT_MAY_NOT if os.geteuid() == 0 else ""
        self._data, self.port = folder / "data", port or free_port()
        self._password_file = folder / "password"
        if not self._data.exists():
            self._initialise(folder, programs)
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-k", "", "-c", "max_connections=300"]
        if not durable:
            options += ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        self.server = Server(
            [str(programs / "postgres"), "-D", str(self._data), *options],
            folder / "log",
            self._answers,
            account=self._account,
            ends_by=signal.SIGINT,  # "fast": connections are cut, transactions rolled back, a checkpoint written
        )

    @property
    def url(self) -> str:
        """SQLAlchemy's address, as the superuser."""
        password = self._password_file.read_text("utf-8")
        return f"postgresql+psycopg://postgres:{password}@127.0.0.1:{self.port}/postgres"

    def _answers(self) -> None:
        engine = sa.create_engine(self.url)
        try:
            with engine.connect():
                pass
        finally:
            engine.dispose()

    def _initialise(self, folder: Path, programs: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_hex(16), "utf-8")
        if self._account:
            owner = pwd.getpwnam(self._account)
            for path in (folder, self._password_file):
                os.chown(path, owner.pw_uid, owner.pw_gid)
        command = [
            str(programs / "initdb"), "-D", str(self._data), "-U", "postgres", "-A", "scram-sha-256",
            "--pwfile", str(self._password_file), "-E", "UTF8", "--locale=C.UTF-8",
        ]  # fmt: skip
        done = subprocess.run(  # noqa: S603 - a program of this machine, arguments of our own
            command, user=self._account or None, group=self._account or None, capture_output=True, check=False,
            text=True, cwd="/",
        )  # fmt: skip
        if done.returncode:
            raise Missing(f"initdb failed: {done.stderr[-2000:]}")


def _programs() -> Path:
    """The newest server's folder of programs. Raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    if (elsewhere := shutil.which("initdb")) and (Path(elsewhere).parent / "postgres").exists():
        return Path(elsewhere).parent
    raise Missing("PostgreSQL: no POSTGRES_URL, no Docker, no server in /usr/lib/postgresql (Debian: postgresql)")
