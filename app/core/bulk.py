"""Inserting many rows with one statement: they travel as one JSON text, which the server spreads out.

One row a message, as drivers do it, costs five times more.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import TextClause, text

from app.core.db import Base, db


def insert_many(
    model: type[Base], rows: Sequence[Mapping[str, Any]], *, replacing: tuple[str, ...] = ()
) -> None:
    """Insert rows of one model; columns that no row names keep their database default.

    :param rows: values by column name, the same names in each row, the tenant among them
    :param replacing: the columns of a unique key; rows that are there under it are replaced
    """
    if rows:
        statement = _statement(model.__tablename__, tuple(rows[0]), replacing)
        db.session.execute(statement, {"rows": orjson.dumps(rows).decode()})


@lru_cache(maxsize=256)
def _statement(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> TextClause:
    # Names of our own tables and columns, never a caller's text.
    names = ", ".join(columns)
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {names} "  # noqa: S608
        f"FROM json_populate_recordset(CAST(NULL AS {table}), CAST(:rows AS json))"
    )
    if key:
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
        statement += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    return text(statement)
