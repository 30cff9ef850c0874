"""PostgreSQL and Kafka as compose.yaml runs them, without Docker: the same configuration, certificates, roles, rights.

Only what cannot be the same differs: addresses are ports of this machine, folders are temporary ones.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from composed import ROOT, environment, here, services

from chassis.local import kafka
from chassis.local.postgres import LocalPostgres
from chassis.local.server import Server, free_port

COMPOSE = ROOT / "deploy" / "compose"
_JAVA = "exec java -Xms64m -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '{libraries}/*' {program} \"$@\"\n"


class Postgres:
    """A cluster with the configuration, the certificate and the roles of the container."""

    def __init__(self, secrets: Path) -> None:
        self._folder = folder = Path(tempfile.mkdtemp(prefix="postgresql-"))  # its own account must reach it
        self._own = LocalPostgres(folder)
        self.port = self._own.port
        key, shown = folder / "tls.key", folder / "tls.crt"  # in the container, start.sh makes the copy of the key
        shutil.copy(secrets / "postgres" / "tls" / "tls.key", key)
        key.chmod(0o600)
        shutil.copy(secrets / "postgres" / "tls" / "tls.crt", shown)
        configuration = (COMPOSE / "postgres" / "postgresql.conf").read_text("utf-8")
        data = folder / "data"
        (data / "postgresql.conf").write_text(
            configuration.replace("/run/own/tls.key", str(key)).replace("/run/tls/tls.crt", str(shown)), "utf-8"
        )
        shutil.copy(COMPOSE / "postgres" / "pg_hba.conf", data / "pg_hba.conf")
        if os.geteuid() == 0:
            for path in (key, shown, data / "postgresql.conf", data / "pg_hba.conf"):
                shutil.chown(path, "postgres", "postgres")
        self._own.server.start()
        self._apply((secrets / "postgres" / "own" / "roles.sql").read_text("utf-8"))

    @property
    def root(self) -> str:
        """The superuser's address, which asks for nothing in particular."""
        return self._own.url

    def stop(self) -> None:
        self._own.server.stop()
        shutil.rmtree(self._folder)

    def _apply(self, statements: str) -> None:
        engine = sa.create_engine(self.root, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements.splitlines():
                connection.exec_driver_sql(statement)
        engine.dispose()


class Kafka:
    """A broker with the configuration and the start script of the container, its programs from the jars."""

    def __init__(self, folder: Path, secrets: Path) -> None:
        self.port, control = free_port(), free_port()
        programs = folder / "bin"
        programs.mkdir(parents=True)
        for name, program in (
            ("kafka-storage.sh", "kafka.tools.StorageTool"),
            ("kafka-server-start.sh", "kafka.Kafka"),
        ):
            script = _JAVA.format(libraries=kafka.libraries(), program=program)
            (programs / name).write_text(f"#!/bin/sh\n{script}", "utf-8")
            (programs / name).chmod(0o755)
        self._replaced = {
            "/etc/baraza": str(folder),
            "/opt/kafka/bin": str(programs),
            "/var/lib/kafka/data": str(folder / "data"),
            "0.0.0.0:9092": f"127.0.0.1:{self.port}",
            "kafka:9092": f"localhost:{self.port}",
            "localhost:9093": f"localhost:{control}",
            "/run/tls": str(secrets / "kafka" / "tls"),
        }
        for name in ("server.properties", "start.sh"):
            (folder / name).write_text(self._here((COMPOSE / "kafka" / name).read_text("utf-8")), "utf-8")
        self._server = Server(
            [self._here(word) for word in services()["kafka"]["entrypoint"]],
            folder / "log",
            lambda: socket.create_connection(("127.0.0.1", self.port), 1).close(),
            environment={"CLUSTER_ID": environment("kafka")["CLUSTER_ID"]},
        )
        self._server.start()

    def make_topics(self, secrets: Path) -> str:
        """What the container `topics` does; what it says."""
        told = {name: here(value, "topics", secrets, self.replaced()) for name, value in environment("topics").items()}
        program = here(services()["topics"]["entrypoint"][1], "topics", secrets, {})
        done = subprocess.run(
            [sys.executable, "-W", "ignore", program],
            env=os.environ | told,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def replaced(self) -> dict[str, str]:
        """What stands for the broker's address here."""
        return {"kafka:9092": f"localhost:{self.port}"}

    def stop(self) -> None:
        self._server.stop()

    def _here(self, text: str) -> str:
        for inside, outside in self._replaced.items():
            text = text.replace(inside, outside)
        return text
