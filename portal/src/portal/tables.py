"""The portal's only table: its sessions."""

import sqlalchemy as sa

from chassis.columns import Instant, Json, metadata

METADATA = metadata()

sessions = sa.Table(
    "sessions",
    METADATA,
    sa.Column(
        "id_digest", sa.String(64), primary_key=True, comment="SHA-256 of the cookie; the cookie itself is not kept"
    ),
    sa.Column("expires_at", Instant, nullable=False, index=True, comment="The row means nothing from here on"),
    sa.Column(
        "sealed", sa.LargeBinary, nullable=False, comment="Access token and notes, readable with the cookie only"
    ),
    sa.Column("roles", Json, nullable=False, comment="Roles as identity told; they choose links, never rights"),
    sa.Column("display_name", sa.String(200), comment="How identity greets the person"),
    sa.Column("language", sa.String(35), comment="Language of the pages at sign-in"),
)
