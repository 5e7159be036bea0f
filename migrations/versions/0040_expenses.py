"""Expense claims."""

from alembic import op

from migrations import ops

revision = "0040"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE expense_kinds (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    needs_receipt boolean NOT NULL,
    needs_customer boolean NOT NULL,
    archived boolean NOT NULL,
    position integer NOT NULL,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT expense_kinds_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_kinds_name_check CHECK (name <> '')
);
CREATE TABLE expense_claims (
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
    tax bigint NOT NULL,
    line_count integer NOT NULL,
    receipt_count integer NOT NULL,
    remark text,
    search_text text NOT NULL,
    submitted_at timestamptz,
    approved_at timestamptz,
    paid_on date,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    CONSTRAINT expense_claims_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_claims_tenant_id_number_key UNIQUE (tenant_id, number),
    CONSTRAINT expense_claims_state_check CHECK (state IN
        ('draft', 'submitted', 'approved', 'rejected', 'paid')),
    CONSTRAINT expense_claims_in_approval_check CHECK (state = 'submitted' OR NOT in_approval),
    CONSTRAINT expense_claims_returned_check CHECK (returned IN ('withdrawn', 'sent_back')),
    CONSTRAINT expense_claims_paid_check CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
    CONSTRAINT expense_claims_money_check CHECK (tax BETWEEN 0 AND amount),
    CONSTRAINT expense_claims_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT expense_claims_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT expense_claims_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX expense_claims_tenant_id_updated_at_id_idx ON expense_claims (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX expense_claims_tenant_id_created_at_id_idx ON expense_claims (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX expense_claims_tenant_id_amount_id_idx ON expense_claims (tenant_id, amount, id)
    WHERE deleted_at IS NULL;
CREATE INDEX expense_claims_tenant_id_owner_id_updated_at_id_idx
    ON expense_claims (tenant_id, owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX expense_claims_tenant_id_department_id_updated_at_id_idx
    ON expense_claims (tenant_id, department_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX expense_claims_tenant_id_owner_id_department_id_idx
    ON expense_claims (tenant_id, owner_id, department_id);
CREATE INDEX expense_claims_tenant_id_department_id_idx ON expense_claims (tenant_id, department_id)
    WHERE department_id IS NOT NULL;
CREATE INDEX expense_claims_tenant_id_state_updated_at_id_idx
    ON expense_claims (tenant_id, state, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX expense_claims_bin_tenant_id_deleted_at_id_idx ON expense_claims (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX expense_claims_tenant_id_deleted_by_id_idx ON expense_claims (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE TABLE expense_lines (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    claim_id uuid NOT NULL,
    position integer NOT NULL,
    kind_id uuid NOT NULL,
    spent_on date NOT NULL,
    amount bigint NOT NULL,
    tax bigint NOT NULL,
    description text,
    city text,
    customer_id uuid,
    quote_id uuid,
    CONSTRAINT expense_lines_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_lines_money_check CHECK (amount > 0 AND tax BETWEEN 0 AND amount),
    CONSTRAINT expense_lines_tenant_id_claim_id_fkey
        FOREIGN KEY (tenant_id, claim_id) REFERENCES expense_claims (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT expense_lines_tenant_id_kind_id_fkey
        FOREIGN KEY (tenant_id, kind_id) REFERENCES expense_kinds (tenant_id, id),
    CONSTRAINT expense_lines_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT expense_lines_tenant_id_quote_id_fkey
        FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id)
);
CREATE INDEX expense_lines_tenant_id_claim_id_position_idx ON expense_lines (tenant_id, claim_id, position);
CREATE INDEX expense_lines_tenant_id_kind_id_idx ON expense_lines (tenant_id, kind_id);
CREATE INDEX expense_lines_tenant_id_customer_id_idx ON expense_lines (tenant_id, customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX expense_lines_tenant_id_quote_id_idx ON expense_lines (tenant_id, quote_id)
    WHERE quote_id IS NOT NULL;
CREATE TABLE expense_receipts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    claim_id uuid NOT NULL,
    line_id uuid NOT NULL,
    file_id uuid NOT NULL,
    sha256 text COLLATE "C" NOT NULL,
    invoice_code text,
    invoice_number text,
    invoice_key text COLLATE "C",
    held boolean NOT NULL,
    CONSTRAINT expense_receipts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_receipts_tenant_id_claim_id_fkey
        FOREIGN KEY (tenant_id, claim_id) REFERENCES expense_claims (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT expense_receipts_tenant_id_line_id_fkey
        FOREIGN KEY (tenant_id, line_id) REFERENCES expense_lines (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT expense_receipts_tenant_id_file_id_fkey
        FOREIGN KEY (tenant_id, file_id) REFERENCES attachments (tenant_id, id)
);
CREATE UNIQUE INDEX expense_receipts_tenant_id_sha256_held_key ON expense_receipts (tenant_id, sha256)
    WHERE held;
CREATE UNIQUE INDEX expense_receipts_tenant_id_invoice_key_held_key
    ON expense_receipts (tenant_id, invoice_key) WHERE held AND invoice_key IS NOT NULL;
CREATE INDEX expense_receipts_tenant_id_claim_id_idx ON expense_receipts (tenant_id, claim_id);
CREATE INDEX expense_receipts_tenant_id_line_id_idx ON expense_receipts (tenant_id, line_id);
CREATE INDEX expense_receipts_tenant_id_file_id_idx ON expense_receipts (tenant_id, file_id);
CREATE TABLE expense_payments (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    claim_id uuid NOT NULL,
    amount bigint NOT NULL,
    paid_on date NOT NULL,
    reference text,
    made_by_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    reversed_at timestamptz,
    reversed_by_id uuid,
    reversal_reason text,
    CONSTRAINT expense_payments_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT expense_payments_reversed_check CHECK ((reversed_at IS NULL) = (reversal_reason IS NULL)),
    CONSTRAINT expense_payments_tenant_id_claim_id_fkey
        FOREIGN KEY (tenant_id, claim_id) REFERENCES expense_claims (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT expense_payments_tenant_id_made_by_id_fkey
        FOREIGN KEY (tenant_id, made_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT expense_payments_tenant_id_reversed_by_id_fkey
        FOREIGN KEY (tenant_id, reversed_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX expense_payments_tenant_id_claim_id_standing_key ON expense_payments (tenant_id, claim_id)
    WHERE reversed_at IS NULL;
CREATE INDEX expense_payments_tenant_id_claim_id_idx ON expense_payments (tenant_id, claim_id);
CREATE INDEX expense_payments_tenant_id_made_by_id_idx ON expense_payments (tenant_id, made_by_id);
CREATE INDEX expense_payments_tenant_id_reversed_by_id_idx ON expense_payments (tenant_id, reversed_by_id)
    WHERE reversed_by_id IS NOT NULL;
CREATE TABLE expense_counters (
    tenant_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT expense_counters_pkey PRIMARY KEY (tenant_id, year)
);
"""
NAMES = (
    "expense_kinds",
    "expense_claims",
    "expense_lines",
    "expense_receipts",
    "expense_payments",
    "expense_counters",
)
# The companies that are there begin with the same kinds as new ones.
KINDS = """
INSERT INTO expense_kinds
    (tenant_id, id, name, needs_receipt, needs_customer, archived, position, version, created_at, updated_at)
SELECT here, gen_random_uuid(), CASE WHEN t.locale = 'en' THEN k.english ELSE k.chinese END,
    k.receipt, k.customer, false, k.place * 10, 1, now(), now()
FROM tenants t, (VALUES
    (1, '交通', 'Transport', true, false),
    (2, '住宿', 'Accommodation', true, false),
    (3, '餐饮招待', 'Meals and entertainment', true, true),
    (4, '差旅补贴', 'Travel allowance', false, false),
    (5, '礼品', 'Gifts', true, true),
    (6, '办公用品', 'Office supplies', true, false),
    (7, '通讯', 'Telephone', true, false),
    (8, '快递物流', 'Postage and freight', true, false),
    (9, '其他', 'Other', true, false)
) AS k (place, chinese, english, receipt, customer)
WHERE t.id = here
"""
CLAIM = {"expense:create": "all"}
GRANTS = {
    "manager": {**CLAIM, "expense:read": "subtree", "expense:export": "subtree"},
    "sales": {**CLAIM, "expense:read": "own"},
    "service": {**CLAIM, "expense:read": "own"},
    "marketing": {**CLAIM, "expense:read": "own"},
    "finance": {
        **CLAIM,
        "expense:read": "all",
        "expense:export": "all",
        "expense:manage": "all",
        "expense:pay": "all",
    },
}


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in NAMES:
        op.wall(table)
        op.distribute(table)
    ops.in_each_tenant(op, KINDS.strip())
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    for table in reversed(NAMES):
        op.execute(f"DROP TABLE {table}")
