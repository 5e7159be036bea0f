"""Changing, deleting and restoring many products at a time, in a fixed number of statements per call."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.core import clock
from app.core.bulk import at_once, put_into, rewrite
from app.core.db import db
from app.core.errors import FieldProblem
from app.core.search import fold
from app.fields import catalogue as catalogues
from app.fields import index as own_index
from app.fields.filling import Wanted
from app.fields.revising import fill_in
from app.lists import index
from app.lists.models import PRODUCT
from app.products import amounts, categories, drafts, queries, trail
from app.products.drafts import MONEY
from app.products.models import Product
from app.products.services import ProductCodeTaken
from app.products.trail import PLAIN, SUBJECT
from tenants.context import require_tenant_id

Changes = Sequence[Mapping[str, Any]]
Problems = tuple[FieldProblem, ...]
_COLUMNS = (
    *PLAIN, "code_key", "category_id", "currency", *MONEY, "custom", "name_key", "search_text",
)  # fmt: skip


@permitted(Permission.PRODUCT_MANAGE)
def revise_many(
    actor: Actor, wanted: Mapping[UUID, Mapping[str, Any]], *, rehearsed: bool = False
) -> dict[UUID, Changes | Problems]:
    """Change fields of products; for each what has changed, nothing among it, or what is wrong with it.

    One that cannot be changed does not hinder the others; one with nothing to change keeps its version.

    :param wanted: by id, fields of `ProductDraft` but `image_id`
    :param rehearsed: whether it is only told what would become of them
    """
    products = queries.visible(actor, wanted.keys(), to_change=not rehearsed)
    tidied = {product_id: drafts.tidy(values) for product_id, values in wanted.items()}
    desk = _Desk(actor, products.values(), [values for values, _ in tidied.values()])
    outcomes: dict[UUID, Changes | Problems] = {}
    possible = []
    for product_id, (values, problems) in tidied.items():
        product = products.get(product_id)
        outcomes[product_id] = problems or _refusal(product)
        if product and not outcomes[product_id]:
            one = _Revised(desk, product, values)
            outcomes[product_id] = one.problems
            possible += [] if one.problems else [one]
    outcomes |= fill_in(actor, SUBJECT, possible)
    if not rehearsed:
        _write(actor, [one for one in possible if one.told and outcomes[one.product.id] is one.told])
    return outcomes


def _refusal(product: Product | None) -> Problems:
    return () if product else (FieldProblem("row", "row-gone"),)


class _Desk:
    """What is to be known of other records before some products can be changed."""

    def __init__(
        self, actor: Actor, products: Collection[Product], wanted: Sequence[Mapping[str, Any]]
    ) -> None:
        self.hidden = actor.hides(SUBJECT)
        self.codes = queries.code_holders({fold(values.get("code") or "") for values in wanted})
        chosen = {one for values in wanted if (one := values.get("category_id"))}
        self.open = categories.names_of(chosen, held=True)
        moved = any("category_id" in values for values in wanted)
        former = {one.category_id for one in products if one.category_id} if moved else set()
        self.categories = self.open | categories.names_of(former - self.open.keys())


class _Revised:
    """A product as it is to become."""

    def __init__(self, desk: _Desk, product: Product, values: Mapping[str, Any]) -> None:
        self.product, self.values = product, values
        self.custom = product.custom
        given = {name: values[name] for name in MONEY if name in values}
        kept = {name: getattr(product, name) for name in MONEY}
        money, problems = amounts.columns(given, kept, product.currency, hidden=desk.hidden)
        self.problems: Problems = (*problems, *self._misplaced(desk))
        self.columns = {name: getattr(product, name) for name in (*_COLUMNS, "state")}
        before = trail.facts(self.of, values.keys(), desk.categories)
        self.columns |= {name: value for name, value in values.items() if name in (*PLAIN, "category_id")}
        self.columns |= {**money, "code_key": fold(self.of("code") or "")}
        self.told = audit.differences(before, trail.facts(self.of, values.keys(), desk.categories))
        self.changed = {change["field"] for change in self.told}

    def of(self, column: str) -> Any:
        """What a column holds."""
        return self.columns[column]

    def _misplaced(self, desk: _Desk) -> list[FieldProblem]:
        found = []
        key = fold(self.values.get("code") or "")
        if key and desk.codes.setdefault(key, self.product.id) != self.product.id:
            found.append(FieldProblem("code", "already-exists"))
        if self.values.get("category_id") and self.values["category_id"] not in desk.open:
            found.append(FieldProblem("category_id", "unknown-reference"))
        return found

    @property
    def record(self) -> Product:
        """The product as it is now."""
        return self.product

    @property
    def own(self) -> Wanted:
        """What it is to have in the company's own fields."""
        return Wanted(
            sent=self.values.get("custom") or {},
            facts=trail.known(self.of),
            before=self.product.custom,
            record_id=self.product.id,
        )

    def row(self) -> dict[str, Any]:
        """Its columns as they are to be."""
        keys = trail.keys(self.of)
        row = {name: self.of(name) for name in _COLUMNS}
        found_by = {"name_key": keys.sort, "search_text": keys.text}
        return {**row, **found_by, "id": self.product.id, "custom": self.custom}


def _write(actor: Actor, revised: Sequence[_Revised]) -> None:
    if not revised:
        return
    rewrite(Product, [one.row() for one in revised], tenant_id=require_tenant_id(), at=clock.now())
    with at_once():
        refilled = {one.product.id: one.custom for one in revised if one.custom != one.product.custom}
        own_index.replace_many(refilled, catalogues.now(actor, SUBJECT))
        found_by = [one for one in revised if trail.FOUND_BY & one.changed]
        index.put(PRODUCT, {one.product.id: trail.keys(one.of).grams for one in found_by})
        audit.record_many(
            actor, [trail.entry(one.product, "updated", one.told, name=one.of("name")) for one in revised]
        )
    for one in revised:
        db.session.expire(one.product)


@permitted(Permission.PRODUCT_MANAGE)
def delete_many(actor: Actor, product_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Put products into the recycle bin; for each what is wrong, nothing for those that went."""
    products = queries.visible(actor, product_ids)
    problems = {one: _refusal(products.get(one)) for one in product_ids}
    maker = None if actor.is_system else actor.id
    values = {"deleted_at": clock.now(), "deleted_by_id": maker}
    _put(actor, "deleted", [products[one] for one, found in problems.items() if not found], values)
    return problems


@permitted(Permission.PRODUCT_MANAGE)
def restore_many(actor: Actor, product_ids: Collection[UUID]) -> dict[UUID, Problems]:
    """Take products out of the recycle bin, but for those whose code another has meanwhile."""
    products = queries.visible(actor, product_ids, binned=True)
    problems = {one: _refusal(products.get(one)) for one in product_ids}
    taken = queries.code_holders({product.code_key for product in products.values()})
    back = []
    for product in (products[one] for one, found in problems.items() if not found):
        if product.code_key and taken.setdefault(product.code_key, product.id) != product.id:
            problems[product.id] = (FieldProblem("row", ProductCodeTaken.code),)
        else:
            back.append(product)
    _put(actor, "restored", back, {"deleted_at": None, "deleted_by_id": None, "updated_at": clock.now()})
    return problems


def _put(actor: Actor, action: str, products: Sequence[Product], values: Mapping[str, Any]) -> None:
    if not products:
        return
    entries = [trail.entry(product, action) for product in products]
    put_into(Product, products, values)
    audit.record_many(actor, entries)
