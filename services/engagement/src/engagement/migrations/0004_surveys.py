"""Surveys and responses."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add what is new."""


def downgrade() -> None:
    """Take it back."""
