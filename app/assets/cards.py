"""Assets as shown: rows of a list and whole ones."""

from datetime import date
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.assets.policies import HOSTED, NEEDED
from app.assets.queries import reach_of
from app.assets.states import AssetState
from app.core.db import db
from app.core.filter_values import Kind
from app.core.filters import Field
from app.core.keyset import SortKey, text_key
from app.core.search import fold
from app.hosted.cards import PRODUCT, HostedCards, Item, Look, flat
from app.lists import pages
from tenants import rls

_TEXTS = ("name", "model", "serial", "state", "location", "warranty_months", "maintenance_every",
          "maintenance_unit", "contract_number", "remark")  # fmt: skip
_DAYS = ("bought_on", "installed_on", "warranty_from", "warranty_until", "last_maintained_on",
         "maintenance_due_on", "contract_from", "contract_until")  # fmt: skip
_NEVER = "DATE '9999-12-31'"
MOST_ALIKE = 3


def _due_key(name: str) -> SortKey:
    """A sort by a day that may be missing: what is never due comes after all that is."""
    return SortKey(name, f"COALESCE(r.{name}, {_NEVER})", date.fromisoformat)


CARDS = HostedCards(
    HOSTED,
    Look(
        columns={
            **{name: f"r.{name}" for name in _TEXTS},
            **{name: f"r.{name}::text" for name in _DAYS},
            "product": PRODUCT,
        },
        sorts=(text_key("name", "name_key"), _due_key("warranty_until"), _due_key("maintenance_due_on")),
        default_sort="-updated_at",
        fields=(
            *(
                Field(name, Kind.TEXT, f"r.{name}")
                for name in ("name", "model", "location", "contract_number")
            ),
            Field("serial", Kind.TEXT, "r.serial_key", normal=fold),
            Field("state", Kind.CHOICE, "r.state", tuple(AssetState)),
            Field("product_id", Kind.ID, "r.product_id"),
            *(Field(name, Kind.DATE, f"r.{name}") for name in _DAYS),
        ),
    ),
)
LISTING, page, these, demand = CARDS.listing, CARDS.page, CARDS.these, CARDS.demand
__all__ = ["LISTING", "demand", "flat", "page", "these", "whole", "whole_now"]


def whole(connection: Any, actor: Actor, asset_id: UUID) -> Item:
    """One asset with everything its page shows, for orjson.

    :param connection: a psycopg connection inside the tenant's walls
    :raises NotFound: when there is none for the actor
    """
    return _with_alikes(connection, actor, CARDS.whole(connection, actor, asset_id))


def whole_now(actor: Actor, asset_id: UUID) -> Item:
    """One asset as it stands in the middle of a change, whether or not the reader may still see it."""
    item = CARDS.whole_now(actor, asset_id)
    return _with_alikes(rls.driver_of(db.session()), actor, item)


def _with_alikes(connection: Any, actor: Actor, item: Item) -> Item:
    """The others with the same serial number that the actor sees: it may have been noted twice."""
    item["same_serial"] = []
    if item["serial"] and all(actor.may(permission) for permission in NEEDED.reading):
        reach = reach_of(actor)
        statement = (
            "SELECT r.id::text, r.name FROM assets r WHERE r.tenant_id = %(tenant)s "  # noqa: S608
            "AND r.serial_key = %(serial)s AND r.id <> %(id)s AND r.deleted_at IS NULL "
            f"AND {reach.predicate} ORDER BY r.created_at, r.id LIMIT {MOST_ALIKE}"
        )
        asked = {"tenant": actor.tenant_id, "serial": fold(item["serial"]), "id": item["id"]}
        rows = pages.run(connection, statement, {**reach.params, **asked})
        item["same_serial"] = [{"id": row_id, "name": name} for row_id, name in rows]
    return item
