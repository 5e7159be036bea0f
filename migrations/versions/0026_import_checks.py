"""Imports are tried out first, can be taken back, and remember how files were read."""

from alembic import op

from migrations import ops

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLES = """
ALTER TABLE imports ADD COLUMN check_id uuid;
ALTER TABLE imports ADD COLUMN undo_id uuid;
ALTER TABLE imports ADD COLUMN origin text;
ALTER TABLE imports ADD COLUMN used_mapping text;
ALTER TABLE imports DROP CONSTRAINT imports_type_check;
ALTER TABLE imports ADD CONSTRAINT imports_type_check CHECK (type IN ('customer', 'contact'));
ALTER TABLE imports ADD CONSTRAINT imports_tenant_id_check_id_fkey
    FOREIGN KEY (tenant_id, check_id) REFERENCES jobs (tenant_id, id);
ALTER TABLE imports ADD CONSTRAINT imports_tenant_id_undo_id_fkey
    FOREIGN KEY (tenant_id, undo_id) REFERENCES jobs (tenant_id, id);
CREATE INDEX imports_tenant_id_check_id_idx ON imports (tenant_id, check_id) WHERE check_id IS NOT NULL;
CREATE INDEX imports_tenant_id_undo_id_idx ON imports (tenant_id, undo_id) WHERE undo_id IS NOT NULL;
CREATE TABLE import_keys (
    tenant_id bigint NOT NULL,
    import_id uuid NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    row integer NOT NULL,
    CONSTRAINT import_keys_pkey PRIMARY KEY (tenant_id, import_id, kind, key, row),
    CONSTRAINT import_keys_tenant_id_import_id_fkey
        FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE CASCADE
);
CREATE TABLE import_effects (
    tenant_id bigint NOT NULL,
    import_id uuid NOT NULL,
    record_id uuid NOT NULL,
    kind text NOT NULL,
    row integer NOT NULL,
    created boolean NOT NULL,
    version integer NOT NULL,
    at timestamptz NOT NULL,
    before jsonb NOT NULL,
    CONSTRAINT import_effects_pkey PRIMARY KEY (tenant_id, import_id, record_id),
    CONSTRAINT import_effects_kind_check CHECK (kind IN ('customer', 'contact')),
    CONSTRAINT import_effects_tenant_id_import_id_fkey
        FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX import_effects_tenant_id_import_id_row_idx ON import_effects (tenant_id, import_id, row);
CREATE INDEX import_effects_tenant_id_at_idx ON import_effects (tenant_id, at);
CREATE TABLE import_mappings (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    headings text NOT NULL,
    mapping jsonb NOT NULL,
    created_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT import_mappings_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT import_mappings_tenant_id_type_name_key UNIQUE (tenant_id, type, name),
    CONSTRAINT import_mappings_type_check CHECK (type IN ('customer', 'contact')),
    CONSTRAINT import_mappings_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX import_mappings_tenant_id_headings_idx ON import_mappings (tenant_id, headings);
CREATE INDEX import_mappings_tenant_id_created_by_id_idx ON import_mappings (tenant_id, created_by_id);
CREATE INDEX customers_tenant_id_credit_code_idx ON customers (tenant_id, credit_code)
    WHERE credit_code IS NOT NULL;
CREATE INDEX customers_tenant_id_email_idx ON customers (tenant_id, email) WHERE email IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("import_keys", rights="SELECT, INSERT, DELETE")
    op.wall("import_effects")
    op.wall("import_mappings")
    for table in ("import_keys", "import_effects", "import_mappings"):
        op.distribute(table)


def downgrade() -> None:
    op.execute("DROP INDEX customers_tenant_id_credit_code_idx, customers_tenant_id_email_idx")
    for table in ("import_mappings", "import_effects", "import_keys"):
        op.execute(f"DROP TABLE {table}")
    op.execute("ALTER TABLE imports DROP CONSTRAINT imports_type_check")
    op.execute("ALTER TABLE imports ADD CONSTRAINT imports_type_check CHECK (type IN ('customer'))")
    op.execute(
        "ALTER TABLE imports DROP COLUMN check_id, DROP COLUMN undo_id, DROP COLUMN origin, "
        "DROP COLUMN used_mapping"
    )
