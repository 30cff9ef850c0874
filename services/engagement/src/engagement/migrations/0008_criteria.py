"""Criteria, scores, commitments."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add what is new."""


def downgrade() -> None:
    """Take it back."""
