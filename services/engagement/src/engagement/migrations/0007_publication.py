"""Plans of processes: blueprints, publication records, staff."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add what is new."""


def downgrade() -> None:
    """Take it back."""
