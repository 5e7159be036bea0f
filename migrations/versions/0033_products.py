"""The product catalogue."""

from alembic import op

from migrations import ops

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE product_categories (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT product_categories_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT product_categories_tenant_id_parent_id_fkey
        FOREIGN KEY (tenant_id, parent_id) REFERENCES product_categories (tenant_id, id)
);
CREATE INDEX product_categories_tenant_id_parent_id_position_id_idx
    ON product_categories (tenant_id, parent_id, position, id);
CREATE TABLE products (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    code text,
    code_key text COLLATE "C" NOT NULL,
    name text NOT NULL,
    category_id uuid,
    unit text,
    specification text,
    description text,
    currency text NOT NULL,
    list_price bigint NOT NULL,
    cost bigint,
    floor_price bigint,
    tax_rate integer,
    state text NOT NULL,
    image_id uuid,
    custom jsonb NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id uuid,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    CONSTRAINT products_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT products_code_check CHECK ((code IS NULL) = (code_key = '')),
    CONSTRAINT products_state_check CHECK (state IN ('active', 'retired')),
    CONSTRAINT products_money_check CHECK (list_price >= 0 AND cost >= 0 AND floor_price >= 0),
    CONSTRAINT products_tax_rate_check CHECK (tax_rate BETWEEN 0 AND 10000),
    CONSTRAINT products_tenant_id_category_id_fkey
        FOREIGN KEY (tenant_id, category_id) REFERENCES product_categories (tenant_id, id),
    CONSTRAINT products_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT products_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX products_tenant_id_code_key_key ON products (tenant_id, code_key)
    WHERE deleted_at IS NULL AND code_key <> '';
CREATE INDEX products_tenant_id_code_key_id_idx ON products (tenant_id, code_key, id)
    WHERE deleted_at IS NULL;
CREATE INDEX products_tenant_id_name_key_id_idx ON products (tenant_id, name_key, id)
    WHERE deleted_at IS NULL;
CREATE INDEX products_tenant_id_updated_at_id_idx ON products (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX products_tenant_id_created_at_id_idx ON products (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX products_tenant_id_list_price_id_idx ON products (tenant_id, list_price, id)
    WHERE deleted_at IS NULL;
CREATE INDEX products_tenant_id_category_id_name_key_id_idx
    ON products (tenant_id, category_id, name_key, id);
CREATE INDEX products_tenant_id_created_by_id_idx ON products (tenant_id, created_by_id);
CREATE INDEX products_bin_tenant_id_deleted_at_id_idx ON products (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX products_tenant_id_deleted_by_id_idx ON products (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
"""
READ = {"product:read": "all"}
GRANTS = {
    "manager": READ | {"product:cost": "all", "product:export": "all"},
    "finance": READ | {"product:cost": "all"},
    **dict.fromkeys(("sales", "service", "marketing", "viewer"), READ),
}


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("product_categories", "products"):
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    op.execute("DROP TABLE products")
    op.execute("DROP TABLE product_categories")
