"""The company's own fields on tasks; a series that ended with a deleted task can go on."""

from alembic import op

from migrations import ops

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE tasks ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
ALTER TABLE task_series ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
ALTER TABLE task_series ADD COLUMN ended_with_id uuid;
"""


def upgrade() -> None:
    ops.run(op, CHANGES)


def downgrade() -> None:
    op.execute("ALTER TABLE task_series DROP COLUMN ended_with_id, DROP COLUMN custom")
    op.execute("ALTER TABLE tasks DROP COLUMN custom")
