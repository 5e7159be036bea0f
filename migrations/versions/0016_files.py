"""Files on records."""

from alembic import op

from migrations import ops

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE blobs (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    sha256 text NOT NULL,
    size bigint NOT NULL,
    stored_by_id uuid NOT NULL,
    touched_at timestamptz NOT NULL,
    CONSTRAINT blobs_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT blobs_tenant_id_sha256_key UNIQUE (tenant_id, sha256),
    CONSTRAINT blobs_size_check CHECK (size > 0),
    CONSTRAINT blobs_tenant_id_stored_by_id_fkey
        FOREIGN KEY (tenant_id, stored_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX blobs_tenant_id_stored_by_id_idx ON blobs (tenant_id, stored_by_id);
CREATE TABLE attachments (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    record_type text NOT NULL,
    record_id uuid NOT NULL,
    blob_id uuid,
    name text NOT NULL,
    kind text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    has_thumbnail boolean NOT NULL,
    uploaded_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    CONSTRAINT attachments_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT attachments_kind_check CHECK (kind IN ('picture', 'document', 'text', 'audio', 'archive')),
    CONSTRAINT attachments_blob_check CHECK (blob_id IS NOT NULL OR deleted_at IS NOT NULL),
    CONSTRAINT attachments_tenant_id_deleted_by_id_fkey
        FOREIGN KEY (tenant_id, deleted_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT attachments_tenant_id_blob_id_fkey
        FOREIGN KEY (tenant_id, blob_id) REFERENCES blobs (tenant_id, id),
    CONSTRAINT attachments_tenant_id_uploaded_by_id_fkey
        FOREIGN KEY (tenant_id, uploaded_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX attachments_tenant_id_record_id_created_at_id_idx
    ON attachments (tenant_id, record_id, created_at, id);
CREATE INDEX attachments_tenant_id_blob_id_idx ON attachments (tenant_id, blob_id) WHERE blob_id IS NOT NULL;
CREATE INDEX attachments_tenant_id_uploaded_by_id_idx ON attachments (tenant_id, uploaded_by_id);
CREATE INDEX attachments_tenant_id_deleted_by_id_idx ON attachments (tenant_id, deleted_by_id)
    WHERE deleted_by_id IS NOT NULL;
CREATE INDEX attachments_deleted_tenant_id_deleted_at_idx ON attachments (tenant_id, deleted_at)
    WHERE deleted_at IS NOT NULL AND blob_id IS NOT NULL;
"""
ROLES = ("manager", "sales", "service", "finance", "marketing")


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("blobs", "attachments"):
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, {code: {"attachment:create": "all"} for code in ROLES})


def downgrade() -> None:
    op.execute("DROP TABLE attachments")
    op.execute("DROP TABLE blobs")
