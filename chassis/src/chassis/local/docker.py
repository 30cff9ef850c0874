"""The ladder's second rung: testcontainers, where it is installed and a Docker engine answers."""

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

_POSTGRES = "postgres:17"


@cache
def answers() -> bool:
    """Whether containers can be started here."""
    if find_spec("testcontainers") is None or shutil.which("docker") is None:
        return False
    asked = subprocess.run(["docker", "info"], capture_output=True, check=False)  # noqa: S607 - whichever is on the path
    return asked.returncode == 0


def postgres() -> tuple[str, Callable[[], None]]:
    """SQLAlchemy's address of a new server, and what ends it."""
    from testcontainers.postgres import PostgresContainer  # noqa: PLC0415 - only where Docker is

    container = PostgresContainer(_POSTGRES, driver="psycopg").start()
    return container.get_connection_url(), container.stop


def kafka() -> tuple[str, Callable[[], None]]:
    """`kafka://…` of a new broker, and what ends it."""
    from testcontainers.kafka import KafkaContainer  # noqa: PLC0415 - as above

    container = KafkaContainer().with_kraft().start()
    return f"kafka://{container.get_bootstrap_server()}", container.stop
