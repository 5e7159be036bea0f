"""The sealed chain over the audit trail."""

from alembic import op

from migrations import ops

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE audit_chains (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    seq bigint NOT NULL,
    mac bytea NOT NULL,
    complete_until timestamptz NOT NULL,
    key_id text NOT NULL,
    stamp bytea NOT NULL,
    sealed_at timestamptz,
    anchored_seq bigint NOT NULL,
    CONSTRAINT audit_chains_pkey PRIMARY KEY (tenant_id, id)
);
CREATE TABLE audit_seals (
    tenant_id bigint NOT NULL,
    seq bigint NOT NULL,
    record_id uuid NOT NULL,
    erased boolean NOT NULL,
    salt bytea,
    digest bytea NOT NULL,
    sealed_at timestamptz NOT NULL,
    prev bytea NOT NULL,
    key_id text NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT audit_seals_pkey PRIMARY KEY (tenant_id, seq)
);
CREATE INDEX audit_seals_tenant_id_record_id_idx ON audit_seals (tenant_id, record_id);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("audit_chains", rights="SELECT, INSERT, UPDATE")
    op.distribute("audit_chains")
    op.wall("audit_seals", rights="SELECT, INSERT, UPDATE (salt)")
    op.distribute("audit_seals")
    # Erasing what is personal replaces what a line says; that it was said, when and by whom stays.
    op.execute(f"GRANT UPDATE (subject_label, changes) ON audit_records TO {ops.APP_ROLE}")
    ops.run(
        op,
        "INSERT INTO agenda (tenant_id, queue, bucket) "
        "SELECT id, 'audit', date_trunc('hour', statement_timestamp()) FROM tenants",
    )


def downgrade() -> None:
    op.execute("DELETE FROM agenda WHERE queue = 'audit'")
    op.execute(f"REVOKE UPDATE (subject_label, changes) ON audit_records FROM {ops.APP_ROLE}")
    op.execute("DROP TABLE audit_seals")
    op.execute("DROP TABLE audit_chains")
