"""What a company demands of passwords, of how long one stays signed in, and of where one comes from."""

from alembic import op

from migrations import ops

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

COLUMNS = """
ALTER TABLE security_policies ADD COLUMN password_length integer NOT NULL DEFAULT 8;
ALTER TABLE security_policies ADD COLUMN password_kinds integer NOT NULL DEFAULT 1;
ALTER TABLE security_policies ADD COLUMN session_hours integer NOT NULL DEFAULT 720;
ALTER TABLE security_policies ADD COLUMN idle_minutes integer;
ALTER TABLE security_policies ADD COLUMN networks jsonb NOT NULL DEFAULT '[]'
"""


def upgrade() -> None:
    ops.run(op, COLUMNS)


def downgrade() -> None:
    for column in ("password_length", "password_kinds", "session_hours", "idle_minutes", "networks"):
        op.execute(f"ALTER TABLE security_policies DROP COLUMN {column}")
