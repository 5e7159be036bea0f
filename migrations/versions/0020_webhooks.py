"""Webhooks."""

from alembic import op

from migrations import ops

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE webhooks (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    events jsonb NOT NULL,
    state text NOT NULL,
    paused_because text,
    secret bytea NOT NULL,
    former_secret bytea,
    former_until timestamptz,
    created_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT webhooks_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhooks_state_check CHECK (state IN ('active', 'paused')),
    CONSTRAINT webhooks_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX webhooks_tenant_id_created_by_id_idx ON webhooks (tenant_id, created_by_id);
CREATE TABLE webhook_deliveries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    event_id uuid NOT NULL,
    event text NOT NULL,
    payload jsonb NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    next_at timestamptz NOT NULL,
    give_up_at timestamptz NOT NULL,
    claimed_by uuid,
    claimed_until timestamptz,
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_deliveries_tenant_id_webhook_id_event_id_key UNIQUE (tenant_id, webhook_id, event_id),
    CONSTRAINT webhook_deliveries_state_check CHECK (state IN ('waiting', 'delivered', 'failed')),
    CONSTRAINT webhook_deliveries_tenant_id_webhook_id_fkey
        FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_due_tenant_id_next_at_id_idx ON webhook_deliveries (tenant_id, next_at, id)
    WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_tenant_id_webhook_id_id_idx ON webhook_deliveries (tenant_id, webhook_id, id);
CREATE INDEX webhook_deliveries_tenant_id_created_at_idx ON webhook_deliveries (tenant_id, created_at);
CREATE TABLE webhook_attempts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    at timestamptz NOT NULL,
    taken boolean NOT NULL,
    status integer,
    error text,
    milliseconds integer NOT NULL,
    answer text NOT NULL,
    CONSTRAINT webhook_attempts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_attempts_tenant_id_webhook_id_fkey
        FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_attempts_tenant_id_delivery_id_fkey
        FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_deliveries (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_attempts_tenant_id_delivery_id_id_idx ON webhook_attempts (tenant_id, delivery_id, id);
CREATE INDEX webhook_attempts_tenant_id_webhook_id_taken_at_idx
    ON webhook_attempts (tenant_id, webhook_id, taken, at);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("webhooks", "webhook_deliveries", "webhook_attempts"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("webhook_attempts", "webhook_deliveries", "webhooks"):
        op.execute(f"DROP TABLE {table}")
