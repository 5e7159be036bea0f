"""When a company works."""

from alembic import op

from migrations import ops

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

CALENDARS = """
CREATE TABLE work_calendars (
    tenant_id bigint PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    weekdays jsonb NOT NULL,
    begins text NOT NULL,
    ends text NOT NULL,
    break_begins text,
    break_ends text,
    public_holidays boolean NOT NULL,
    exceptions jsonb NOT NULL
);
"""


def upgrade() -> None:
    ops.run(op, CALENDARS)
    op.wall("work_calendars", rights="SELECT, INSERT, UPDATE")
    op.distribute("work_calendars")


def downgrade() -> None:
    op.execute("DROP TABLE work_calendars")
