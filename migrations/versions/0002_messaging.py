"""The outbox, and the bell."""

from alembic import op

from migrations import ops

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE deliveries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL,
    address text NOT NULL,
    locale text NOT NULL,
    facts jsonb NOT NULL,
    link text,
    secret boolean NOT NULL,
    dedupe_key text NOT NULL,
    sender_id uuid,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    expires_at timestamptz,
    claimed_by uuid,
    claimed_until timestamptz,
    reference text,
    last_error text,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    CONSTRAINT deliveries_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT deliveries_tenant_id_dedupe_key_key UNIQUE (tenant_id, dedupe_key),
    CONSTRAINT deliveries_state_check
        CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')),
    CONSTRAINT deliveries_tenant_id_sender_id_fkey
        FOREIGN KEY (tenant_id, sender_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX deliveries_tenant_id_next_at_id_idx ON deliveries (tenant_id, next_at, id)
    WHERE state = 'waiting';
CREATE INDEX deliveries_tenant_id_claimed_until_idx ON deliveries (tenant_id, claimed_until)
    WHERE state = 'sending';
CREATE INDEX deliveries_tenant_id_sender_id_idx ON deliveries (tenant_id, sender_id);
CREATE TABLE notifications (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    facts jsonb NOT NULL,
    link text,
    dedupe_key text,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    CONSTRAINT notifications_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT notifications_tenant_id_user_id_dedupe_key_key UNIQUE (tenant_id, user_id, dedupe_key),
    CONSTRAINT notifications_tenant_id_user_id_fkey
        FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX notifications_tenant_id_user_id_id_idx ON notifications (tenant_id, user_id, id);
CREATE INDEX notifications_unread_tenant_id_user_id_id_idx ON notifications (tenant_id, user_id, id)
    WHERE read_at IS NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("deliveries", rights="SELECT, INSERT, UPDATE")
    op.distribute("deliveries")
    op.wall("notifications", rights="SELECT, INSERT, UPDATE")
    op.distribute("notifications")


def downgrade() -> None:
    op.execute("DROP TABLE notifications")
    op.execute("DROP TABLE deliveries")
