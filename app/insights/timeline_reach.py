"""Which lines of a timeline its reader may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.activities.policies import READING as ACTIVITY_READING
from app.assets.policies import NEEDED as ASSET_NEEDED
from app.contacts.policies import READING as CONTACT_READING
from app.contacts.queries import SHARING as CONTACT_SHARING
from app.customers.queries import SHARING as CUSTOMER_SHARING
from app.hosted.kinds import SHARING as HOSTED_SHARING
from app.lists import pages
from app.lists.scopes import Sharing, reach
from app.lists.timeline import Told
from app.quotes.policies import READING as QUOTE_READING
from app.quotes.queries import SHARING as QUOTE_SHARING
from app.tasks.cards import reach_of as tasks_in_reach

COMMENTS = ("comment", "annotation")
ATTACHMENT = "attachment"
KINDS: Mapping[str, tuple[str, ...]] = {
    "activity": ("activity",),
    "task": ("task",),
    "comment": COMMENTS,
    "attachment": (ATTACHMENT,),
    "contact": ("contact",),
    "quote": ("quote",),
    "asset": ("asset",),
    "service-record": ("service-record",),
    "purchase": ("purchase",),
    "change": (),
}
"""What a timeline can be narrowed to, and the records of which it then tells; a change is the host's own."""


@dataclass(frozen=True, slots=True)
class Host:
    """A kind of record that has a timeline."""

    type: str
    table: str
    sharing: Sharing | None
    seen_by: tuple[Permission, ...]
    also: Mapping[str, tuple[Permission, ...]]
    """Of what else it tells, and what that takes."""
    merges: bool = True
    """Whether one of its kind can take the place of another."""


_ASSETS = {"asset": ASSET_NEEDED.reading, "service-record": ASSET_NEEDED.reading}
_ASSETS |= {"purchase": ASSET_NEEDED.reading}
CUSTOMER = Host(
    "customer",
    "customers",
    CUSTOMER_SHARING,
    (Permission.CUSTOMER_READ,),
    {"contact": CONTACT_READING, "activity": ACTIVITY_READING, "quote": QUOTE_READING, **_ASSETS},
)
CONTACT = Host(
    "contact",
    "contacts",
    CONTACT_SHARING,
    CONTACT_READING,
    {"activity": ACTIVITY_READING, "quote": QUOTE_READING, **_ASSETS},
)
PRODUCT = Host("product", "products", None, (Permission.PRODUCT_READ,), {}, merges=False)
EXPENSE_CLAIM = Host("expense-claim", "expense_claims", None, (Permission.EXPENSE_READ,), {}, merges=False)
EXPENSE_REQUEST = Host(
    "expense-request", "expense_requests", None, (Permission.EXPENSE_READ,), {}, merges=False
)
BUDGET = Host("budget", "budgets", None, (Permission.EXPENSE_READ,), {}, merges=False)
ADVANCE = Host("advance", "advances", None, (Permission.EXPENSE_READ,), {}, merges=False)
ASSET = Host(
    "asset",
    "assets",
    HOSTED_SHARING,
    ASSET_NEEDED.reading,
    {"service-record": ASSET_NEEDED.reading},
    merges=False,
)
QUOTE = Host("quote", "quotes", QUOTE_SHARING, QUOTE_READING, {}, merges=False)

# What hangs on a record is told of while both are there and the reader may read that record.
_HANGING = (
    "(r.subject_type <> ALL (%(said)s) OR r.action = 'created' AND EXISTS (SELECT 1 FROM comments h "
    "WHERE h.tenant_id = %(tenant)s AND h.id = r.subject_id AND h.deleted_at IS NULL AND {on_record}))"
)
_HANGING_FILE = (
    "(r.subject_type <> 'attachment' OR EXISTS (SELECT 1 FROM attachments h "
    "WHERE h.tenant_id = %(tenant)s AND h.id = r.subject_id AND {on_record}))"
)
_ON_RECORD = "h.record_type = ANY (%(hosts)s) AND (h.record_type <> 'task' OR {task})"
_TASK = (
    "EXISTS (SELECT 1 FROM tasks t WHERE t.tenant_id = %(tenant)s AND t.id = {id} "
    "AND t.deleted_at IS NULL AND {predicate})"
)


def told(
    connection: Any, actor: Actor, host: Host, record_id: UUID, *, kinds: frozenset[str], by: UUID | None
) -> Told:
    """What an actor, who sees the record, may be told of it.

    :param connection: a psycopg connection inside the tenant's walls
    :param kinds: of `KINDS`; none for all
    :param by: whose doings alone are asked for
    """
    params: dict[str, Any] = {"said": list(COMMENTS)}
    hosts = {host.type}
    hosts |= {
        type_ for type_, needed in host.also.items() if _reached(connection, actor, host, record_id, needed)
    }
    own, seen = "true", "true"
    if actor.may(Permission.TASK_READ):
        hosts.add("task")
        tasks = tasks_in_reach(actor)
        if tasks.predicate != "true":
            params.update(tasks.params)
            predicate = tasks.predicate_of("t")
            seen = _TASK.format(id="h.record_id", predicate=predicate)
            # Of a task that is no more, only whoever did something with it is told.
            task = _TASK.format(id="r.subject_id", predicate=predicate)
            own = f"(r.subject_type <> 'task' OR r.actor_id = %(me)s OR {task})"
    params.update(hosts=sorted(hosts), me=actor.id)
    on_record = _ON_RECORD.format(task=seen)
    parts = [_HANGING.format(on_record=on_record), _HANGING_FILE.format(on_record=on_record), own]
    if by is not None:
        params["by"] = by
        parts.append("r.actor_id = %(by)s")
    types = {*hosts, *COMMENTS, ATTACHMENT}
    if kinds:
        asked = {type_ for kind in kinds for type_ in KINDS[kind] or (host.type,)}
        types &= asked
    return Told(
        host=host.table if host.merges else "", types=types, condition=" AND ".join(parts), params=params
    )


def _reached(
    connection: Any, actor: Actor, host: Host, record_id: UUID, needed: tuple[Permission, ...]
) -> bool:
    """Whether the actor, who sees a record, may also exercise permissions on what belongs to it."""
    if not all(actor.may(permission) for permission in needed):
        return False
    seen_as_far = min(actor.grants[permission] for permission in host.seen_by)
    narrow = [p for p in needed if actor.grants[p] is not Scope.ALL and actor.grants[p] < seen_as_far]
    return all(_within(connection, actor, host, record_id, permission) for permission in narrow)


def _within(connection: Any, actor: Actor, host: Host, record_id: UUID, permission: Permission) -> bool:
    scope = reach(permission, host.table, host.sharing, of=actor)
    statement = (
        f"SELECT 1 FROM {host.table} r WHERE r.tenant_id = %(tenant)s AND r.id = %(id)s "  # noqa: S608
        f"AND {scope.predicate}"
    )
    params = {**scope.params, "tenant": actor.tenant_id, "id": record_id}
    return bool(pages.run(connection, statement, params))
