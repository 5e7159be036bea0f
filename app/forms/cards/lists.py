"""Lists of entries on the fast lane: one's own, and those of a form."""

from typing import Any
from uuid import UUID

import orjson

from app.access.actor import Actor
from app.core.db import db
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.core.keyset import instant_key, sorts_of
from app.forms.states import EntryState
from app.lists import names, pages, totals
from app.lists.instants import utc_of
from app.lists.pages import Asked, Listing
from app.lists.scopes import Branch, Reach
from tenants import rls

_FORM = (
    "(SELECT ARRAY[f.id::text, f.name, f.icon] FROM forms f "
    "WHERE f.tenant_id = %(tenant)s AND f.id = r.form_id)"
)
# Long texts and tables are for the entry itself.
_TOLD = """jsonb_path_query_array(r.told, '$[*] ? (@.kind != "long_text" && @.kind != "table")')::text"""
_COLUMNS = (
    "r.id::text, r.title, r.state, r.owner_id::text, r.department_id::text, r.submitted_at::text, "
    f"r.updated_at::text, {_TOLD}, {_FORM}"
)
LISTING = Listing(
    table="form_entries",
    kind="",
    columns=lambda _reach: _COLUMNS,
    sorts=sorts_of(instant_key("submitted_at")),
    default_sort="-submitted_at",
    fields=declare(
        Field("form_id", Kind.ID, "r.form_id"),
        Field("title", Kind.TEXT, "r.title"),
        Field("state", Kind.CHOICE, "r.state", tuple(EntryState)),
        Field("submitter_id", Kind.ID, "r.owner_id"),
        Field("department_id", Kind.ID, "r.department_id"),
        Field("submitted_at", Kind.INSTANT, "r.submitted_at"),
    ),
    live="r.state <> 'draft'",
    searchable=False,
)


def own(actor: Actor) -> Reach:
    """What somebody has filled in."""
    mine = "r.owner_id = %(me)s"
    return Reach("own-form-entries", (Branch("form_entries r", mine),), mine, {"me": actor.id})


def of_form(form_id: UUID) -> Reach:
    """All entries of a form; whether anybody may see them is not asked."""
    of_it = "r.form_id = %(form)s"
    return Reach("of-form", (Branch("form_entries r", of_it),), of_it, {"form": form_id})


def page(connection: Any, actor: Actor, within: Reach, asked: Asked) -> dict[str, Any]:
    """A page of entries, for orjson: {"items", "next_cursor", "total" if asked for}.

    :param connection: a psycopg connection inside the tenant's walls
    """
    found = pages.fetch(connection, LISTING, within, asked, actor.tenant_id)
    called = names.directory(connection, actor, {row[3] for row in found.rows})
    body: dict[str, Any] = {
        "items": [_item(row, called) for row in found.rows],
        "next_cursor": found.next_cursor,
    }
    if asked.total:
        body["total"] = totals.count(connection, LISTING, within, asked, actor.tenant_id)
    return body


def page_of_form(actor: Actor, form_id: UUID, asked: Asked) -> dict[str, Any]:
    """The same of all entries of a form; whether the actor may see them is not asked."""
    return page(rls.driver_of(db.session()), actor, of_form(form_id), asked)


def _item(row: tuple[Any, ...], called: names.Names) -> dict[str, Any]:
    form = row[8]
    return {
        "id": row[0],
        "title": row[1],
        "state": row[2],
        "owner": called.user(row[3]),
        "department": called.department(row[4]),
        "submitted_at": utc_of(row[5]),
        "updated_at": utc_of(row[6]),
        "told": orjson.loads(row[7]),
        "form": {"id": form[0], "name": form[1], "icon": form[2]},
    }
