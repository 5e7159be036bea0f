"""Managers may take lists of follow-ups out as files."""

from alembic import op

from migrations import ops

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    ops.grant_to_built_in(op, {"manager": {"activity:export": "subtree"}})


def downgrade() -> None:
    ops.in_each_tenant(op, "UPDATE roles SET permissions = permissions - 'activity:export'")
