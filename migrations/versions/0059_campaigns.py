"""Campaigns: one message to many people, and who they were when it began."""

from alembic import op

from migrations import ops

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE campaigns (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL,
    audience jsonb NOT NULL,
    choices jsonb NOT NULL,
    start_at timestamptz,
    lasts_hours integer NOT NULL,
    pace integer,
    pace_per text,
    owner_id uuid NOT NULL,
    due_at timestamptz,
    begun_at timestamptz,
    paced_at timestamptz,
    expires_at timestamptz,
    ended_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT campaigns_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT campaigns_purpose_check CHECK (purpose IN ('marketing', 'service')),
    CONSTRAINT campaigns_state_check
        CHECK (state IN ('draft', 'scheduled', 'sending', 'paused', 'finished', 'cancelled')),
    CONSTRAINT campaigns_pace_check CHECK ((pace IS NULL) = (pace_per IS NULL) AND pace > 0),
    CONSTRAINT campaigns_pace_per_check CHECK (pace_per IN ('minute', 'hour')),
    CONSTRAINT campaigns_due_check CHECK (state <> 'scheduled' OR due_at IS NOT NULL),
    CONSTRAINT campaigns_begun_check
        CHECK (state NOT IN ('sending', 'paused', 'finished') OR num_nulls(begun_at, expires_at) = 0),
    CONSTRAINT campaigns_ended_check CHECK ((state IN ('finished', 'cancelled')) = (ended_at IS NOT NULL)),
    CONSTRAINT campaigns_tenant_id_owner_id_fkey
        FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX campaigns_tenant_id_updated_at_id_idx ON campaigns (tenant_id, updated_at, id)
    WHERE deleted_at IS NULL;
CREATE INDEX campaigns_tenant_id_due_at_idx ON campaigns (tenant_id, due_at)
    WHERE state IN ('scheduled', 'sending');
CREATE INDEX campaigns_tenant_id_owner_id_idx ON campaigns (tenant_id, owner_id);
CREATE TABLE campaign_people (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    place integer NOT NULL,
    same_address boolean NOT NULL,
    planned_at timestamptz,
    CONSTRAINT campaign_people_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT campaign_people_tenant_id_campaign_id_place_key UNIQUE (tenant_id, campaign_id, place),
    CONSTRAINT campaign_people_tenant_id_campaign_id_fkey
        FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT campaign_people_tenant_id_contact_id_fkey
        FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX campaign_people_tenant_id_contact_id_idx ON campaign_people (tenant_id, contact_id);
CREATE INDEX campaign_people_left_tenant_id_campaign_id_place_idx
    ON campaign_people (tenant_id, campaign_id, place) WHERE planned_at IS NULL AND NOT same_address;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("campaigns", "campaign_people"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    for table in ("campaign_people", "campaigns"):
        op.execute(f"DROP TABLE {table}")
