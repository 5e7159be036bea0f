"""Price books."""

from alembic import op

from migrations import ops

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE price_books (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    currency text NOT NULL,
    tiers jsonb NOT NULL,
    valid_from date NOT NULL,
    valid_until date,
    state text NOT NULL,
    created_by_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT price_books_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT price_books_kind_check CHECK (kind IN ('customer', 'tier', 'standard')),
    CONSTRAINT price_books_state_check CHECK (state IN ('draft', 'active', 'retired')),
    CONSTRAINT price_books_validity_check CHECK (valid_until >= valid_from),
    CONSTRAINT price_books_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX price_books_tenant_id_created_by_id_idx ON price_books (tenant_id, created_by_id);
CREATE TABLE price_book_customers (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    price_book_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    CONSTRAINT price_book_customers_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT price_book_customers_tenant_id_price_book_id_fkey
        FOREIGN KEY (tenant_id, price_book_id) REFERENCES price_books (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT price_book_customers_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX price_book_customers_tenant_id_price_book_id_customer_id_idx
    ON price_book_customers (tenant_id, price_book_id, customer_id);
CREATE INDEX price_book_customers_tenant_id_customer_id_idx ON price_book_customers (tenant_id, customer_id);
CREATE TABLE prices (
    tenant_id bigint NOT NULL,
    price_book_id uuid NOT NULL,
    product_id uuid NOT NULL,
    from_quantity bigint NOT NULL,
    unit_price bigint NOT NULL,
    floor_price bigint,
    CONSTRAINT prices_pkey PRIMARY KEY (tenant_id, price_book_id, product_id, from_quantity),
    CONSTRAINT prices_amounts_check CHECK (from_quantity >= 0 AND unit_price >= 0 AND floor_price >= 0),
    CONSTRAINT prices_tenant_id_price_book_id_fkey
        FOREIGN KEY (tenant_id, price_book_id) REFERENCES price_books (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT prices_tenant_id_product_id_fkey
        FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX prices_tenant_id_product_id_from_quantity_idx ON prices (tenant_id, product_id, from_quantity);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("price_books", "price_book_customers", "prices"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("prices", "price_book_customers", "price_books"):
        op.execute(f"DROP TABLE {table}")
