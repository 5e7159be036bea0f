"""In which language contacts are written to, and templates that say the same in another."""

from alembic import op

from migrations import ops

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

# Nothing stands in columns that are new: no row is to be looked through.
CHANGES = """
ALTER TABLE contacts ADD COLUMN language text;
ALTER TABLE contacts ADD CONSTRAINT contacts_language_check CHECK (language IN ('zh-CN', 'en')) NOT VALID;
ALTER TABLE message_templates ADD COLUMN twin_of_id uuid;
ALTER TABLE message_templates ADD CONSTRAINT message_templates_tenant_id_twin_of_id_fkey
    FOREIGN KEY (tenant_id, twin_of_id) REFERENCES message_templates (tenant_id, id) NOT VALID;
-- A company has some hundreds of templates at most.
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX message_templates_tenant_id_twin_of_id_locale_key
    ON message_templates (tenant_id, twin_of_id, locale);
"""


def upgrade() -> None:
    ops.run(op, CHANGES)


def downgrade() -> None:
    op.execute("ALTER TABLE message_templates DROP COLUMN twin_of_id")
    op.execute("ALTER TABLE contacts DROP COLUMN language")
