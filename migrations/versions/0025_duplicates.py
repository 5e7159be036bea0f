"""By what duplicates are recognised, what is none, and records that were merged."""

from alembic import op

from migrations import ops

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# The name of a company without the signs and the legal form that people leave out.
COMPANY_KEY = r"""
CREATE FUNCTION company_key(p_name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog AS $$
    SELECT coalesce(nullif(regexp_replace(f.folded,
        '(股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|集团|公司|coltd|limited|ltd|inc|corp)$',
        ''), ''), f.folded)
    FROM (SELECT regexp_replace(lower(normalize(p_name, NFKC)),
        '[\s!-/:-@\[-`{-~·•—–…、。《》〈〉「」『』【】〔〕]', '', 'g') AS folded) f
$$
"""
TABLES = """
ALTER TABLE customers
    ADD COLUMN company_key text
        GENERATED ALWAYS AS (CASE WHEN kind = 'company' THEN company_key(name) END) STORED,
    ADD COLUMN email_key text GENERATED ALWAYS AS (lower(email)) STORED,
    ADD COLUMN credit_key text GENERATED ALWAYS AS (upper(credit_code)) STORED,
    ADD COLUMN merged_into_id uuid,
    ADD CONSTRAINT customers_tenant_id_merged_into_id_fkey
        FOREIGN KEY (tenant_id, merged_into_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE,
    ADD CONSTRAINT customers_merged_check CHECK (merged_into_id IS NULL OR deleted_at IS NOT NULL);
CREATE INDEX customers_tenant_id_company_key_id_idx ON customers (tenant_id, company_key, id)
    WHERE deleted_at IS NULL AND company_key IS NOT NULL;
CREATE INDEX customers_tenant_id_email_key_id_idx ON customers (tenant_id, email_key, id)
    WHERE deleted_at IS NULL AND email_key IS NOT NULL;
CREATE INDEX customers_tenant_id_credit_key_id_idx ON customers (tenant_id, credit_key, id)
    WHERE deleted_at IS NULL AND credit_key IS NOT NULL;
CREATE INDEX customers_tenant_id_merged_into_id_idx ON customers (tenant_id, merged_into_id)
    WHERE merged_into_id IS NOT NULL;
ALTER TABLE contacts
    ADD COLUMN phone_key text GENERATED ALWAYS AS (phones -> 0 ->> 'number') STORED,
    ADD COLUMN email_key text GENERATED ALWAYS AS (lower(email)) STORED,
    ADD COLUMN host_key text GENERATED ALWAYS AS (customer_id::text || ' ' || lower(name)) STORED,
    ADD COLUMN merged_into_id uuid,
    ADD CONSTRAINT contacts_tenant_id_merged_into_id_fkey
        FOREIGN KEY (tenant_id, merged_into_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE,
    ADD CONSTRAINT contacts_merged_check CHECK (merged_into_id IS NULL OR deleted_at IS NOT NULL);
CREATE INDEX contacts_tenant_id_phone_key_id_idx ON contacts (tenant_id, phone_key, id)
    WHERE deleted_at IS NULL AND phone_key IS NOT NULL;
CREATE INDEX contacts_tenant_id_email_key_id_idx ON contacts (tenant_id, email_key, id)
    WHERE deleted_at IS NULL AND email_key IS NOT NULL;
CREATE INDEX contacts_tenant_id_host_key_id_idx ON contacts (tenant_id, host_key, id)
    WHERE deleted_at IS NULL AND host_key IS NOT NULL;
CREATE INDEX contacts_tenant_id_merged_into_id_idx ON contacts (tenant_id, merged_into_id)
    WHERE merged_into_id IS NOT NULL;
CREATE TABLE duplicate_marks (
    tenant_id bigint NOT NULL,
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    marked_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT duplicate_marks_pkey PRIMARY KEY (tenant_id, low_id, high_id),
    CONSTRAINT duplicate_marks_order_check CHECK (low_id < high_id),
    CONSTRAINT duplicate_marks_tenant_id_marked_by_id_fkey
        FOREIGN KEY (tenant_id, marked_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX duplicate_marks_tenant_id_id_idx ON duplicate_marks (tenant_id, id);
CREATE INDEX duplicate_marks_tenant_id_marked_by_id_idx ON duplicate_marks (tenant_id, marked_by_id);
CREATE TABLE merges (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    master_id uuid NOT NULL,
    master_name text NOT NULL,
    merged jsonb NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL,
    merged_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    undone_at timestamptz,
    undone_by_id uuid,
    left_over jsonb NOT NULL,
    CONSTRAINT merges_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT merges_undone_check CHECK ((undone_at IS NULL) = (undone_by_id IS NULL)),
    CONSTRAINT merges_tenant_id_merged_by_id_fkey
        FOREIGN KEY (tenant_id, merged_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT merges_tenant_id_undone_by_id_fkey
        FOREIGN KEY (tenant_id, undone_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX merges_tenant_id_type_id_idx ON merges (tenant_id, type, id);
CREATE INDEX merges_tenant_id_master_id_id_idx ON merges (tenant_id, master_id, id);
CREATE INDEX merges_tenant_id_merged_by_id_idx ON merges (tenant_id, merged_by_id);
CREATE INDEX merges_tenant_id_undone_by_id_idx ON merges (tenant_id, undone_by_id)
    WHERE undone_by_id IS NOT NULL;
CREATE TABLE merge_moves (
    tenant_id bigint NOT NULL,
    merge_id uuid NOT NULL,
    place text NOT NULL,
    row_id uuid NOT NULL,
    former_id uuid NOT NULL,
    was_primary boolean,
    CONSTRAINT merge_moves_pkey PRIMARY KEY (tenant_id, merge_id, place, row_id),
    CONSTRAINT merge_moves_tenant_id_merge_id_fkey
        FOREIGN KEY (tenant_id, merge_id) REFERENCES merges (tenant_id, id) ON DELETE CASCADE
);
"""
GRANTS = {
    "manager": {"contact:merge": "subtree", "customer:merge": "subtree"},
    "sales": {"contact:merge": "own", "customer:merge": "own"},
}


def upgrade() -> None:
    op.execute(COMPANY_KEY)
    op.execute("REVOKE ALL ON FUNCTION company_key(text) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION company_key(text) TO {ops.APP_ROLE}")
    ops.run(op, TABLES)
    op.wall("duplicate_marks")
    op.wall("merges")
    op.wall("merge_moves", rights="SELECT, INSERT, DELETE")
    for table in ("duplicate_marks", "merges", "merge_moves"):
        op.distribute(table)
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    for table in ("merge_moves", "merges", "duplicate_marks"):
        op.execute(f"DROP TABLE {table}")
    op.execute(
        "ALTER TABLE contacts DROP COLUMN phone_key, DROP COLUMN email_key, DROP COLUMN host_key, "
        "DROP COLUMN merged_into_id"
    )
    op.execute(
        "ALTER TABLE customers DROP COLUMN company_key, DROP COLUMN email_key, DROP COLUMN credit_key, "
        "DROP COLUMN merged_into_id"
    )
    op.execute("DROP FUNCTION company_key(text)")
