"""Tasks as shown: rows of a list, single ones, and the day of whoever looks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.contacts.cards import refs as contact_refs
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of
from app.customers.cards import refs as customer_refs
from app.fields import entities, shown
from app.fields.entities import BuiltIn, Entity
from app.lists import names, pages, totals
from app.lists.cards import id_of
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach, narrowest, reach
from app.tasks import own, policies
from app.tasks.repeats import Repeat
from app.tasks.states import Priority
from tenants import calendar, rls

_KEYS = ("id", "version", "title", "detail", "priority")
_RULE = (
    "(SELECT s.rule FROM task_series s "
    "WHERE s.tenant_id = %(tenant)s AND s.id = r.series_id AND s.ended_at IS NULL)"
)
_FOLLOWING = (
    "(SELECT ARRAY[n.id::text, n.due_at::text] FROM tasks n "
    "WHERE n.tenant_id = %(tenant)s AND n.series_id = r.series_id AND n.occurrence = r.occurrence + 1 "
    "AND n.deleted_at IS NULL)"
)
_COLUMNS = ", ".join(
    (
        "r.id::text", "r.version", "r.title", "r.detail", "r.priority", "r.due_at::text", "r.done_at::text",
        "r.owner_id::text", "r.department_id::text", "r.created_by_id::text", "r.done_by_id::text",
        "r.customer_id::text", "r.contact_id::text", "r.activity_id::text", "r.created_at::text",
        "r.updated_at::text", "r.reminders", "r.occurrence", _RULE, _FOLLOWING, "r.custom::text",
    )
)  # fmt: skip
_OWNER, _DEPARTMENT, _MAKER, _DOER, _CUSTOMER, _CONTACT, _CUSTOM = 7, 8, 9, 10, 11, 12, 20
_SET_BY_ME = "r.created_by_id = %(me)s"
_NOT_REACHED = (
    "r.owner_id <> %(me)s AND (r.department_id IS NULL OR r.department_id <> ALL (%(departments)s::uuid[]))"
)
COMING = timedelta(days=7)
MOST_OF_A_DAY = 200

LISTING = Listing(
    table="tasks",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("due_at"), instant_key("created_at"), instant_key("updated_at")),
    default_sort="due_at",
    fields=declare(
        Field("priority", Kind.CHOICE, "r.priority", tuple(Priority)),
        Field("mine", Kind.YES, "(r.owner_id = %(me)s)", by_value=True),
        Field("set_by_me", Kind.YES, f"({_SET_BY_ME})", by_value=True),
        Field("done", Kind.YES, "(r.done_at IS NOT NULL)", by_value=True),
        *(
            Field(name, Kind.ID, f"r.{name}")
            for name in (
                "owner_id",
                "created_by_id",
                "department_id",
                "customer_id",
                "contact_id",
                "activity_id",
            )
        ),
        *(Field(name, Kind.INSTANT, f"r.{name}") for name in ("due_at", "done_at", "created_at")),
    ),
    searchable=False,
    entity=own.SUBJECT,
)
EVERYWHERE = Reach("all", (Branch("tasks r"),), "true", {})


def reach_of(actor: Actor) -> Reach:
    """Which tasks an actor sees: their own, those they set, and those that the permission reaches.

    :raises Forbidden: when none at all
    """
    return _reach_of(Permission.TASK_READ, actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the tasks that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    return _reach_of(narrowest(Permission.TASK_READ, Permission.TASK_EXPORT, of=actor), actor)


def _reach_of(permission: Permission, actor: Actor) -> Reach:
    reached = reach(permission, "tasks", of=actor)
    # Filters can ask for what is one's own, whatever one may see.
    params = {**reached.params, "me": actor.id}
    if actor.grants[permission] is Scope.ALL:
        return replace(reached, params=params)
    set_by_me = Branch("tasks r", f"{_SET_BY_ME} AND {_NOT_REACHED}")
    return Reach(
        f"{reached.shape}-set",
        (*reached.branches, set_by_me),
        f"({reached.predicate} OR {_SET_BY_ME})",
        params,
    )


def page(connection: Any, actor: Actor, asked: Asked) -> dict[str, Any]:
    """A page of tasks, for orjson: {"items", "next_cursor", "total" if asked for}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    within = reach_of(actor)
    found = pages.fetch(connection, LISTING, within, asked, actor.tenant_id)
    body: dict[str, Any] = {"items": _items(connection, actor, found.rows), "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, LISTING, within, asked, actor.tenant_id)
    return body


entities.register(
    Entity(
        own.SUBJECT,
        "tasks",
        LISTING,
        (
            BuiltIn("title", Kind.TEXT, essential=True),
            BuiltIn("due_at", essential=True),
            BuiltIn("reminders", essential=True),
            BuiltIn("repeat", essential=True),
            BuiltIn("priority", Kind.CHOICE, tuple(Priority), essential=True),
            BuiltIn("owner_id", essential=True),
            BuiltIn("customer_id", essential=True),
            BuiltIn("contact_id", essential=True),
            BuiltIn("detail"),
        ),
        page,
        reader=own.reader,
        handed_on_in="task_series",
    )
)


def these(connection: Any, actor: Actor, within: Reach, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Those of some tasks that are still within reach, in the order of the ids."""
    text = (
        f"SELECT {_COLUMNS} FROM tasks r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
        f"AND r.id = ANY (%(ids)s) AND r.deleted_at IS NULL AND {within.predicate}"
    )
    params = {**within.params, "tenant": actor.tenant_id, "ids": list(ids)}
    found = {row[0]: row for row in pages.run(connection, text, params)}
    return _items(connection, actor, [found[str(one)] for one in ids if str(one) in found])


def whole(connection: Any, actor: Actor, task_id: UUID, *, within: Reach | None = None) -> dict[str, Any]:
    """One task, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :param within: what may be seen, if not what the actor may read
    :raises NotFound: when there is none for the actor
    """
    within = within or reach_of(actor)
    text = (
        f"SELECT {_COLUMNS} FROM tasks r "  # noqa: S608
        f"WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s AND r.deleted_at IS NULL AND {within.predicate}"
    )
    rows = pages.run(connection, text, {**within.params, "tenant": actor.tenant_id, "id": task_id})
    if not rows:
        raise NotFound
    return _items(connection, actor, rows)[0]


def demand(connection: Any, actor: Actor, task_id: UUID) -> None:
    """Make sure that there is such a task for the actor.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: otherwise
    """
    whole(connection, actor, task_id)


def whole_now(actor: Actor, task_id: UUID) -> dict[str, Any]:
    """One task as it stands in the middle of a change, whether or not the reader may still see it."""
    return whole(rls.driver_of(db.session()), actor, task_id, within=EVERYWHERE)


def flat(whole: Mapping[str, Any]) -> dict[str, Any]:
    """A whole task as plain data, with the ids and names by which changes send its fields."""
    plain: dict[str, Any] = orjson.loads(orjson.dumps(whole))
    refs = {f"{name}_id": plain[name] and plain[name]["id"] for name in ("owner", "customer", "contact")}
    return {**plain, **refs, **shown.flat(plain["custom"])}


def my_day(actor: Actor) -> dict[str, Any]:
    """What the actor is to do: {"date", "overdue", "today", "coming"}, each the most urgent first.

    Overdue is what was due before today, by the tenant's own clock; coming, the week after it.
    """
    zone = calendar.zone()
    today = calendar.today(zone)
    connection = rls.driver_of(db.session())
    text = (
        f"SELECT {_COLUMNS} FROM tasks r WHERE r.tenant_id = %(tenant)s AND r.owner_id = %(me)s "  # noqa: S608
        f"AND r.done_at IS NULL AND r.deleted_at IS NULL AND r.due_at < %(until)s "
        f"ORDER BY r.due_at, r.id LIMIT {MOST_OF_A_DAY}"
    )
    until = calendar.end_of(today + COMING, zone)
    rows = pages.run(connection, text, {"tenant": actor.tenant_id, "me": actor.id, "until": until})
    parts: dict[str, list[Any]] = {"overdue": [], "today": [], "coming": []}
    for item in _items(connection, actor, rows):
        parts[_part(datetime.fromisoformat(item["due_at"]).astimezone(zone).date(), today)].append(item)
    return {"date": today.isoformat(), **parts}


def between(
    connection: Any, actor: Actor, owner_ids: Sequence[UUID], since: datetime, until: datetime, *, most: int
) -> list[dict[str, Any]]:
    """The tasks of some colleagues that are due within a time and that the actor sees, the first ones first.

    :param connection: a psycopg connection inside the tenant's walls
    """
    within = reach_of(actor)
    text = (
        f"SELECT {_COLUMNS} FROM tasks r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
        "AND r.owner_id = ANY (%(owners)s::uuid[]) AND r.due_at >= %(since)s AND r.due_at < %(until)s "
        f"AND r.deleted_at IS NULL AND {within.predicate} ORDER BY r.due_at, r.id LIMIT {most}"
    )
    asked = {"tenant": actor.tenant_id, "owners": list(owner_ids), "since": since, "until": until}
    return _items(connection, actor, pages.run(connection, text, {**within.params, **asked}))


def _part(due: date, today: date) -> str:
    return "overdue" if due < today else "today" if due == today else "coming"


def _again(
    reminders: list[Any], occurrence: int | None, rule: str | None, following: Sequence[str] | None
) -> dict[str, Any]:
    """How a task reminds and comes back."""
    return {
        "reminders": reminders,
        "repeat": Repeat.of(rule).shown() if rule else None,
        "occurrence": occurrence,
        "next": {"id": following[0], "due_at": utc_of(following[1])} if following else None,
    }


@dataclass(frozen=True, slots=True)
class _Held:
    owner_id: UUID
    department_id: UUID | None
    created_by_id: UUID


def _items(connection: Any, actor: Actor, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    def column(*places: int) -> Iterable[str | None]:
        return {row[place] for row in rows for place in places}

    called = names.directory(connection, actor, column(_OWNER, _MAKER, _DOER))
    customers = customer_refs(connection, actor, column(_CUSTOMER))
    contacts = contact_refs(connection, actor, column(_CONTACT))
    items: list[dict[str, Any]] = [
        {
            **dict(zip(_KEYS, row, strict=False)),
            "due_at": utc_of(row[5]),
            "done_at": utc_of(row[6]) if row[6] else None,
            "owner": called.user(row[_OWNER]),
            "department": called.department(row[_DEPARTMENT]),
            "created_by": called.user(row[_MAKER]),
            "done_by": called.user(row[_DOER]),
            "customer": customers.get(row[_CUSTOMER]),
            "contact": contacts.get(row[_CONTACT]),
            "activity_id": row[13],
            "created_at": utc_of(row[14]),
            "updated_at": utc_of(row[15]),
            **_again(*row[16:20]),
            "custom": row[_CUSTOM],
            "can": policies.can(actor, _Held(UUID(row[_OWNER]), id_of(row[_DEPARTMENT]), UUID(row[_MAKER]))),
        }
        for row in rows
    ]
    shown.finish(connection, actor, items, entity=LISTING.entity)
    return items
