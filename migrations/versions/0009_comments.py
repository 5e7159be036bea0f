"""Comments, and a second record whose timeline tells something."""

from alembic import op

from migrations import ops

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE comments (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    record_type text NOT NULL,
    record_id uuid NOT NULL,
    kind text NOT NULL,
    text text NOT NULL,
    author_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    edited_at timestamptz,
    deleted_at timestamptz,
    CONSTRAINT comments_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT comments_kind_check CHECK (kind IN ('comment', 'annotation')),
    CONSTRAINT comments_tenant_id_author_id_fkey
        FOREIGN KEY (tenant_id, author_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX comments_tenant_id_record_id_created_at_id_idx
    ON comments (tenant_id, record_id, created_at, id);
CREATE INDEX comments_tenant_id_author_id_idx ON comments (tenant_id, author_id);
CREATE INDEX comments_deleted_tenant_id_deleted_at_idx ON comments (tenant_id, deleted_at)
    WHERE deleted_at IS NOT NULL;
ALTER TABLE audit_records ADD COLUMN also_about_id uuid;
CREATE INDEX audit_records_tenant_id_also_about_id_at_id_idx
    ON audit_records (tenant_id, also_about_id, at, id) WHERE also_about_id IS NOT NULL;
"""
GRANTS = {
    "manager": {"activity:annotate": "subtree", "comment:create": "all"},
    "sales": {"comment:create": "all"},
    "service": {"comment:create": "all"},
    "finance": {"comment:create": "all"},
    "marketing": {"comment:create": "all"},
}
# What was noted with a contact of a customer is told on the contact's timeline too; what is sealed stays.
OF_CONTACTS = (
    "UPDATE audit_records a SET also_about_id = r.contact_id FROM {table} r "
    "WHERE a.tenant_id = here AND r.tenant_id = here AND a.subject_id = r.id "
    "AND a.about_id = r.customer_id AND r.contact_id IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM audit_seals s WHERE s.tenant_id = here AND s.record_id = a.id)"
)


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("comments")
    op.distribute("comments")
    for table in ("activities", "tasks"):
        ops.in_each_tenant(op, OF_CONTACTS.format(table=table))
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    op.execute("DROP INDEX audit_records_tenant_id_also_about_id_at_id_idx")
    op.execute("ALTER TABLE audit_records DROP COLUMN also_about_id")
    op.execute("DROP TABLE comments")
