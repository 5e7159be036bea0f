"""The drawers of the catalogue: making, renaming, moving and deleting them."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.core.search import fold
from app.products import policies, trail
from app.products.models import Product, ProductCategory
from tenants.context import require_tenant_id

LONGEST_NAME = 50
MOST, DEEPEST = 500, 6
LAST = 1_000_000
_LOCK = 0x70726463  # "prdc": two moves at the same time could close a ring that neither sees
_ABOVE = text(
    """
    WITH RECURSIVE above AS (
        SELECT c.id, c.parent_id, 1 AS depth FROM product_categories c
        WHERE c.tenant_id = :tenant AND c.id = :start
        UNION ALL
        SELECT c.id, c.parent_id, a.depth + 1 FROM product_categories c
        JOIN above a ON c.id = a.parent_id WHERE c.tenant_id = :tenant
    )
    SELECT id FROM above
    """
)
_BELOW = text(
    """
    WITH RECURSIVE below AS (
        SELECT c.id, 1 AS depth FROM product_categories c WHERE c.tenant_id = :tenant AND c.id = :start
        UNION ALL
        SELECT c.id, b.depth + 1 FROM product_categories c
        JOIN below b ON c.parent_id = b.id WHERE c.tenant_id = :tenant
    )
    SELECT max(depth) FROM below
    """
)


class CategoryNotEmpty(Conflict):
    """Products, some perhaps in the recycle bin, or categories stand in it."""

    code = "category-not-empty"


class TooManyCategories(Conflict):
    """A catalogue of more drawers helps nobody to find anything."""

    code = "too-many-categories"


@permitted(Permission.PRODUCT_MANAGE)
def create(actor: Actor, *, name: str, parent_id: UUID | None = None) -> ProductCategory:
    """A new category, the last among its siblings.

    :raises Invalid: for a name that a sibling has, or a parent there is none of
    """
    _lock()
    if (db.session.scalar(select(func.count()).select_from(ProductCategory)) or 0) >= MOST:
        raise TooManyCategories
    at = clock.now()
    made = ProductCategory(id=new_id(), name=name.strip(), parent_id=parent_id, created_at=at, updated_at=at)
    _demand_room(made, parent_id, height=1)
    _demand_unused_name(made)
    made.position = _next_position(parent_id)
    db.session.add(made)
    db.session.flush()
    told = [{"field": "name", "before": None, "after": made.name}]
    if parent_id:
        told.append({"field": "parent", "before": None, "after": _name_of(parent_id)})
    audit.record(actor, trail.of_category(made, "created", told))
    return made


@guarded(policies.manage)
def change(actor: Actor, category: ProductCategory, changes: Mapping[str, Any]) -> None:
    """Rename a category, move it with all below it, or give it another place among its siblings.

    :param changes: any of name, parent_id, position
    :raises Invalid: for a name that a sibling has, or a place below itself
    """
    _lock()
    told = []
    with db.session.no_autoflush:
        if "parent_id" in changes and changes["parent_id"] != category.parent_id:
            told.append(_move(category, changes["parent_id"]))
        if "name" in changes and changes["name"].strip() != category.name:
            told.append({"field": "name", "before": category.name, "after": changes["name"].strip()})
            category.name = changes["name"].strip()
        if told:
            _demand_unused_name(category)
        if changes.get("position", category.position) != category.position:
            told.append({"field": "position", "before": category.position, "after": changes["position"]})
            category.position = changes["position"]
    if not told:
        return
    category.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.of_category(category, "updated", told))


def _move(category: ProductCategory, parent_id: UUID | None) -> dict[str, Any]:
    height = db.session.scalar(_BELOW, {"tenant": require_tenant_id(), "start": category.id}) or 1
    _demand_room(category, parent_id, height=height)
    before = _name_of(category.parent_id)
    category.parent_id, category.position = parent_id, _next_position(parent_id)
    return {"field": "parent", "before": before, "after": _name_of(parent_id)}


@guarded(policies.manage)
def remove(actor: Actor, category: ProductCategory) -> None:
    """Delete an empty category.

    :raises CategoryNotEmpty: while anything stands in it
    """
    _lock()
    in_use = (
        select(Product.id).where(Product.category_id == category.id),
        select(ProductCategory.id).where(ProductCategory.parent_id == category.id),
    )
    if any(db.session.scalars(question.limit(1)).first() is not None for question in in_use):
        raise CategoryNotEmpty
    audit.record(actor, trail.of_category(category, "deleted"))
    db.session.delete(category)
    db.session.flush()


def demand(category_id: UUID | None) -> UUID | None:
    """A category in which a product can stand, held until the transaction ends.

    :raises Invalid: when there is none such
    """
    if category_id is not None and not names_of({category_id}, held=True):
        raise invalid("category_id", "unknown-reference")
    return category_id


def names_of(category_ids: Collection[UUID], *, held: bool = False) -> dict[UUID, str]:
    """What those of these categories are called that there are; one statement, or none.

    :param held: whether they are to be there until the transaction ends
    """
    if not category_ids:
        return {}
    wanted = select(ProductCategory.id, ProductCategory.name).where(ProductCategory.id.in_(category_ids))
    rows = db.session.execute(
        wanted.order_by(ProductCategory.id).with_for_update(key_share=True) if held else wanted
    )
    return {row.id: row.name for row in rows}


def _demand_room(category: ProductCategory, parent_id: UUID | None, *, height: int) -> None:
    if parent_id is None:
        return
    above = list(db.session.scalars(_ABOVE, {"tenant": require_tenant_id(), "start": parent_id}))
    if not above:
        raise invalid("parent_id", "unknown-reference")
    if category.id in above:
        raise invalid("parent_id", "category-cycle")
    if len(above) + height > DEEPEST:
        raise invalid("parent_id", "category-too-deep", max=DEEPEST)


def _demand_unused_name(category: ProductCategory) -> None:
    siblings = db.session.scalars(
        select(ProductCategory.name).where(
            ProductCategory.parent_id.is_not_distinct_from(category.parent_id),
            ProductCategory.id != category.id,
        )
    )
    if fold(category.name) in map(fold, siblings):
        raise invalid("name", "already-exists")


def _next_position(parent_id: UUID | None) -> int:
    last = db.session.scalar(
        select(func.max(ProductCategory.position)).where(
            ProductCategory.parent_id.is_not_distinct_from(parent_id)
        )
    )
    return 0 if last is None else min(last + 1, LAST)


def _name_of(category_id: UUID | None) -> str | None:
    return db.session.scalar(select(ProductCategory.name).where(ProductCategory.id == category_id))


def _lock() -> None:
    """Let nobody else rearrange the drawers until this transaction ends."""
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, require_tenant_id() % 2**31)))
