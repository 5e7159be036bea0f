"""What can be done with a product."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import guarded, permitted
from app.audit import services as audit
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, Invalid, NotFound, invalid
from app.core.events import publish
from app.core.money import Money
from app.core.search import Keys, fold
from app.events.records import RecordsGone
from app.fields import filling, rights, writing
from app.fields import index as field_index
from app.fields.filling import Wanted
from app.files import uploads
from app.lists import index
from app.lists.models import PRODUCT
from app.products import amounts, categories, drafts, policies, queries, trail
from app.products.drafts import MONEY, ProductDraft
from app.products.models import Product
from app.products.states import ProductState
from app.products.trail import PLAIN, SUBJECT
from tenants.context import require_tenant_id

IMAGE = "image_id"


class ProductCodeTaken(Conflict):
    """Meanwhile another product has got its code."""

    code = "product-code-taken"


@permitted(Permission.PRODUCT_MANAGE)
def create(actor: Actor, draft: ProductDraft) -> UUID:
    """A new product, on sale from now on.

    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(drafts.values_of(draft))
    at = clock.now()
    product = Product(
        tenant_id=require_tenant_id(),
        currency=draft.list_price.currency,
        created_at=at,
        created_by_id=None if actor.is_system else actor.id,
        updated_at=at,
    )
    db.session.add(product)
    with db.session.no_autoflush:
        rights.demand(actor, SUBJECT, {name for name, value in values.items() if value is not None})
        _fill_in(actor, product, values)
        product.custom = filling.demand(
            actor, SUBJECT, Wanted(sent=values["custom"], facts=trail.known(_of(product)))
        )
        keys = _set_keys(product)
    db.session.flush()
    _lay_image(actor, product, None)
    index.put(PRODUCT, {product.id: keys.grams}, fresh=True)
    writing.index_new(actor, SUBJECT, {product.id: product.custom})
    told = [
        one for one in audit.differences({}, trail.shown(product, drafts.FIELDS)) if one["after"] is not None
    ]
    told += writing.told_of_new(actor, SUBJECT, product.custom)
    audit.record(actor, trail.entry(product, "created", told))
    return product.id


@guarded(policies.manage)
def update(actor: Actor, product: Product, changes: Mapping[str, Any]) -> None:
    """Change fields; None empties one.

    :param changes: fields of `ProductDraft`
    :raises Invalid: naming every field that cannot be taken
    """
    values = drafts.demand(changes)
    with db.session.no_autoflush:
        # One change is one version, however many statements it takes.
        before, picture = trail.shown(product, values), product.image_id
        _fill_in(actor, product, values)
        told = audit.differences(before, trail.shown(product, values))
        rights.demand(actor, SUBJECT, {change["field"] for change in told})
        told += writing.rewrite(actor, SUBJECT, product, values.get("custom"), trail.known(_of(product)))
        if not told and product.image_id == picture:
            return
        keys = _set_keys(product)
        product.updated_at = clock.now()
    db.session.flush()
    _lay_image(actor, product, picture)
    if trail.FOUND_BY & {change["field"] for change in told}:
        index.put(PRODUCT, {product.id: keys.grams})
    audit.record(actor, trail.entry(product, "updated", told))


def _fill_in(actor: Actor, product: Product, values: Mapping[str, Any]) -> None:
    for name in values.keys() & set(PLAIN):
        setattr(product, name, values[name])
    if "code" in values:
        _set_code(product, values["code"])
    if "category_id" in values:
        product.category_id = categories.demand(values["category_id"])
    _set_money(actor, product, {name: values[name] for name in MONEY if name in values})
    picture = values.get(IMAGE)
    if picture is not None and picture != product.image_id:
        _demand_picture(actor, picture)
    if IMAGE in values:
        product.image_id = picture


def _set_code(product: Product, code: str | None) -> None:
    product.code, product.code_key = code, fold(code or "")
    if code and queries.code_taken(product.code_key, but=product.id):
        raise invalid("code", "already-exists")


def _set_money(actor: Actor, product: Product, given: Mapping[str, Money | None]) -> None:
    kept = {name: getattr(product, name) for name in MONEY}
    columns, problems = amounts.columns(given, kept, product.currency, hidden=actor.hides(SUBJECT))
    if problems:
        raise Invalid(*problems)
    for name, value in columns.items():
        setattr(product, name, value)


def _demand_picture(actor: Actor, upload_id: UUID) -> None:
    kind = uploads.waiting(actor, [str(upload_id)]).get(str(upload_id))
    if kind is None:
        raise invalid(IMAGE, "unknown-reference")
    if kind != "picture":
        raise invalid(IMAGE, "not-a-picture")


def _lay_image(actor: Actor, product: Product, before: UUID | None) -> None:
    if product.image_id == before:
        return
    there = (SUBJECT, product.id)
    if before is not None:
        uploads.take_out(actor, there, IMAGE, [str(before)])
    if product.image_id is not None:
        uploads.lay(actor, there, IMAGE, [str(product.image_id)])


def _set_keys(product: Product) -> Keys:
    keys = trail.keys(_of(product))
    product.name_key, product.search_text = keys.sort, keys.text
    return keys


def _of(product: Product) -> Callable[[str], Any]:
    return partial(getattr, product)


@guarded(policies.manage)
def set_state(actor: Actor, product: Product, state: ProductState) -> None:
    """Retire a product, so that it is offered no more, or bring it back."""
    if product.state == state:
        return
    change = {"field": "state", "before": product.state, "after": state.value}
    product.state, product.updated_at = state.value, clock.now()
    db.session.flush()
    action = "retired" if product.is_retired else "reactivated"
    audit.record(actor, trail.entry(product, action, [change]))


@guarded(policies.manage)
def delete(actor: Actor, product: Product) -> None:
    """Put a product into the recycle bin."""
    product.deleted_at = clock.now()
    product.deleted_by_id = None if actor.is_system else actor.id
    db.session.flush()
    audit.record(actor, trail.entry(product, "deleted"))


@guarded(policies.manage)
def restore(actor: Actor, product: Product) -> None:
    """Take a product out of the recycle bin.

    :raises ProductCodeTaken: when another has its code meanwhile
    """
    if product.code_key and queries.code_taken(product.code_key, but=product.id):
        raise ProductCodeTaken
    product.deleted_at = product.deleted_by_id = None
    product.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, trail.entry(product, "restored"))


@guarded(policies.manage)
def purge(actor: Actor, product: Product) -> None:
    """Remove a product in the recycle bin for ever.

    :raises NotFound: when it lies there no more
    """
    if not product.in_bin:
        raise NotFound
    publish(RecordsGone(record_type=SUBJECT, record_ids=(product.id,)))
    audit.record(actor, trail.entry(product, "purged"))
    index.drop(PRODUCT, [product.id])
    field_index.drop([product.id])
    db.session.delete(product)
    db.session.flush()
