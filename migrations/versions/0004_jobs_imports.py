"""Long jobs with their rows, and imports of files."""

from alembic import op

from migrations import ops

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE jobs (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    state text NOT NULL,
    total integer,
    done integer NOT NULL,
    succeeded integer NOT NULL,
    failed integer NOT NULL,
    skipped integer NOT NULL,
    params jsonb NOT NULL,
    position jsonb NOT NULL,
    error jsonb,
    attempts integer NOT NULL,
    cancel_requested_at timestamptz,
    lease_token uuid,
    lease_until timestamptz,
    served_at timestamptz,
    created_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    started_at timestamptz,
    finished_at timestamptz,
    CONSTRAINT jobs_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT jobs_state_check CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT jobs_done_check CHECK (done = succeeded + failed + skipped),
    CONSTRAINT jobs_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX jobs_tenant_id_created_by_id_id_idx ON jobs (tenant_id, created_by_id, id);
CREATE INDEX jobs_unfinished_tenant_id_served_at_id_idx ON jobs (tenant_id, served_at, id)
    WHERE state IN ('queued', 'running');
CREATE TABLE job_rows (
    tenant_id bigint NOT NULL,
    job_id uuid NOT NULL,
    row integer NOT NULL,
    outcome text NOT NULL,
    label text NOT NULL,
    record_id uuid,
    messages jsonb NOT NULL,
    CONSTRAINT job_rows_pkey PRIMARY KEY (tenant_id, job_id, row),
    CONSTRAINT job_rows_outcome_check CHECK (outcome IN ('succeeded', 'failed', 'skipped')),
    CONSTRAINT job_rows_tenant_id_job_id_fkey
        FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX job_rows_tenant_id_job_id_outcome_row_idx ON job_rows (tenant_id, job_id, outcome, row)
    WHERE outcome <> 'succeeded';
CREATE TABLE imports (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    type text NOT NULL,
    filename text NOT NULL,
    size bigint NOT NULL,
    encoding text NOT NULL,
    delimiter text NOT NULL,
    heading_row integer NOT NULL,
    first_byte bigint NOT NULL,
    row_count_estimate integer NOT NULL,
    columns jsonb NOT NULL,
    mapping jsonb NOT NULL,
    unmapped_values jsonb NOT NULL,
    job_id uuid,
    created_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT imports_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT imports_type_check CHECK (type IN ('customer')),
    CONSTRAINT imports_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT imports_tenant_id_job_id_fkey FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id)
);
CREATE INDEX imports_tenant_id_created_by_id_id_idx ON imports (tenant_id, created_by_id, id);
CREATE INDEX imports_tenant_id_job_id_idx ON imports (tenant_id, job_id);
CREATE TABLE import_links (
    tenant_id bigint NOT NULL,
    import_id uuid NOT NULL,
    row integer NOT NULL,
    record_id uuid NOT NULL,
    parent_name text NOT NULL,
    CONSTRAINT import_links_pkey PRIMARY KEY (tenant_id, import_id, row),
    CONSTRAINT import_links_tenant_id_import_id_fkey
        FOREIGN KEY (tenant_id, import_id) REFERENCES imports (tenant_id, id) ON DELETE CASCADE
);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("jobs", rights="SELECT, INSERT, UPDATE")
    op.wall("job_rows", rights="SELECT, INSERT, UPDATE")
    op.wall("imports")
    op.wall("import_links", rights="SELECT, INSERT, DELETE")
    for table in ("jobs", "job_rows", "imports", "import_links"):
        op.distribute(table)


def downgrade() -> None:
    for table in ("import_links", "imports", "job_rows", "jobs"):
        op.execute(f"DROP TABLE {table}")
