"""Reading what a list is asked for: `?q=&stage=&employees.gte=&filter=&sort=&limit=&cursor=&total=`."""

import re
from collections.abc import Iterable
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from app.core import filter_sql, filters, keyset, relative_days
from app.core.errors import invalid
from app.core.filter_values import LONGEST_TEXT, Kind
from app.core.filters import EVERYTHING, Fields, Node
from app.core.keyset import DEFAULT_LIMIT, MAX_LIMIT, After, Sort
from app.core.search import MAX_QUERY, Query
from app.fields.queries import filters_of, sorts_of
from app.fields.rights import searchable
from app.http import identity
from app.lists import questions
from app.lists.pages import Asked, Listing

_RESERVED = frozenset({"q", "filter", "sort", "limit", "cursor", "total"})


def asked(listing: Listing, *more: Node) -> Asked:
    """What this request asks of a list.

    :param more: conditions that hold whatever the request says
    :raises Invalid: naming the parameter that cannot be taken
    """
    if not more and not request.query_string:
        return Asked(listing.sorts[listing.default_sort], DEFAULT_LIMIT)
    sent = _given()
    sort = _sort(sent.get("sort"), listing)
    named = [pair for pair in sent.items(multi=True) if pair[0] not in _RESERVED]
    fields = fields_of(listing) if named or "filter" in sent else listing.fields
    zone = identity.current_actor().zone
    named = [(key, relative_days.one(key.partition(".")[0], text, fields, zone)) for key, text in named]
    tree: Node = EVERYTHING
    if "filter" in sent:
        tree = filters.from_tree(
            relative_days.resolved(filters.tree_of(sent["filter"]), fields, zone), fields
        )
    return Asked(
        sort,
        limit(sent),
        after=after(sent, sort),
        query=_searched(sent, listing),
        condition=filter_sql.condition(filters.from_query(named, fields), tree, *more),
        total=yes(sent, "total"),
    )


def fields_of(listing: Listing) -> Fields:
    """What a list can be filtered by, the company's own fields included."""
    if not listing.entity:
        return listing.fields
    return filters_of(identity.hot_driver(), identity.current_actor(), listing.entity)


def _sort(token: str | None, listing: Listing) -> Sort:
    sorts = listing.sorts
    if listing.entity and token and token not in sorts:
        sorts = sorts_of(identity.hot_driver(), identity.current_actor(), listing.entity)
    return keyset.read_sort(token, sorts, listing.default_sort)


def _searched(sent: "MultiDict[str, str]", listing: Listing) -> Query | None:
    if "q" in sent and not listing.searchable:
        raise invalid("q", "unknown-field")
    found = query(sent)
    return searchable(identity.current_actor(), listing.entity, found) if listing.entity else found


def only(*names: str) -> "MultiDict[str, str]":
    """The parameters of a request that may have only these.

    :raises Invalid: naming one that is not known
    """
    for name in request.args:
        if name not in names:
            raise invalid(name, "unknown-field")
    return _given()


def _given() -> "MultiDict[str, str]":
    """The parameters that say something: `?q=&cursor=` asks for what an empty form asks for."""
    sent = request.args
    if all(sent.values()):
        return sent
    return MultiDict(pair for pair in sent.items(multi=True) if pair[1] or pair[0] not in _RESERVED)


def limit(sent: "MultiDict[str, str]", *, default: int = DEFAULT_LIMIT, most: int = MAX_LIMIT) -> int:
    """How many rows are wanted.

    :raises Invalid: naming `limit`
    """
    text = sent.get("limit")
    if text is None:
        return default
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise invalid("limit", "not-a-number")
    if not 1 <= int(text) <= most:
        raise invalid("limit", "out-of-range", min=1, max=most)
    return int(text)


def after(sent: "MultiDict[str, str]", sort: Sort) -> After | None:
    """Where the page begins.

    :raises Invalid: naming `cursor`
    """
    text = sent.get("cursor")
    return None if text is None else keyset.read_cursor(text, sort)


def query(sent: "MultiDict[str, str]") -> Query | None:
    """What is searched for; None if nothing is.

    :raises Invalid: naming `q`
    """
    return questions.searched(sent.get("q", ""))


def yes(sent: "MultiDict[str, str]", name: str) -> bool:
    """Whether a parameter says yes.

    :raises Invalid: when it says neither yes nor no
    """
    text = sent.get(name, "false")
    if text not in {"true", "false", "1", "0"}:
        raise invalid(name, "not-a-boolean")
    return text in {"true", "1"}


_SCHEMAS: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string", "maxLength": LONGEST_TEXT},
    Kind.CHOICE: {"type": "string"},
    Kind.MEMBER: {"type": "string", "maxLength": LONGEST_TEXT},
    Kind.ID: {"type": "string", "format": "uuid"},
    Kind.WHOLE: {"type": "integer"},
    Kind.INSTANT: {"type": "string", "format": "date-time"},
    Kind.NUMBER: {"type": "number"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.YES: {"type": "boolean"},
}


def parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    """A parameter of a query string, for the OpenAPI document."""
    return {"in": "query", "name": name, "schema": schema, "description": description, "required": False}


def limit_parameter(default: int = DEFAULT_LIMIT, most: int = MAX_LIMIT) -> dict[str, Any]:
    """How many rows are wanted, for the OpenAPI document."""
    number = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return parameter("limit", number, "Rows of a page")


Q = parameter(
    "q",
    {"type": "string", "maxLength": MAX_QUERY},
    "Any fragment of a name, its pinyin or initials, or a phone's tail",
)
PAGE = [
    limit_parameter(),
    parameter("cursor", {"type": "string", "maxLength": 2000}, "`next_cursor` of the page before"),
]
"""The parameters of a list that can only be turned over."""


def parameters(fields: Fields, sorts: Iterable[str], *, searchable: bool = True) -> list[dict[str, Any]]:
    """The parameters of a list, for the OpenAPI document."""
    one, text, flag = parameter, {"type": "string"}, {"type": "boolean"}
    named = [
        one(
            field.name,
            {"type": "string", "enum": list(field.choices)} if field.choices else _SCHEMAS[field.kind],
            f"Equal to; also {', '.join(f'`{field.name}.{op}`' for op in sorted(filters.OPS[field.kind]))}",
        )
        for field in fields.values()
    ]
    return [
        *([Q] if searchable else []),
        *named,
        one("filter", text, 'JSON: {"and": [{"field": "…", "op": "in", "value": ["…"]}, {"or": […]}]}'),
        one("sort", {**text, "enum": list(sorts)}, "A minus in front: the largest first"),
        *PAGE,
        one("total", flag, "Count too, up to 10,001"),
    ]
