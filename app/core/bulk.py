"""Writing many rows with one statement.

Those to insert travel as one JSON text, which the server spreads out: one row a message, as drivers do it,
costs five times more.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import datetime
from functools import lru_cache
from time import sleep
from typing import Any, Protocol
from uuid import UUID

import orjson
from sqlalchemy import update

from app.core.db import Base, db

_Insert = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A table, the columns that are given, and the key under which rows are replaced."""
_GATHERED = "gathered_inserts"
_ON_ITS_WAY = "inserts_on_their_way"


def insert_many(
    model: type[Base], rows: Sequence[Mapping[str, Any]], *, replacing: tuple[str, ...] = ()
) -> None:
    """Insert rows of one model; columns that no row names keep their database default.

    :param rows: values by column name, the same names in each row, the tenant among them
    :param replacing: the columns of a unique key; rows that are there under it are replaced
    """
    if not rows:
        return
    # What is empty need not travel: the server reads half as much, which is most of its work.
    filled = [{name: value for name, value in row.items() if value is not None} for row in rows]
    insert, sent = (model.__tablename__, tuple(rows[0]), replacing), orjson.dumps(filled).decode()
    gathered = db.session.info.get(_GATHERED)
    if gathered is None:
        _send([(insert, sent)])
    else:
        gathered.append((insert, sent))


class Versioned(Protocol):
    """A record that counts how often it was changed."""

    @property
    def id(self) -> UUID: ...  # noqa: D102


def put_into(model: type[Base], records: Sequence[Versioned], values: Mapping[str, Any]) -> None:
    """Give the same values to records of one model, each of which gets a new version, in one statement.

    What they hold is read anew when it is next asked for: make lines for the trail of it before.
    """
    rows: Any = model
    db.session.execute(
        update(rows)
        .where(rows.id.in_([record.id for record in records]))
        .values(**values, version=rows.version + 1)
        .execution_options(synchronize_session=False)
    )
    for record in records:
        db.session.expire(record)


def rewrite(model: type[Base], rows: Sequence[Mapping[str, Any]], *, tenant_id: int, at: datetime) -> None:
    """Give records of one model other values, each its own and a new version, in one statement.

    :param rows: an `id` and values by column name, the same names in each row
    :param at: when they are changed
    """
    if not rows:
        return
    db.session.flush()
    params = {"tenant": tenant_id, "at": at, "rows": orjson.dumps(rows).decode()}
    columns = tuple(name for name in rows[0] if name != "id")
    db.session.connection().exec_driver_sql(_rewriting(model.__tablename__, columns), params)


@lru_cache(maxsize=64)
def _rewriting(table: str, columns: tuple[str, ...]) -> str:
    # Names of our own tables and columns, never a caller's text.
    return (
        f"UPDATE {table} r SET {', '.join(f'{name} = v.{name}' for name in columns)}, "  # noqa: S608
        "version = r.version + 1, updated_at = %(at)s "
        f"FROM json_populate_recordset(CAST(NULL AS {table}), CAST(%(rows)s AS json)) v "
        "WHERE r.tenant_id = %(tenant)s AND r.id = v.id"
    )


@contextmanager
def at_once() -> Iterator[None]:
    """Gather the `insert_many` of the block, and send them at its end as one statement: one round trip.

    Until then nothing in the block can read those rows.
    """
    if _GATHERED in db.session.info:
        yield  # part of a larger one
        return
    gathered: list[tuple[_Insert, str]] = []
    db.session.info[_GATHERED] = gathered
    try:
        yield
    finally:
        del db.session.info[_GATHERED]
    if gathered:
        _send(gathered)


@contextmanager
def meanwhile() -> Iterator[None]:
    """Let what is inserted in the block travel while the block goes on; at its end all of it has arrived.

    While the server writes some rows, the next are made ready: two cores work. Whatever else the block
    asks the database waits its turn, and sees what was sent before it.
    """
    if _ON_ITS_WAY in db.session.info:
        yield  # part of a larger one
        return
    with ThreadPoolExecutor(1) as thread:
        sender = db.session.info[_ON_ITS_WAY] = _Sender(thread)
        try:
            yield
        finally:
            del db.session.info[_ON_ITS_WAY]
            sender.wait()


class _Sender:
    """Sends statements one after the other, the next when the one before has arrived."""

    def __init__(self, thread: ThreadPoolExecutor) -> None:
        self._thread = thread
        self._last: Future[Any] | None = None

    def send(self, connection: Any, statement: str, rows: Mapping[str, str]) -> None:
        """Send a statement as soon as the one before has arrived."""
        self.wait()
        # To the driver, whose lock lets several threads use a connection in turn.
        self._last = self._thread.submit(copy_context().run, connection.execute, statement, rows)
        # Whatever is asked next must come behind it, and would not if the thread had not yet begun.
        while not (connection.lock.locked() or self._last.done()):
            sleep(0)

    def wait(self) -> None:
        """Wait until the last has arrived.

        :raises psycopg.Error: if the server refused it
        """
        last, self._last = self._last, None
        if last is not None:
            last.result()


def _send(inserts: Sequence[tuple[_Insert, str]]) -> None:
    statement = _statement(tuple(insert for insert, _ in inserts))
    rows = {f"rows{i}": sent for i, (_, sent) in enumerate(inserts)}
    # Below the ORM, which would compile the statement and look for rows to filter each time.
    connection = db.session.connection()
    sender: _Sender | None = db.session.info.get(_ON_ITS_WAY)
    if sender is None:
        connection.exec_driver_sql(statement, rows)
    else:
        sender.send(connection.connection.driver_connection, statement, rows)


@lru_cache(maxsize=256)
def _statement(inserts: tuple[_Insert, ...]) -> str:
    *others, last = [_one(insert, f"rows{i}") for i, insert in enumerate(inserts)]
    first = ", ".join(f"made{i} AS ({other})" for i, other in enumerate(others))
    return f"WITH {first} {last}" if first else last


def _one(insert: _Insert, given: str) -> str:
    # Names of our own tables and columns, never a caller's text.
    table, columns, key = insert
    names = ", ".join(columns)
    statement = (
        f"INSERT INTO {table} ({names}) SELECT {names} "  # noqa: S608
        f"FROM json_populate_recordset(CAST(NULL AS {table}), CAST(%({given})s AS json))"
    )
    if key:
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
        statement += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    return statement
