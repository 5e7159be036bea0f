"""One page of a list, as one statement whose text depends only on the shape of the question.

The statement names the tenant, walks an index in the order asked for, and takes one row more than shown, so
that it knows whether there is a next page. It runs on the driver's connection: the same text becomes a
prepared statement, planned once.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.filters import Condition, Fields
from app.core.keyset import After, Sort, write_cursor
from app.core.search import Query
from app.lists.scopes import Branch, Reach
from tenants.hot_lane import Lane

CAP = 1001
"""A search with more candidates than this is a common one."""
COUNT_CAP = 10_001
_SHAPES = 2000
_REMEMBERED = 20_000
_COMMON_SECONDS = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """How a resource is listed; its rows are `r` in all SQL."""

    table: str
    kind: str
    """Its kind in the search index."""
    columns: Callable[[Reach], str]
    """What a row shows to whom. The first column must be the id, as text."""
    sorts: Mapping[str, Sort]
    default_sort: str
    fields: Fields
    live: str = "r.deleted_at IS NULL"
    searchable: bool = True
    """Whether its rows have search keys."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller wants of a list."""

    sort: Sort
    limit: int
    after: After | None = None
    query: Query | None = None
    condition: Condition = field(default_factory=Condition)
    total: bool = False
    best_first: bool = False
    """Names that begin with what is searched for come first; such a question has no next page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows as the listing's columns say, and the cursor of the next page."""

    rows: Sequence[tuple[Any, ...]]
    next_cursor: str | None


_texts: dict[tuple[object, ...], str] = {}
_common: dict[tuple[object, ...], float] = {}


def fetch(connection: Any, listing: Listing, reach: Reach, asked: Asked, tenant_id: int) -> Page:
    """One page.

    :param connection: a psycopg connection inside the tenant's walls
    """
    params = bind(reach, asked, tenant_id)
    needles = asked.query.needles if asked.query else None
    if needles is None:
        return _page(_walk(connection, listing, reach, asked, params), asked)
    key = (tenant_id, listing.kind, *needles)
    if _common.get(key, 0.0) < time.monotonic():
        rows, candidates = _found(connection, listing, reach, asked, {**params, "needles": needles})
        if candidates < CAP:
            return _page(rows, asked)
        if len(_common) >= _REMEMBERED:
            _common.clear()
        _common[key] = time.monotonic() + _COMMON_SECONDS
    # So common that the rows wanted are soon met when walking the list in its own order.
    return _page(_walk(connection, listing, reach, asked, params), asked)


def bind(reach: Reach, asked: Asked, tenant_id: int) -> dict[str, Any]:
    """The values of a question's statement."""
    params: dict[str, Any] = {"tenant": tenant_id, **reach.params, **asked.condition.params}
    if asked.query:
        params.update({f"word{i}": word.patterns for i, word in enumerate(asked.query.words)})
        if asked.best_first:
            params["beginnings"] = asked.query.words[0].beginnings
    if asked.after:
        params.update(after_value=asked.after.value, after_id=asked.after.id)
    return params


def _page(rows: Sequence[tuple[Any, ...]], asked: Asked) -> Page:
    if len(rows) <= asked.limit:
        return Page(rows, None)
    last = rows[asked.limit - 1]
    return Page(rows[: asked.limit], write_cursor(asked.sort, last[-1], last[0]))


def _walk(
    connection: Any, listing: Listing, reach: Reach, asked: Asked, params: Mapping[str, Any]
) -> Sequence[tuple[Any, ...]]:
    text = _text("walk", listing, reach, asked)
    return run(connection, text, params, by_value=asked.condition.ranged)


def _found(
    connection: Any, listing: Listing, reach: Reach, asked: Asked, params: Mapping[str, Any]
) -> tuple[Sequence[tuple[Any, ...]], int]:
    rows = run(connection, _text("found", listing, reach, asked), params, by_value=False)
    # The count of candidates stands in front of every row, and of one empty row if there is none.
    return [row[1:] for row in rows if row[1] is not None], rows[0][0]


def run(
    connection: Any, text: str, params: Mapping[str, Any], *, by_value: bool = False
) -> Sequence[tuple[Any, ...]]:
    """Run a hot statement.

    :param by_value: whether its plan depends on the values, so that it must be planned anew
    """
    if isinstance(connection, Lane):
        return connection.ask(text, params, by_value=by_value)
    rows: Sequence[tuple[Any, ...]] = connection.execute(text, params).fetchall()
    return rows


def _text(way: str, listing: Listing, reach: Reach, asked: Asked) -> str:
    words = len(asked.query.words) if asked.query else 0
    shape = (way, listing, reach.shape, asked.sort.token, asked.limit, asked.after is None)
    key = (*shape, asked.best_first, asked.condition.sql, words)
    text = _texts.get(key)
    if text is None:
        if len(_texts) >= _SHAPES:
            _texts.clear()
        write = _write_found if way == "found" else _write_walk
        text = _texts[key] = write(listing, reach, asked)
    return text


def conditions(listing: Listing, reach: Reach, asked: Asked) -> str:
    """Everything asked of a row but the scope and the place, as SQL."""
    words = range(len(asked.query.words) if asked.query else 0)
    return both(
        "r.tenant_id = %(tenant)s",
        listing.live,
        reach.fill(asked.condition.sql),
        *(f"r.search_text LIKE ANY (%(word{i})s)" for i in words),
    )


def both(*parts: str) -> str:
    """Conditions that must all hold; empty ones ask for nothing."""
    return " AND ".join(part for part in parts if part)


def _write_walk(listing: Listing, reach: Reach, asked: Asked) -> str:
    order, limit = asked.sort.order, asked.limit + 1
    where = both(conditions(listing, reach, asked), asked.sort.beyond if asked.after else "")
    ends = f"ORDER BY {order} LIMIT {limit}"
    shown = f"{listing.columns(reach)}, {asked.sort.key.column}::text"
    if len(reach.branches) == 1 and not reach.branches[0].each:
        branch = reach.branches[0]
        return f"SELECT {shown} FROM {branch.source} WHERE {both(where, branch.where)} {ends}"
    parts = (_branch(branch, where, ends) for branch in reach.branches)
    return f"SELECT {shown} FROM ({' UNION ALL '.join(parts)}) r {ends}"


def _branch(branch: Branch, where: str, ends: str) -> str:
    rows = f"SELECT r.* FROM {branch.source} WHERE {both(where, branch.where)} {ends}"
    return f"(SELECT x.* FROM {branch.each} CROSS JOIN LATERAL ({rows}) x)" if branch.each else f"({rows})"


def _write_found(listing: Listing, reach: Reach, asked: Asked) -> str:
    where = both(
        conditions(listing, reach, asked), reach.predicate, asked.sort.beyond if asked.after else "",
    )  # fmt: skip
    first = "r.search_text LIKE ANY (%(beginnings)s) DESC, " if asked.best_first else ""
    order = first + asked.sort.order
    # The page is cut before its columns are written out: most of what is found is not shown.
    return (
        "WITH found AS MATERIALIZED ("
        f"SELECT DISTINCT record_id FROM public.search_candidates('{listing.kind}', %(needles)s, {CAP})) "
        "SELECT n.candidates, p.* FROM (SELECT count(*) AS candidates FROM found) n LEFT JOIN LATERAL ("
        f"SELECT {listing.columns(reach)}, {asked.sort.key.column}::text AS sort_value FROM ("
        f"SELECT r.* FROM {listing.table} r "
        f"WHERE r.id = ANY (ARRAY(SELECT record_id FROM found)) AND {where} "
        f"ORDER BY {order} LIMIT {asked.limit + 1}) r ORDER BY {order}) p ON true"
    )


def write_count(listing: Listing, reach: Reach, asked: Asked) -> str:
    """A count of everything asked for, that stops at the cap."""
    where = conditions(listing, reach, asked)
    parts = (
        f"(SELECT 1 FROM {all_of(branch)} WHERE {both(where, branch.where)} LIMIT {COUNT_CAP})"
        for branch in reach.branches
    )
    return f"SELECT count(*) FROM (SELECT 1 FROM ({' UNION ALL '.join(parts)}) u LIMIT {COUNT_CAP}) c"


def all_of(branch: Branch) -> str:
    """Where the rows of a branch come from."""
    return f"{branch.each} CROSS JOIN {branch.source}" if branch.each else branch.source
