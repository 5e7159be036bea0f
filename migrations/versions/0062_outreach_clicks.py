"""Links of messages that people have followed."""

from alembic import op

from migrations import ops

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE outreach_clicks (
    tenant_id bigint NOT NULL,
    message_id uuid NOT NULL,
    place integer NOT NULL,
    target text NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT outreach_clicks_pkey PRIMARY KEY (tenant_id, message_id, place),
    CONSTRAINT outreach_clicks_tenant_id_message_id_fkey
        FOREIGN KEY (tenant_id, message_id) REFERENCES outreach_messages (tenant_id, id) ON DELETE CASCADE
);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("outreach_clicks")
    op.distribute("outreach_clicks")


def downgrade() -> None:
    op.execute("DROP TABLE outreach_clicks")
