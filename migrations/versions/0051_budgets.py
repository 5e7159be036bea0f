"""Budgets, and what is charged to them: everything that was submitted, whether or not a budget covers it."""

from alembic import op

from migrations import ops

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE budgets (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    department_id uuid,
    kind_id uuid,
    first_day date NOT NULL,
    last_day date NOT NULL,
    currency text NOT NULL,
    amount bigint NOT NULL,
    mode text NOT NULL,
    archived boolean NOT NULL,
    note text,
    copied_from_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT budgets_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT budgets_amount_check CHECK (amount > 0),
    CONSTRAINT budgets_days_check CHECK (last_day >= first_day),
    CONSTRAINT budgets_mode_check CHECK (mode IN ('warn', 'stop')),
    CONSTRAINT budgets_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT budgets_tenant_id_kind_id_fkey
        FOREIGN KEY (tenant_id, kind_id) REFERENCES expense_kinds (tenant_id, id),
    CONSTRAINT budgets_tenant_id_copied_from_id_fkey
        FOREIGN KEY (tenant_id, copied_from_id) REFERENCES budgets (tenant_id, id)
);
CREATE INDEX budgets_tenant_id_last_day_idx ON budgets (tenant_id, last_day);
CREATE INDEX budgets_tenant_id_department_id_idx ON budgets (tenant_id, department_id)
    WHERE department_id IS NOT NULL;
CREATE INDEX budgets_tenant_id_kind_id_idx ON budgets (tenant_id, kind_id) WHERE kind_id IS NOT NULL;
CREATE UNIQUE INDEX budgets_tenant_id_copied_from_id_idx ON budgets (tenant_id, copied_from_id)
    WHERE copied_from_id IS NOT NULL;
CREATE TABLE budget_outlays (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    source_type text NOT NULL,
    source_id uuid NOT NULL,
    request_id uuid,
    owner_id uuid NOT NULL,
    department_id uuid,
    kind_id uuid NOT NULL,
    spent_on date NOT NULL,
    currency text NOT NULL,
    amount bigint NOT NULL,
    state text NOT NULL,
    CONSTRAINT budget_outlays_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT budget_outlays_amount_check CHECK (amount > 0),
    CONSTRAINT budget_outlays_state_check CHECK (state IN ('reserved', 'used')),
    CONSTRAINT budget_outlays_tenant_id_request_id_fkey
        FOREIGN KEY (tenant_id, request_id) REFERENCES expense_requests (tenant_id, id),
    CONSTRAINT budget_outlays_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT budget_outlays_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT budget_outlays_tenant_id_kind_id_fkey
        FOREIGN KEY (tenant_id, kind_id) REFERENCES expense_kinds (tenant_id, id)
);
CREATE INDEX budget_outlays_tenant_id_source_id_idx ON budget_outlays (tenant_id, source_id);
CREATE INDEX budget_outlays_tenant_id_request_id_idx ON budget_outlays (tenant_id, request_id)
    WHERE request_id IS NOT NULL;
CREATE INDEX budget_outlays_tenant_id_spent_on_id_idx ON budget_outlays (tenant_id, spent_on, id);
CREATE INDEX budget_outlays_tenant_id_department_id_spent_on_idx
    ON budget_outlays (tenant_id, department_id, spent_on);
CREATE INDEX budget_outlays_tenant_id_kind_id_spent_on_idx ON budget_outlays (tenant_id, kind_id, spent_on);
CREATE INDEX budget_outlays_tenant_id_owner_id_idx ON budget_outlays (tenant_id, owner_id);
"""
# What was submitted before there were budgets counts in those that are made for its time.
OF_CLAIMS = """
INSERT INTO budget_outlays (tenant_id, id, source_type, source_id, request_id, owner_id, department_id,
    kind_id, spent_on, currency, amount, state)
SELECT c.tenant_id, gen_random_uuid(), 'expense-claim', c.id, c.request_id, c.owner_id, c.department_id,
    l.kind_id, l.spent_on, c.currency, l.amount, CASE c.state WHEN 'submitted' THEN 'reserved' ELSE 'used' END
FROM expense_claims c JOIN expense_lines l ON l.tenant_id = c.tenant_id AND l.claim_id = c.id
WHERE c.tenant_id = here AND c.deleted_at IS NULL AND c.state IN ('submitted', 'approved', 'paid')
"""
OF_REQUESTS = """
INSERT INTO budget_outlays (tenant_id, id, source_type, source_id, request_id, owner_id, department_id,
    kind_id, spent_on, currency, amount, state)
SELECT q.tenant_id, gen_random_uuid(), 'expense-request', q.id, q.id, q.owner_id, q.department_id, l.kind_id,
    coalesce(q.starts_on, (q.submitted_at AT TIME ZONE t.timezone)::date), q.currency, l.amount, 'reserved'
FROM expense_requests q JOIN expense_request_lines l ON l.tenant_id = q.tenant_id AND l.request_id = q.id
JOIN tenants t ON t.id = q.tenant_id
WHERE q.tenant_id = here AND q.deleted_at IS NULL AND q.state IN ('submitted', 'approved')
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("budgets", "budget_outlays"):
        op.wall(table)
        op.distribute(table)
    ops.in_each_tenant(op, OF_CLAIMS.strip())
    ops.in_each_tenant(op, OF_REQUESTS.strip())


def downgrade() -> None:
    op.execute("DROP TABLE budget_outlays")
    op.execute("DROP TABLE budgets")
