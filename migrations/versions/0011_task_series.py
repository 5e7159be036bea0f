"""Tasks remind their owner, and come back."""

from alembic import op

from migrations import ops

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE task_series (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    rule text NOT NULL,
    starts_on date NOT NULL,
    at_second integer NOT NULL,
    title text NOT NULL,
    detail text,
    priority text NOT NULL,
    reminders jsonb NOT NULL,
    owner_id uuid NOT NULL,
    created_by_id uuid NOT NULL,
    customer_id uuid,
    contact_id uuid,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    CONSTRAINT task_series_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_series_priority_check CHECK (priority IN ('high', 'normal', 'low')),
    CONSTRAINT task_series_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    CONSTRAINT task_series_tenant_id_created_by_id_fkey
        FOREIGN KEY (tenant_id, created_by_id) REFERENCES users (tenant_id, id),
    CONSTRAINT task_series_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id),
    CONSTRAINT task_series_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id)
);
CREATE INDEX task_series_tenant_id_owner_id_idx ON task_series (tenant_id, owner_id);
CREATE INDEX task_series_tenant_id_created_by_id_idx ON task_series (tenant_id, created_by_id);
CREATE INDEX task_series_tenant_id_customer_id_idx ON task_series (tenant_id, customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX task_series_tenant_id_contact_id_idx ON task_series (tenant_id, contact_id)
    WHERE contact_id IS NOT NULL;
ALTER TABLE tasks
    ADD COLUMN reminders jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN remind_at timestamptz,
    ADD COLUMN series_id uuid,
    ADD COLUMN occurrence integer,
    ADD COLUMN scheduled_on date,
    ADD CONSTRAINT tasks_series_check CHECK (num_nonnulls(series_id, occurrence, scheduled_on) IN (0, 3)),
    ADD CONSTRAINT tasks_tenant_id_series_id_occurrence_key UNIQUE (tenant_id, series_id, occurrence),
    ADD CONSTRAINT tasks_tenant_id_series_id_fkey
        FOREIGN KEY (tenant_id, series_id) REFERENCES task_series (tenant_id, id);
CREATE INDEX tasks_tenant_id_remind_at_id_idx ON tasks (tenant_id, remind_at, id)
    WHERE remind_at IS NOT NULL;
ALTER TABLE users ADD COLUMN reminder_mail boolean NOT NULL DEFAULT false;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("task_series")
    op.distribute("task_series")


def downgrade() -> None:
    op.execute("ALTER TABLE users DROP COLUMN reminder_mail")
    op.execute(
        "ALTER TABLE tasks DROP COLUMN reminders, DROP COLUMN remind_at, DROP COLUMN series_id, "
        "DROP COLUMN occurrence, DROP COLUMN scheduled_on"
    )
    op.execute("DROP TABLE task_series")
