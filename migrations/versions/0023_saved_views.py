"""Views of lists."""

from alembic import op

from migrations import ops

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE saved_views (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    list_name text NOT NULL,
    name text NOT NULL,
    owner_id uuid NOT NULL,
    audience text NOT NULL,
    role_ids jsonb NOT NULL,
    department_ids jsonb NOT NULL,
    filter jsonb NOT NULL,
    columns jsonb NOT NULL,
    sort text NOT NULL,
    is_default boolean NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT saved_views_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT saved_views_audience_check CHECK (audience IN ('private', 'some', 'everyone')),
    CONSTRAINT saved_views_default_check CHECK (NOT is_default OR audience <> 'private'),
    CONSTRAINT saved_views_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX saved_views_tenant_id_owner_id_list_name_idx ON saved_views (tenant_id, owner_id, list_name);
CREATE INDEX saved_views_shared_tenant_id_list_name_idx ON saved_views (tenant_id, list_name)
    WHERE deleted_at IS NULL AND audience <> 'private';
CREATE UNIQUE INDEX saved_views_default_key ON saved_views (tenant_id, list_name)
    WHERE is_default AND deleted_at IS NULL;
CREATE TABLE saved_view_choices (
    tenant_id bigint NOT NULL,
    user_id uuid NOT NULL,
    list_name text NOT NULL,
    default_view_id uuid,
    view_ids jsonb NOT NULL,
    CONSTRAINT saved_view_choices_pkey PRIMARY KEY (tenant_id, user_id, list_name),
    CONSTRAINT saved_view_choices_tenant_id_user_id_fkey
        FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT saved_view_choices_tenant_id_default_view_id_fkey
        FOREIGN KEY (tenant_id, default_view_id) REFERENCES saved_views (tenant_id, id)
);
CREATE INDEX saved_view_choices_tenant_id_default_view_id_idx
    ON saved_view_choices (tenant_id, default_view_id) WHERE default_view_id IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("saved_views", "saved_view_choices"):
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, {"manager": {"view:share": "all"}})


def downgrade() -> None:
    op.execute("DROP TABLE saved_view_choices")
    op.execute("DROP TABLE saved_views")
