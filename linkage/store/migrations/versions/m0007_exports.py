"""What leaves in files: who asked for it, who checked it, what was written, and the numbers in it."""

from __future__ import annotations

from alembic import op

from linkage.store.schema import exports, numbers
from linkage.store.triggers import install

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and their triggers."""
    for table in (exports, numbers):
        table.create(op.get_bind())
    install(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
