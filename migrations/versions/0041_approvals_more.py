"""What is signed by hand with a decision."""

from alembic import op

from migrations import ops

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

SIGNATURES = """
CREATE TABLE approval_signatures (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    approval_id uuid NOT NULL,
    user_id uuid NOT NULL,
    picture bytea NOT NULL CHECK (octet_length(picture) < 150000),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, approval_id) REFERENCES approvals (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
);
CREATE INDEX approval_signatures_of_approval ON approval_signatures (tenant_id, approval_id);
CREATE INDEX approval_signatures_of_user ON approval_signatures (tenant_id, user_id);
"""
TABLES = ("approval_signatures",)


def upgrade() -> None:
    ops.run(op, SIGNATURES)
    for table in TABLES:
        op.wall(table, rights="SELECT, INSERT")
        op.distribute(table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
