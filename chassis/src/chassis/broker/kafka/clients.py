"""kafka-python's clients as we need them, and what it takes to make them safely."""

import contextlib
import gc
import socket
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer

from chassis.errors import Unavailable

CONNECT_MS = 5_000
ANSWER_MS = 6_000
DELIVERY_MS = 12_000
_SESSION_MS = 6_000  # how long a killed member keeps its partitions
_METADATA_MS = 5_000  # how soon a new topic is seen

Options = dict[str, Any]  # keyword arguments of kafka-python's clients


def options_of(url: str) -> Options:
    """kafka-python's words for an address. Raises ValueError when it names unknown options."""
    parts = urlsplit(url)
    given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    names = {"ca": "ssl_cafile", "certificate": "ssl_certfile", "key": "ssl_keyfile"}
    if unknown := set(given) - set(names):
        raise ValueError(f"a Kafka address has no {', '.join(sorted(unknown))}")
    tls = {"security_protocol": "SSL", **{names[name]: value for name, value in given.items()}} if given else {}
    common = {"request_timeout_ms": ANSWER_MS, "reconnect_backoff_max_ms": 1_000}
    return {"bootstrap_servers": parts.netloc.split(","), **common, **tls}


def producer(options: Options) -> KafkaProducer:
    """Durable on enough replicas, in order, each once. Raises Unavailable, KafkaError."""
    _reach(options)
    return KafkaProducer(
        **options,
        acks="all",
        enable_idempotence=True,
        linger_ms=1,
        delivery_timeout_ms=DELIVERY_MS,
        max_block_ms=CONNECT_MS,
        bootstrap_timeout_ms=CONNECT_MS,
        allow_auto_create_topics=False,
        metrics_enabled=False,
    )


def member(options: Options, group: str, topics: Sequence[str]) -> KafkaConsumer:
    """Of a group; it commits when it is told to. Raises Unavailable, KafkaError."""
    _reach(options)
    consumer = KafkaConsumer(
        **options,
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="none",
        session_timeout_ms=_SESSION_MS,
        heartbeat_interval_ms=_SESSION_MS // 3,
        metadata_max_age_ms=_METADATA_MS,
        bootstrap_timeout_ms=CONNECT_MS,
        allow_auto_create_topics=False,
        metrics_enabled=False,
    )
    consumer.subscribe(topics)
    return consumer


def asking(options: Options) -> tuple[KafkaAdminClient, KafkaConsumer]:
    """Two that answer questions about topics and groups. Raises Unavailable, KafkaError."""
    _reach(options)
    admin = KafkaAdminClient(**options, bootstrap_timeout_ms=CONNECT_MS)
    return admin, KafkaConsumer(**options, bootstrap_timeout_ms=CONNECT_MS, metrics_enabled=False)


def known_members(options: Options, group: str) -> set[str]:
    """Ids of the members that the cluster counts in the group. Raises Unavailable, KafkaError."""
    _reach(options)
    admin = KafkaAdminClient(**options, bootstrap_timeout_ms=CONNECT_MS)
    try:
        return {each["member_id"] for each in admin.describe_groups([group])[group]["members"]}
    finally:
        admin.close()


def _reach(options: Options) -> None:
    """Return when a node takes connections. A client of kafka-python that cannot be made leaves its thread and its
    sockets behind, so that none is made while nobody answers. Raises Unavailable."""
    for node in options["bootstrap_servers"]:
        host, _, port = node.rpartition(":")
        with contextlib.suppress(OSError):
            socket.create_connection((host.strip("[]"), int(port)), CONNECT_MS / 1000).close()
            return
    raise Unavailable("The broker does not answer.")


def sweep() -> None:
    """kafka-python forgets to close a socket that was refused; the collector does, but hardly comes in a server."""
    gc.collect()
