"""Letters to many on paper, and each time one was printed."""

from alembic import op

from migrations import ops

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE letters (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    locale text NOT NULL,
    heading text,
    salutation text,
    body text NOT NULL,
    signature text,
    letterhead boolean NOT NULL,
    dated_on date,
    sender_name text,
    sender_address text,
    sender_postcode text,
    sender_phone text,
    audience jsonb NOT NULL,
    campaign_id uuid,
    campaign_part text NOT NULL,
    one_each boolean NOT NULL,
    owner_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT letters_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT letters_campaign_part_check CHECK (campaign_part IN ('everybody', 'unreached')),
    CONSTRAINT letters_sender_postcode_check CHECK (sender_postcode ~ '^[0-9]{6}$'),
    CONSTRAINT letters_tenant_id_campaign_id_fkey
        FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id),
    CONSTRAINT letters_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX letters_tenant_id_updated_at_id_idx ON letters (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX letters_tenant_id_campaign_id_idx ON letters (tenant_id, campaign_id);
CREATE INDEX letters_tenant_id_owner_id_idx ON letters (tenant_id, owner_id);
CREATE TABLE letter_printings (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    letter_id uuid NOT NULL,
    job_id uuid NOT NULL,
    form text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT letter_printings_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT letter_printings_form_check CHECK (form IN
        ('letter', 'envelope-dl', 'envelope-c5', 'envelope-zl', 'labels-3x8', 'labels-2x7')),
    CONSTRAINT letter_printings_tenant_id_letter_id_fkey
        FOREIGN KEY (tenant_id, letter_id) REFERENCES letters (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT letter_printings_tenant_id_job_id_fkey
        FOREIGN KEY (tenant_id, job_id) REFERENCES jobs (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX letter_printings_tenant_id_letter_id_created_at_idx
    ON letter_printings (tenant_id, letter_id, created_at);
CREATE INDEX letter_printings_tenant_id_job_id_idx ON letter_printings (tenant_id, job_id);
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("letters", "letter_printings"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("letter_printings", "letters"):
        op.execute(f"DROP TABLE {table}")
