"""Subscribers, the outbox and the log of what was sent."""

from __future__ import annotations

from alembic import op

from linkage.store.schema import distribution, outbox, subscribers
from linkage.store.triggers import install

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    for table in (subscribers, outbox, distribution):
        table.create(op.get_bind())
    install(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
