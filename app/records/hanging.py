"""What hangs on records of any kind: a page of it, some of it by id, and its line in the trail."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.audit.services import Entry
from app.core import filter_sql
from app.core.filter_values import Kind
from app.core.filters import Field, Node, Op, Test, declare
from app.core.keyset import After, instant_key, sorts_of
from app.lists import pages
from app.lists.pages import Asked, Listing, Page
from app.lists.scopes import Branch, Reach
from app.records.kinds import Place


def listing(table: str, columns: str, *fields: Field) -> Listing:
    """A table of what hangs on records, listed the latest first."""
    return Listing(
        table=table,
        kind="",
        columns=lambda _reach: columns,
        sorts=sorts_of(instant_key("created_at")),
        default_sort="-created_at",
        fields=declare(
            Field("type", Kind.TEXT, "r.record_type"), Field("record_id", Kind.ID, "r.record_id"), *fields
        ),
        searchable=False,
    )


def page(
    connection: Any, actor: Actor, of: Listing, there: tuple[str, UUID], *more: Node,
    after: After | None, limit: int,
) -> Page:  # fmt: skip
    """What hangs on a record, the latest first; whether the actor sees the record is not asked.

    :param connection: a psycopg connection inside the tenant's walls
    :param there: the kind of the record, and its id
    :param more: what must hold besides
    """
    record_type, record_id = there
    on_it = (Test(of.fields["type"], Op.EQ, record_type), Test(of.fields["record_id"], Op.EQ, record_id))
    everywhere = Reach("all", (Branch(f"{of.table} r"),), "true", {})
    condition = filter_sql.condition(*on_it, *more)
    asked = Asked(of.sorts[of.default_sort], limit, after=after, condition=condition)
    return pages.fetch(connection, of, everywhere, asked, actor.tenant_id)


def by_ids(connection: Any, actor: Actor, of: Listing, ids: Iterable[str]) -> Sequence[tuple[Any, ...]]:
    """Rows by their ids, those that were taken off too; whether the actor sees their records is not asked.

    :param connection: a psycopg connection inside the tenant's walls
    """
    wanted = sorted(set(ids))
    if not wanted:
        return ()
    everywhere = Reach("all", (), "true", {})
    statement = (
        f"SELECT {of.columns(everywhere)} FROM {of.table} r "  # noqa: S608
        "WHERE r.tenant_id = %(tenant)s AND r.id = ANY (%(ids)s::uuid[])"
    )
    return pages.run(connection, statement, {"tenant": actor.tenant_id, "ids": wanted})


def entry(
    place: Place,
    action: str,
    subject: tuple[str, UUID],
    *,
    label: str = "",
    changes: Sequence[Mapping[str, Any]] = (),
) -> Entry:
    """Its line in the trail, told where its record is.

    :param subject: what kind of thing it is, and its id
    :param label: what it is called, if not as its record
    """
    subject_type, subject_id = subject
    return Entry(
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        subject_label=label or place.label,
        changes=changes,
        about_id=place.about_id,
        also_about_id=place.also_about_id,
    )
