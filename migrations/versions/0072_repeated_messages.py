"""Which messages were sent once more by hand: what they came from has no say about them any more."""

from alembic import op

from migrations import ops

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

# What stands there meets the wider condition: no row is to be looked through.
WIDER = """
ALTER TABLE outreach_messages ADD COLUMN repeated_at timestamptz;
ALTER TABLE outreach_tries DROP CONSTRAINT outreach_tries_state_check;
ALTER TABLE outreach_tries ADD CONSTRAINT outreach_tries_state_check CHECK (
    state IN ('sending', 'sent', 'delivered', 'uncertain', 'failed', 'suppressed', 'expired', 'cancelled')
) NOT VALID;
"""
NARROWER = """
UPDATE outreach_tries SET state = 'suppressed' WHERE state = 'cancelled';
ALTER TABLE outreach_tries DROP CONSTRAINT outreach_tries_state_check;
ALTER TABLE outreach_tries ADD CONSTRAINT outreach_tries_state_check CHECK (
    state IN ('sending', 'sent', 'delivered', 'uncertain', 'failed', 'suppressed', 'expired')
) NOT VALID;
ALTER TABLE outreach_messages DROP COLUMN repeated_at;
"""


def upgrade() -> None:
    ops.run(op, WIDER)


def downgrade() -> None:
    ops.run(op, NARROWER)
