"""Groups of records that look alike, by one key each, found in the order of an index."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.contacts import cards as contact_cards
from app.contacts.queries import SHARING as CONTACT_SHARING
from app.core.errors import invalid
from app.core.keyset import MAX_LIMIT
from app.customers import cards as customer_cards
from app.customers.queries import SHARING as CUSTOMER_SHARING
from app.lists import pages
from app.lists.cards import plain
from app.lists.scopes import narrowest, reach
from app.merging.kinds import KINDS

MOST_SHOWN = 20
_PHONES = "customer_phones p JOIN customers r ON r.tenant_id = p.tenant_id AND r.id = p.customer_id"


@dataclass(frozen=True, slots=True)
class Way:
    """One key by which records are recognised."""

    key: str
    source: str
    hidden_with: str = ""
    """The field that must be readable."""
    tenant: str = "r.tenant_id = %(tenant)s"


WAYS: Mapping[str, Mapping[str, Way]] = {
    "customer": {
        "name": Way("r.company_key", "customers r"),
        "phone": Way("p.number", _PHONES, "phones", "p.tenant_id = %(tenant)s AND r.tenant_id = %(tenant)s"),
        "email": Way("r.email_key", "customers r", "email"),
        "credit_code": Way("r.credit_key", "customers r", "credit_code"),
    },
    "contact": {
        "phone": Way("r.phone_key", "contacts r", "phones"),
        "email": Way("r.email_key", "contacts r", "email"),
        "name": Way("r.host_key", "contacts r"),
    },
}
_SHARING = {"customer": CUSTOMER_SHARING, "contact": CONTACT_SHARING}
_CARDS: Mapping[str, Callable[..., list[dict[str, Any]]]] = {
    "customer": customer_cards.these,
    "contact": contact_cards.these,
}


def page(connection: Any, actor: Actor, word: str, by: str, *, cursor: str, limit: int) -> dict[str, Any]:
    """A page of groups: {"items": [{"key", "count", "records"}], "next_cursor"}; two statements.

    :param connection: a psycopg connection inside the tenant's walls
    :param cursor: of the page before
    :raises Forbidden: without the permission to merge
    :raises Invalid: naming `by`, if such records are not recognised by that
    """
    kind, way = KINDS[word], WAYS[word].get(by)
    if not actor.may(kind.rule.permission):
        raise refuse(actor, kind.rule.permission)
    if way is None or way.hidden_with in actor.hides(word):
        raise invalid("by", "not-a-choice", choices=", ".join(WAYS[word]))
    needed: Permission = narrowest(*kind.reading, kind.rule.permission, of=actor)
    scope = reach(needed, kind.model.__tablename__, _SHARING[word], of=actor)
    params = {
        "tenant": actor.tenant_id,
        "after": _after(word, by, cursor),
        "limit": min(limit, MAX_LIMIT) + 1,
        **scope.params,
    }
    rows = pages.run(connection, _text(way, scope.predicate), params)
    ids = [UUID(one) for _, _, few in rows[:limit] for one in few]
    cards = {card["id"]: card for card in plain(_CARDS[word](connection, actor, scope, ids))} if ids else {}
    return {
        "items": [
            {"key": key, "count": count, "records": _records(few, cards)} for key, count, few in rows[:limit]
        ],
        "next_cursor": _cursor(word, by, rows[limit - 1][0]) if len(rows) > limit else None,
    }


def _cursor(word: str, by: str, key: str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([word, by, key])).decode()


def _after(word: str, by: str, cursor: str) -> str:
    """The key behind which a page begins."""
    if not cursor:
        return ""
    try:
        read = orjson.loads(base64.urlsafe_b64decode(cursor))
    except ValueError:
        raise invalid("cursor", "bad-cursor") from None
    match read:
        case [str(type_), str(way), str(key)] if (type_, way) == (word, by) and "\x00" not in key:
            return key
    raise invalid("cursor", "bad-cursor")


def _records(ids: Sequence[str], cards: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [cards[one] for one in ids if one in cards]


def _text(way: Way, predicate: str) -> str:
    """Groups with at least one pair that nobody has marked as different."""
    ids = "array_agg(DISTINCT r.id)"
    marked = (
        "(SELECT count(*) FROM duplicate_marks d WHERE d.tenant_id = %(tenant)s "
        "AND d.low_id = ANY (g.ids) AND d.high_id = ANY (g.ids))"
    )
    return (
        f"SELECT g.key, cardinality(g.ids), ARRAY(SELECT x.id::text FROM unnest(g.ids) AS x (id) "
        f"LIMIT {MOST_SHOWN}) FROM (SELECT {way.key} AS key, {ids} AS ids FROM {way.source} "
        f"WHERE {way.tenant} AND r.deleted_at IS NULL AND {way.key} > %(after)s AND {predicate} "
        f"GROUP BY {way.key} HAVING count(DISTINCT r.id) > 1) g "
        f"WHERE {marked} < cardinality(g.ids) * (cardinality(g.ids) - 1) / 2 "
        "ORDER BY g.key LIMIT %(limit)s"
    )
