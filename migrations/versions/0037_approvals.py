"""Approval flows, approvals with their steps and seats, and requests to hand a customer over."""

from alembic import op

from migrations import ops

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

FLOWS = """
CREATE TABLE approval_flows (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    openness text NOT NULL DEFAULT 'closed' CHECK (openness IN ('closed', 'half-open', 'open')),
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
CREATE UNIQUE INDEX approval_flows_one_for_a_kind ON approval_flows (tenant_id, kind)
    WHERE state = 'published';
CREATE INDEX approval_flows_created_by ON approval_flows (tenant_id, created_by_id);

CREATE TABLE approval_flow_versions (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    flow_id uuid NOT NULL,
    number integer NOT NULL,
    definition jsonb NOT NULL,
    published_at timestamptz NOT NULL,
    published_by_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, flow_id, number),
    FOREIGN KEY (tenant_id, flow_id) REFERENCES approval_flows (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, published_by_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX approval_flow_versions_published_by ON approval_flow_versions (tenant_id, published_by_id);
"""

APPROVALS = """
CREATE TABLE approvals (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    flow_id uuid NOT NULL,
    flow_version integer NOT NULL,
    openness text NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    title text NOT NULL,
    facts jsonb NOT NULL,
    chosen jsonb NOT NULL DEFAULT '{}',
    owner_id uuid NOT NULL,
    department_id uuid,
    state text NOT NULL CHECK (state IN ('running', 'returned', 'granted', 'rejected', 'withdrawn')),
    stuck_since timestamptz,
    nudges integer NOT NULL DEFAULT 0,
    nudged_at timestamptz,
    submitted_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    ended_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, flow_id, flow_version)
        REFERENCES approval_flow_versions (tenant_id, flow_id, number),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES departments (tenant_id, id)
);
CREATE UNIQUE INDEX approvals_one_at_a_time ON approvals (tenant_id, kind, subject_id)
    WHERE state IN ('running', 'returned');
CREATE INDEX approvals_of_subject ON approvals (tenant_id, kind, subject_id, submitted_at, id);
CREATE INDEX approvals_by_submitter ON approvals (tenant_id, owner_id, submitted_at, id);
CREATE INDEX approvals_by_department ON approvals (tenant_id, department_id, submitted_at, id);
CREATE INDEX approvals_by_time ON approvals (tenant_id, submitted_at, id);
CREATE INDEX approvals_by_flow ON approvals (tenant_id, flow_id, flow_version);
CREATE INDEX approvals_stuck ON approvals (tenant_id, stuck_since, id) WHERE stuck_since IS NOT NULL;

CREATE TABLE approval_steps (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    approval_id uuid NOT NULL,
    node text NOT NULL,
    type text NOT NULL,
    name text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'passed', 'rejected', 'void')),
    why text,
    arm text,
    hidden jsonb NOT NULL DEFAULT '[]',
    opened_at timestamptz NOT NULL,
    ended_at timestamptz,
    due_at timestamptz,
    remind_at timestamptz,
    overdue boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, approval_id) REFERENCES approvals (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX approval_steps_of_approval ON approval_steps (tenant_id, approval_id, opened_at, id);
CREATE UNIQUE INDEX approval_steps_once_at_a_time ON approval_steps (tenant_id, approval_id, node)
    WHERE state <> 'void';
CREATE INDEX approval_steps_due ON approval_steps (tenant_id, due_at)
    WHERE state = 'open' AND due_at IS NOT NULL;
CREATE INDEX approval_steps_remind ON approval_steps (tenant_id, remind_at)
    WHERE state = 'open' AND remind_at IS NOT NULL;

CREATE TABLE approval_seats (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    approval_id uuid NOT NULL,
    step_id uuid NOT NULL,
    kind text NOT NULL,
    user_id uuid NOT NULL,
    stands_for_id uuid,
    place integer NOT NULL,
    before_id uuid,
    after_id uuid,
    state text NOT NULL CHECK (
        state IN ('waiting', 'open', 'approved', 'rejected', 'returned', 'transferred', 'void')
    ),
    why text,
    stopped boolean NOT NULL DEFAULT false,
    comment text,
    signature_id uuid,
    made_at timestamptz NOT NULL,
    opened_at timestamptz,
    decided_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, approval_id) REFERENCES approvals (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, step_id) REFERENCES approval_steps (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, stands_for_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, before_id) REFERENCES approval_seats (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, after_id) REFERENCES approval_seats (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX approval_seats_of_approval ON approval_seats (tenant_id, approval_id, made_at, id);
CREATE INDEX approval_seats_of_step ON approval_seats (tenant_id, step_id);
CREATE UNIQUE INDEX approval_seats_one_each ON approval_seats (tenant_id, step_id, user_id)
    WHERE state IN ('waiting', 'open');
CREATE INDEX approval_seats_to_decide ON approval_seats (tenant_id, user_id, opened_at, id)
    WHERE state = 'open';
CREATE INDEX approval_seats_decided ON approval_seats (tenant_id, user_id, decided_at, id)
    WHERE decided_at IS NOT NULL;
CREATE INDEX approval_seats_user ON approval_seats (tenant_id, user_id);
CREATE INDEX approval_seats_stands_for ON approval_seats (tenant_id, stands_for_id)
    WHERE stands_for_id IS NOT NULL;
CREATE INDEX approval_seats_before ON approval_seats (tenant_id, before_id) WHERE before_id IS NOT NULL;
CREATE INDEX approval_seats_after ON approval_seats (tenant_id, after_id) WHERE after_id IS NOT NULL;

CREATE TABLE approval_log (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    approval_id uuid NOT NULL,
    at timestamptz NOT NULL,
    action text NOT NULL,
    by_id uuid,
    stands_for_id uuid,
    node text,
    name text,
    comment text,
    facts jsonb NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, approval_id) REFERENCES approvals (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, by_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, stands_for_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX approval_log_by ON approval_log (tenant_id, by_id);
CREATE INDEX approval_log_stands_for ON approval_log (tenant_id, stands_for_id)
    WHERE stands_for_id IS NOT NULL;
CREATE INDEX approval_log_of_approval ON approval_log (tenant_id, approval_id, at, id);

CREATE TABLE approval_copies (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    approval_id uuid NOT NULL,
    kind text NOT NULL,
    user_id uuid NOT NULL,
    by_id uuid,
    node text,
    at timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, approval_id) REFERENCES approvals (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, by_id) REFERENCES users (tenant_id, id)
);
CREATE UNIQUE INDEX approval_copies_one_each ON approval_copies (tenant_id, approval_id, user_id);
CREATE INDEX approval_copies_by ON approval_copies (tenant_id, by_id) WHERE by_id IS NOT NULL;
CREATE INDEX approval_copies_of_user ON approval_copies (tenant_id, user_id, at, id);

CREATE TABLE approval_absences (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    delegate_id uuid,
    kinds jsonb NOT NULL DEFAULT '[]',
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, delegate_id) REFERENCES users (tenant_id, id),
    CHECK (starts_at < ends_at)
);
CREATE INDEX approval_absences_delegate ON approval_absences (tenant_id, delegate_id)
    WHERE delegate_id IS NOT NULL;
CREATE INDEX approval_absences_of_user ON approval_absences (tenant_id, user_id, ends_at);
"""

REQUESTS = """
CREATE TABLE handover_requests (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    customer_id uuid NOT NULL,
    to_id uuid NOT NULL,
    reason text NOT NULL,
    owner_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'asked', 'done', 'refused', 'withdrawn', 'lapsed')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, to_id) REFERENCES users (tenant_id, id),
    FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX handover_requests_to ON handover_requests (tenant_id, to_id);
CREATE INDEX handover_requests_owner ON handover_requests (tenant_id, owner_id);
CREATE INDEX handover_requests_of_customer ON handover_requests (tenant_id, customer_id, created_at, id);
"""

TABLES = (
    "approval_flows",
    "approval_flow_versions",
    "approvals",
    "approval_steps",
    "approval_seats",
    "approval_log",
    "approval_copies",
    "approval_absences",
    "handover_requests",
)


def upgrade() -> None:
    ops.run(op, FLOWS + APPROVALS + REQUESTS)
    for table in TABLES:
        op.wall(table)
        op.distribute(table)
    ops.grant_to_built_in(op, {"manager": {"approval:read": "subtree"}})


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
