"""One page of a list, as one statement whose text depends only on the shape of the question.

The statement names the tenant, walks an index in the order asked for, and takes one row more than shown, so
that it knows whether there is a next page. It runs on the driver's connection: the same text becomes a
prepared statement, planned once.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.filter_sql import Condition
from app.core.filters import Fields, Shortlist
from app.core.keyset import After, Sort, write_cursor
from app.core.search import Query
from app.lists import asides
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
    entity: str = ""
    """As what kind of record it has custom fields, if it has."""


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
    for few in _shortlists(listing, reach, asked):
        key = (tenant_id, listing.table, *few.key)
        if _common.get(key, 0.0) < time.monotonic():
            rows, candidates = _found(connection, listing, reach, asked, few, {**params, **few.params})
            if candidates < (CAP if few.most is None else few.most):
                return _page(rows, asked)
            if len(_common) >= _REMEMBERED:
                _common.clear()
            _common[key] = time.monotonic() + _COMMON_SECONDS
    # So common that the rows wanted are soon met when walking the list in its own order.
    return _page(_walk(connection, listing, reach, asked, params), asked)


def _shortlists(listing: Listing, reach: Reach, asked: Asked) -> Iterator[Shortlist]:
    """The ways to find the rows of a question without walking the list, if they are few."""
    if asked.query is None:
        yield from asked.condition.shortlists
    elif (needles := asked.query.needles) is not None:
        sql = f"SELECT record_id FROM public.search_candidates('{listing.kind}', %(needles)s, {CAP})"
        yield Shortlist(sql, {"needles": needles}, tuple(needles))
    if asked.sort.key.aside and (scoped := asides.scoped(reach, listing.live)):
        yield scoped


def bind(reach: Reach, asked: Asked, tenant_id: int) -> dict[str, Any]:
    """The values of a question's statement."""
    params: dict[str, Any] = {"tenant": tenant_id, **reach.params, **asked.condition.params}
    if asked.query:
        params.update({f"word{i}": word.patterns for i, word in enumerate(asked.query.words)})
        if asked.best_first:
            params["beginnings"] = asked.query.words[0].beginnings
    if asked.sort.key.aside:
        params.update(asked.sort.key.aside.params)
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
    text = _text("", listing, reach, asked)
    bound = asides.bound(asked.sort, asked.condition)
    params = {**params, **bound.params} if bound else params
    return run(connection, text, params, by_value=asked.condition.ranged)


def _found(
    connection: Any, listing: Listing, reach: Reach, asked: Asked, few: Shortlist, params: Mapping[str, Any]
) -> tuple[Sequence[tuple[Any, ...]], int]:
    rows = run(connection, _text(few.sql, listing, reach, asked), params, by_value=False)
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


def _text(shortlist: str, listing: Listing, reach: Reach, asked: Asked) -> str:
    """:param shortlist: how candidates are found; empty to walk"""
    words = len(asked.query.words) if asked.query else 0
    bound = asides.bound(asked.sort, asked.condition)
    shape = (shortlist, listing, reach.shape, asked.sort.order, asked.limit, _begins(asked))
    key = (*shape, asked.best_first, asked.condition.sql, words, bound and bound.bound)
    text = _texts.get(key)
    if text is None:
        if len(_texts) >= _SHAPES:
            _texts.clear()
        if shortlist:
            text = _write_found(shortlist, listing, reach, asked)
        else:
            text = _write_walk(listing, reach, asked)
        _texts[key] = text
    return text


def _begins(asked: Asked) -> str:
    """After what the page begins: nothing, a value, or the lack of one."""
    if asked.after is None:
        return ""
    return "blank" if asked.after.value is None else "value"


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
    where = conditions(listing, reach, asked)
    if asked.sort.key.aside:
        bound = asides.bound(asked.sort, asked.condition)
        cut = asides.Cut(asked.sort, limit, _begins(asked), bound.bound if bound else "")
        return asides.page(listing.table, listing.columns(reach), both(where, reach.predicate), cut)
    where = both(where, asked.sort.past(asked.after))
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


def _write_found(shortlist: str, listing: Listing, reach: Reach, asked: Asked) -> str:
    sort, columns = asked.sort, listing.columns(reach)
    where = both(conditions(listing, reach, asked), reach.predicate, sort.past(asked.after))
    value = asides.beside(sort.key.aside, each=True) if sort.key.aside else ""
    first = ", r.search_text LIKE ANY (%(beginnings)s) AS first" if asked.best_first else ""
    best = "first DESC, " if asked.best_first else ""
    order = f"{best}{sort.by('k.sort_value', 'k.id')}"
    # The page is cut before whole rows are fetched: most of what is found is not shown. The ids go as an
    # array: that costs half of asking twice for what was found.
    return (
        f"SELECT cardinality(f.ids) AS candidates, p.* FROM (SELECT ARRAY({shortlist}) AS ids OFFSET 0) f "
        f"LEFT JOIN LATERAL (SELECT {columns}, k.sort_value::text FROM ("
        f"SELECT r.id, {sort.key.column} AS sort_value{first} FROM {listing.table} r{value} "
        f"WHERE r.id = ANY (f.ids) AND {where} ORDER BY {best}{sort.order} LIMIT {asked.limit + 1}) k "
        f"CROSS JOIN LATERAL (SELECT r.* FROM {listing.table} r "
        f"WHERE r.tenant_id = %(tenant)s AND r.id = k.id OFFSET 0) r ORDER BY {order}) p ON true"
    )


def write_count(listing: Listing, reach: Reach, asked: Asked) -> str:
    """A count of everything asked for, that stops at the cap."""
    where = conditions(listing, reach, asked)
    parts = (
        f"(SELECT 1 FROM {branch.rows} WHERE {both(where, branch.where)} LIMIT {COUNT_CAP})"
        for branch in reach.branches
    )
    return f"SELECT count(*) FROM (SELECT 1 FROM ({' UNION ALL '.join(parts)}) u LIMIT {COUNT_CAP}) c"
