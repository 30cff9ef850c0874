"""Make every topic and dead-letter topic of the event catalogue, and give each block the rights that it says.

A producer may write its topics; a consumer may read its topics, write and read their dead letters, and commit as the
group of its name. Whatever else a block tries is refused. Rights that the catalogue no longer says are taken away.
Runs in any block's image: `EVENTS_URL` is the broker, as the client whose certificate is an administrator's.
"""

import os
import sys
from collections.abc import Iterator
from itertools import chain

from kafka import KafkaAdminClient
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
)

import contracts
from chassis.broker import Topic
from chassis.broker.kafka import Kafka

_PARTITIONS = 8
_EVERYTHING = ACLFilter(
    None,
    None,
    ACLOperation.ANY,
    ACLPermissionType.ANY,
    ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY),
)


def topics() -> list[Topic]:
    """All topics of the catalogue, each followed by its dead letters."""
    return [
        made
        for name, topic in contracts.topics().items()
        for made in (
            Topic(name, topic.get("partitions", _PARTITIONS), topic["retention_days"]),
            Topic(topic["dead_letters"], 1, topic["retention_days"]),
        )
    ]


def rights() -> set[tuple[str, ResourceType, str, ACLOperation]]:
    """`(block, kind of resource, its name, what the block may do)`."""
    return set(chain.from_iterable(_rights(name, topic) for name, topic in contracts.topics().items()))


def main() -> int:
    """Bring the broker to what the catalogue says; once more changes nothing."""
    broker = Kafka(os.environ["EVENTS_URL"])
    broker.ensure(topics())
    broker.close()
    admin = KafkaAdminClient(**broker.options)
    try:
        wanted = {_key(acl): acl for acl in map(_acl, rights())}
        found = admin.describe_acls(_EVERYTHING)
        present = {_key(acl): acl for acl in (found[0] if isinstance(found, tuple) else found)}
        if missing := [acl for key, acl in wanted.items() if key not in present]:
            admin.create_acls(missing)
        if needless := [acl for key, acl in present.items() if key not in wanted]:
            admin.delete_acls(needless)
    finally:
        admin.close()
    sys.stdout.write(f"{len(topics())} topics, {len(wanted)} rights\n")
    return 0


def _rights(name: str, topic: contracts.Document) -> Iterator[tuple[str, ResourceType, str, ACLOperation]]:
    for block in topic["producers"]:
        yield block, ResourceType.TOPIC, name, ACLOperation.WRITE
    for block in topic["consumers"]:
        yield block, ResourceType.TOPIC, name, ACLOperation.READ
        yield block, ResourceType.TOPIC, topic["dead_letters"], ACLOperation.WRITE
        yield block, ResourceType.TOPIC, topic["dead_letters"], ACLOperation.READ
        yield block, ResourceType.GROUP, block, ACLOperation.READ


def _acl(right: tuple[str, ResourceType, str, ACLOperation]) -> ACL:
    block, kind, name, operation = right
    return ACL(f"User:{block}", "*", operation, ACLPermissionType.ALLOW, ResourcePattern(kind, name))


def _key(acl: ACL) -> tuple[str, str, int, int, str]:
    pattern = acl.resource_pattern
    return acl.principal, acl.host, int(acl.operation), int(pattern.resource_type), pattern.resource_name


if __name__ == "__main__":
    sys.exit(main())
