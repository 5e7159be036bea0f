"""Personal API tokens, and what a company demands of whoever enters it."""

from alembic import op

from migrations import ops

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE api_tokens (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    read_only boolean NOT NULL,
    areas jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT api_tokens_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_tokens_tenant_id_digest_key UNIQUE (tenant_id, digest),
    CONSTRAINT api_tokens_tenant_id_user_id_fkey
        FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX api_tokens_tenant_id_user_id_id_idx ON api_tokens (tenant_id, user_id, id);
CREATE TABLE security_policies (
    tenant_id bigint NOT NULL,
    version integer NOT NULL,
    tokens_allowed boolean NOT NULL,
    CONSTRAINT security_policies_pkey PRIMARY KEY (tenant_id)
);
ALTER TABLE user_sessions ADD COLUMN kind text NOT NULL DEFAULT 'device';
ALTER TABLE user_sessions ADD CONSTRAINT user_sessions_kind_check
    CHECK (kind IN ('device', 'token'));
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    for table in ("api_tokens", "security_policies"):
        op.wall(table)
        op.distribute(table)


def downgrade() -> None:
    op.execute("ALTER TABLE user_sessions DROP COLUMN kind")
    op.execute("DROP TABLE security_policies")
    op.execute("DROP TABLE api_tokens")
