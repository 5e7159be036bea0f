"""Limits on what may be spent, and what lines say about being above them."""

from alembic import op

from migrations import ops

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE expense_limits (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    kind_id uuid NOT NULL,
    role_ids jsonb NOT NULL,
    cities jsonb NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL,
    per text NOT NULL,
    mode text NOT NULL,
    archived boolean NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT expense_limits_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_limits_amount_check CHECK (amount > 0),
    CONSTRAINT expense_limits_per_check CHECK (per IN ('line', 'day', 'month')),
    CONSTRAINT expense_limits_mode_check CHECK (mode IN ('warn', 'stop')),
    CONSTRAINT expense_limits_tenant_id_kind_id_fkey
        FOREIGN KEY (tenant_id, kind_id) REFERENCES expense_kinds (tenant_id, id)
);
CREATE INDEX expense_limits_tenant_id_kind_id_idx ON expense_limits (tenant_id, kind_id);
ALTER TABLE expense_lines ADD COLUMN over_reason text;
ALTER TABLE expense_lines ADD COLUMN limit_held jsonb;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("expense_limits")
    op.distribute("expense_limits")


def downgrade() -> None:
    op.execute("ALTER TABLE expense_lines DROP COLUMN limit_held")
    op.execute("ALTER TABLE expense_lines DROP COLUMN over_reason")
    op.execute("DROP TABLE expense_limits")
