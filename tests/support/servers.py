"""PostgreSQL and Kafka of a test's own, so that it may kill them. A mesh that starts meanwhile finds them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chassis.local.kafka import LocalKafka
from chassis.local.postgres import LocalPostgres


@dataclass
class Servers:
    """Both run; `postgres.server` and `kafka.nodes` can be ended and started again."""

    postgres: LocalPostgres
    kafka: LocalKafka


@contextmanager
def own_servers() -> Iterator[Servers]:
    """Started in a folder that PostgreSQL's own user reaches, and named by POSTGRES_URL and KAFKA_URL."""
    folder = Path(tempfile.mkdtemp(prefix="servers-"))
    folder.chmod(0o755)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        postgres, kafka = LocalPostgres(folder / "postgresql"), LocalKafka(folder / "kafka")
        for start, stop in ((postgres.server.start, postgres.server.stop), (kafka.start, kafka.stop)):
            stack.callback(stop)
            start()
        stack.enter_context(_environment(POSTGRES_URL=postgres.url, KAFKA_URL=kafka.url))
        yield Servers(postgres, kafka)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ |= values
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
