"""All tables of messaging. Locks are taken in this order: request, activity, message.

Addresses and texts stand sealed in one column, `message.letter`, which is emptied when the message is settled.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table

from chassis.columns import Instant, Json, Sequence, Uuid, metadata

METADATA: MetaData = metadata()

request = Table(
    "request",
    METADATA,
    Column("id", Uuid, primary_key=True),  # the requestUid of GovStack
    Column("application", String(255), nullable=False),  # client id of who asked
    Column("mhash", String(64), nullable=False),  # keyed digest of the whole request: MHASH of GovStack
    Column("fingerprint", String(80), nullable=False, unique=True),  # mhash and day: the same request is stored once
    Column("messages", Integer, nullable=False),
    Column("accepted_at", Instant, nullable=False),
    Index("ix_request_mhash_accepted_at", "mhash", "accepted_at"),
    Index("ix_request_application_accepted_at", "application", "accepted_at"),
)

message = Table(
    "message",
    METADATA,
    Column("seq", Sequence, primary_key=True, autoincrement=True),  # first in, first out
    Column("id", Uuid, nullable=False, unique=True),
    Column("request_id", Uuid, ForeignKey("request.id", ondelete="RESTRICT"), index=True),  # None: an event asked
    Column("event_id", Uuid),  # the event that asked; None for requests and digests
    Column("once", String(120), unique=True),  # what no second message may be about; None for requests
    Column("template", String(40)),  # None for letters
    Column("about", Uuid),  # the process that a notice is about
    Column("recipient", String(64)),  # address reference: a registry entry; None with an address in the letter
    Column("language", String(35)),
    Column("letter", LargeBinary, info={"sealed": "message.letter"}),  # None for notices and once it is settled
    Column("notice", Json),  # paths and counts for the template; None for letters and once the message is settled
    Column("priority", Integer, nullable=False),  # 0 emergency, 1 ordinary
    Column("status", String(10), nullable=False),
    Column("reason", String(40)),  # a word that says why it is deferred, bounced or notSent
    Column("attempts", Integer, nullable=False),
    Column("accepted_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),  # not before
    Column("expires_at", Instant),  # an attempt that fails after this is the last; None before the first
    Column("settled_at", Instant),
    Index("uq_message_event_id_recipient_template", "event_id", "recipient", "template", unique=True),
    Index("ix_message_status_priority_seq", "status", "priority", "seq"),
    Index("ix_message_about", "about"),
)

delivery = Table(
    "delivery",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("message_id", Uuid, ForeignKey("message.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("attempt", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("channel", String(10), nullable=False),
    Column("status", String(10), nullable=False),
    Column("code", Integer),  # the mail server's reply; None when there was none
    Column("reason", String(40)),
)

activity = Table(
    "activity",
    METADATA,
    Column("recipient", String(64), primary_key=True),  # address reference
    Column("proposal_id", Uuid, primary_key=True),
    Column("endorsements", Integer, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("replies", Integer, nullable=False),
    Column("first_at", Instant, nullable=False),  # of what no digest has told yet
    Column("last_at", Instant, nullable=False),
)

caught = Table(
    "caught",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("message_id", String(255), nullable=False, unique=True),  # the mail's header: a second copy is dropped
    Column("template", String(40)),
    Column("recipient", String(64), nullable=False),  # keyed digest
    Column("mail", LargeBinary, nullable=False, info={"sealed": "caught.mail"}),
    Column("at", Instant, nullable=False),
)
