"""Sessions of people who sign in."""

from alembic import op

from portal.tables import METADATA

revision = "0001"
down_revision = None


def upgrade() -> None:
    METADATA.create_all(op.get_bind())
