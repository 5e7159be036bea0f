"""Expense requests, and claims that draw on them."""

from alembic import op

from migrations import ops

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE expense_requests (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    number text COLLATE "C" NOT NULL,
    title text NOT NULL,
    state text NOT NULL,
    in_approval boolean NOT NULL,
    returned text,
    owner_id uuid NOT NULL,
    department_id uuid,
    currency text NOT NULL,
    amount bigint NOT NULL,
    line_count integer NOT NULL,
    remark text,
    starts_on date,
    ends_on date,
    city text,
    customer_id uuid,
    quote_id uuid,
    search_text text NOT NULL,
    submitted_at timestamptz,
    approved_at timestamptz,
    closed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    CONSTRAINT expense_requests_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_requests_tenant_id_number_key UNIQUE (tenant_id, number),
    CONSTRAINT expense_requests_state_check CHECK (state IN
        ('draft', 'submitted', 'approved', 'rejected', 'closed')),
    CONSTRAINT expense_requests_in_approval_check CHECK (state = 'submitted' OR NOT in_approval),
    CONSTRAINT expense_requests_returned_check CHECK (returned IN ('withdrawn', 'sent_back')),
    CONSTRAINT expense_requests_closed_check CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT expense_requests_amount_check CHECK (amount >= 0),
    CONSTRAINT expense_requests_days_check CHECK (ends_on >= starts_on),
    CONSTRAINT expense_requests_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT expense_requests_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT expense_requests_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT expense_requests_tenant_id_quote_id_fkey
        FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id),
    CONSTRAINT expense_requests_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX expense_requests_tenant_id_updated_at_id_idx ON expense_requests (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX expense_requests_tenant_id_created_at_id_idx ON expense_requests (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX expense_requests_tenant_id_amount_id_idx ON expense_requests (tenant_id, amount, id)
    WHERE deleted_at IS NULL;
CREATE INDEX expense_requests_tenant_id_owner_id_updated_at_id_idx
    ON expense_requests (tenant_id, owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX expense_requests_tenant_id_department_id_updated_at_id_idx
    ON expense_requests (tenant_id, department_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX expense_requests_tenant_id_owner_id_department_id_idx
    ON expense_requests (tenant_id, owner_id, department_id);
CREATE INDEX expense_requests_tenant_id_department_id_idx ON expense_requests (tenant_id, department_id)
    WHERE department_id IS NOT NULL;
CREATE INDEX expense_requests_tenant_id_state_updated_at_id_idx
    ON expense_requests (tenant_id, state, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX expense_requests_tenant_id_customer_id_idx ON expense_requests (tenant_id, customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX expense_requests_tenant_id_quote_id_idx ON expense_requests (tenant_id, quote_id)
    WHERE quote_id IS NOT NULL;
CREATE INDEX expense_requests_bin_tenant_id_deleted_at_id_idx
    ON expense_requests (tenant_id, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX expense_requests_tenant_id_deleted_by_id_idx ON expense_requests (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE TABLE expense_request_lines (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    request_id uuid NOT NULL,
    position integer NOT NULL,
    kind_id uuid NOT NULL,
    amount bigint NOT NULL,
    description text,
    CONSTRAINT expense_request_lines_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_request_lines_amount_check CHECK (amount > 0),
    CONSTRAINT expense_request_lines_tenant_id_request_id_fkey
        FOREIGN KEY (tenant_id, request_id) REFERENCES expense_requests (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT expense_request_lines_tenant_id_kind_id_fkey
        FOREIGN KEY (tenant_id, kind_id) REFERENCES expense_kinds (tenant_id, id)
);
CREATE INDEX expense_request_lines_tenant_id_request_id_position_idx
    ON expense_request_lines (tenant_id, request_id, position);
CREATE INDEX expense_request_lines_tenant_id_kind_id_idx ON expense_request_lines (tenant_id, kind_id);
CREATE TABLE expense_request_counters (
    tenant_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT expense_request_counters_pkey PRIMARY KEY (tenant_id, year)
);
"""
NAMES = ("expense_requests", "expense_request_lines", "expense_request_counters")
# The column is new: no row can break the promise, and what is indexed is nothing yet.
CLAIMS = """
ALTER TABLE expense_claims ADD COLUMN request_id uuid;
ALTER TABLE expense_claims ADD CONSTRAINT expense_claims_tenant_id_request_id_fkey
    FOREIGN KEY (tenant_id, request_id) REFERENCES expense_requests (tenant_id, id) NOT VALID;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX expense_claims_tenant_id_request_id_idx ON expense_claims (tenant_id, request_id)
    WHERE request_id IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in NAMES:
        op.wall(table)
        op.distribute(table)
    ops.run(op, CLAIMS)


def downgrade() -> None:
    op.execute("ALTER TABLE expense_claims DROP COLUMN request_id")
    for table in reversed(NAMES):
        op.execute(f"DROP TABLE {table}")
