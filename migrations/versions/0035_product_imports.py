"""Files of products can be brought in, too."""

from alembic import op

from migrations import ops

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

# Rows that are there were checked more strictly: nothing is to be looked through.
WIDER = """
ALTER TABLE imports DROP CONSTRAINT imports_type_check;
ALTER TABLE imports ADD CONSTRAINT imports_type_check
    CHECK (type IN ('customer', 'contact', 'product')) NOT VALID;
ALTER TABLE import_effects DROP CONSTRAINT import_effects_kind_check;
ALTER TABLE import_effects ADD CONSTRAINT import_effects_kind_check
    CHECK (kind IN ('customer', 'contact', 'product')) NOT VALID;
ALTER TABLE import_mappings DROP CONSTRAINT import_mappings_type_check;
ALTER TABLE import_mappings ADD CONSTRAINT import_mappings_type_check
    CHECK (type IN ('customer', 'contact', 'product')) NOT VALID;
"""
NARROWER = """
DELETE FROM imports WHERE type = 'product';
DELETE FROM import_mappings WHERE type = 'product';
ALTER TABLE imports DROP CONSTRAINT imports_type_check;
ALTER TABLE imports ADD CONSTRAINT imports_type_check CHECK (type IN ('customer', 'contact')) NOT VALID;
ALTER TABLE import_effects DROP CONSTRAINT import_effects_kind_check;
ALTER TABLE import_effects ADD CONSTRAINT import_effects_kind_check
    CHECK (kind IN ('customer', 'contact')) NOT VALID;
ALTER TABLE import_mappings DROP CONSTRAINT import_mappings_type_check;
ALTER TABLE import_mappings ADD CONSTRAINT import_mappings_type_check
    CHECK (type IN ('customer', 'contact')) NOT VALID;
"""


def upgrade() -> None:
    ops.run(op, WIDER)


def downgrade() -> None:
    ops.run(op, NARROWER)
