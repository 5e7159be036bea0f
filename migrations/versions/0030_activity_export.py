"""Managers may take lists of follow-ups out as files."""

from alembic import op

from migrations import ops

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

GRANTS = {"manager": '{"activity:export": "subtree"}'}


def upgrade() -> None:
    for code, grants in GRANTS.items():
        ops.in_each_tenant(
            op,
            f"UPDATE roles SET permissions = '{grants}'::jsonb || permissions, version = version + 1 "
            f"WHERE code = '{code}'",
        )
    ops.in_each_tenant(op, "UPDATE tenants SET access_version = access_version + 1 WHERE id = here")


def downgrade() -> None:
    ops.in_each_tenant(op, "UPDATE roles SET permissions = permissions - 'activity:export'")
