"""What people have said about being written to, whom nothing is sent to, and when a company writes."""

from alembic import op

from migrations import ops

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE consent_entries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    contact_id uuid NOT NULL,
    about text NOT NULL,
    purpose text,
    way text,
    holds boolean NOT NULL,
    source text NOT NULL,
    evidence text,
    said_at timestamptz NOT NULL,
    noted_at timestamptz NOT NULL,
    noted_by_id uuid,
    CONSTRAINT consent_entries_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT consent_entries_about_check CHECK (about IN ('consent', 'do-not-contact', 'minor')),
    CONSTRAINT consent_entries_purpose_check CHECK (purpose IN ('marketing', 'care', 'service')),
    CONSTRAINT consent_entries_way_check CHECK (way IN ('sms', 'mail', 'wechat')),
    CONSTRAINT consent_entries_whole_check CHECK (
        (about = 'consent') = (purpose IS NOT NULL) AND (about = 'consent') = (way IS NOT NULL)
    ),
    CONSTRAINT consent_entries_source_check CHECK (
        source IN ('spoken', 'written', 'form', 'import', 'reply', 'link', 'mail-header')
    ),
    CONSTRAINT consent_entries_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT consent_entries_tenant_id_noted_by_id_fkey
        FOREIGN KEY (tenant_id, noted_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX consent_entries_tenant_id_contact_id_idx
    ON consent_entries (tenant_id, contact_id, about, purpose, way, said_at DESC, id DESC);
CREATE INDEX consent_entries_tenant_id_noted_by_id_idx ON consent_entries (tenant_id, noted_by_id);
CREATE TABLE suppressions (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    way text NOT NULL,
    address text NOT NULL,
    reason text NOT NULL,
    note text,
    added_at timestamptz NOT NULL,
    added_by_id uuid,
    lifted_at timestamptz,
    lifted_by_id uuid,
    lifted_because text,
    CONSTRAINT suppressions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT suppressions_way_check CHECK (way IN ('sms', 'mail')),
    CONSTRAINT suppressions_reason_check CHECK (
        reason IN ('by-hand', 'bounced', 'complained', 'replied', 'unreachable')
    ),
    CONSTRAINT suppressions_lifted_check CHECK ((lifted_at IS NULL) = (lifted_because IS NULL)),
    CONSTRAINT suppressions_tenant_id_added_by_id_fkey
        FOREIGN KEY (tenant_id, added_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT suppressions_tenant_id_lifted_by_id_fkey
        FOREIGN KEY (tenant_id, lifted_by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX suppressions_tenant_id_way_address_key
    ON suppressions (tenant_id, way, address) WHERE lifted_at IS NULL;
CREATE INDEX suppressions_tenant_id_address_idx ON suppressions (tenant_id, address);
CREATE INDEX suppressions_tenant_id_added_by_id_idx ON suppressions (tenant_id, added_by_id);
CREATE INDEX suppressions_tenant_id_lifted_by_id_idx ON suppressions (tenant_id, lifted_by_id);
CREATE TABLE calm_policies (
    tenant_id bigint PRIMARY KEY,
    version integer NOT NULL DEFAULT 1,
    rules jsonb NOT NULL
);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("consent_entries")
    op.wall("suppressions", rights="SELECT, INSERT, UPDATE")
    op.wall("calm_policies", rights="SELECT, INSERT, UPDATE")
    for table in ("consent_entries", "suppressions", "calm_policies"):
        op.distribute(table)
    ops.grant_to_built_in(op, {"marketing": {"message:manage": "all"}})


def downgrade() -> None:
    for table in ("calm_policies", "suppressions", "consent_entries"):
        op.execute(f"DROP TABLE {table}")
