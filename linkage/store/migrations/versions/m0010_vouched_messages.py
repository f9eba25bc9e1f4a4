"""The audit vouches for messages of the outbox: an entry tells of those that are there."""

from __future__ import annotations

from alembic import op

from linkage.store.outbox import vouch_for_all

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Vouch for every message."""
    vouch_for_all(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
