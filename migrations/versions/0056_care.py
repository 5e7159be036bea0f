"""Care: rules that say when customers hear from us, and the plans that people are in."""

from alembic import op

from migrations import ops

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE care_rules (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL,
    trigger_kind text NOT NULL,
    happening text,
    trigger jsonb NOT NULL,
    audience jsonb NOT NULL,
    steps jsonb NOT NULL,
    stops jsonb NOT NULL,
    owner_id uuid NOT NULL,
    on_since timestamptz,
    scanned_at timestamptz,
    scan_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT care_rules_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT care_rules_purpose_check CHECK (purpose IN ('marketing', 'care', 'service')),
    CONSTRAINT care_rules_state_check CHECK (state IN ('draft', 'on', 'off')),
    CONSTRAINT care_rules_trigger_check CHECK (trigger_kind IN ('birthday', 'festival', 'date', 'event')),
    CONSTRAINT care_rules_happening_check CHECK ((trigger_kind = 'event') = (happening IS NOT NULL)),
    CONSTRAINT care_rules_on_check CHECK ((state = 'on') = (on_since IS NOT NULL)),
    CONSTRAINT care_rules_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX care_rules_tenant_id_updated_at_id_idx ON care_rules (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX care_rules_tenant_id_scan_at_idx ON care_rules (tenant_id, scan_at)
    WHERE scan_at IS NOT NULL;
CREATE INDEX care_rules_tenant_id_happening_idx ON care_rules (tenant_id, happening)
    WHERE state = 'on' AND happening IS NOT NULL;
CREATE INDEX care_rules_tenant_id_owner_id_idx ON care_rules (tenant_id, owner_id);
CREATE TABLE care_runs (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    rule_id uuid NOT NULL,
    key text NOT NULL,
    customer_id uuid,
    contact_id uuid,
    about_kind text,
    about_id uuid,
    about_label text,
    state text NOT NULL,
    ended_because text,
    begun_at timestamptz NOT NULL,
    ended_at timestamptz,
    updated_at timestamptz NOT NULL,
    CONSTRAINT care_runs_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT care_runs_tenant_id_key_key UNIQUE (tenant_id, key),
    CONSTRAINT care_runs_state_check CHECK (state IN ('running', 'paused', 'done', 'ended')),
    CONSTRAINT care_runs_about_check CHECK ((about_kind IS NULL) = (about_id IS NULL)),
    CONSTRAINT care_runs_whose_check CHECK (num_nonnulls(customer_id, contact_id) > 0),
    CONSTRAINT care_runs_ended_check CHECK ((state IN ('done', 'ended')) = (ended_at IS NOT NULL)),
    CONSTRAINT care_runs_tenant_id_rule_id_fkey
        FOREIGN KEY (tenant_id, rule_id) REFERENCES care_rules (tenant_id, id),
    CONSTRAINT care_runs_tenant_id_customer_id_fkey
        FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT care_runs_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX care_runs_tenant_id_rule_id_id_idx ON care_runs (tenant_id, rule_id, id);
CREATE INDEX care_runs_tenant_id_customer_id_id_idx ON care_runs (tenant_id, customer_id, id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX care_runs_tenant_id_contact_id_id_idx ON care_runs (tenant_id, contact_id, id)
    WHERE contact_id IS NOT NULL;
CREATE TABLE care_run_steps (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    place integer NOT NULL,
    choices jsonb NOT NULL,
    task text,
    state text NOT NULL,
    reason text,
    due_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    message_id uuid,
    task_id uuid,
    settled_at timestamptz,
    CONSTRAINT care_run_steps_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT care_run_steps_tenant_id_run_id_place_key UNIQUE (tenant_id, run_id, place),
    CONSTRAINT care_run_steps_state_check
        CHECK (state IN ('waiting', 'under-way', 'done', 'skipped', 'failed')),
    CONSTRAINT care_run_steps_tenant_id_run_id_fkey
        FOREIGN KEY (tenant_id, run_id) REFERENCES care_runs (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT care_run_steps_tenant_id_task_id_fkey
        FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id)
);
CREATE INDEX care_run_steps_tenant_id_due_at_id_idx ON care_run_steps (tenant_id, due_at, id)
    WHERE state = 'waiting';
CREATE INDEX care_run_steps_open_tenant_id_due_at_id_idx ON care_run_steps (tenant_id, due_at, id)
    WHERE state IN ('waiting', 'under-way', 'failed');
CREATE INDEX care_run_steps_under_way_tenant_id_id_idx ON care_run_steps (tenant_id, id)
    WHERE state = 'under-way';
CREATE INDEX care_run_steps_tenant_id_task_id_idx ON care_run_steps (tenant_id, task_id)
    WHERE task_id IS NOT NULL;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("care_rules", "care_runs", "care_run_steps"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("care_run_steps", "care_runs", "care_rules"):
        op.execute(f"DROP TABLE {table}")
