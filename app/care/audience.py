"""Who is meant by a rule: the conditions on contacts, customers and records, as SQL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.care.states import TriggerKind, Whom
from app.core import filters, relative_days
from app.core.filter_sql import condition
from app.core.filters import Fields
from app.fields.queries import filters_of
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach

_EVERYWHERE = Reach("all", (Branch("customers r"),), "true", {})
CONDITIONS = ("contacts", "customers", "records")


@dataclass(frozen=True, slots=True)
class Where:
    """A condition over a record `r`, and its values."""

    sql: str
    params: Mapping[str, Any]


def fields_of(connection: Any, actor: Actor, listing: Listing) -> Fields:
    """What somebody may tell the people of a rule apart by.

    :param connection: a psycopg connection inside the tenant's walls
    """
    return filters_of(connection, actor, listing.entity) if listing.entity else listing.fields


def where(connection: Any, actor: Actor, listing: Listing, tree: Any, *, mark: str) -> Where:
    """A stored condition as SQL.

    :param mark: tells its values from those of other conditions in the same statement
    :raises Invalid: if it speaks of a field that is no more
    """
    known = fields_of(connection, actor, listing)
    node = filters.from_tree(relative_days.resolved(tree, known, actor.zone), known, at=mark)
    found = condition(node)
    sql = re.sub(r"%\((f\d+)\)s", rf"%({mark}_\1)s", _EVERYWHERE.fill(found.sql))
    return Where(sql or "true", {f"{mark}_{name}": value for name, value in found.params.items()})


def whose(record: str, whom: str) -> str:
    """How the people `p` of a rule belong to its record `r`."""
    at_customer = "r.id" if record == "customer" else "r.customer_id"
    everybody = f"p.customer_id = {at_customer}"
    if whom == Whom.ALL:
        return everybody
    primary = f"{everybody} AND p.is_primary"
    if whom == Whom.PRIMARY or record == "customer":
        return primary
    named = (
        "EXISTS (SELECT 1 FROM contacts o WHERE o.tenant_id = %(tenant)s AND o.id = r.contact_id "
        "AND o.deleted_at IS NULL)"
    )
    return f"CASE WHEN {named} THEN p.id = r.contact_id ELSE {primary} END"


def record_of(trigger_kind: str, field: str | None, whom: str) -> str:
    """The word of the record that a rule goes by: contacts for birthdays, and festivals of all."""
    if trigger_kind == TriggerKind.DATE:
        return (field or "").partition(".")[0]
    if trigger_kind == TriggerKind.FESTIVAL and whom != Whom.ALL:
        return "customer"
    return "contact"
