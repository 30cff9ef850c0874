"""Running figures of surveys."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what is new."""


def downgrade() -> None:
    """Take it back."""
