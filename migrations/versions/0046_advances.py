"""Advances, and the ledger of each."""

from alembic import op

from migrations import ops

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE advances (
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
    outstanding bigint NOT NULL,
    due_on date NOT NULL,
    remark text,
    search_text text NOT NULL,
    submitted_at timestamptz,
    approved_at timestamptz,
    paid_on date,
    overdue_told_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    CONSTRAINT advances_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT advances_tenant_id_number_key UNIQUE (tenant_id, number),
    CONSTRAINT advances_state_check CHECK (state IN
        ('draft', 'submitted', 'approved', 'outstanding', 'settled', 'rejected')),
    CONSTRAINT advances_in_approval_check CHECK (state = 'submitted' OR NOT in_approval),
    CONSTRAINT advances_returned_check CHECK (returned IN ('withdrawn', 'sent_back')),
    CONSTRAINT advances_money_check CHECK (amount > 0 AND outstanding BETWEEN 0 AND amount),
    CONSTRAINT advances_outstanding_check CHECK ((state = 'outstanding') = (outstanding > 0)),
    CONSTRAINT advances_paid_check CHECK ((state IN ('outstanding', 'settled')) = (paid_on IS NOT NULL)),
    CONSTRAINT advances_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT advances_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT advances_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX advances_tenant_id_updated_at_id_idx ON advances (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_created_at_id_idx ON advances (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_amount_id_idx ON advances (tenant_id, amount, id)
    WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_due_on_id_idx ON advances (tenant_id, due_on, id)
    WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_outstanding_id_idx ON advances (tenant_id, outstanding, id)
    WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_owner_id_updated_at_id_idx
    ON advances (tenant_id, owner_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_department_id_updated_at_id_idx
    ON advances (tenant_id, department_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX advances_tenant_id_owner_id_department_id_idx
    ON advances (tenant_id, owner_id, department_id);
CREATE INDEX advances_tenant_id_department_id_idx ON advances (tenant_id, department_id)
    WHERE department_id IS NOT NULL;
CREATE INDEX advances_tenant_id_state_updated_at_id_idx
    ON advances (tenant_id, state, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX advances_owed_tenant_id_owner_id_due_on_idx ON advances (tenant_id, owner_id, due_on)
    WHERE state = 'outstanding';
CREATE INDEX advances_untold_tenant_id_due_on_idx ON advances (tenant_id, due_on)
    WHERE state = 'outstanding' AND overdue_told_at IS NULL;
CREATE INDEX advances_bin_tenant_id_deleted_at_id_idx ON advances (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX advances_tenant_id_deleted_by_id_idx ON advances (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE TABLE advance_entries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    advance_id uuid NOT NULL,
    kind text NOT NULL,
    amount bigint NOT NULL,
    done_on date NOT NULL,
    reference text,
    reason text,
    claim_id uuid,
    reverses_id uuid,
    made_by_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT advance_entries_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT advance_entries_kind_check CHECK (kind IN ('payout', 'write_off', 'return')),
    CONSTRAINT advance_entries_amount_check CHECK
        (amount <> 0 AND ((kind = 'payout') = (amount > 0)) = (reverses_id IS NULL)),
    CONSTRAINT advance_entries_claim_check CHECK ((kind = 'write_off') = (claim_id IS NOT NULL)),
    CONSTRAINT advance_entries_reason_check CHECK ((reverses_id IS NULL) = (reason IS NULL)),
    CONSTRAINT advance_entries_tenant_id_advance_id_fkey
        FOREIGN KEY (tenant_id, advance_id) REFERENCES advances (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT advance_entries_tenant_id_claim_id_fkey
        FOREIGN KEY (tenant_id, claim_id) REFERENCES expense_claims (tenant_id, id),
    CONSTRAINT advance_entries_tenant_id_reverses_id_fkey
        FOREIGN KEY (tenant_id, reverses_id) REFERENCES advance_entries (tenant_id, id),
    CONSTRAINT advance_entries_tenant_id_made_by_id_fkey
        FOREIGN KEY (tenant_id, made_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX advance_entries_tenant_id_advance_id_made_at_id_idx
    ON advance_entries (tenant_id, advance_id, made_at, id);
CREATE INDEX advance_entries_tenant_id_claim_id_idx ON advance_entries (tenant_id, claim_id)
    WHERE claim_id IS NOT NULL;
CREATE UNIQUE INDEX advance_entries_tenant_id_reverses_id_key ON advance_entries (tenant_id, reverses_id)
    WHERE reverses_id IS NOT NULL;
CREATE INDEX advance_entries_tenant_id_made_by_id_idx ON advance_entries (tenant_id, made_by_id);
CREATE TABLE advance_counters (
    tenant_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT advance_counters_pkey PRIMARY KEY (tenant_id, year)
);
"""
NAMES = ("advances", "advance_entries", "advance_counters")


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in NAMES:
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in reversed(NAMES):
        op.execute(f"DROP TABLE {table}")
