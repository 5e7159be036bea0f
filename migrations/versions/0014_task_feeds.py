"""Addresses under which calendars read somebody's tasks."""

from alembic import op

from migrations import ops

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE task_feeds (
    tenant_id bigint NOT NULL,
    user_id uuid NOT NULL,
    digest bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT task_feeds_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT task_feeds_tenant_id_digest_key UNIQUE (tenant_id, digest),
    CONSTRAINT task_feeds_tenant_id_user_id_fkey
        FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("task_feeds")
    op.distribute("task_feeds")


def downgrade() -> None:
    op.execute("DROP TABLE task_feeds")
