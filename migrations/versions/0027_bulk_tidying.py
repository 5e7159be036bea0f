"""What bulk actions kept can be forgotten."""

from alembic import op

from migrations import ops

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(f"GRANT DELETE ON bulk_rows TO {ops.APP_ROLE}")


def downgrade() -> None:
    op.execute(f"REVOKE DELETE ON bulk_rows FROM {ops.APP_ROLE}")
