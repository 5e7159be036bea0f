"""Forms, what was published of them, and what is filled in."""

from alembic import op

from migrations import ops

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

FORMS = """
CREATE TABLE forms (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    icon text NOT NULL,
    category text NOT NULL DEFAULT '',
    openness text NOT NULL DEFAULT 'open' CHECK (openness IN ('open', 'half-open', 'closed')),
    access jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'retired')),
    draft jsonb,
    published_version integer,
    created_by_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX forms_created_by ON forms (tenant_id, created_by_id);

CREATE TABLE form_versions (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    form_id uuid NOT NULL,
    number integer NOT NULL,
    definition jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    published_by_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, form_id, number),
    FOREIGN KEY (tenant_id, form_id) REFERENCES forms (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, published_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX form_versions_published_by ON form_versions (tenant_id, published_by_id);

CREATE TABLE form_entries (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    form_id uuid NOT NULL,
    form_version integer NOT NULL,
    title text NOT NULL,
    filled jsonb NOT NULL,
    facts jsonb NOT NULL,
    told jsonb NOT NULL,
    owner_id uuid NOT NULL,
    department_id uuid,
    state text NOT NULL CHECK (
        state IN ('draft', 'running', 'returned', 'granted', 'rejected', 'withdrawn')
    ),
    submitted_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, form_id, form_version)
        REFERENCES form_versions (tenant_id, form_id, number),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
CREATE INDEX form_entries_of_form ON form_entries (tenant_id, form_id, submitted_at, id);
CREATE INDEX form_entries_of_version ON form_entries (tenant_id, form_id, form_version);
CREATE INDEX form_entries_by_owner ON form_entries (tenant_id, owner_id, submitted_at, id);
CREATE INDEX form_entries_by_department ON form_entries (tenant_id, department_id);
"""

TABLES = ("forms", "form_versions", "form_entries")


def upgrade() -> None:
    ops.run(op, FORMS)
    for table in TABLES:
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
