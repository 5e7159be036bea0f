"""Whatever points to a record goes along when it is merged, and comes back when that is undone.

The cases are found by themselves: every foreign key to customers and contacts in the database, and every
table that names records by type and id. A later table falls under it without being named here.
"""

from typing import Any
from uuid import UUID

import pytest

from tests.support.store import Row, Store
from tests.support.world import World

FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text AS "table", a.attname AS "column",
    EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indisprimary
        AND a.attnum = ANY (i.indkey)) AS part
FROM pg_constraint c JOIN LATERAL unnest(c.conkey) WITH ORDINALITY k (num, at) ON true
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.num
WHERE c.contype = 'f' AND c.confrelid = %s::regclass AND a.attname <> 'tenant_id'
ORDER BY 1, 2
"""
BY_TYPE = """
SELECT table_name AS "table" FROM information_schema.columns WHERE table_schema = 'public'
GROUP BY table_name HAVING array_agg(column_name::text) @> ARRAY['record_type', 'record_id']
"""
# Its own place in the chain is how a merge is known.
THE_MERGE_ITSELF = "merged_into_id"


def keys(store: Store, table: str, *, part: bool) -> list[Row]:
    """The columns that point to a table: what belongs to its rows (`part`), or what refers to them."""
    found = [row for row in store.rows(FOREIGN_KEYS, table) if row["column"] != THE_MERGE_ITSELF]
    # What ties two such records to each other has tests of its own.
    between = {row["table"] for row in found if sum(one["table"] == row["table"] for one in found) > 1}
    assert between <= {"contact_relationships"}
    return [row for row in found if row["part"] is part and row["table"] not in between]


def send(world: World, method: str, path: str, json: Any = None) -> Any:
    token = {"Authorization": f"Bearer {world.admin.token}"}
    client = world.app.test_client(use_cookies=False)
    answer = client.open(f"/api/v1{path}", method=method, json=json, headers=token)
    assert answer.status_code < 300, answer.json
    return answer.json


def two(world: World, word: str) -> tuple[str, str]:
    made = [send(world, "POST", f"/{word}s", {"name": f"Tamarind {n}"})["id"] for n in ("a", "b")]
    return made[0], made[1]


def point(world: World, store: Store, word: str, loser: str) -> dict[str, str]:
    """Let a row of each table point to the loser; gives the row by table and column."""
    rows = {}
    for key in keys(store, f"{word}s", part=False):
        table, column = key["table"], key["column"]
        found = store.rows(
            f"SELECT id FROM {table} WHERE tenant_id = %s AND id <> %s", world.tenant_id, loser
        )
        others = [row["id"] for row in found if str(row["id"]) not in set(rows.values())]
        assert others, f"there is no row in {table} to point with: let tests/support/world.py make one"
        rows[f"{table}.{column}"] = str(others[0])
        changed = f"UPDATE {table} SET {column} = %s WHERE tenant_id = %s AND id = %s"
        store.rows(changed, UUID(loser), world.tenant_id, others[0])
    for row in store.rows(BY_TYPE):
        table = row["table"]
        found = store.rows(f"SELECT id FROM {table} WHERE tenant_id = %s LIMIT 1", world.tenant_id)
        assert found, f"there is no row in {table} to hang on a record"
        rows[f"{table}.record_id"] = str(found[0]["id"])
        changed = f"UPDATE {table} SET record_type = %s, record_id = %s WHERE tenant_id = %s AND id = %s"
        store.rows(changed, word, UUID(loser), world.tenant_id, found[0]["id"])
    return rows


def pointing(world: World, store: Store, rows: dict[str, str]) -> dict[str, str]:
    """Where each of these rows points now."""
    found = {}
    for place, row in rows.items():
        table, _, column = place.partition(".")
        query = f"SELECT {column} AS to FROM {table} WHERE tenant_id = %s AND id = %s"
        found[place] = str(store.rows(query, world.tenant_id, UUID(row))[0]["to"])
    return found


@pytest.mark.parametrize("word", ["customer", "contact"])
def test_all_that_points_to_a_record_goes_along_and_comes_back(world: World, store: Store, word: str) -> None:
    with world.copy() as copy:
        master, loser = two(copy, word)
        rows = point(copy, store, word, loser)
        assert set(pointing(copy, store, rows).values()) == {loser}
        records = [
            {"id": one, "version": copy.store.version(f"{word}s", copy.tenant_id, one)}
            for one in (master, loser)
        ]
        sent = {"type": word, "master_id": master, "records": records}
        merge = send(copy, "POST", "/merges", sent)
        assert pointing(copy, store, rows) == dict.fromkeys(rows, master)
        undone = send(copy, "POST", f"/merges/{merge['id']}/undo")
        assert undone["left_over"] == []
        assert pointing(copy, store, rows) == dict.fromkeys(rows, loser)


def test_every_foreign_key_is_declared(store: Store) -> None:
    """What is not, would stay behind; the test above would say so, less plainly."""
    from app.records import references

    for word in ("customer", "contact"):
        declared = {one.place for one in references.to(word)}
        known = {f"{key['table']}.{key['column']}" for key in keys(store, f"{word}s", part=False)}
        assert known <= declared
        assert {f"{row['table']}.record_id" for row in store.rows(BY_TYPE)} <= declared
