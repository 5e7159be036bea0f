"""Messages to people outside: one row for each occasion, and one for each way that was tried."""

from alembic import op

from migrations import ops

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE outreach_messages (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    key text NOT NULL,
    purpose text NOT NULL,
    contact_id uuid NOT NULL,
    about_kind text,
    about_id uuid,
    origin_type text NOT NULL,
    origin_id uuid NOT NULL,
    origin_label text NOT NULL,
    choices jsonb NOT NULL,
    place integer NOT NULL,
    way text,
    state text NOT NULL,
    reason text,
    held_by text,
    due_at timestamptz NOT NULL,
    next_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id uuid,
    released_at timestamptz,
    settled_at timestamptz,
    CONSTRAINT outreach_messages_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT outreach_messages_tenant_id_key_key UNIQUE (tenant_id, key),
    CONSTRAINT outreach_messages_purpose_check CHECK (purpose IN ('marketing', 'care', 'service')),
    CONSTRAINT outreach_messages_way_check CHECK (way IN ('sms', 'mail', 'wechat')),
    CONSTRAINT outreach_messages_state_check CHECK (
        state IN (
            'waiting', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'suppressed', 'expired',
            'cancelled'
        )
    ),
    CONSTRAINT outreach_messages_about_check CHECK ((about_kind IS NULL) = (about_id IS NULL)),
    CONSTRAINT outreach_messages_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT outreach_messages_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX outreach_messages_tenant_id_next_at_id_idx ON outreach_messages (tenant_id, next_at, id)
    WHERE state = 'waiting';
CREATE INDEX outreach_messages_tenant_id_contact_id_id_idx ON outreach_messages (tenant_id, contact_id, id);
CREATE INDEX outreach_messages_tenant_id_contact_id_released_at_idx
    ON outreach_messages (tenant_id, contact_id, purpose, released_at) WHERE released_at IS NOT NULL;
CREATE INDEX outreach_messages_tenant_id_origin_type_origin_id_id_idx
    ON outreach_messages (tenant_id, origin_type, origin_id, id);
CREATE INDEX outreach_messages_tenant_id_due_at_id_idx ON outreach_messages (tenant_id, due_at, id);
CREATE INDEX outreach_messages_tenant_id_state_due_at_id_idx
    ON outreach_messages (tenant_id, state, due_at, id);
CREATE INDEX outreach_messages_tenant_id_created_by_id_idx ON outreach_messages (tenant_id, created_by_id);
CREATE TABLE outreach_tries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    place integer NOT NULL,
    way text NOT NULL,
    state text NOT NULL,
    reason text,
    delivery_id uuid,
    at timestamptz NOT NULL,
    settled_at timestamptz,
    CONSTRAINT outreach_tries_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT outreach_tries_way_check CHECK (way IN ('sms', 'mail', 'wechat')),
    CONSTRAINT outreach_tries_state_check CHECK (
        state IN ('sending', 'sent', 'delivered', 'failed', 'uncertain', 'suppressed', 'expired')
    ),
    CONSTRAINT outreach_tries_tenant_id_message_id_fkey
        FOREIGN KEY (tenant_id, message_id) REFERENCES outreach_messages (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT outreach_tries_tenant_id_delivery_id_fkey
        FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id)
);
CREATE INDEX outreach_tries_tenant_id_message_id_id_idx ON outreach_tries (tenant_id, message_id, id);
CREATE INDEX outreach_tries_tenant_id_delivery_id_idx ON outreach_tries (tenant_id, delivery_id);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("outreach_messages", "outreach_tries"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("outreach_tries", "outreach_messages"):
        op.execute(f"DROP TABLE {table}")
