"""The records that bulk actions are for, and what was exchanged in each."""

from alembic import op

from migrations import ops

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE bulk_rows (
    tenant_id bigint NOT NULL,
    job_id uuid NOT NULL,
    row integer NOT NULL,
    record_id uuid NOT NULL,
    before jsonb,
    after jsonb,
    CONSTRAINT bulk_rows_pkey PRIMARY KEY (tenant_id, job_id, row),
    CONSTRAINT bulk_rows_exchange_check CHECK ((before IS NULL) = (after IS NULL)),
    CONSTRAINT bulk_rows_tenant_id_job_id_fkey
        FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE
);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("bulk_rows", rights="SELECT, INSERT, UPDATE")
    op.distribute("bulk_rows")


def downgrade() -> None:
    op.execute("DROP TABLE bulk_rows")
