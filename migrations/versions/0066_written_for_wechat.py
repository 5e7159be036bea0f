"""Templates can be written for WeChat, too: whoever carries that way can be registered."""

from alembic import op

from migrations import ops

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

# Rows that are there were checked more strictly: nothing is to be looked through.
WIDER = """
ALTER TABLE message_templates DROP CONSTRAINT message_templates_way_check;
ALTER TABLE message_templates ADD CONSTRAINT message_templates_way_check
    CHECK (way IN ('sms', 'mail', 'wechat')) NOT VALID;
"""
NARROWER = """
DELETE FROM message_templates WHERE way = 'wechat';
ALTER TABLE message_templates DROP CONSTRAINT message_templates_way_check;
ALTER TABLE message_templates ADD CONSTRAINT message_templates_way_check
    CHECK (way IN ('sms', 'mail')) NOT VALID;
"""


def upgrade() -> None:
    ops.run(op, WIDER)


def downgrade() -> None:
    ops.run(op, NARROWER)
