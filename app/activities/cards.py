"""Activities as shown: rows of a list and single ones, read in one statement and written without detours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.activities import policies
from app.activities.queries import reach_of
from app.activities.states import ActivityKind
from app.comments import mentions
from app.comments import policies as comment_policies
from app.contacts.cards import refs as contact_refs
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of
from app.fields import entities, shown
from app.fields.entities import BuiltIn, Entity
from app.files.cards import brief_of
from app.lists import names, pages, totals
from app.lists.cards import Held, id_of
from app.lists.instants import utc_of
from app.lists.names import Names, Ref
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach
from tenants import rls

GIST = 120
_KEYS = ("id", "version", "kind", "content")
# The name of a customer is as visible as its activities, and while it lies in the bin so do they.
_CUSTOMER = (
    "(SELECT ARRAY[c.id::text, c.name] FROM customers c "
    "WHERE c.tenant_id = %(tenant)s AND c.id = r.customer_id)"
)
# What was to be done next: the task that is still open, or else the last.
_NEXT = (
    "(SELECT ARRAY[t.id::text, t.title, t.due_at::text, t.done_at::text] FROM tasks t "
    "WHERE t.tenant_id = %(tenant)s AND t.activity_id = r.id AND t.deleted_at IS NULL "
    "ORDER BY t.done_at IS NOT NULL, t.due_at DESC LIMIT 1)"
)
# What managers have said about it, the oldest first: id, author, text, moment, last change, version.
_ANNOTATIONS = (
    "ARRAY(SELECT ARRAY[a.id::text, a.author_id::text, a.text, a.created_at::text, a.edited_at::text, "
    "a.version::text] FROM comments a WHERE a.tenant_id = %(tenant)s AND a.record_type = 'activity' "
    "AND a.record_id = r.id AND a.kind = 'annotation' AND a.deleted_at IS NULL ORDER BY a.created_at, a.id)"
)
_ANNOTATED = (
    "(EXISTS (SELECT 1 FROM comments a WHERE a.tenant_id = %(tenant)s AND a.record_type = 'activity' "
    "AND a.record_id = r.id AND a.kind = 'annotation' AND a.deleted_at IS NULL))"
)
_COMMENTS = (
    "(SELECT count(*) FROM comments a WHERE a.tenant_id = %(tenant)s AND a.record_type = 'activity' "
    "AND a.record_id = r.id AND a.kind = 'comment' AND a.deleted_at IS NULL)"
)
_HUNG = (
    "FROM attachments a WHERE a.tenant_id = %(tenant)s AND a.record_type = 'activity' "
    "AND a.record_id = r.id AND a.field IS NULL AND a.deleted_at IS NULL"
)
_FILES = f"(SELECT count(*) {_HUNG})"
MOST_FILES = 6
# The first files, as far as a line has room for them.
_FIRST_FILES = (
    "ARRAY(SELECT ARRAY[a.id::text, a.name, a.kind, a.media_type, a.size::text, a.has_thumbnail::text] "
    f"{_HUNG} ORDER BY a.created_at, a.id LIMIT {MOST_FILES})"
)
_SHARED = (
    "EXISTS (SELECT 1 FROM customer_collaborators k WHERE k.tenant_id = %(tenant)s "
    "AND k.customer_id = r.customer_id AND k.user_id = %(me)s)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text", "r.version", "r.kind", "r.content", "r.happened_at::text", "r.author_id::text",
        "r.owner_id::text", "r.department_id::text", "r.contact_id::text", "r.created_at::text",
        "r.updated_at::text", _CUSTOMER, _NEXT, _SHARED, _ANNOTATIONS, _COMMENTS, _FILES, "r.custom::text",
        _FIRST_FILES,
    )
)  # fmt: skip
_AUTHOR, _OWNER, _CONTACT, _SAID, _CUSTOM, _FIRST = 5, 6, 8, 14, 17, 18
LISTING = Listing(
    table="activities",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("happened_at"), instant_key("created_at")),
    default_sort="-happened_at",
    fields=declare(
        Field("kind", Kind.CHOICE, "r.kind", tuple(ActivityKind)),
        Field("content", Kind.TEXT, "r.content"),
        Field("mine", Kind.YES, "(r.author_id = %(me)s)", by_value=True),
        Field("annotated", Kind.YES, _ANNOTATED, by_value=True),
        *(
            Field(name, Kind.ID, f"r.{name}")
            for name in ("customer_id", "contact_id", "author_id", "owner_id", "department_id")
        ),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in ("happened_at", "created_at")),
    ),
    searchable=False,
    entity="activity",
)
EVERYWHERE = Reach("all", (Branch("activities r"),), "true", {})


def page(connection: Any, actor: Actor, asked: Asked) -> dict[str, Any]:
    """A page of activities, for orjson: {"items", "next_cursor", "total" if asked for}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    reach = reach_of(actor)
    found = pages.fetch(connection, LISTING, reach, asked, actor.tenant_id)
    body: dict[str, Any] = {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, reach, asked, actor.tenant_id)
    return body


entities.register(
    Entity(
        "activity",
        "activities",
        LISTING,
        (
            BuiltIn("kind", Kind.CHOICE, tuple(ActivityKind), essential=True),
            BuiltIn("content", essential=True),
            BuiltIn("happened_at", essential=True),
        ),
        page,
    )
)


def between(
    connection: Any, actor: Actor, author_ids: Sequence[UUID], since: datetime, until: datetime, *, most: int
) -> list[dict[str, Any]]:
    """What some colleagues did within a time, as far as the actor sees it: in short, the first ones first.

    :param connection: a psycopg connection inside the tenant's walls
    """
    seen = reach_of(actor)
    text = (
        f"SELECT r.id::text, r.kind, left(r.content, {GIST}), r.happened_at::text, r.author_id::text, "  # noqa: S608
        f"r.contact_id::text, {_CUSTOMER} FROM activities r WHERE r.tenant_id = %(tenant)s "
        "AND r.author_id = ANY (%(authors)s::uuid[]) AND r.happened_at >= %(since)s "
        f"AND r.happened_at < %(until)s AND r.deleted_at IS NULL AND {seen.predicate} "
        f"ORDER BY r.happened_at, r.id LIMIT {most}"
    )
    asked = {"tenant": actor.tenant_id, "authors": list(author_ids), "since": since, "until": until}
    rows = pages.run(connection, text, {**seen.params, **asked})
    called = names.directory(connection, actor, {row[4] for row in rows})
    contacts = contact_refs(connection, actor, {row[5] for row in rows})
    return [
        {
            "id": row[0],
            "kind": row[1],
            "gist": row[2],
            "happened_at": utc_of(row[3]),
            "author": called.user(row[4]),
            "customer": {"id": row[6][0], "name": row[6][1]} if row[6] else None,
            "contact": contacts.get(row[5]) if row[5] else None,
        }
        for row in rows
    ]


def these(connection: Any, actor: Actor, reach: Reach, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Those of some activities that are within reach outside the bin, in the order given.

    :param connection: a psycopg connection inside the tenant's walls
    """
    text = (
        f"SELECT {_COLUMNS} FROM activities r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
        f"AND r.id = ANY (%(ids)s) AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "me": actor.id, "ids": list(ids)}
    found = {row[0]: row for row in pages.run(connection, text, params)}
    return _items(connection, actor, [found[str(one)] for one in ids if str(one) in found])


def whole(connection: Any, actor: Actor, activity_id: UUID, *, reach: Reach | None = None) -> dict[str, Any]:
    """One activity, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param reach: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    reach = reach or reach_of(actor)
    text = (
        f"SELECT {_COLUMNS} FROM activities r "  # noqa: S608
        f"WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL AND {reach.predicate}"
    )
    params = {**reach.params, "tenant": actor.tenant_id, "me": actor.id, "id": activity_id}
    rows = pages.run(connection, text, params)
    if not rows:
        raise NotFound
    return _items(connection, actor, rows)[0]


def demand(connection: Any, actor: Actor, activity_id: UUID) -> None:
    """Make sure that there is such an activity for the actor, outside the bin.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: otherwise
    """
    whole(connection, actor, activity_id)


def whole_now(actor: Actor, activity_id: UUID) -> dict[str, Any]:
    """One activity as it stands in the middle of a change, whether or not the reader may still see it."""
    return whole(rls.driver_of(db.session()), actor, activity_id, reach=EVERYWHERE)


def flat(whole: Mapping[str, Any]) -> dict[str, Any]:
    """A whole activity as plain data, with its custom fields by the names under which changes send them."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(whole))
    return plain | shown.flat(plain["custom"])


@dataclass(frozen=True, slots=True)
class _Written(Held):
    author_id: UUID


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    people = {row[i] for row in rows for i in (_AUTHOR, _OWNER)}
    for annotation in (one for row in rows for one in row[_SAID]):
        people.update((annotation[1], *mentions.ids_in(annotation[2])))
    called = names.directory(connection, actor, people)
    contacts = contact_refs(connection, actor, {row[_CONTACT] for row in rows})
    items = [_item(actor, row, called, contacts) for row in rows]
    shown.finish(connection, actor, items, entity=LISTING.entity)
    return items


def _item(actor: Actor, row: Sequence[Any], called: Names, contacts: dict[str, Ref]) -> dict[str, Any]:
    happened, author, owner, department, contact, created, updated, customer, following, shared = row[4:14]
    said, comments, files = row[14:17]
    written = _Written(id_of(owner), id_of(department), shared, UUID(author))
    return {
        **dict(zip(_KEYS, row, strict=False)),
        "happened_at": utc_of(happened),
        "author": called.user(author),
        "owner": called.user(owner),
        "department": called.department(department),
        "customer": {"id": customer[0], "name": customer[1]} if customer else None,
        "contact": contacts.get(contact) if contact else None,
        "next_step": _next(following),
        "custom": row[_CUSTOM],
        "annotations": [_annotation(actor, one, called) for one in said],
        "comment_count": comments,
        "attachment_count": files,
        "attachments": [brief_of(one) for one in row[_FIRST]],
        "created_at": utc_of(created),
        "updated_at": utc_of(updated),
        "can": policies.can(actor, written),
    }


def _annotation(actor: Actor, said: Sequence[Any], called: Names) -> dict[str, Any]:
    comment_id, author, text, created, edited, version = said
    return {
        "id": comment_id,
        "version": int(version),
        "text": text,
        "mentions": [user for found in mentions.ids_in(text) if (user := called.user(found))],
        "author": called.user(author),
        "created_at": utc_of(created),
        "edited_at": utc_of(edited) if edited else None,
        "can": comment_policies.can(actor, author),
    }


def _next(task: Sequence[Any] | None) -> dict[str, Any] | None:
    if task is None:
        return None
    task_id, title, due_at, done_at = task
    return {"id": task_id, "title": title, "due_at": utc_of(due_at), "done": done_at is not None}
