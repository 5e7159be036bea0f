"""The search index holds numbers in place of letters: half the room, half the time to write, and no names."""

from collections.abc import Iterator, Sequence
from hashlib import md5
from uuid import UUID
from zlib import crc32

import orjson
from alembic import op
from alembic.util import CommandError
from sqlalchemy import Connection, text

from migrations import ops

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

PORTION = 5000
LETTERS = (
    "SELECT kind, record_id, grams FROM search_grams "
    "WHERE tenant_id = :tenant AND (kind, record_id) > (:kind, :record_id) "
    "ORDER BY kind, record_id LIMIT :portion"
)
NUMBERED = (
    "INSERT INTO search_entries (tenant_id, kind, record_id, grams) "
    "SELECT tenant_id, kind, record_id, grams "
    "FROM json_populate_recordset(CAST(NULL AS search_entries), CAST(:rows AS json))"
)
TABLES = """
CREATE TABLE search_entries (
    tenant_id bigint NOT NULL,
    kind text NOT NULL,
    record_id uuid NOT NULL,
    grams integer[] NOT NULL,
    CONSTRAINT search_entries_pkey PRIMARY KEY (tenant_id, kind, record_id)
);
"""
NOBODY_YET = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM tenants) THEN
        RAISE EXCEPTION 'what is indexed is taken over by running this migration, not by its statements';
    END IF;
END $$
"""
INDEX = "CREATE INDEX search_entries_tenant_id_grams_idx ON search_entries USING gin (tenant_id, grams)"

# As the function before it, this passes the wall for one table, names the tenant itself, and gives only ids.
# What is asked for is mixed with tenant and kind here, whatever the caller says. "+ 0" keeps the planner
# from intersecting with "all rows of the tenant" in the index, which takes ten times as long.
CANDIDATES = f"""
CREATE OR REPLACE FUNCTION search_candidates(p_kind text, p_needles text[], p_cap integer)
RETURNS TABLE (record_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here bigint := {ops.HERE};
    salt integer := ('x' || left(md5(here || p_kind), 8))::bit(32)::integer;
    needle text;
    wanted integer[];
BEGIN
    FOREACH needle IN ARRAY p_needles LOOP
        wanted := ARRAY(SELECT gram # salt FROM unnest(string_to_array(needle, ',')::integer[]) AS gram);
        RETURN QUERY
        SELECT g.record_id FROM public.search_entries g
        WHERE g.tenant_id + 0 = here AND g.grams @> wanted
        LIMIT p_cap;
    END LOOP;
END $$
"""


def upgrade() -> None:
    ops.run(op, TABLES)
    op.wall("search_entries")
    op.distribute("search_entries")
    if op.get_context().as_sql:
        # Letters become numbers here, not in the database: printed, it is for where nothing is indexed.
        op.execute(NOBODY_YET)
    else:
        _number_all(op.get_bind())
    op.execute(INDEX)
    _open_search()
    # Nothing else reads it, and all of it was taken over.
    op.execute("-- squawk-ignore ban-drop-table\nDROP TABLE search_grams")


def _number_all(connection: Connection) -> None:
    """Take over what is indexed, tenant by tenant, within its walls."""
    for (tenant_id,) in connection.execute(text("SELECT id FROM tenants ORDER BY id")).fetchall():
        ops.stand_in(connection, tenant_id)
        for rows in _portions(connection, tenant_id):
            sent = orjson.dumps([_numbered(tenant_id, *row) for row in rows]).decode()
            connection.execute(text(NUMBERED), {"rows": sent})
    ops.stand_in(connection, None)


def _portions(connection: Connection, tenant_id: int) -> Iterator[Sequence[tuple[str, UUID, list[str]]]]:
    kind, record_id = "", UUID(int=0)
    while True:
        place = {"tenant": tenant_id, "kind": kind, "record_id": record_id, "portion": PORTION}
        rows = [(row[0], row[1], row[2]) for row in connection.execute(text(LETTERS), place)]
        if not rows:
            return
        yield rows
        kind, record_id, _ = rows[-1]


def _numbered(tenant_id: int, kind: str, record_id: UUID, grams: Sequence[str]) -> dict[str, object]:
    prefix = f"{tenant_id}{kind}"
    salt = int.from_bytes(md5(prefix.encode(), usedforsecurity=False).digest()[:4], "big", signed=True)
    numbers = [(crc32(gram[len(prefix) :].encode()) - 2**31) ^ salt for gram in grams]
    return {"tenant_id": tenant_id, "kind": kind, "record_id": record_id, "grams": numbers}


def _open_search() -> None:
    op.execute(f"GRANT SELECT ON search_entries TO {ops.SEARCH_ROLE}")
    op.execute(f"CREATE POLICY search_reads ON search_entries FOR SELECT TO {ops.SEARCH_ROLE} USING (true)")
    # Only whose function it is may change it, and only who may create one.
    op.execute(f"GRANT CREATE ON SCHEMA public TO {ops.SEARCH_ROLE}")
    op.execute(f"SET LOCAL ROLE {ops.SEARCH_ROLE}")
    op.execute(CANDIDATES)
    op.execute("RESET ROLE")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {ops.SEARCH_ROLE}")


def downgrade() -> None:
    raise CommandError("the letters are not kept; go back by restoring a backup")
