"""What became of each row of a job can be forgotten."""

from alembic import op

from migrations import ops

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(f"GRANT DELETE ON job_rows TO {ops.APP_ROLE}")


def downgrade() -> None:
    op.execute(f"REVOKE DELETE ON job_rows FROM {ops.APP_ROLE}")
