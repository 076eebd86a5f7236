"""The index of tallies by job goes: they are found by their chunk, and it made writing them twice the work."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Drop the index."""
    op.execute("drop index if exists tally_job")
