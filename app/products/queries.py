"""Reading the catalogue: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import refuse
from app.core.db import db
from app.core.errors import NotFound
from app.core.pinyin import sort_key
from app.core.search import fold
from app.lists.scopes import Branch, Reach
from app.products import policies
from app.products.models import Product, ProductCategory

EVERYWHERE = Reach("all", (Branch("products r"),), "true", {})


def _reach(actor: Actor, *needed: Permission) -> Reach:
    for permission in needed:
        if not actor.may(permission):
            raise refuse(actor, permission)
    return EVERYWHERE


def reach_of(actor: Actor) -> Reach:
    """Which products an actor sees: all.

    :raises Forbidden: when none at all
    """
    return _reach(actor, Permission.PRODUCT_READ)


def reach_to_export(actor: Actor) -> Reach:
    """Which products an actor may take out in a file: all.

    :raises Forbidden: when none at all
    """
    return _reach(actor, Permission.PRODUCT_READ, Permission.PRODUCT_EXPORT)


def reach_of_bin(actor: Actor) -> Reach:
    """Which products an actor sees in the recycle bin: all.

    :raises Forbidden: when none at all
    """
    return _reach(actor, Permission.PRODUCT_READ, Permission.PRODUCT_MANAGE)


def get(actor: Actor, product_id: UUID, *, to_change: bool = False) -> Product:
    """A product the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    product = _visible(actor, product_id, to_change=to_change)
    if product.in_bin:
        raise NotFound
    return product


def in_bin(actor: Actor, product_id: UUID) -> Product:
    """A product in the recycle bin, locked, that the actor might see outside it.

    :raises NotFound: otherwise
    """
    product = _visible(actor, product_id, to_change=True)
    if not product.in_bin:
        raise NotFound
    return product


def _visible(actor: Actor, product_id: UUID, *, to_change: bool) -> Product:
    statement = select(Product).where(Product.id == product_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    product = db.session.scalars(statement).first()
    if product is None or not policies.read.allows(actor, product):
        raise NotFound
    return product


def visible(
    actor: Actor, product_ids: Collection[UUID], *, binned: bool = False, to_change: bool = True
) -> dict[UUID, Product]:
    """Those of these products that the actor may see; one statement.

    :param binned: those in the recycle bin instead of those outside it
    :param to_change: lock them until the transaction ends
    """
    statement = select(Product).where(Product.id.in_(product_ids)).order_by(Product.id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(statement)
    return {one.id: one for one in found if one.in_bin is binned and policies.read.allows(actor, one)}


def category(actor: Actor, category_id: UUID, *, to_change: bool = False) -> ProductCategory:
    """A category.

    :param to_change: lock it until the transaction ends
    :raises NotFound: if there is none for the actor
    """
    statement = select(ProductCategory).where(ProductCategory.id == category_id)
    if to_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalars(statement).first()
    if found is None or not policies.read.allows(actor, found):
        raise NotFound
    return found


def tree(actor: Actor) -> list[dict[str, Any]]:
    """All categories, siblings in their order, each with how many products stand right in it.

    :raises Forbidden: for whoever sees no products
    """
    _reach(actor, Permission.PRODUCT_READ)
    counted = (
        select(Product.category_id, func.count().label("products"))
        .where(Product.deleted_at.is_(None), Product.category_id.is_not(None))
        .group_by(Product.category_id)
        .subquery()
    )
    rows = db.session.execute(
        select(ProductCategory, func.coalesce(counted.c.products, 0))
        .outerjoin(counted, counted.c.category_id == ProductCategory.id)
        .order_by(ProductCategory.position, ProductCategory.id)
    )
    return [
        {
            "id": one.id,
            "version": one.version,
            "parent_id": one.parent_id,
            "name": one.name,
            "position": one.position,
            "product_count": count,
        }
        for one, count in rows
    ]


def within(category_id: UUID) -> Select[UUID]:
    """The ids of a category and of all below it."""
    start = select(ProductCategory.id).where(ProductCategory.id == category_id).cte(recursive=True)
    below = select(ProductCategory.id).join(start, ProductCategory.parent_id == start.c.id)
    return select(start.union(below).c.id)


def code_taken(code_key: str, *, but: UUID) -> bool:
    """Whether another product outside the bin has a code."""
    return code_holders({code_key}).get(code_key, but) != but


def recognised(actor: Actor, way: str, keys: Collection[str]) -> dict[str, list[UUID]]:
    """The products, outside the bin, that files speak of, by what they say; one statement, or none.

    :param way: code, id or name; codes and names folded
    """
    if not keys or not policies.read.allows(actor, None):
        return {}
    live = select(Product.id, Product.code_key, Product.name).where(Product.deleted_at.is_(None))
    live = live.order_by(Product.created_at, Product.id)
    match way:
        case "id":
            rows = db.session.execute(live.where(Product.id.in_([UUID(key) for key in keys]))).all()
        case "code":
            rows = db.session.execute(live.where(Product.code_key.in_(keys))).all()
        case _:
            sorted_as = {sort_key(key) for key in keys}
            rows = db.session.execute(live.where(Product.name_key.in_(sorted_as))).all()
    told: dict[str, Callable[[Any], str]] = {
        "id": lambda row: str(row.id),
        "code": lambda row: str(row.code_key),
        "name": lambda row: fold(row.name),
    }
    found: dict[str, list[UUID]] = {}
    for row in rows:
        found.setdefault(told[way](row), []).append(row.id)
    return found


def code_holders(code_keys: Collection[str]) -> dict[str, UUID]:
    """Which products outside the bin have these codes, folded; one statement, or none."""
    wanted = {key for key in code_keys if key}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Product.code_key, Product.id).where(Product.code_key.in_(wanted), Product.deleted_at.is_(None))
    )
    return {row.code_key: row.id for row in rows}
