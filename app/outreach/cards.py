"""Messages to people outside as shown: rows of the list, and one with all that became of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.consents.states import Purpose, Way
from app.contacts import policies
from app.contacts import queries as contacts
from app.contacts.trail import SUBJECT as CONTACT
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of
from app.lists import names, pages, totals
from app.lists.cards import held
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach
from app.message_templates import own_variables
from app.outreach import responding
from app.outreach.states import MessageState
from tenants import rls

Item = dict[str, Any]
_FIELDS = {Way.SMS.value: "phones", Way.MAIL.value: "email"}
"""The field of a contact that an address stands in: whoever may not see it, does not see it here."""
_PLAIN = ("state", "purpose", "way", "reason", "held_by", "place")
_MOMENTS = ("due_at", "next_at", "expires_at", "created_at", "released_at", "settled_at")
_VARIABLES = "array(SELECT jsonb_object_keys(d.facts -> 'values'))"
"""Those that stand in the words of a delivery."""
_BEGINNING = "coalesce(nullif(d.facts ->> 'subject', ''), left(d.facts ->> 'text', 80))"
_SAID = (
    f"(SELECT jsonb_build_array({_BEGINNING}, {_VARIABLES}) "  # noqa: S608
    "FROM outreach_tries y JOIN deliveries d ON d.tenant_id = y.tenant_id AND d.id = y.delivery_id "
    "WHERE y.tenant_id = r.tenant_id AND y.message_id = r.id ORDER BY y.id DESC LIMIT 1)"
)
_CLICKS = "(SELECT count(*) FROM outreach_clicks k WHERE k.tenant_id = r.tenant_id AND k.message_id = r.id)"
_COLUMNS = {
    "id": "r.id::text",
    **{name: f"r.{name}" for name in _PLAIN},
    **{name: f"r.{name}::text" for name in _MOMENTS},
    "origin": "ARRAY[r.origin_type, r.origin_id::text, r.origin_label]",
    "about": "CASE WHEN r.about_id IS NOT NULL THEN ARRAY[r.about_kind, r.about_id::text] END",
    "contact": "ARRAY[seen_contact.id::text, seen_contact.name]",
    "customer": (
        "(SELECT ARRAY[u.id::text, u.name] FROM customers u "
        "WHERE u.tenant_id = r.tenant_id AND u.id = seen_contact.customer_id)"
    ),
    "created_by": "r.created_by_id::text",
    "said": _SAID,
    "clicks": _CLICKS,
    "replied": responding.replied("r"),
    "unsubscribed": responding.refused("r"),
}
_NAMES, _TEXT = tuple(_COLUMNS), ", ".join(_COLUMNS.values())
_FROM = (
    "outreach_messages r JOIN contacts seen_contact ON seen_contact.tenant_id = r.tenant_id "
    "AND seen_contact.id = r.contact_id"
)
_HELD = (
    "seen_contact.owner_id::text, seen_contact.department_id::text, "
    "EXISTS (SELECT 1 FROM customer_collaborators k WHERE k.tenant_id = %(tenant)s "
    "AND k.customer_id = seen_contact.customer_id AND k.user_id = %(viewer)s)"
)
_TRIES = (
    "SELECT y.place, y.way, y.state, y.reason, y.at::text, y.settled_at::text, y.delivery_id::text, "  # noqa: S608
    "d.address, d.attempts, d.next_at::text, d.last_error, d.state, d.facts ->> 'subject', "
    f"d.facts ->> 'text', d.facts ->> 'html', {_VARIABLES} "
    "FROM outreach_tries y LEFT JOIN deliveries d ON d.tenant_id = y.tenant_id AND d.id = y.delivery_id "
    "WHERE y.tenant_id = %(tenant)s AND y.message_id = %(id)s ORDER BY y.id"
)
_RECEIPTS = (
    "SELECT c.delivery_id::text, c.verdict, c.error, c.at::text, c.received_at::text "
    "FROM delivery_receipts c WHERE c.tenant_id = %(tenant)s AND c.delivery_id = ANY (%(ids)s::uuid[]) "
    "ORDER BY c.received_at, c.id"
)
_TEMPLATES = (
    "SELECT p.id::text, p.name FROM message_templates p "
    "WHERE p.tenant_id = %(tenant)s AND p.id = ANY (%(ids)s::uuid[])"
)
_OPTIONS = "SELECT m.choices FROM outreach_messages m WHERE m.tenant_id = %(tenant)s AND m.id = %(id)s"
_SHOWN_TRY = ("place", "way", "state", "reason", "at", "settled_at", "delivery_id")
_SHOWN_DELIVERY = ("address", "attempts", "next_at", "error", "state", "subject", "text", "html", "variables")

LISTING = Listing(
    table="outreach_messages",
    kind="",
    columns=lambda _reach: _TEXT,
    sorts=sorts_of(instant_key("due_at"), instant_key("created_at")),
    default_sort="-due_at",
    fields=declare(
        Field("state", Kind.CHOICE, "r.state", choices=tuple(MessageState)),
        Field("purpose", Kind.CHOICE, "r.purpose", choices=tuple(Purpose)),
        Field("way", Kind.CHOICE, "r.way", choices=tuple(Way)),
        Field("origin_type", Kind.TEXT, "r.origin_type"),
        Field("origin_id", Kind.ID, "r.origin_id"),
        Field("contact_id", Kind.ID, "r.contact_id"),
        Field("due_at", Kind.INSTANT, "r.due_at"),
        Field("created_at", Kind.INSTANT, "r.created_at"),
    ),
    live="true",
    searchable=False,
)


def reach_of(actor: Actor) -> Reach:
    """Which messages an actor sees: those to contacts that they see.

    :raises Forbidden: when none at all
    """
    return _of_those(contacts.reach_of(actor))


def reach_to_export(actor: Actor) -> Reach:
    """Which messages an actor may take out in a file: those to contacts that they may take out.

    :raises Forbidden: when none at all
    """
    return _of_those(contacts.reach_to_export(actor))


def _of_those(people: Reach) -> Reach:
    seen = f"seen_contact.deleted_at IS NULL AND {people.predicate_of('seen_contact')}"
    return Reach(f"messages of {people.shape}", (Branch(_FROM, seen),), seen, people.params)


def page(connection: Any, actor: Actor, asked: Asked) -> dict[str, Any]:
    """A page, for orjson: {"items", "next_cursor", "total" if asked for}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    unseen = own_variables.unseen(actor)
    items = [_item(row, unseen) for row in found.rows]
    _name(connection, actor, items)
    body: dict[str, Any] = {"items": items, "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


def these(connection: Any, actor: Actor, within: Reach, ids: Sequence[UUID]) -> list[Item]:
    """Those of some messages that are within reach, in the order given, as files tell of them.

    :param connection: a psycopg connection inside the tenant's walls
    """
    asked = (
        f"SELECT {_TEXT} FROM {_FROM} WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s) "  # noqa: S608
        f"AND {within.predicate}"
    )
    rows = pages.run(connection, asked, {**within.params, "tenant": actor.tenant_id, "ids": list(ids)})
    unseen = own_variables.unseen(actor)
    found = {row[0]: _item(row, unseen) for row in rows}
    items = [found[str(one)] for one in ids if str(one) in found]
    _name(connection, actor, items)
    return [{**item, "origin": item["origin"]["label"]} for item in items]


def whole(connection: Any, actor: Actor, message_id: UUID) -> Item:
    """A message from its occasion to the last receipt, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for the actor
    """
    reach = reach_of(actor)
    asked = (
        f"SELECT {_TEXT}, {_HELD} FROM {_FROM} WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "  # noqa: S608
        f"AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "viewer": actor.id, "id": message_id}
    rows = pages.run(connection, asked, params)
    if not rows:
        raise NotFound
    item, (owner, department, shared) = _item(rows[0], own_variables.unseen(actor)), rows[0][len(_NAMES) :]
    _name(connection, actor, [item])
    item["choices"] = _choices(connection, actor, message_id)
    item["tries"] = _tries(connection, actor, message_id)
    changes = policies.can(actor, held(owner, department, shared=shared))["update"]
    item["can"] = {
        "cancel": changes and item["state"] in {MessageState.WAITING, MessageState.SENDING},
        "retry": changes and item["state"] in AGAIN,
    }
    return item


AGAIN = (
    MessageState.FAILED,
    MessageState.UNCERTAIN,
    MessageState.SUPPRESSED,
    MessageState.EXPIRED,
    MessageState.CANCELLED,
)
"""What may be tried once more, if somebody wants that."""


def whole_now(actor: Actor, message_id: UUID) -> Item:
    """One as it stands in the middle of a change."""
    return whole(rls.driver_of(db.session()), actor, message_id)


def _choices(connection: Any, actor: Actor, message_id: UUID) -> list[Item]:
    [[choices]] = pages.run(connection, _OPTIONS, {"tenant": actor.tenant_id, "id": message_id})
    ids = [one["template_id"] for one in choices]
    called = dict(pages.run(connection, _TEMPLATES, {"tenant": actor.tenant_id, "ids": ids}))
    return [
        {"way": one["way"], "template": {"id": one["template_id"], "name": called.get(one["template_id"])}}
        for one in choices
    ]


def _tries(connection: Any, actor: Actor, message_id: UUID) -> list[Item]:
    hidden = actor.hides(CONTACT)
    rows = pages.run(connection, _TRIES, {"tenant": actor.tenant_id, "id": message_id})
    told = _receipts(connection, actor, [row[6] for row in rows if row[6]])
    unseen = own_variables.unseen(actor)
    return [_try(row, told, hidden, unseen) for row in rows]


def _try(row: Sequence[Any], told: Mapping[str, list[Item]], hidden: Any, unseen: Any) -> Item:
    one: Item = dict(zip(_SHOWN_TRY, row, strict=False))
    delivery_id = one.pop("delivery_id")
    one["at"], one["settled_at"] = _utc(one["at"]), _utc(one["settled_at"])
    one["delivery"] = None
    if delivery_id:
        delivery: Item = dict(zip(_SHOWN_DELIVERY, row[len(_SHOWN_TRY) :], strict=True))
        delivery["next_at"] = _utc(delivery["next_at"])
        delivery["withheld"] = own_variables.withholds(delivery.pop("variables"), unseen)
        if delivery["withheld"]:
            delivery |= dict.fromkeys(("subject", "text", "html"))
        if _FIELDS.get(one["way"]) in hidden:
            delivery["address"] = None
        one["delivery"] = {**delivery, "receipts": told.get(delivery_id, [])}
    return one


def _receipts(connection: Any, actor: Actor, delivery_ids: Sequence[str]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    if delivery_ids:
        params = {"tenant": actor.tenant_id, "ids": list(delivery_ids)}
        for delivery_id, verdict, error, at, received_at in pages.run(connection, _RECEIPTS, params):
            told = {"verdict": verdict, "error": error, "at": _utc(at), "received_at": _utc(received_at)}
            found.setdefault(delivery_id, []).append(told)
    return found


def _item(row: Sequence[Any], unseen: Collection[str]) -> Item:
    item: Item = dict(zip(_NAMES, row, strict=False))
    said, variables = item["said"] or (None, None)
    item["withheld"] = own_variables.withholds(variables, unseen)
    item["said"] = None if item["withheld"] else said
    for name in _MOMENTS:
        item[name] = _utc(item[name])
    item["origin"] = dict(zip(("type", "id", "label"), item["origin"], strict=True))
    item["about"] = item["about"] and dict(zip(("kind", "id"), item["about"], strict=True))
    for name in ("contact", "customer"):
        item[name] = item[name] and dict(zip(("id", "name"), item[name], strict=True))
    return item


def _utc(moment: str | None) -> str | None:
    return utc_of(moment) if moment else None


def _name(connection: Any, actor: Actor, items: Sequence[Item]) -> None:
    called = names.directory(connection, actor, {item["created_by"] for item in items})
    for item in items:
        item["created_by"] = called.user(item["created_by"])
