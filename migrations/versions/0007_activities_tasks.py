"""Activities and tasks."""

from alembic import op

from migrations import ops

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE activities (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    customer_id uuid,
    contact_id uuid,
    kind text NOT NULL,
    content text NOT NULL,
    happened_at timestamptz NOT NULL,
    author_id uuid NOT NULL,
    owner_id uuid,
    department_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    deleted_by_id uuid,
    deleted_with_id uuid,
    CONSTRAINT activities_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT activities_kind_check CHECK (kind IN ('call', 'visit', 'meeting', 'mail', 'note')),
    CONSTRAINT activities_about_check CHECK (num_nonnulls(customer_id, contact_id) > 0),
    CONSTRAINT activities_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT activities_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    CONSTRAINT activities_tenant_id_author_id_fkey
        FOREIGN KEY (tenant_id, author_id) REFERENCES users (tenant_id, id),
    CONSTRAINT activities_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT activities_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
CREATE INDEX activities_tenant_id_happened_at_id_idx ON activities (tenant_id, happened_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX activities_tenant_id_created_at_id_idx ON activities (tenant_id, created_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX activities_tenant_id_owner_id_happened_at_id_idx
    ON activities (tenant_id, owner_id, happened_at, id);
CREATE INDEX activities_tenant_id_department_id_happened_at_id_idx
    ON activities (tenant_id, department_id, happened_at, id);
CREATE INDEX activities_tenant_id_customer_id_happened_at_id_idx
    ON activities (tenant_id, customer_id, happened_at, id);
CREATE INDEX activities_tenant_id_contact_id_happened_at_id_idx
    ON activities (tenant_id, contact_id, happened_at, id) WHERE contact_id IS NOT NULL;
CREATE INDEX activities_tenant_id_author_id_happened_at_id_idx
    ON activities (tenant_id, author_id, happened_at, id);
CREATE INDEX activities_bin_tenant_id_deleted_at_id_idx ON activities (tenant_id, deleted_at, id)
    WHERE deleted_at IS NOT NULL;
CREATE TABLE tasks (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    detail text,
    priority text NOT NULL,
    due_at timestamptz NOT NULL,
    owner_id uuid NOT NULL,
    department_id uuid,
    created_by_id uuid NOT NULL,
    customer_id uuid,
    contact_id uuid,
    activity_id uuid,
    done_at timestamptz,
    done_by_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT tasks_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT tasks_priority_check CHECK (priority IN ('high', 'normal', 'low')),
    CONSTRAINT tasks_done_check CHECK ((done_at IS NULL) = (done_by_id IS NULL)),
    CONSTRAINT tasks_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT tasks_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT tasks_tenant_id_department_id_fkey
        FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id),
    CONSTRAINT tasks_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT tasks_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
    CONSTRAINT tasks_tenant_id_activity_id_fkey
        FOREIGN KEY (tenant_id, activity_id) REFERENCES activities (tenant_id, id)
);
CREATE INDEX tasks_tenant_id_due_at_id_idx ON tasks (tenant_id, due_at, id);
CREATE INDEX tasks_tenant_id_created_at_id_idx ON tasks (tenant_id, created_at, id);
CREATE INDEX tasks_tenant_id_updated_at_id_idx ON tasks (tenant_id, updated_at, id);
CREATE INDEX tasks_open_tenant_id_owner_id_due_at_id_idx ON tasks (tenant_id, owner_id, due_at, id)
    WHERE done_at IS NULL;
CREATE INDEX tasks_tenant_id_owner_id_due_at_id_idx ON tasks (tenant_id, owner_id, due_at, id);
CREATE INDEX tasks_tenant_id_department_id_due_at_id_idx ON tasks (tenant_id, department_id, due_at, id);
CREATE INDEX tasks_tenant_id_created_by_id_due_at_id_idx ON tasks (tenant_id, created_by_id, due_at, id);
CREATE INDEX tasks_tenant_id_customer_id_due_at_id_idx ON tasks (tenant_id, customer_id, due_at, id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX tasks_tenant_id_contact_id_due_at_id_idx ON tasks (tenant_id, contact_id, due_at, id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX tasks_tenant_id_activity_id_idx ON tasks (tenant_id, activity_id)
    WHERE activity_id IS NOT NULL;
"""

_TASKS = {"task:create": "all", "task:read": "own", "task:update": "own"}
GRANTS = {
    "manager": {
        "activity:create": "all", "activity:delete": "subtree", "activity:read": "subtree",
        "activity:update": "subtree", "task:create": "all", "task:read": "subtree", "task:update": "subtree",
    },
    "sales": {
        "activity:create": "all", "activity:delete": "own", "activity:read": "own",
        "activity:update": "own", **_TASKS,
    },
    "service": {
        "activity:create": "all", "activity:delete": "own", "activity:read": "all",
        "activity:update": "own", **_TASKS,
    },
    "finance": {"activity:read": "all", **_TASKS},
    "marketing": {"activity:read": "all", **_TASKS},
    "viewer": {"activity:read": "all"},
}  # fmt: skip


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("activities", "tasks"):
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, GRANTS)


def downgrade() -> None:
    op.execute("DROP TABLE tasks")
    op.execute("DROP TABLE activities")
