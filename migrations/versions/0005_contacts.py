"""Contacts and their relationships."""

from alembic import op

from migrations import ops

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE contacts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    customer_id uuid,
    name text NOT NULL,
    gender text,
    title text,
    department_name text,
    role text,
    phones jsonb NOT NULL,
    email text,
    wechat text,
    birthday_calendar text,
    birthday_month smallint,
    birthday_day smallint,
    birthday_leap boolean NOT NULL,
    birthday_year smallint,
    next_birthday date,
    is_primary boolean NOT NULL,
    remark text,
    owner_id uuid,
    department_id uuid,
    name_key text COLLATE "C" NOT NULL,
    search_text text NOT NULL,
    created_at timestamptz NOT NULL,
    created_by_id uuid,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    deleted_with_id uuid,
    CONSTRAINT contacts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT contacts_gender_check CHECK (gender IN ('male', 'female')),
    CONSTRAINT contacts_role_check CHECK (
        role IN ('decision_maker', 'influencer', 'user', 'purchaser', 'finance', 'gatekeeper', 'other')),
    CONSTRAINT contacts_birthday_check CHECK (
        num_nonnulls(birthday_calendar, birthday_month, birthday_day, next_birthday) IN (0, 4)
        AND (birthday_calendar IS NOT NULL OR birthday_year IS NULL)),
    CONSTRAINT contacts_birthday_calendar_check CHECK (birthday_calendar IN ('solar', 'lunar')),
    CONSTRAINT contacts_birthday_leap_check CHECK (
        NOT birthday_leap OR coalesce(birthday_calendar = 'lunar', false)),
    CONSTRAINT contacts_primary_check CHECK (customer_id IS NOT NULL OR NOT is_primary),
    CONSTRAINT contacts_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT contacts_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT contacts_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
CREATE INDEX contacts_tenant_id_updated_at_id_idx ON contacts (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX contacts_tenant_id_created_at_id_idx ON contacts (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX contacts_tenant_id_name_key_id_idx ON contacts (tenant_id, name_key, id)
    WHERE deleted_at IS NULL;
CREATE INDEX contacts_tenant_id_owner_id_updated_at_id_idx ON contacts (tenant_id, owner_id, updated_at, id);
CREATE INDEX contacts_tenant_id_department_id_updated_at_id_idx
    ON contacts (tenant_id, department_id, updated_at, id);
CREATE INDEX contacts_tenant_id_customer_id_updated_at_id_idx
    ON contacts (tenant_id, customer_id, updated_at, id);
CREATE INDEX contacts_tenant_id_next_birthday_id_idx ON contacts (tenant_id, next_birthday, id)
    WHERE next_birthday IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contacts_bin_tenant_id_deleted_at_id_idx ON contacts (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE UNIQUE INDEX contacts_primary_tenant_id_customer_id_key ON contacts (tenant_id, customer_id)
    WHERE is_primary AND deleted_at IS NULL;
CREATE TABLE contact_relationships (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    low_id uuid NOT NULL,
    high_id uuid NOT NULL,
    kind text NOT NULL,
    remark text,
    created_at timestamptz NOT NULL,
    created_by_id uuid,
    CONSTRAINT contact_relationships_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT contact_relationships_tenant_id_low_id_high_id_kind_key
        UNIQUE (tenant_id, low_id, high_id, kind),
    CONSTRAINT contact_relationships_order_check CHECK (low_id < high_id),
    CONSTRAINT contact_relationships_kind_check CHECK (kind IN ('superior', 'subordinate', 'colleague',
        'family', 'friend', 'classmate', 'introduced', 'rival', 'other')),
    CONSTRAINT contact_relationships_tenant_id_low_id_fkey
        FOREIGN KEY (tenant_id, low_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT contact_relationships_tenant_id_high_id_fkey
        FOREIGN KEY (tenant_id, high_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_relationships_tenant_id_high_id_idx ON contact_relationships (tenant_id, high_id);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("contacts", "contact_relationships"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    op.execute("DROP TABLE contact_relationships")
    op.execute("DROP TABLE contacts")
