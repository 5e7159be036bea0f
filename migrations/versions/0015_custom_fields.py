"""Custom fields."""

from alembic import op

from migrations import ops

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE field_definitions (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    entity text NOT NULL,
    key text NOT NULL,
    label text NOT NULL,
    help text,
    kind text NOT NULL,
    settings jsonb NOT NULL,
    rules jsonb NOT NULL,
    default_value jsonb,
    required boolean NOT NULL,
    is_unique boolean NOT NULL,
    filterable boolean NOT NULL,
    ready_at timestamptz,
    retired_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT field_definitions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT field_definitions_tenant_id_entity_key_key UNIQUE (tenant_id, entity, key),
    CONSTRAINT field_definitions_kind_check CHECK (kind IN (
        'text', 'long_text', 'number', 'money', 'date', 'date_time', 'choice', 'multi_choice', 'yes_no',
        'user', 'department', 'record', 'file', 'formula'))
);
CREATE TABLE field_layouts (
    tenant_id bigint NOT NULL,
    entity text NOT NULL,
    version integer NOT NULL,
    sections jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT field_layouts_pkey PRIMARY KEY (tenant_id, entity)
);
CREATE TABLE field_values (
    tenant_id bigint NOT NULL,
    record_id uuid NOT NULL,
    field_id uuid NOT NULL,
    position smallint NOT NULL,
    word text,
    number bigint,
    sole boolean NOT NULL,
    CONSTRAINT field_values_pkey PRIMARY KEY (tenant_id, record_id, field_id, position),
    CONSTRAINT field_values_tenant_id_field_id_fkey
        FOREIGN KEY (tenant_id, field_id) REFERENCES field_definitions (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX field_values_tenant_id_field_id_word_record_id_idx
    ON field_values (tenant_id, field_id, word, record_id) WHERE word IS NOT NULL;
CREATE INDEX field_values_tenant_id_field_id_number_record_id_idx
    ON field_values (tenant_id, field_id, number, record_id) WHERE number IS NOT NULL;
CREATE UNIQUE INDEX field_values_sole_key ON field_values (tenant_id, field_id, word) WHERE sole;
CREATE TABLE field_rights (
    tenant_id bigint NOT NULL,
    role_id uuid NOT NULL,
    entity text NOT NULL,
    field text NOT NULL,
    field_right text NOT NULL,
    CONSTRAINT field_rights_pkey PRIMARY KEY (tenant_id, role_id, entity, field),
    CONSTRAINT field_rights_field_right_check CHECK (field_right IN ('hidden', 'read')),
    CONSTRAINT field_rights_tenant_id_role_id_fkey
        FOREIGN KEY (tenant_id, role_id) REFERENCES roles (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE customers ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
ALTER TABLE contacts ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
ALTER TABLE activities ADD COLUMN custom jsonb NOT NULL DEFAULT '{}';
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("field_definitions", "field_layouts", "field_values", "field_rights"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("customers", "contacts", "activities"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN custom")
    for table in ("field_rights", "field_values", "field_layouts", "field_definitions"):
        op.execute(f"DROP TABLE {table}")
