"""What stands at customers, and what was done on it."""

from alembic import op

from migrations import ops

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE assets (
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
    model text,
    serial text,
    serial_key text,
    state text NOT NULL,
    location text,
    bought_on date,
    installed_on date,
    warranty_from date,
    warranty_months integer,
    warranty_until date,
    maintenance_every integer,
    maintenance_unit text,
    last_maintained_on date,
    maintenance_agreed_on date,
    maintenance_due_on date,
    contract_number text,
    contract_from date,
    contract_until date,
    remark text,
    name_key text COLLATE "C" NOT NULL,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    deleted_with_id uuid,
    CONSTRAINT assets_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT assets_state_check CHECK (state IN ('in_use', 'retired')),
    CONSTRAINT assets_warranty_check CHECK (warranty_months > 0 AND warranty_until >= warranty_from),
    CONSTRAINT assets_maintenance_check CHECK (maintenance_every > 0),
    CONSTRAINT assets_maintenance_unit_check CHECK (maintenance_unit IN ('day', 'month')),
    CONSTRAINT assets_plan_check CHECK ((maintenance_every IS NULL) = (maintenance_unit IS NULL)),
    CONSTRAINT assets_contract_check CHECK (contract_until >= contract_from),
    CONSTRAINT assets_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT assets_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    CONSTRAINT assets_tenant_id_product_id_fkey
        FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
    CONSTRAINT assets_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT assets_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT assets_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT assets_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX assets_tenant_id_updated_at_id_idx ON assets (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_created_at_id_idx ON assets (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_name_key_id_idx ON assets (tenant_id, name_key, id) WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_warranty_until_id_idx
    ON assets (tenant_id, (COALESCE(warranty_until, DATE '9999-12-31')), id) WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_maintenance_due_on_id_idx
    ON assets (tenant_id, (COALESCE(maintenance_due_on, DATE '9999-12-31')), id) WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_contract_until_idx ON assets (tenant_id, contract_until)
    WHERE contract_until IS NOT NULL;
CREATE INDEX assets_tenant_id_serial_key_idx ON assets (tenant_id, serial_key) WHERE serial_key IS NOT NULL;
CREATE INDEX assets_tenant_id_owner_id_updated_at_id_idx ON assets (tenant_id, owner_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_department_id_updated_at_id_idx
    ON assets (tenant_id, department_id, updated_at, id) WHERE deleted_at IS NULL;
CREATE INDEX assets_tenant_id_owner_id_department_id_idx ON assets (tenant_id, owner_id, department_id);
CREATE INDEX assets_tenant_id_customer_id_updated_at_id_idx
    ON assets (tenant_id, customer_id, updated_at, id);
CREATE INDEX assets_tenant_id_contact_id_idx ON assets (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX assets_tenant_id_product_id_idx ON assets (tenant_id, product_id) WHERE product_id IS NOT NULL;
CREATE INDEX assets_tenant_id_created_by_id_idx ON assets (tenant_id, created_by_id);
CREATE INDEX assets_bin_tenant_id_deleted_at_id_idx ON assets (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX assets_tenant_id_deleted_by_id_idx ON assets (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE INDEX assets_tenant_id_deleted_with_id_idx ON assets (tenant_id, deleted_with_id)
    WHERE deleted_with_id IS NOT NULL;
CREATE TABLE service_records (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    customer_id uuid NOT NULL,
    contact_id uuid,
    asset_id uuid,
    owner_id uuid,
    department_id uuid,
    created_by_id uuid,
    kind text NOT NULL,
    content text NOT NULL,
    done_on date NOT NULL,
    done_by_id uuid,
    done_by_name text,
    next_due_on date,
    fee bigint,
    currency text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    deleted_with_id uuid,
    CONSTRAINT service_records_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT service_records_kind_check CHECK (kind IN
        ('installation', 'maintenance', 'repair', 'visit', 'training', 'other')),
    CONSTRAINT service_records_done_by_check CHECK (done_by_id IS NULL OR done_by_name IS NULL),
    CONSTRAINT service_records_next_check CHECK (next_due_on > done_on),
    CONSTRAINT service_records_fee_check CHECK (fee >= 0),
    CONSTRAINT service_records_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT service_records_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    CONSTRAINT service_records_tenant_id_asset_id_fkey
        FOREIGN KEY (tenant_id, asset_id) REFERENCES assets (tenant_id, id),
    CONSTRAINT service_records_tenant_id_done_by_id_fkey
        FOREIGN KEY (tenant_id, done_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT service_records_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT service_records_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT service_records_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT service_records_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX service_records_tenant_id_done_on_id_idx ON service_records (tenant_id, done_on, id)
    WHERE deleted_at IS NULL;
CREATE INDEX service_records_tenant_id_updated_at_id_idx ON service_records (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX service_records_tenant_id_created_at_id_idx ON service_records (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX service_records_tenant_id_owner_id_done_on_id_idx
    ON service_records (tenant_id, owner_id, done_on, id) WHERE deleted_at IS NULL;
CREATE INDEX service_records_tenant_id_department_id_done_on_id_idx
    ON service_records (tenant_id, department_id, done_on, id) WHERE deleted_at IS NULL;
CREATE INDEX service_records_tenant_id_owner_id_department_id_idx
    ON service_records (tenant_id, owner_id, department_id);
CREATE INDEX service_records_tenant_id_customer_id_done_on_id_idx
    ON service_records (tenant_id, customer_id, done_on, id);
CREATE INDEX service_records_tenant_id_asset_id_done_on_idx ON service_records (tenant_id, asset_id, done_on)
    WHERE asset_id IS NOT NULL;
CREATE INDEX service_records_tenant_id_contact_id_idx ON service_records (tenant_id, contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX service_records_tenant_id_done_by_id_idx ON service_records (tenant_id, done_by_id)
    WHERE done_by_id IS NOT NULL;
CREATE INDEX service_records_tenant_id_next_due_on_idx ON service_records (tenant_id, next_due_on)
    WHERE next_due_on IS NOT NULL;
CREATE INDEX service_records_tenant_id_created_by_id_idx ON service_records (tenant_id, created_by_id);
CREATE INDEX service_records_bin_tenant_id_deleted_at_id_idx ON service_records (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE INDEX service_records_tenant_id_deleted_by_id_idx ON service_records (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE INDEX service_records_tenant_id_deleted_with_id_idx ON service_records (tenant_id, deleted_with_id)
    WHERE deleted_with_id IS NOT NULL;
"""
READ = ("read",)
WORK = ("read", "create", "update", "delete")


def _grant(words: tuple[str, ...], scope: str) -> dict[str, str]:
    return {f"asset:{word}": "all" if word == "create" else scope for word in words}


GRANTS = {
    "manager": _grant((*WORK, "export"), "subtree"),
    "sales": _grant(WORK, "own"),
    "service": _grant(WORK, "all"),
    "finance": _grant(READ, "all"),
    "viewer": _grant(READ, "all"),
}


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("assets", "service_records"):
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    for table in ("service_records", "assets"):
        op.execute(f"DROP TABLE {table}")
