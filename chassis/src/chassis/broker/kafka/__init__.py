"""Apache Kafka, by kafka-python: acks of all replicas, an idempotent producer, one consumer group a block.

Connections are made when they are needed, so that a block starts while the broker is away. Offsets are never reset in
silence: what retention removed before the group had read it is said as Overtaken.
"""

from chassis.broker.kafka.cluster import Kafka

__all__ = ["Kafka"]
