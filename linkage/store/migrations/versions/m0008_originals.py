"""A place for narratives as they came, encrypted.

Sessions and what a run carries, which the audit vouches for from now on, begin anew.
"""

from __future__ import annotations

from alembic import op

from linkage.store.schema import originals
from linkage.store.triggers import install

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    originals.create(op.get_bind())
    for name in ("carried", "sessions"):
        op.execute(f"DELETE FROM {name}")
    install(op.get_bind())


def downgrade() -> None:
    """Not offered, as for the steps before."""
    raise NotImplementedError("a sealed store cannot be taken back")
