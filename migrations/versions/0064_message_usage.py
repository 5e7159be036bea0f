"""What companies have sent, how much they may, and how the outboxes fared."""

from alembic import op

from migrations import ops

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE message_usage (
    tenant_id bigint NOT NULL,
    day date NOT NULL,
    channel text NOT NULL,
    messages integer NOT NULL,
    segments integer NOT NULL,
    mills bigint NOT NULL,
    unpriced integer NOT NULL,
    CONSTRAINT message_usage_pkey PRIMARY KEY (tenant_id, day, channel)
);
CREATE TABLE message_limits (
    tenant_id bigint NOT NULL,
    version integer NOT NULL,
    granted_sms integer,
    granted_mail integer,
    own_sms integer,
    own_mail integer,
    CONSTRAINT message_limits_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT message_limits_check CHECK (
        least(granted_sms, granted_mail, own_sms, own_mail) IS NULL
        OR least(granted_sms, granted_mail, own_sms, own_mail) >= 0
    )
);
CREATE TABLE usage_gauges (
    tenant_id bigint NOT NULL,
    month date NOT NULL,
    channel text NOT NULL,
    messages integer NOT NULL,
    segments integer NOT NULL,
    mills bigint NOT NULL,
    granted integer,
    CONSTRAINT usage_gauges_pkey PRIMARY KEY (tenant_id, month, channel),
    CONSTRAINT usage_gauges_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);
CREATE TABLE outbox_samples (
    at timestamptz NOT NULL,
    channel text NOT NULL,
    waiting integer NOT NULL,
    sent_hour integer NOT NULL,
    CONSTRAINT outbox_samples_pkey PRIMARY KEY (at, channel)
);
ALTER TABLE deliveries ADD COLUMN segments integer;
ALTER TABLE deliveries ADD COLUMN mills integer
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("message_usage", "message_limits"):
        op.wall(table)
        op.distribute(table)
    op.directory(
        "usage_gauges",
        reason="numbers of messages by month, by which those who keep the installation see who sends what",
        grants=["SELECT", "INSERT", "UPDATE (messages, segments, mills, granted)"],
    )
    op.directory(
        "outbox_samples",
        reason="numbers of messages of all companies together, over time",
        grants=["SELECT", "INSERT", "DELETE"],
    )


def downgrade() -> None:
    for column in ("mills", "segments"):
        op.execute(f"ALTER TABLE deliveries DROP COLUMN {column}")
    for table in ("outbox_samples", "usage_gauges", "message_limits", "message_usage"):
        op.execute(f"DROP TABLE {table}")
