"""Imports know the sheets of a workbook."""

from alembic import op

from migrations import ops

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE imports ADD COLUMN sheets jsonb NOT NULL DEFAULT '[]';
ALTER TABLE imports ADD COLUMN sheet text;
"""


def upgrade() -> None:
    ops.run(op, COLUMNS)


def downgrade() -> None:
    op.execute("ALTER TABLE imports DROP COLUMN sheet, DROP COLUMN sheets")
