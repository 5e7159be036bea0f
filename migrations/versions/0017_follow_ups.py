"""When customers were last followed up, and when the next step with them is due."""

from alembic import op

from migrations import ops

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NEVER, UNPLANNED = "0001-01-01 00:00:00+00", "9999-12-31 00:00:00+00"
COLUMNS = f"""
ALTER TABLE customers ADD COLUMN last_activity_at timestamptz NOT NULL DEFAULT '{NEVER}';
ALTER TABLE customers ADD COLUMN next_step_at timestamptz NOT NULL DEFAULT '{UNPLANNED}';
CREATE INDEX tasks_open_tenant_id_customer_id_due_at_idx ON tasks (tenant_id, customer_id, due_at)
    WHERE done_at IS NULL AND customer_id IS NOT NULL;
"""
LAST = """
UPDATE customers r SET last_activity_at = f.moment
FROM (SELECT a.customer_id, max(a.happened_at) AS moment FROM activities a
    WHERE a.tenant_id = here AND a.customer_id IS NOT NULL
    AND (a.deleted_at IS NULL OR a.deleted_with_id = a.customer_id) GROUP BY a.customer_id) f
WHERE r.tenant_id = here AND r.id = f.customer_id
"""
NEXT = """
UPDATE customers r SET next_step_at = f.moment
FROM (SELECT coalesce(t.customer_id, c.customer_id) AS customer_id, min(t.due_at) AS moment FROM tasks t
    LEFT JOIN contacts c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
    WHERE t.tenant_id = here AND t.done_at IS NULL GROUP BY 1) f
WHERE r.tenant_id = here AND r.id = f.customer_id
"""
# Made last: filling the columns then does not have to keep them in order.
INDEXES = """
CREATE INDEX customers_tenant_id_last_activity_at_id_idx ON customers (tenant_id, last_activity_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX customers_tenant_id_next_step_at_id_idx ON customers (tenant_id, next_step_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX customers_tenant_id_owner_id_last_activity_at_id_idx
    ON customers (tenant_id, owner_id, last_activity_at, id) WHERE deleted_at IS NULL;
CREATE INDEX customers_tenant_id_owner_id_next_step_at_id_idx
    ON customers (tenant_id, owner_id, next_step_at, id) WHERE deleted_at IS NULL;
"""


def upgrade() -> None:
    ops.run(op, COLUMNS)
    for statement in (LAST, NEXT):
        ops.in_each_tenant(op, statement)
    ops.run(op, INDEXES)


def downgrade() -> None:
    op.execute("DROP INDEX tasks_open_tenant_id_customer_id_due_at_idx")
    op.execute("ALTER TABLE customers DROP COLUMN last_activity_at, DROP COLUMN next_step_at")
