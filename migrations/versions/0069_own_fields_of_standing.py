"""The company's own fields on what stands at customers: assets, service records and purchases."""

from alembic import op

from migrations import ops

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

CHANGES = """
ALTER TABLE assets ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
ALTER TABLE service_records ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
ALTER TABLE purchases ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
"""


def upgrade() -> None:
    ops.run(op, CHANGES)


def downgrade() -> None:
    for table in ("purchases", "service_records", "assets"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN custom")
