"""Templates of messages to people outside; what every company begins with, it gets when it is founded."""

from alembic import op

from migrations import ops

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE message_templates (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    way text NOT NULL,
    purpose text NOT NULL,
    locale text NOT NULL,
    subject text,
    body text NOT NULL,
    links boolean NOT NULL,
    variables jsonb NOT NULL,
    state text NOT NULL,
    activated_at timestamptz,
    created_by_id uuid,
    updated_by_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT message_templates_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT message_templates_way_check CHECK (way IN ('sms', 'mail')),
    CONSTRAINT message_templates_purpose_check CHECK (purpose IN ('marketing', 'care', 'service')),
    CONSTRAINT message_templates_state_check CHECK (state IN ('draft', 'active', 'archived')),
    CONSTRAINT message_templates_subject_check CHECK ((way = 'mail') = (subject IS NOT NULL)),
    CONSTRAINT message_templates_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT message_templates_tenant_id_updated_by_id_fkey
        FOREIGN KEY (tenant_id, updated_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX message_templates_tenant_id_updated_at_id_idx ON message_templates (tenant_id, updated_at, id);
CREATE INDEX message_templates_tenant_id_created_by_id_idx ON message_templates (tenant_id, created_by_id)
    WHERE created_by_id IS NOT NULL;
CREATE INDEX message_templates_tenant_id_updated_by_id_idx ON message_templates (tenant_id, updated_by_id)
    WHERE updated_by_id IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("message_templates")
    op.distribute("message_templates")


def downgrade() -> None:
    op.execute("DROP TABLE message_templates")
