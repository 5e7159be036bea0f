"""Watching every statement that the application sends: each walled table in it must name the tenant."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any
from weakref import WeakKeyDictionary

import psycopg

from app.core.db import Base
from app.core.origin import NOWHERE, current_origin
from tenants import hot_lane
from tenants.ownership import TenantOwned

_KEYWORDS = {
    "", "as", "on", "where", "set", "join", "left", "right", "inner", "outer", "cross", "full", "order",
    "group", "limit", "using", "values", "returning", "for", "default", "union", "having", "offset", "fetch",
    "natural", "select", "do", "and", "or", "window",
}  # fmt: skip
_LITERAL = re.compile(r"'(?:[^']|'')*'")


def walled_tables() -> frozenset[str]:
    """The tables behind the wall, as the models say; another test holds them against the database."""
    return frozenset(
        mapper.local_table.name  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, TenantOwned)
    )


@lru_cache(maxsize=20_000)
def nameless(statement: str, walled: frozenset[str]) -> tuple[str, ...]:
    """The walled tables that a statement touches without naming the tenant."""
    text = re.sub(r'["\s]+', " ", _LITERAL.sub("''", statement))
    bare = len(re.findall(r"(?<![\w.])tenant_id *=", text, re.IGNORECASE))
    missing = []
    for table, alias, written in _touched(text, walled):
        if _fills_the_tenant(text, table) if written else _names_the_tenant(text, alias):
            continue
        # A condition without a table's name serves one table without another name.
        if not written and alias == table and bare:
            bare -= 1
        else:
            missing.append(table)
    return tuple(missing)


def _touched(text: str, walled: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """Each place where a walled table is read or written: its name, its alias, and whether by INSERT."""
    tables = "|".join(sorted(walled))
    place = rf"(?<![\w.:])(?:public\.)?({tables})(?![\w.])(?: (?:AS )?(\w+))?"
    for match in re.finditer(place, text, re.IGNORECASE):
        before = text[: match.start()].rstrip().lower()
        if before.endswith(("from", "join", "into", "update", "using", "only", ",")):
            table, alias = match[1].lower(), (match[2] or "").lower()
            yield table, table if alias in _KEYWORDS else alias, before.endswith("into")


def _fills_the_tenant(text: str, table: str) -> bool:
    columns = re.search(rf"INTO (?:public\.)?{table} (?:AS \w+ )?\(([^)]*)\)", text, re.IGNORECASE)
    return columns is not None and "tenant_id" in re.findall(r"\w+", columns[1])


def _names_the_tenant(text: str, alias: str) -> bool:
    said = rf"\b{alias}\.tenant_id *(?:=|IN\b)|= *{alias}\.tenant_id\b"
    return re.search(said, text, re.IGNORECASE) is not None


# Tables whose changes need no line in the trail: how things are done, not what was done.
MACHINERY = {
    "agenda", "audit_chains", "audit_seals", "blobs", "idempotency_keys", "user_sessions", "refresh_tokens",
    "deliveries", "notifications", "jobs", "job_rows", "bulk_rows", "import_links", "saved_view_choices",
    "webhook_deliveries", "webhook_attempts", "delivery_references", "delivery_receipts", "outreach_messages",
    "outreach_tries", "outreach_clicks", "sms_replies", "sms_filings", "sms_inquiries", "campaign_people",
    "operators", "operator_sessions", "operator_deeds", "outbox_gauges", "message_usage", "usage_gauges",
    "outbox_samples",
}  # fmt: skip
_WRITES = re.compile(
    r'\b(?:INSERT INTO|(?<!FOR )UPDATE|DELETE FROM) (?:ONLY )?(?:public\.)?"?(\w+)"?', re.IGNORECASE
)
# That a user was here or has read something, that a customer has read it again, when the next birthday falls,
# and when to remind again is no change of the record.
_NO_CHANGE = re.compile(
    r"UPDATE (?:(?:users SET last_seen|approval_copies SET read)_at=[^,]* WHERE"
    r"|quote_links SET last_opened_at=[^,]*, opens=[^,]* WHERE"
    r"|contacts r SET next_birthday = v\.day"
    r"|tasks r SET remind_at = v\.moment) "
)


def written(statement: str) -> set[str]:
    """The tables that a statement changes."""
    return set() if _NO_CHANGE.match(statement) else set(_WRITES.findall(_LITERAL.sub("''", statement)))


def untold(tables: set[str]) -> set[str]:
    """Of the tables that a transaction wrote, those whose change nobody will find in the trail."""
    return set() if "audit_records" in tables else (tables - MACHINERY) & walled_tables()


class Watch:
    """Listens to every cursor of the application, and collects the statements that break the rule."""

    def __init__(self) -> None:
        self.offences: list[tuple[tuple[str, ...], str]] = []
        self.listeners: list[list[str]] = []
        self._walled: frozenset[str] = frozenset()
        self._ours: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()
        self._written: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
        self._paused = False

    def start(self) -> None:
        """Listen below SQLAlchemy, because hot reads speak to the driver."""
        self._walled = walled_tables()
        for name in ("execute", "executemany"):
            setattr(psycopg.Cursor, name, self._listening(getattr(psycopg.Cursor, name)))
        for name in ("commit", "rollback"):
            setattr(psycopg.Connection, name, self._ending(getattr(psycopg.Connection, name)))
        hot_lane.ask = self._asking(hot_lane.ask)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """For statements of a test itself on a connection of the application."""
        self._paused = True
        try:
            yield
        finally:
            self._paused = False

    def _listening(self, run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def listen(cursor: Any, query: Any, *arguments: Any, **options: Any) -> Any:
            if not self._paused and self._is_ours(cursor.connection):
                statement = query.decode() if isinstance(query, bytes) else str(query)
                self._hear(statement)
                self._written.setdefault(cursor.connection, set()).update(written(statement))
            return run(cursor, query, *arguments, **options)

        return listen

    def _asking(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        """The fast lane goes below the cursors."""

        @wraps(ask)
        def listen(connection: Any, entry: Any, text: str = "", *arguments: Any, **options: Any) -> Any:
            if text and not self._paused:
                self._hear(text)
            return ask(connection, entry, text, *arguments, **options)

        return listen

    def _ending(self, run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def end(connection: Any) -> Any:
            tables = self._written.pop(connection, set())
            # What a test itself writes, outside of any request or task, needs no trail.
            if run.__name__ == "commit" and current_origin() is not NOWHERE and untold(tables):
                self.offences.append((tuple(sorted(tables)), "committed without a line in the trail"))
            return run(connection)

        return end

    def _hear(self, statement: str) -> None:
        if tables := nameless(statement, self._walled):
            self.offences.append((tables, statement))
        if not statement.startswith("BEGIN"):
            for statements in self.listeners:
                statements.append(statement)

    def _is_ours(self, connection: Any) -> bool:
        if connection not in self._ours:
            name = connection.info.get_parameters().get("application_name")
            self._ours[connection] = name == "guanxi"
        return self._ours[connection]


watch = Watch()


@contextmanager
def sent() -> Iterator[list[str]]:
    """The statements that the application sends meanwhile; what opens a transaction is not among them."""
    statements: list[str] = []
    watch.listeners.append(statements)
    try:
        yield statements
    finally:
        watch.listeners.remove(statements)
