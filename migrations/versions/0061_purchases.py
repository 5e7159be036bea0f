"""What customers have bought, and when."""

from alembic import op

from migrations import ops

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE purchases (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid,
    product_id uuid,
    owner_id uuid,
    department_id uuid,
    created_by_id uuid,
    name text NOT NULL,
    quantity bigint,
    unit text,
    amount bigint,
    currency text NOT NULL,
    bought_on date NOT NULL,
    source text NOT NULL,
    reference text,
    remark text,
    quote_id uuid,
    quote_revision integer,
    quote_line integer,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    deleted_with_id uuid,
    CONSTRAINT purchases_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT purchases_source_check CHECK (source IN ('hand', 'quote')),
    CONSTRAINT purchases_quantity_check CHECK (quantity > 0),
    CONSTRAINT purchases_amount_check CHECK (amount >= 0),
    CONSTRAINT purchases_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT purchases_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    CONSTRAINT purchases_tenant_id_product_id_fkey
        FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
    CONSTRAINT purchases_tenant_id_quote_id_fkey
        FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id),
    CONSTRAINT purchases_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT purchases_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT purchases_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT purchases_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX purchases_tenant_id_bought_on_id_idx ON purchases (tenant_id, bought_on, id)
    WHERE deleted_at IS NULL;
CREATE INDEX purchases_tenant_id_updated_at_id_idx ON purchases (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX purchases_tenant_id_created_at_id_idx ON purchases (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX purchases_tenant_id_owner_id_bought_on_id_idx ON purchases (tenant_id, owner_id, bought_on, id)
    WHERE deleted_at IS NULL;
CREATE INDEX purchases_tenant_id_department_id_bought_on_id_idx
    ON purchases (tenant_id, department_id, bought_on, id) WHERE deleted_at IS NULL;
CREATE INDEX purchases_tenant_id_owner_id_department_id_idx
    ON purchases (tenant_id, owner_id, department_id);
CREATE INDEX purchases_tenant_id_customer_id_bought_on_id_idx
    ON purchases (tenant_id, customer_id, bought_on, id);
CREATE INDEX purchases_tenant_id_contact_id_idx ON purchases (tenant_id, contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX purchases_tenant_id_product_id_bought_on_idx ON purchases (tenant_id, product_id, bought_on)
    WHERE product_id IS NOT NULL;
CREATE UNIQUE INDEX purchases_tenant_id_quote_id_quote_revision_quote_line_idx
    ON purchases (tenant_id, quote_id, quote_revision, quote_line) WHERE quote_id IS NOT NULL;
CREATE INDEX purchases_tenant_id_created_by_id_idx ON purchases (tenant_id, created_by_id);
CREATE INDEX purchases_bin_tenant_id_deleted_at_id_idx ON purchases (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX purchases_tenant_id_deleted_by_id_idx ON purchases (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE INDEX purchases_tenant_id_deleted_with_id_idx ON purchases (tenant_id, deleted_with_id)
    WHERE deleted_with_id IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("purchases")
    op.distribute("purchases")


def downgrade() -> None:
    op.execute("DROP TABLE purchases")
