"""All tables of consent. Locks are taken in this order: policy, agreement, consent_record, journal_head.

What an object says stands in its revisions alone; policy, agreement and consent_record name the latest one (`number`)
and hold what is looked up by. Revisions and the journal only grow. `individual` and `by` are pairwise: they mean
nothing to another block.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

from chassis.columns import Instant, Json, Uuid, metadata

METADATA: MetaData = metadata()

signing_key = Table(
    "signing_key",
    METADATA,
    Column("generation", Integer, primary_key=True),  # the highest signs, all verify
    Column("kid", String(64), nullable=False, unique=True),  # thumbprint (RFC 7638)
    Column("private", LargeBinary, nullable=False, info={"sealed": "signing_key.private"}),  # JWK; no public half
    # stands beside it, which could be exchanged
    Column("made_at", Instant, nullable=False),
)

revision = Table(
    "revision",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("schema_name", String(16), nullable=False),  # Policy, DataAgreement, ConsentRecord
    Column("object_id", String(80), nullable=False),
    Column("number", Integer, nullable=False),  # from 1, without a gap
    Column("snapshot", Text, nullable=False),  # canonical JSON (RFC 8785)
    Column("hash", String(64), nullable=False),  # SHA-256 of the snapshot
    Column("at", Instant, nullable=False),
    Column("individual", String(64)),
    Column("other", String(80)),
    Column("predecessor_hash", String(64)),
    Column("predecessor_signature", Text),
    Column("signature", Text, nullable=False),  # compact JWS
    Index("uq_revision_schema_name_object_id_number", "schema_name", "object_id", "number", unique=True),
)

policy = Table(
    "policy",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)

agreement = Table(
    "agreement",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("policy_id", String(80), ForeignKey("policy.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("active", Boolean, nullable=False),  # new records can be given
)

consent_record = Table(
    "consent_record",
    METADATA,
    Column("id", String(36), primary_key=True),  # UUIDv7 as text, which is how revisions name it
    Column("number", Integer, nullable=False),
    Column("agreement_id", String(80), ForeignKey("agreement.id", ondelete="RESTRICT"), nullable=False),
    Column("agreement_revision_id", Uuid, ForeignKey("revision.id", ondelete="RESTRICT"), nullable=False),
    Column("individual", String(64), nullable=False),
    Column("opt_in", Boolean, nullable=False),
    Index(
        "uq_consent_record_agreement_revision_id_individual", "agreement_revision_id", "individual", unique=True
    ),  # one record a person and revision (appendix of the official file)
    Index("ix_consent_record_individual_agreement_id", "individual", "agreement_id"),
    Index("ix_consent_record_agreement_id_opt_in", "agreement_id", "opt_in", "id"),
)

journal = Table(
    "journal",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1, without a gap
    Column("action", String(24), nullable=False),  # what was done, in the past tense
    Column("schema_name", String(16), nullable=False),
    Column("object_id", String(80), nullable=False),
    Column("revision_id", Uuid, nullable=False),
    Column("revision_hash", String(64), nullable=False),
    Column("by", String(64)),  # None: the application by itself
    Column("roles", Json, nullable=False),
    Column("application", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),  # keyed, over this row and the one before
    Index("ix_journal_schema_name_object_id", "schema_name", "object_id"),
)

journal_head = Table(
    "journal_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row, 1: whoever writes the journal locks it
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("seal", String(64), nullable=False),  # keyed: a journal cut short cannot be given another head
)
