"""Files in own fields, and files that wait to be hung somewhere."""

from alembic import op

from migrations import ops

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE attachments ADD COLUMN field text;
CREATE INDEX attachments_waiting_tenant_id_created_at_idx ON attachments (tenant_id, created_at)
    WHERE record_type = 'upload';
"""


def upgrade() -> None:
    ops.run(op, CHANGES)


def downgrade() -> None:
    op.execute("DROP INDEX attachments_waiting_tenant_id_created_at_idx")
    op.execute("ALTER TABLE attachments DROP COLUMN field")
