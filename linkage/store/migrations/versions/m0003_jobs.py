"""A place for what is linked in the background."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("kind", "by", "host")),
        sa.Column("pid", sa.Integer, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("started", "beat")),
        sa.Column("ended", sa.String),
        *(sa.Column(name, sa.String, nullable=False) for name in ("state", "stage")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("done", "total")),
        sa.Column("run", sa.Integer),
        sa.Column("error", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Not offered, as for the step before."""
    raise NotImplementedError("a sealed store cannot be taken back")
