"""Links by which customers read quotes, and letters that carry something."""

from alembic import op

from migrations import ops

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE quote_links (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    quote_id uuid NOT NULL,
    revision integer NOT NULL,
    digest bytea NOT NULL,
    recipient text,
    layout_id uuid,
    created_by_id uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    opened_at timestamptz,
    last_opened_at timestamptz,
    opens integer NOT NULL,
    outcome text,
    answered_at timestamptz,
    answered_by text,
    note text,
    signature bytea,
    CONSTRAINT quote_links_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT quote_links_tenant_id_digest_key UNIQUE (tenant_id, digest),
    CONSTRAINT quote_links_outcome_check CHECK (outcome IN ('accepted', 'declined')),
    CONSTRAINT quote_links_answered_check CHECK ((outcome IS NULL) = (answered_at IS NULL)),
    CONSTRAINT quote_links_tenant_id_quote_id_fkey
        FOREIGN KEY (tenant_id, quote_id) REFERENCES quotes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT quote_links_tenant_id_layout_id_fkey
        FOREIGN KEY (tenant_id, layout_id) REFERENCES paper_layouts (tenant_id, id),
    CONSTRAINT quote_links_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX quote_links_tenant_id_quote_id_id_idx ON quote_links (tenant_id, quote_id, id);
CREATE INDEX quote_links_tenant_id_layout_id_idx ON quote_links (tenant_id, layout_id)
    WHERE layout_id IS NOT NULL;
CREATE INDEX quote_links_tenant_id_created_by_id_idx ON quote_links (tenant_id, created_by_id)
    WHERE created_by_id IS NOT NULL;
ALTER TABLE deliveries ADD COLUMN envelope jsonb;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("quote_links")
    op.distribute("quote_links")


def downgrade() -> None:
    op.execute("ALTER TABLE deliveries DROP COLUMN envelope")
    op.execute("DROP TABLE quote_links")
