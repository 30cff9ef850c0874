"""Pictures, co-authors, amendments and thresholds of proposals."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add what is new."""


def downgrade() -> None:
    """Take it back."""
