"""Lists in the order of values that stand beside the records, such as fields of a company's own.

Few records are found first and then sorted. Many are met by walking the values in the order of their index;
each value costs a look at its record, until a page is full. Only where the values run out are records without
one asked for.
"""

from dataclasses import dataclass

from app.core.filter_sql import Condition
from app.core.filters import Shortlist
from app.core.keyset import Aside, Sort
from app.lists.scopes import Reach

FEW = 2001
"""A scope that holds more is walked by value."""


def beside(aside: Aside, *, each: bool = False) -> str:
    """How a record `r` meets its value `v`; `each` has them looked up one by one."""
    where = f"{aside.filled} AND v.record_id = r.id"
    if each:
        found = f"SELECT {aside.value} FROM {aside.table} v WHERE {where} OFFSET 0"
        return f" LEFT JOIN LATERAL ({found}) v ON true"
    return f" LEFT JOIN {aside.table} v ON {where}"


def scoped(reach: Reach, live: str) -> Shortlist | None:
    """All that lies within a scope, if that is not everything."""
    if reach.predicate == "true":
        return None
    live = f"r.tenant_id = %(tenant)s AND {live}"
    parts = (
        f"(SELECT r.id AS record_id FROM {branch.rows} WHERE {live} AND {branch.where or 'true'} LIMIT {FEW})"
        for branch in reach.branches
    )
    sql = f"SELECT s.record_id FROM ({' UNION ALL '.join(parts)}) s LIMIT {FEW}"
    return Shortlist(sql, {}, ("scope", *map(str, reach.params.values())), FEW)


def bound(sort: Sort, condition: Condition) -> Shortlist | None:
    """What is asked of the very values that a list is sorted by: they need not be walked from their end."""
    mine = sort.key.aside.params.items() if sort.key.aside else ()
    for one in condition.shortlists:
        if one.bound and any(value == one.params.get("few_field") for _, value in mine):
            return one
    return None


@dataclass(frozen=True, slots=True)
class Cut:
    """Which page of a list."""

    sort: Sort
    limit: int
    begins: str
    """After a record with a "value", after a "blank" one, or "" at the top."""
    within: str = ""
    """What must hold of a value; records without one are then not asked for."""

    @property
    def aside(self) -> Aside:
        """Where the values stand."""
        if self.sort.key.aside is None:
            raise ValueError(self.sort.token)
        return self.sort.key.aside


def page(table: str, columns: str, where: str, cut: Cut) -> str:
    """A page of records in the order of their values; those without one come last.

    :param where: what must hold of a record, without its place
    """
    blank = _blank(table, f"r.tenant_id = %(tenant)s AND {'false' if cut.within else where}", cut)
    parts = f"WITH k AS MATERIALIZED ({blank})"
    if cut.begins != "blank":
        parts = (
            f"WITH filled AS MATERIALIZED ({_filled(table, where, cut)}), "
            "k AS MATERIALIZED (SELECT f.id, f.value FROM filled f UNION ALL ("
            f"SELECT b.id, b.value FROM ({blank}) b WHERE (SELECT count(*) FROM filled) < {cut.limit}))"
        )
    return (
        f"{parts} SELECT {columns}, k.value::text FROM k CROSS JOIN LATERAL ("
        f"SELECT r.* FROM {table} r WHERE r.tenant_id = %(tenant)s AND r.id = k.id OFFSET 0) r "
        f"ORDER BY {cut.sort.by('k.value', 'k.id')} LIMIT {cut.limit}"
    )


def _filled(table: str, where: str, cut: Cut) -> str:
    aside, sign = cut.aside, "<" if cut.sort.descending else ">"
    word = " DESC" if cut.sort.descending else ""
    rows = (
        f"{aside.table} v CROSS JOIN LATERAL ("
        f"SELECT r.* FROM {table} r WHERE r.tenant_id = %(tenant)s AND r.id = v.record_id OFFSET 0) r "
        f"WHERE {where}{cut.within and ' AND ' + cut.within}"
    )
    if not aside.ranks:
        place = f" AND ({aside.column}, v.record_id) {sign} (%(after_value)s, %(after_id)s)"
        return (
            f"SELECT v.record_id AS id, {aside.column} AS value FROM {rows} AND {aside.filled}"
            f"{place if cut.begins else ''} "
            f"ORDER BY {aside.column}{word}, v.record_id{word} LIMIT {cut.limit}"
        )
    # Rank by rank, each by the index: as one question all values would be ranked first.
    inside = f" AND (o.rank <> %(after_value)s OR v.record_id {sign} %(after_id)s)"
    return (
        f"SELECT v.id, o.rank AS value FROM unnest({aside.ranks}) WITH ORDINALITY o (value, rank) "
        f"CROSS JOIN LATERAL (SELECT v.record_id AS id FROM {rows} AND {aside.where} "
        f"AND {aside.value} = o.value{inside if cut.begins else ''} "
        f"ORDER BY v.record_id{word} LIMIT {cut.limit}) v"
        f"{f' WHERE o.rank {sign}= %(after_value)s' if cut.begins else ''} "
        f"ORDER BY o.rank{word}, v.id{word} LIMIT {cut.limit}"
    )


def _blank(table: str, where: str, cut: Cut) -> str:
    aside = cut.aside
    # As a scalar: an EXISTS could be planned as a hash of all values.
    missing = f"(SELECT true FROM {aside.table} v WHERE {aside.filled} AND v.record_id = r.id) IS NULL"
    place = f" AND r.id {'<' if cut.sort.descending else '>'} %(after_id)s" if cut.begins == "blank" else ""
    nothing = "NULL::text" if aside.value == aside.column == "v.word" else "NULL::bigint"
    return (
        f"SELECT r.id, {nothing} AS value FROM {table} r WHERE {where} AND {missing}{place} "
        f"ORDER BY r.id{' DESC' if cut.sort.descending else ''} LIMIT {cut.limit}"
    )
