"""How providers fare, and how fast may be sent through them, for all companies together."""

from alembic import op

from migrations import ops

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE provider_health (
    provider text NOT NULL,
    failures integer NOT NULL,
    opened integer NOT NULL,
    open_until timestamptz,
    last_error text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT provider_health_pkey PRIMARY KEY (provider)
);
CREATE TABLE sending_paces (
    key text NOT NULL,
    free_at timestamptz NOT NULL,
    CONSTRAINT sending_paces_pkey PRIMARY KEY (key)
);
ALTER TABLE sms_accounts ADD COLUMN per_minute integer;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.directory(
        "provider_health",
        reason="a provider that is down is down for every tenant, and is tried by one of them",
        grants=["SELECT", "INSERT", "UPDATE (failures, opened, open_until, last_error, changed_at)"],
    )
    op.directory(
        "sending_paces",
        reason="a provider takes so much from all tenants together",
        grants=["SELECT", "INSERT", "UPDATE (free_at)"],
    )


def downgrade() -> None:
    op.execute("ALTER TABLE sms_accounts DROP COLUMN per_minute")
    op.execute("DROP TABLE sending_paces")
    op.execute("DROP TABLE provider_health")
