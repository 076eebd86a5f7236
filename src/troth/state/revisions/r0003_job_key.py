"""The key of a job stands in its row, and chunks are found by their job alone: two things less to write for each request.

A job that is open keeps its key where it is until it is finished.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import inspect

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns, and make the index anew."""
    there = {column["name"] for column in inspect(op.get_bind()).get_columns("job")}
    words = {"version": "integer" if op.get_bind().dialect.name == "sqlite" else "bigint", "wrapped": "text"}
    for name, kind in words.items():
        if name not in there:  # a journal may have made its tables by itself
            op.execute(f"alter table job add column {name} {kind}")
    op.execute("drop index if exists chunk_job")
    op.execute("create index chunk_job on chunk (job)")
