"""Documents, their versions, blocks and annotations."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what is new."""


def downgrade() -> None:
    """Take it back."""
