"""Files of assets and of purchases can be brought in, too; purchases tell that they come from one."""

from alembic import op

from migrations import ops

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

# Rows that are there were checked more strictly: nothing is to be looked through.
WIDER = """
ALTER TABLE imports DROP CONSTRAINT imports_type_check;
ALTER TABLE imports ADD CONSTRAINT imports_type_check
    CHECK (type IN ('customer', 'contact', 'product', 'asset', 'purchase')) NOT VALID;
ALTER TABLE import_effects DROP CONSTRAINT import_effects_kind_check;
ALTER TABLE import_effects ADD CONSTRAINT import_effects_kind_check
    CHECK (kind IN ('customer', 'contact', 'product', 'asset', 'purchase')) NOT VALID;
ALTER TABLE import_mappings DROP CONSTRAINT import_mappings_type_check;
ALTER TABLE import_mappings ADD CONSTRAINT import_mappings_type_check
    CHECK (type IN ('customer', 'contact', 'product', 'asset', 'purchase')) NOT VALID;
ALTER TABLE purchases DROP CONSTRAINT purchases_source_check;
ALTER TABLE purchases ADD CONSTRAINT purchases_source_check
    CHECK (source IN ('hand', 'file', 'quote')) NOT VALID;
"""
NARROWER = """
DELETE FROM imports WHERE type IN ('asset', 'purchase');
DELETE FROM import_mappings WHERE type IN ('asset', 'purchase');
UPDATE purchases SET source = 'hand' WHERE source = 'file';
ALTER TABLE imports DROP CONSTRAINT imports_type_check;
ALTER TABLE imports ADD CONSTRAINT imports_type_check
    CHECK (type IN ('customer', 'contact', 'product')) NOT VALID;
ALTER TABLE import_effects DROP CONSTRAINT import_effects_kind_check;
ALTER TABLE import_effects ADD CONSTRAINT import_effects_kind_check
    CHECK (kind IN ('customer', 'contact', 'product')) NOT VALID;
ALTER TABLE import_mappings DROP CONSTRAINT import_mappings_type_check;
ALTER TABLE import_mappings ADD CONSTRAINT import_mappings_type_check
    CHECK (type IN ('customer', 'contact', 'product')) NOT VALID;
ALTER TABLE purchases DROP CONSTRAINT purchases_source_check;
ALTER TABLE purchases ADD CONSTRAINT purchases_source_check CHECK (source IN ('hand', 'quote')) NOT VALID;
"""


def upgrade() -> None:
    ops.run(op, WIDER)


def downgrade() -> None:
    ops.run(op, NARROWER)
