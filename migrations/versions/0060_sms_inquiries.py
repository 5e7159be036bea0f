"""Short messages of which nobody knows whether they were taken, and when their vendors are asked again."""

from alembic import op

from migrations import ops

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE sms_inquiries (
    tenant_id bigint NOT NULL,
    delivery_id uuid NOT NULL,
    asked integer NOT NULL,
    next_at timestamptz NOT NULL,
    CONSTRAINT sms_inquiries_pkey PRIMARY KEY (tenant_id, delivery_id),
    CONSTRAINT sms_inquiries_tenant_id_delivery_id_fkey
        FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sms_inquiries_tenant_id_next_at_idx ON sms_inquiries (tenant_id, next_at);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("sms_inquiries")
    op.distribute("sms_inquiries")


def downgrade() -> None:
    op.execute("DROP TABLE sms_inquiries")
