"""The lists of approvals: to be decided, decided, one's own, copied to one, and all there are.

Each row of the first two is a seat, of the third an approval, of the fourth a copy: whatever the list walks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from app.access.actor import Actor
from app.access.permissions import Permission, Scope
from app.approvals.cards import columns
from app.approvals.kinds import DESCRIBED, kind_of
from app.approvals.states import ApprovalState
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of
from app.lists import names, pages, totals
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach, reach


def _field(name: str, kind: Kind, choices: tuple[str, ...] = (), *, column: str = "") -> Field:
    return Field(name, kind, columns.OF_THE_APPROVAL.format(column=column or name), choices)


_STATES = tuple(str(state) for state in ApprovalState)
_KIND = Field("kind", Kind.TEXT, "r.kind")
_ABOUT = (
    _KIND,
    _field("title", Kind.TEXT),
    _field("state", Kind.CHOICE, _STATES),
    _field("submitter_id", Kind.ID, column="owner_id"),
    _field("department_id", Kind.ID),
    _field("submitted_at", Kind.INSTANT),
)
TO_DECIDE = Listing(
    table="approval_seats",
    kind="",
    columns=lambda _reach: columns.joined(columns.OF_SEAT, "r.approval_id"),
    sorts=sorts_of(instant_key("opened_at")),
    default_sort="-opened_at",
    fields=declare(
        Field("kind", Kind.TEXT, "r.kind"), Field("opened_at", Kind.INSTANT, "r.opened_at"), *_ABOUT
    ),
    live="r.state = 'open'",
    searchable=False,
)
DECIDED = Listing(
    table="approval_seats",
    kind="",
    columns=lambda _reach: columns.joined(columns.OF_SEAT, "r.approval_id"),
    sorts=sorts_of(instant_key("decided_at")),
    default_sort="-decided_at",
    fields=declare(
        Field("kind", Kind.TEXT, "r.kind"), Field("decided_at", Kind.INSTANT, "r.decided_at"), *_ABOUT
    ),
    live="r.decided_at IS NOT NULL",
    searchable=False,
)
COPIES = Listing(
    table="approval_copies",
    kind="",
    columns=lambda _reach: columns.OF_COPY,
    sorts=sorts_of(instant_key("at")),
    default_sort="-at",
    fields=declare(
        Field("kind", Kind.TEXT, "r.kind"),
        Field("read", Kind.YES, "(r.read_at IS NOT NULL)", by_value=True),
        *_ABOUT,
    ),
    live="true",
    searchable=False,
)
APPROVALS = Listing(
    table="approvals",
    kind="",
    columns=columns.of_approval,
    sorts=sorts_of(instant_key("submitted_at")),
    default_sort="-submitted_at",
    fields=declare(
        _KIND,
        Field("title", Kind.TEXT, "r.title"),
        Field("state", Kind.CHOICE, "r.state", _STATES),
        Field("submitter_id", Kind.ID, "r.owner_id"),
        Field("department_id", Kind.ID, "r.department_id"),
        Field("subject_id", Kind.ID, "r.subject_id"),
        Field("submitted_at", Kind.INSTANT, "r.submitted_at"),
        Field("stuck", Kind.YES, "(r.stuck_since IS NOT NULL)", by_value=True),
    ),
    live="true",
    searchable=False,
)


@dataclass(frozen=True, slots=True)
class Box:
    """A list of approvals, and which of its rows are somebody's."""

    word: str
    listing: Listing


BOXES = {
    "to-decide": Box("to-decide", TO_DECIDE),
    "decided": Box("decided", DECIDED),
    "mine": Box("mine", APPROVALS),
    "copies": Box("copies", COPIES),
    "all": Box("all", APPROVALS),
}


def reach_of(actor: Actor, box: Box) -> Reach:
    """Which rows of a box are the actor's.

    :raises Forbidden: for all approvals, when the actor may look at none but those with a part of their own
    """
    if box.word == "all":
        return looking(actor)
    column = "owner_id" if box.word == "mine" else "user_id"
    own = f"r.{column} = %(me)s"
    return Reach(f"own-{box.word}", (Branch(f"{box.listing.table} r", own),), own, {"me": actor.id})


def looking(actor: Actor) -> Reach:
    """Which approvals somebody may look at by their role.

    :raises Forbidden: when it lets them look at none
    """
    if actor.may(Permission.APPROVAL_MANAGE):
        return Reach("all", (Branch("approvals r"),), "true", {})
    reached = reach(Permission.APPROVAL_READ, "approvals", of=actor)
    if actor.grants[Permission.APPROVAL_READ] is Scope.OWN:
        return reached
    shown = "(r.openness <> 'closed' OR r.owner_id = %(me)s)"
    branches = tuple(Branch(one.source, pages.both(one.where, shown), one.each) for one in reached.branches)
    params = {**reached.params, "me": actor.id}
    return Reach(f"{reached.shape}-shown", branches, f"({reached.predicate} AND {shown})", params)


def page(connection: Any, actor: Actor, box: Box, asked: Asked) -> dict[str, Any]:
    """A page of a box, for orjson: {"items", "next_cursor", "total" if asked for}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    within = reach_of(actor, box)
    found = pages.fetch(connection, box.listing, within, asked, actor.tenant_id)
    items = _items(connection, actor, box, found.rows)
    body: dict[str, Any] = {"items": items, "next_cursor": found.next_cursor}
    if asked.total:
        body["total"] = totals.count(connection, box.listing, within, asked, actor.tenant_id)
    return body


_COUNTED = {
    "to_decide": (
        "approval_seats r WHERE r.tenant_id = %(tenant)s AND r.user_id = %(me)s AND r.state = 'open'"
    ),
    "returned": (
        "approvals r WHERE r.tenant_id = %(tenant)s AND r.owner_id = %(me)s AND r.state = 'returned'"
    ),
    "unread_copies": (
        "approval_copies r WHERE r.tenant_id = %(tenant)s AND r.user_id = %(me)s AND r.read_at IS NULL"
    ),
    "stuck": "approvals r WHERE r.tenant_id = %(tenant)s AND r.stuck_since IS NOT NULL AND %(manages)s",
}


def counts(connection: Any, actor: Actor) -> dict[str, int]:
    """How much waits for somebody, for orjson, each up to 1,000; one statement.

    :param connection: a psycopg connection inside the tenant's walls
    """
    # Our own words, never a caller's.
    one = "(SELECT count(*) FROM (SELECT 1 FROM {} LIMIT 1000) c)"
    parts = (one.format(rows) for rows in _COUNTED.values())
    manages = actor.may(Permission.APPROVAL_MANAGE)
    params = {"tenant": actor.tenant_id, "me": actor.id, "manages": manages}
    found = pages.run(connection, f"SELECT {', '.join(parts)}", params)
    return dict(zip(_COUNTED, found[0], strict=True))


def _items(connection: Any, actor: Actor, box: Box, rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    seats = box.listing.table == "approval_seats"
    first = 7 if seats else 3 if box.word == "copies" else 1
    people = {user for row in rows for user in (row[first][4], *(row[first + 2] or ()))}
    people |= {row[5] for row in rows} if seats else set()
    called = names.directory(connection, actor, people)
    items = []
    for row in rows:
        about, at, holders = row[first : first + 3]
        kept = row[6][3] if seats else row[first + 3]
        hidden = frozenset(orjson.loads(kept)) if kept else frozenset()
        item = _about(actor, about, called, hidden)
        item.update(at=at, holders=[one for user in holders or () if (one := called.user(user))])
        if seats:
            item.update(_seat(row, called))
        if box.word == "copies":
            item.update(copied_at=_moment(row[1]), read=row[2] is not None)
        items.append(item)
    return items


def _about(
    actor: Actor, about: Sequence[str | None], called: names.Names, hidden: frozenset[str]
) -> dict[str, Any]:
    found = dict(zip(("id", "kind", "title", "state"), about[:4], strict=True))
    facts = orjson.loads(about[9] or "{}")
    return {
        **found,
        "submitter": called.user(about[4]),
        "department": called.department(about[5]),
        "submitted_at": _moment(about[6]),
        "ended_at": _moment(about[7]),
        "stuck": about[8] is not None,
        "facts": shown(actor, str(about[1]), facts, hidden),
        "described": described(facts, hidden) if DESCRIBED in facts else None,
    }


def shown(actor: Actor, kind: str, facts: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """The facts of a subject that an actor may see on its card."""
    if DESCRIBED in facts:
        # It says itself what it shows: nothing need be known of its kind.
        return {one["name"]: one["value"] for one in described(facts, hidden)["fields"]}
    of = kind_of(kind)
    unseen = hidden | of.hidden(actor)
    return {name: facts[name] for name in of.shown if name in facts and name not in unseen}


def described(facts: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """What a subject says itself of what its card shows."""
    told = facts[DESCRIBED]
    return {**told, "fields": [one for one in told["fields"] if one["name"] not in hidden]}


def _seat(row: Sequence[Any], called: names.Names) -> dict[str, Any]:
    step = row[6]
    return {
        "seat": {"id": row[0], "version": int(row[1]), "state": row[4], "stands_for": called.user(row[5])},
        "opened_at": _moment(row[2]),
        "decided_at": _moment(row[3]),
        "step": step[0],
        "due_at": _moment(step[1]),
        "overdue": step[2] == "true",
    }


def _moment(text: str | None) -> str | None:
    return utc_of(text) if text else None
