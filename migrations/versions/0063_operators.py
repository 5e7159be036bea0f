"""Who keeps the installation running, what they have done, and how the outboxes of all companies fare."""

from alembic import op

from migrations import ops

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE operators (
    id uuid NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    totp_secret bytea,
    totp_step bigint DEFAULT 0 NOT NULL,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT operators_pkey PRIMARY KEY (id),
    CONSTRAINT operators_email_key UNIQUE (email)
);
CREATE TABLE operator_sessions (
    token_hash bytea NOT NULL,
    operator_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT operator_sessions_pkey PRIMARY KEY (token_hash),
    CONSTRAINT operator_sessions_operator_id_fkey
        FOREIGN KEY (operator_id) REFERENCES operators (id) ON DELETE CASCADE
);
CREATE INDEX operator_sessions_operator_id_idx ON operator_sessions (operator_id);
CREATE TABLE operator_deeds (
    id uuid NOT NULL,
    operator_id uuid NOT NULL,
    action text NOT NULL,
    company text,
    subject text,
    amount integer,
    reason text,
    at timestamptz NOT NULL,
    CONSTRAINT operator_deeds_pkey PRIMARY KEY (id),
    CONSTRAINT operator_deeds_operator_id_fkey FOREIGN KEY (operator_id) REFERENCES operators (id)
);
CREATE INDEX operator_deeds_operator_id_idx ON operator_deeds (operator_id);
CREATE TABLE outbox_gauges (
    tenant_id bigint NOT NULL,
    channel text NOT NULL,
    waiting integer NOT NULL,
    sending integer NOT NULL,
    oldest_due_at timestamptz,
    failed integer NOT NULL,
    uncertain integer NOT NULL,
    sent_hour integer NOT NULL,
    sent_day integer NOT NULL,
    measured_at timestamptz NOT NULL,
    CONSTRAINT outbox_gauges_pkey PRIMARY KEY (tenant_id, channel),
    CONSTRAINT outbox_gauges_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE
);
CREATE TABLE dead_letter_rulings (
    tenant_id bigint NOT NULL,
    delivery_id uuid NOT NULL,
    ruling text NOT NULL,
    reason text NOT NULL,
    ruled_by text NOT NULL,
    ruled_at timestamptz NOT NULL,
    CONSTRAINT dead_letter_rulings_pkey PRIMARY KEY (tenant_id, delivery_id),
    CONSTRAINT dead_letter_rulings_tenant_id_delivery_id_fkey
        FOREIGN KEY (tenant_id, delivery_id) REFERENCES deliveries (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT dead_letter_rulings_ruling_check CHECK (ruling IN ('retry', 'drop'))
);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    # Accounts are made, changed and taken away by the owner alone: no request can.
    op.directory(
        "operators",
        reason="whoever keeps the installation belongs to no tenant",
        grants=["SELECT", "UPDATE (totp_step)"],
    )
    op.directory(
        "operator_sessions",
        reason="whoever keeps the installation signs in outside all tenants",
        grants=["SELECT", "INSERT", "UPDATE (seen_at)", "DELETE"],
    )
    op.directory(
        "operator_deeds",
        reason="what was done for the installation is only added to",
        grants=["SELECT", "INSERT"],
    )
    op.directory(
        "outbox_gauges",
        reason="numbers of messages, by which those who keep the installation see whom to help",
        grants=[
            "SELECT",
            "INSERT",
            "DELETE",
            "UPDATE (waiting, sending, oldest_due_at, failed, uncertain, sent_hour, sent_day, measured_at)",
        ],
    )
    op.wall("dead_letter_rulings")
    op.distribute("dead_letter_rulings")


def downgrade() -> None:
    for table in (
        "dead_letter_rulings", "outbox_gauges", "operator_deeds", "operator_sessions", "operators"
    ):  # fmt: skip
        op.execute(f"DROP TABLE {table}")
