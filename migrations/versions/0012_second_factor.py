"""A second factor at sign-in: one-time passwords, recovery codes, and roles that demand it."""

from alembic import op

from migrations import ops

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE person_totps (
    person_id uuid NOT NULL,
    secret bytea NOT NULL,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL,
    CONSTRAINT person_totps_pkey PRIMARY KEY (person_id),
    CONSTRAINT person_totps_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons (id)
);
CREATE TABLE recovery_codes (
    person_id uuid NOT NULL,
    digest bytea NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (person_id, digest),
    CONSTRAINT recovery_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES persons (id)
);
ALTER TABLE roles ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT false;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.directory(
        "person_totps",
        reason="a person signs in before any tenant is entered, and may belong to several",
        grants=["SELECT", "INSERT", "UPDATE (secret, created_at, confirmed_at, last_step)", "DELETE"],
    )
    op.directory(
        "recovery_codes",
        reason="a person signs in before any tenant is entered, and may belong to several",
        grants=["SELECT", "INSERT", "UPDATE (used_at)", "DELETE"],
    )


def downgrade() -> None:
    op.execute("ALTER TABLE roles DROP COLUMN requires_second_factor")
    op.execute("DROP TABLE recovery_codes")
    op.execute("DROP TABLE person_totps")
