"""Accounts at vendors of short messages, and which texts they have approved."""

from alembic import op

from migrations import ops

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE sms_accounts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL DEFAULT 1,
    vendor text NOT NULL,
    name text NOT NULL,
    place integer NOT NULL,
    state text NOT NULL,
    app_id text,
    key_id text NOT NULL,
    secret bytea NOT NULL,
    signature text NOT NULL,
    price integer,
    trouble text,
    troubled_since timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT sms_accounts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sms_accounts_vendor_check CHECK (vendor IN ('tencent', 'aliyun')),
    CONSTRAINT sms_accounts_state_check CHECK (state IN ('on', 'off')),
    CONSTRAINT sms_accounts_trouble_check CHECK ((trouble IS NULL) = (troubled_since IS NULL))
);
CREATE TABLE sms_filings (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    template_id uuid NOT NULL,
    text text NOT NULL,
    variables jsonb NOT NULL,
    code text,
    state text NOT NULL,
    reason text,
    submitted_at timestamptz NOT NULL,
    checked_at timestamptz,
    next_at timestamptz,
    CONSTRAINT sms_filings_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sms_filings_tenant_id_account_id_template_id_key UNIQUE (tenant_id, account_id, template_id),
    CONSTRAINT sms_filings_state_check CHECK (state IN ('submitting', 'pending', 'approved', 'rejected')),
    CONSTRAINT sms_filings_code_check CHECK (state NOT IN ('pending', 'approved') OR code IS NOT NULL),
    CONSTRAINT sms_filings_tenant_id_account_id_fkey
        FOREIGN KEY (tenant_id, account_id) REFERENCES sms_accounts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sms_filings_tenant_id_template_id_fkey
        FOREIGN KEY (tenant_id, template_id) REFERENCES message_templates (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sms_filings_tenant_id_template_id_idx ON sms_filings (tenant_id, template_id);
CREATE INDEX sms_filings_tenant_id_next_at_id_idx ON sms_filings (tenant_id, next_at, id)
    WHERE next_at IS NOT NULL;
CREATE TABLE sms_replies (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    key text NOT NULL,
    number text NOT NULL,
    text text NOT NULL,
    opts_out boolean NOT NULL,
    contact_id uuid,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    CONSTRAINT sms_replies_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sms_replies_tenant_id_account_id_key_key UNIQUE (tenant_id, account_id, key),
    CONSTRAINT sms_replies_tenant_id_account_id_fkey
        FOREIGN KEY (tenant_id, account_id) REFERENCES sms_accounts (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sms_replies_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sms_replies_tenant_id_contact_id_id_idx ON sms_replies (tenant_id, contact_id, id);
CREATE INDEX sms_replies_tenant_id_account_id_idx ON sms_replies (tenant_id, account_id);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("sms_accounts", "sms_filings", "sms_replies"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("sms_replies", "sms_filings", "sms_accounts"):
        op.execute(f"DROP TABLE {table}")
