"""Quotes."""

from alembic import op

from migrations import ops

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE quotes (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    number text COLLATE "C" NOT NULL,
    revision integer NOT NULL,
    title text NOT NULL,
    state text NOT NULL,
    in_approval boolean NOT NULL,
    returned text,
    returned_note text,
    customer_id uuid NOT NULL,
    contact_id uuid,
    owner_id uuid,
    department_id uuid,
    created_by_id uuid,
    currency text NOT NULL,
    with_tax boolean NOT NULL,
    valid_until date,
    terms text,
    remark text,
    discount_rate integer NOT NULL,
    discount_amount bigint NOT NULL,
    list_amount bigint NOT NULL,
    line_discounts bigint NOT NULL,
    discount bigint NOT NULL,
    net bigint NOT NULL,
    tax bigint NOT NULL,
    gross bigint NOT NULL,
    cost bigint,
    margin bigint,
    margin_rate integer,
    off_list integer,
    below_floor boolean NOT NULL,
    line_count integer NOT NULL,
    custom jsonb NOT NULL,
    search_text text NOT NULL,
    submitted_at timestamptz,
    submitted_by_id uuid,
    approved_at timestamptz,
    sent_at timestamptz,
    decided_at timestamptz,
    decline_reason text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    deleted_with_id uuid,
    CONSTRAINT quotes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT quotes_tenant_id_number_key UNIQUE (tenant_id, number),
    CONSTRAINT quotes_state_check CHECK (state IN
        ('draft', 'submitted', 'approved', 'sent', 'accepted', 'declined', 'expired')),
    CONSTRAINT quotes_in_approval_check CHECK (state = 'submitted' OR NOT in_approval),
    CONSTRAINT quotes_returned_check CHECK (returned IN ('withdrawn', 'sent_back', 'rejected')),
    CONSTRAINT quotes_revision_check CHECK (revision > 0),
    CONSTRAINT quotes_discount_check CHECK (discount_rate BETWEEN 0 AND 10000 AND discount_amount >= 0
        AND (discount_rate = 0 OR discount_amount = 0)),
    CONSTRAINT quotes_money_check CHECK (net >= 0 AND tax >= 0 AND gross = net + tax),
    CONSTRAINT quotes_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT quotes_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    CONSTRAINT quotes_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT quotes_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT quotes_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT quotes_tenant_id_submitted_by_id_fkey
        FOREIGN KEY (tenant_id, submitted_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT quotes_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX quotes_tenant_id_updated_at_id_idx ON quotes (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX quotes_tenant_id_created_at_id_idx ON quotes (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX quotes_tenant_id_gross_id_idx ON quotes (tenant_id, gross, id) WHERE deleted_at IS NULL;
CREATE INDEX quotes_tenant_id_owner_id_updated_at_id_idx ON quotes (tenant_id, owner_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX quotes_tenant_id_department_id_updated_at_id_idx
    ON quotes (tenant_id, department_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX quotes_tenant_id_owner_id_department_id_idx ON quotes (tenant_id, owner_id, department_id);
CREATE INDEX quotes_tenant_id_customer_id_updated_at_id_idx
    ON quotes (tenant_id, customer_id, updated_at, id);
CREATE INDEX quotes_tenant_id_contact_id_idx ON quotes (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX quotes_tenant_id_valid_until_idx ON quotes (tenant_id, valid_until)
    WHERE state IN ('approved', 'sent');
CREATE INDEX quotes_tenant_id_created_by_id_idx ON quotes (tenant_id, created_by_id);
CREATE INDEX quotes_tenant_id_submitted_by_id_idx ON quotes (tenant_id, submitted_by_id)
    WHERE submitted_by_id IS NOT NULL;
CREATE INDEX quotes_bin_tenant_id_deleted_at_id_idx ON quotes (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX quotes_tenant_id_deleted_by_id_idx ON quotes (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE INDEX quotes_tenant_id_deleted_with_id_idx ON quotes (tenant_id, deleted_with_id)
    WHERE deleted_with_id IS NOT NULL;
CREATE TABLE quote_lines (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    quote_id uuid NOT NULL,
    position integer NOT NULL,
    product_id uuid,
    name text NOT NULL,
    code text,
    specification text,
    unit text,
    quantity bigint NOT NULL,
    list_price bigint,
    unit_price bigint NOT NULL,
    price_source text,
    price_book_id uuid,
    discount_rate integer NOT NULL,
    discount_amount bigint NOT NULL,
    tax_rate integer NOT NULL,
    floor_price bigint,
    unit_cost bigint,
    note text,
    list_amount bigint NOT NULL,
    discount bigint NOT NULL,
    shared_discount bigint NOT NULL,
    net bigint NOT NULL,
    tax bigint NOT NULL,
    gross bigint NOT NULL,
    cost bigint,
    below_floor boolean NOT NULL,
    CONSTRAINT quote_lines_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT quote_lines_money_check CHECK (quantity > 0 AND unit_price >= 0 AND net >= 0
        AND gross = net + tax),
    CONSTRAINT quote_lines_tenant_id_quote_id_fkey
        FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT quote_lines_tenant_id_product_id_fkey
        FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
    CONSTRAINT quote_lines_tenant_id_price_book_id_fkey
        FOREIGN KEY (tenant_id, price_book_id) REFERENCES price_books (tenant_id, id)
);
CREATE INDEX quote_lines_tenant_id_quote_id_position_idx ON quote_lines (tenant_id, quote_id, position);
CREATE INDEX quote_lines_tenant_id_product_id_idx ON quote_lines (tenant_id, product_id)
    WHERE product_id IS NOT NULL;
CREATE INDEX quote_lines_tenant_id_price_book_id_idx ON quote_lines (tenant_id, price_book_id)
    WHERE price_book_id IS NOT NULL;
CREATE TABLE quote_versions (
    tenant_id bigint NOT NULL,
    quote_id uuid NOT NULL,
    revision integer NOT NULL,
    body jsonb NOT NULL,
    outcome text,
    note text,
    submitted_by_id uuid,
    submitted_at timestamptz NOT NULL,
    CONSTRAINT quote_versions_pkey PRIMARY KEY (tenant_id, quote_id, revision),
    CONSTRAINT quote_versions_outcome_check CHECK (outcome IN
        ('withdrawn', 'sent_back', 'rejected', 'approved', 'accepted', 'declined', 'expired')),
    CONSTRAINT quote_versions_tenant_id_quote_id_fkey
        FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT quote_versions_tenant_id_submitted_by_id_fkey
        FOREIGN KEY (tenant_id, submitted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX quote_versions_tenant_id_submitted_by_id_idx ON quote_versions (tenant_id, submitted_by_id);
CREATE TABLE quote_counters (
    tenant_id bigint NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT quote_counters_pkey PRIMARY KEY (tenant_id, year)
);
"""
READ = ("read",)
WORK = ("read", "create", "update", "submit", "delete")


def _grant(words: tuple[str, ...], scope: str) -> dict[str, str]:
    return {f"quote:{word}": "all" if word == "create" else scope for word in words}


GRANTS = {
    "manager": _grant((*WORK, "export"), "subtree"),
    "sales": _grant(WORK, "own"),
    "finance": _grant(READ, "all"),
    "viewer": _grant(READ, "all"),
}


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("quotes", "quote_lines", "quote_versions", "quote_counters"):
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    for table in ("quote_counters", "quote_versions", "quote_lines", "quotes"):
        op.execute(f"DROP TABLE {table}")
