"""A place for the marks of rows that were read, so that they need not be read again."""

from __future__ import annotations

from alembic import op

from linkage.store.schema import read_rows

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    read_rows.create(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
