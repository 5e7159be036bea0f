"""Deleted tasks can come back for a while, and lists of tasks can be taken out as files."""

from alembic import op

from migrations import ops

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE tasks ADD COLUMN deleted_at timestamptz;
ALTER TABLE tasks ADD COLUMN deleted_by_id uuid;
CREATE INDEX tasks_tenant_id_deleted_at_id_idx ON tasks (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
"""
GRANTS = {"manager": {"task:export": "subtree"}}


def upgrade() -> None:
    ops.run(op, TABLES)
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    op.execute("DELETE FROM tasks WHERE deleted_at IS NOT NULL")
    op.execute("ALTER TABLE tasks DROP COLUMN deleted_at, DROP COLUMN deleted_by_id")
