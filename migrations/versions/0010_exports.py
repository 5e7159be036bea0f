"""Who may take lists out as files."""

from alembic import op

from migrations import ops

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

GRANTS = {
    "manager": {"contact:export": "subtree", "customer:export": "subtree"},
}


def upgrade() -> None:
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    pass
