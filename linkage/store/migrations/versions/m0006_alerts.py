"""Alerts, what becomes of them, and details that are kept out of them."""

from __future__ import annotations

from alembic import op

from linkage.store.schema import alert_events, alerts, hold_backs
from linkage.store.triggers import install

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    for table in (alerts, alert_events, hold_backs):
        table.create(op.get_bind())
    install(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
