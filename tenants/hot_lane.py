"""The fast lane: entering a tenant, checking the session and asking a question, all in one round trip.

The messages go to the server together (libpq's pipeline) and make up one transaction that ends by itself.
On a busy machine this takes a third of the time of three round trips: each of them wakes two processes up.
Only reads belong here.
"""

import re
import select
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]

_PATIENCE = 40_000
"""Milliseconds; the server's own time-out is shorter."""
_MOST_PREPARED = 200
_ENTER = b"SELECT user_id, tenant_state, access_version FROM public.enter($1, $2, $3)"


class Lane(ABC):
    """Something that answers hand-written questions inside a tenant's walls."""

    @abstractmethod
    def ask(self, text: str, params: Mapping[str, Any], *, by_value: bool = False) -> Sequence[Row]:
        """The rows of a statement with placeholders such as `%(tenant)s`.

        :param by_value: whether its plan depends on the values, so that it must be planned anew
        """


@dataclass(frozen=True, slots=True)
class Entry:
    """Whose house, and the session that opens it."""

    tenant_id: int
    session_id: UUID


def ask(
    connection: "psycopg.Connection[Any]",
    entry: Entry,
    text: str = "",
    params: Mapping[str, Any] | None = None,
    *,
    by_value: bool = False,
) -> tuple[Row | None, Sequence[Row]]:
    """Enter, check the session, and ask; without a text only the check is made.

    :param connection: in autocommit, idle; it is idle again afterwards
    :returns: the session's user, state and access version, or None if it has ended; and the rows, which
        must not be used before that has been looked at
    :raises psycopg.Error: from the database, or because the connection is lost
    """
    wire = _wires.get(connection)
    if wire is None:
        wire = _wires[connection] = _Wire(connection)
    checked, *rest = wire.converse(_questions(wire, entry, text, params or {}, by_value=by_value))
    return (checked[0] if checked else None), (rest[0] if rest else ())


@dataclass(frozen=True, slots=True)
class _Question:
    sql: bytes
    values: Sequence[Any]
    kept: bool


def _questions(
    wire: "_Wire", entry: Entry, text: str, params: Mapping[str, Any], *, by_value: bool
) -> list[_Question]:
    enter = [str(entry.tenant_id).encode(), str(entry.session_id).encode(), b"f" if by_value else b"t"]
    questions = [_Question(_ENTER, enter, kept=True)]
    if text:
        sql, names = _numbered(text)
        values = wire.written([params[name] for name in names])
        questions.append(_Question(sql, values, kept=not by_value))
    return questions


@lru_cache(maxsize=4096)
def _numbered(text: str) -> tuple[bytes, tuple[str, ...]]:
    """`%(name)s` as `$1`, and the names in that order."""
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        return f"${names.setdefault(match[1], len(names) + 1)}"

    return re.sub(r"%\((\w+)\)s", number, text).encode(), tuple(names)


class _Wire:
    """A connection as this module speaks over it: below psycopg's cursors, which would go one by one."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._pg = connection.pgconn
        self._transformer = Transformer(connection)
        self._poll = select.poll()
        self._poll.register(self._pg.socket, select.POLLIN)
        self._prepared: OrderedDict[bytes, bytes] = OrderedDict()
        self._count = 0

    def written(self, values: Sequence[Any]) -> Sequence[Any]:
        """Values as the server reads them; it knows their types from where they stand."""
        return self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def converse(self, questions: Sequence[_Question]) -> list[list[Row]]:
        """The rows of each question; all succeed, or the first fault is raised."""
        pg = self._pg
        pg.enter_pipeline_mode()
        try:
            fresh = {question.sql: name for question in questions if (name := self._send(question))}
            pg.pipeline_sync()
            while pg.flush():
                self._wait(select.POLLIN | select.POLLOUT)
            results, fault = self._results()
        except BaseException:
            # What is still under way cannot be told from the next answer.
            pg.finish()
            raise
        pg.exit_pipeline_mode()
        if fault is not None:
            raise error_from_result(fault)
        self._prepared.update(fresh)
        return [self._rows(result) for result in results if result.status == ExecStatus.TUPLES_OK]

    def _send(self, question: _Question) -> bytes | None:
        """Send a question; gives the name under which it was prepared, if it was only now."""
        if not question.kept:
            self._pg.send_query_params(question.sql, question.values)
            return None
        name = self._prepared.get(question.sql)
        if name is not None:
            self._prepared.move_to_end(question.sql)
            self._pg.send_query_prepared(name, question.values)
            return None
        if len(self._prepared) >= _MOST_PREPARED:
            _, oldest = self._prepared.popitem(last=False)
            self._pg.send_query_params(b"DEALLOCATE " + oldest, [])
        self._count += 1
        name = b"hot_%d" % self._count
        self._pg.send_prepare(name, question.sql)
        self._pg.send_query_prepared(name, question.values)
        return name

    def _results(self) -> tuple[list[PGresult], PGresult | None]:
        results: list[PGresult] = []
        fault: PGresult | None = None
        while True:
            while self._pg.is_busy():
                self._wait(select.POLLIN)
                self._pg.consume_input()
            result = self._pg.get_result()
            if result is None:
                continue
            if result.status == ExecStatus.PIPELINE_SYNC:
                return results, fault
            if result.status == ExecStatus.FATAL_ERROR:
                fault = fault or result
                if self._pg.status:
                    raise error_from_result(result)
            results.append(result)

    def _wait(self, events: int) -> None:
        self._poll.modify(self._pg.socket, events)
        if not self._poll.poll(_PATIENCE):
            raise psycopg.OperationalError("the server does not answer")

    def _rows(self, result: PGresult) -> list[Row]:
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)


_wires: "WeakKeyDictionary[psycopg.Connection[Any], _Wire]" = WeakKeyDictionary()
