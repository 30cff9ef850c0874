"""All tables of the mediator. Only `store.py` files import this page. Lock order: registration, then the rest."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from chassis.columns import Instant, Json, Sequence, metadata

METADATA = metadata()

registration = Table(
    "registration",
    METADATA,
    Column("id", Integer, primary_key=True),  # one row, 1
    Column("version", Integer, nullable=False),  # grows with every change of members, services or rights
    Column("seeded_from", String(64), nullable=False),  # SHA-256 of the catalogue file that was applied last
    Column("changed_at", Instant, nullable=False),
)

member = Table(
    "member",
    METADATA,
    Column("id", String(767), primary_key=True),  # INSTANCE/CLASS/MEMBER
    Column("name", String(400), nullable=False),
)

application = Table(
    "application",
    METADATA,
    Column("id", String(1023), primary_key=True),  # INSTANCE/CLASS/MEMBER/APPLICATION
    Column("member", ForeignKey("member.id"), nullable=False),
    Column("name", String(400), nullable=False),
)

service = Table(
    "service",
    METADATA,
    Column("application", ForeignKey("application.id"), primary_key=True),
    Column("code", String(255), primary_key=True),
    Column("base_url", Text, nullable=False),  # no slash at its end; a call's path is appended
)

access_right = Table(
    "access_right",
    METADATA,
    Column("id", String(64), primary_key=True),  # SHA-256 of the other columns: the same right exists once
    Column("subject", String(1023), nullable=False),  # a client identifier, or `anonymous`
    Column("application", ForeignKey("application.id"), nullable=False),
    Column("methods", Json, nullable=False),  # sorted list; ["*"] is any
    Column("path", Text, nullable=False),  # a pattern
    Column("on_behalf", Boolean, nullable=False),  # may act for a person who is not present
    Index("ix_access_right_application", "application"),
)

message_record = Table(
    "message_record",
    METADATA,
    Column("seq", Sequence, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("request_id", String(36), nullable=False),  # the pair's X-Road-Request-Id
    Column("at", String(27), nullable=False),  # text, because the hash covers every character of it
    Column("client", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON; what the hash covers
    Column("hash", LargeBinary(64), nullable=False),
    Index("ix_message_record_request_id", "request_id"),
)

message_head = Table(
    "message_head",
    METADATA,
    Column("seq", Sequence, primary_key=True, autoincrement=False),  # the last record of a batch
    Column("hash", LargeBinary(64), nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
)
