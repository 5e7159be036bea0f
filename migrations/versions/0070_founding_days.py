"""Customers have a day on which they celebrate that they were founded."""

from alembic import op

from migrations import ops

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

# The column is new: there is nothing to look through.
DAY = """
ALTER TABLE customers ADD COLUMN founding_day text;
ALTER TABLE customers ADD CONSTRAINT customers_founding_day_check CHECK (founding_day ~
    '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$')
    NOT VALID;
"""
NO_DAY = "ALTER TABLE customers DROP COLUMN founding_day;"


def upgrade() -> None:
    ops.run(op, DAY)


def downgrade() -> None:
    ops.run(op, NO_DAY)
