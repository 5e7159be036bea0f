"""How quotes look on paper."""

from alembic import op

from migrations import ops

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE paper_layouts (
    tenant_id bigint NOT NULL,
    id uuid NOT NULL,
    version integer NOT NULL,
    name text NOT NULL,
    is_default boolean NOT NULL,
    locale text NOT NULL,
    heading text,
    company text,
    address text,
    phone text,
    tax_number text,
    bank text,
    footer text,
    colour text NOT NULL,
    columns jsonb NOT NULL,
    capitals boolean NOT NULL,
    mail_subject text,
    mail_text text,
    logo bytea,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT paper_layouts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT paper_layouts_tenant_id_name_key UNIQUE (tenant_id, name),
    CONSTRAINT paper_layouts_locale_check CHECK (locale IN ('zh-CN', 'en')),
    CONSTRAINT paper_layouts_colour_check CHECK (colour ~ '^#[0-9A-Fa-f]{6}$')
);
CREATE UNIQUE INDEX paper_layouts_tenant_id_is_default_idx ON paper_layouts (tenant_id) WHERE is_default;
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("paper_layouts")
    op.distribute("paper_layouts")


def downgrade() -> None:
    op.execute("DROP TABLE paper_layouts")
