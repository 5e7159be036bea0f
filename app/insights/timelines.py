"""What happened to a record, without the names of other records that the reader may not see."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.comments import cards as comments
from app.contacts.queries import reach_of as contacts_in_reach
from app.core.keyset import After
from app.customers.queries import reach_of as customers_in_reach
from app.fields import rights
from app.files import cards as files
from app.insights import timeline_reach
from app.insights.timeline_reach import ATTACHMENT, COMMENTS, Host
from app.lists import pages, timeline
from app.lists.scopes import Reach

Change = Mapping[str, Any]
_SIDES = ("before", "after")
_CUSTOMERS = frozenset({"customer", "parent"})
_CONTACTS = frozenset({"relationship"})
_SEEN = (
    "SELECT r.id::text FROM {table} r WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[]) "
    "AND {predicate}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked of a timeline."""

    kinds: frozenset[str] = frozenset()
    """Of `KINDS`; none for all."""
    by: UUID | None = None
    after: After | None = None
    limit: int


def page(connection: Any, actor: Actor, host: Host, record_id: UUID, wanted: Wanted) -> dict[str, Any]:
    """A page of the timeline of a record that the actor sees: {"items", "next_cursor"}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    told = timeline_reach.told(connection, actor, host, record_id, kinds=wanted.kinds, by=wanted.by)
    found = timeline.fetch(
        connection, actor.tenant_id, record_id, told, after=wanted.after, limit=wanted.limit
    )
    changes = [change for item in found["items"] for change in item["changes"]]
    seen = _seen(connection, actor, changes)
    said = comments.by_ids(
        connection, actor, (i["subject_id"] for i in found["items"] if i["subject_type"] in COMMENTS)
    )
    hung = files.by_ids(
        connection, actor, (i["subject_id"] for i in found["items"] if i["subject_type"] == ATTACHMENT)
    )
    items = [
        {
            **item,
            "changes": rights.visible(actor, item["subject_type"], _told(item["changes"], seen)),
            "comment": said.get(item["subject_id"]),
            "attachment": hung.get(item["subject_id"]),
        }
        for item in found["items"]
    ]
    return {**found, "items": items}


def _seen(connection: Any, actor: Actor, changes: Iterable[Change]) -> set[str]:
    """Those records that changes refer to and the actor may see."""
    customers: set[str] = set()
    contacts: set[str] = set()
    for change in changes:
        ids = {ref["id"] for side in _SIDES if (ref := _reference(change, side))}
        (contacts if change["field"] in _CONTACTS else customers).update(ids)
    seen = (
        _reached(connection, actor, "customers", customers_in_reach(actor), customers) if customers else set()
    )
    if contacts:
        seen |= _reached(connection, actor, "contacts", contacts_in_reach(actor), contacts)
    return seen


def _reached(connection: Any, actor: Actor, table: str, reach: Reach, ids: set[str]) -> set[str]:
    if reach.predicate == "true":
        return ids
    statement = _SEEN.format(table=table, predicate=reach.predicate)
    rows = pages.run(connection, statement, {**reach.params, "tenant": actor.tenant_id, "ids": list(ids)})
    return {row_id for (row_id,) in rows}


def _reference(change: Change, side: str) -> Mapping[str, Any] | None:
    """The other record that one side of a change names."""
    value: Mapping[str, Any] | None = change[side] if change["field"] in _CUSTOMERS | _CONTACTS else None
    if value is not None and change["field"] in _CONTACTS:
        value = value["contact"]
    return value


def _told(changes: Iterable[Change], seen: set[str]) -> Iterator[Change]:
    for change in changes:
        hidden = [side for side in _SIDES if (ref := _reference(change, side)) and ref["id"] not in seen]
        told = {**change, **{side: _without_name(change[side]) for side in hidden}}
        if not hidden or told["before"] != told["after"]:
            yield told


def _without_name(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return {**value, "contact": None} if "contact" in value else None
