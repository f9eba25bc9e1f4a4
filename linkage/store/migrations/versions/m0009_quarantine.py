"""Places for what comes in from outside, what became of it, and the tokens of who sends it."""

from __future__ import annotations

from alembic import op

from linkage.store.schema import quarantine, quarantine_events, tokens
from linkage.store.triggers import install

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    for table in (quarantine, quarantine_events, tokens):
        table.create(op.get_bind())
    install(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
