"""What of a payment was offset by advances."""

from alembic import op

from migrations import ops

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE expense_payments ADD COLUMN written_off bigint NOT NULL DEFAULT 0;
"""


def upgrade() -> None:
    ops.run(op, TABLES)


def downgrade() -> None:
    op.execute("ALTER TABLE expense_payments DROP COLUMN written_off")
