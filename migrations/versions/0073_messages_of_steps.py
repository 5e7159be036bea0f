"""The messages of the steps of care plans are found by the message: each is asked whether it still stands."""

from alembic import op

from migrations import ops

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

# A company has some hundred thousands of steps at most, and they are written by a worker that waits.
INDEX = """
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX care_run_steps_tenant_id_message_id_idx ON care_run_steps (tenant_id, message_id)
    WHERE message_id IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, INDEX)


def downgrade() -> None:
    ops.run(op, "DROP INDEX care_run_steps_tenant_id_message_id_idx;")
