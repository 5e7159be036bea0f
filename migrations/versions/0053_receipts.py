"""What becomes of messages once they were handed over: receipts, and the names providers tell of them by."""

from alembic import op

from migrations import ops

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE delivery_references (
    tenant_id bigint NOT NULL,
    channel text NOT NULL,
    reference text NOT NULL,
    delivery_id uuid NOT NULL,
    CONSTRAINT delivery_references_pkey PRIMARY KEY (tenant_id, channel, reference),
    CONSTRAINT delivery_references_tenant_id_delivery_id_fkey
        FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX delivery_references_tenant_id_delivery_id_idx ON delivery_references (tenant_id, delivery_id);
CREATE TABLE delivery_receipts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    channel text NOT NULL,
    reference text NOT NULL,
    verdict text NOT NULL,
    error text,
    delivery_id uuid,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT delivery_receipts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT delivery_receipts_tenant_id_channel_reference_verdict_key
        UNIQUE (tenant_id, channel, reference, verdict),
    CONSTRAINT delivery_receipts_verdict_check CHECK (verdict IN ('delivered', 'undelivered')),
    CONSTRAINT delivery_receipts_tenant_id_delivery_id_fkey
        FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX delivery_receipts_tenant_id_delivery_id_idx ON delivery_receipts (tenant_id, delivery_id);
"""
STATES = """
ALTER TABLE deliveries DROP CONSTRAINT deliveries_state_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check CHECK (
    state IN (
        'waiting', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'cancelled', 'suppressed', 'expired'
    )
) NOT VALID;
"""
FORMER = """
ALTER TABLE deliveries DROP CONSTRAINT deliveries_state_check;
UPDATE deliveries SET state = 'sent' WHERE state = 'delivered';
UPDATE deliveries SET state = 'failed' WHERE state IN ('suppressed', 'expired');
ALTER TABLE deliveries ADD CONSTRAINT deliveries_state_check
    CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')) NOT VALID;
"""


def upgrade() -> None:
    ops.run(op, STATES)
    ops.run(op, TABLES)
    op.wall("delivery_references", rights="SELECT, INSERT")
    op.wall("delivery_receipts", rights="SELECT, INSERT, UPDATE")
    for table in ("delivery_references", "delivery_receipts"):
        op.distribute(table)


def downgrade() -> None:
    for table in ("delivery_receipts", "delivery_references"):
        op.execute(f"DROP TABLE {table}")
    ops.run(op, FORMER)
