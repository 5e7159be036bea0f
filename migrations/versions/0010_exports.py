"""Who may take lists out as files."""

from alembic import op

from migrations import ops

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GRANTS = {
    "manager": '{"contact:export": "subtree", "customer:export": "subtree"}',
}


def upgrade() -> None:
    for code, grants in GRANTS.items():
        ops.in_each_tenant(
            op,
            f"UPDATE roles SET permissions = '{grants}'::jsonb || permissions, version = version + 1 "
            f"WHERE code = '{code}'",
        )
    ops.in_each_tenant(op, "UPDATE tenants SET access_version = access_version + 1 WHERE id = here")


def downgrade() -> None:
    pass
