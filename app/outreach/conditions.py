"""Stored conditions on records, as SQL: who is meant by whatever writes to many."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.access.actor import Actor
from app.core import filters, relative_days
from app.core.filter_sql import condition
from app.core.filters import Fields
from app.fields.queries import filters_of
from app.lists.pages import Listing
from app.lists.scopes import Branch, Reach
from tenants import calendar

_EVERYWHERE = Reach("all", (Branch("customers r"),), "true", {})


@dataclass(frozen=True, slots=True)
class Where:
    """A condition over a record `r`, and its values."""

    sql: str
    params: Mapping[str, Any]


def fields_of(connection: Any, actor: Actor, listing: Listing) -> Fields:
    """What somebody may tell records apart by.

    :param connection: a psycopg connection inside the tenant's walls
    """
    return filters_of(connection, actor, listing.entity) if listing.entity else listing.fields


def where(connection: Any, actor: Actor, listing: Listing, tree: Any, *, mark: str) -> Where:
    """A stored condition as SQL; days that it counts from today are the company's, whoever asks.

    :param mark: tells its values from those of other conditions in the same statement
    :raises Invalid: if it speaks of a field that is no more
    """
    known = fields_of(connection, actor, listing)
    node = filters.from_tree(relative_days.resolved(tree, known, calendar.zone()), known, at=mark)
    found = condition(node)
    sql = re.sub(r"%\((f\d+)\)s", rf"%({mark}_\1)s", _EVERYWHERE.fill(found.sql))
    return Where(sql or "true", {f"{mark}_{name}": value for name, value in found.params.items()})
