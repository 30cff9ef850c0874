"""PostgreSQL and Kafka of a mesh that is to run on them: those of `POSTGRES_URL` and `KAFKA_URL`, or local ones in its
state folder."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from chassis.local.kafka import LocalKafka
from chassis.local.postgres import LocalPostgres, Postgres
from mesh.layout import BLOCKS, KAFKA_PORT, POSTGRES_PORT, Layout


@contextmanager
def running(layout: Layout, *, postgresql: bool, kafka: bool) -> Iterator[tuple[str, str]]:
    """Addresses of the servers that are wanted, as `Shape` holds them; what was started ends with the block. Raises
    Missing."""
    with ExitStack() as started:
        yield (
            _postgres(layout, started) if postgresql else "",
            _kafka(layout, started) if kafka else "",
        )


def _postgres(layout: Layout, started: ExitStack) -> str:
    root = os.environ.get("POSTGRES_URL", "")
    if not root:
        own = LocalPostgres(layout.state / "postgresql", port=POSTGRES_PORT + layout.shift)
        own.server.start()
        started.callback(own.server.stop)
        root = own.url
    for name in (*BLOCKS, "gateway", "portal"):
        Postgres(root).ensure(layout.database_name(name))
    return root


def _kafka(layout: Layout, started: ExitStack) -> str:
    if address := os.environ.get("KAFKA_URL"):
        return address
    own = LocalKafka(layout.state / "kafka", ports=[KAFKA_PORT + layout.shift])
    own.start()
    started.callback(own.stop)
    return own.url
