"""Many products at a time: what imports do, in a fixed number of statements per call."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import permitted
from app.audit import services as audit
from app.audit.services import Entry
from app.core import clock
from app.core.bulk import at_once, insert_many
from app.core.errors import FieldProblem
from app.core.ids import new_id
from app.core.search import Keys, fold
from app.fields import filling, rights, writing
from app.fields.filling import Wanted
from app.lists import index
from app.lists.models import PRODUCT
from app.products import amounts, categories, drafts, queries, trail
from app.products.drafts import MONEY, ProductDraft
from app.products.models import Product
from app.products.states import ProductState
from app.products.trail import PLAIN, SUBJECT
from tenants.context import require_tenant_id

Problems = tuple[FieldProblem, ...]
Outcome = UUID | Problems


@permitted(Permission.PRODUCT_MANAGE)
def create_many(actor: Actor, wanted: Sequence[ProductDraft], *, action: str = "imported") -> list[Outcome]:
    """Make products; for each draft, in order, its id or what is wrong with it.

    A bad draft does not hinder the others; of several with one code the first gets it.
    """
    planned = _plan(actor, wanted)
    made = [one for one in planned if not one.problems]
    if not made:
        return [one.problems for one in planned]
    with at_once():
        insert_many(Product, [one.row for one in made])
        index.put(PRODUCT, {one.id: one.keys.grams for one in made}, fresh=True)
        writing.index_new(actor, SUBJECT, {one.id: one.row["custom"] for one in made})
        audit.record_many(actor, [one.told(action) for one in made])
    return [one.problems or one.id for one in planned]


@permitted(Permission.PRODUCT_MANAGE)
def check_many(actor: Actor, wanted: Sequence[ProductDraft]) -> list[Problems]:
    """What is wrong with each draft, in order; nothing is made."""
    return [one.problems for one in _plan(actor, wanted)]


class _Planned:
    """A product about to be made: its columns, and what is wrong with them."""

    def __init__(self, actor: Actor, draft: ProductDraft, drawers: Mapping[UUID, str]) -> None:
        self.actor, self.drawers, self.id = actor, drawers, new_id()
        values, problems = drafts.tidy(drafts.values_of(draft))
        given = {name: values[name] for name in MONEY}
        money, differing = amounts.columns(given, {}, draft.list_price.currency, hidden=())
        touched = {name for name, value in values.items() if value is not None}
        found = [*problems, *differing, *rights.problems(actor, SUBJECT, touched)]
        if values["category_id"] and values["category_id"] not in drawers:
            found.append(FieldProblem("category_id", "unknown-reference"))
        self.problems: Problems = tuple(found)
        at = clock.now()
        self.row: dict[str, Any] = {
            "id": self.id,
            "version": 1,
            "tenant_id": require_tenant_id(),
            **{name: values[name] for name in PLAIN},
            "code_key": fold(values["code"] or ""),
            "category_id": values["category_id"],
            **money,
            "state": ProductState.ACTIVE.value,
            "custom": {},
            "created_at": at,
            "created_by_id": None if actor.is_system else actor.id,
            "updated_at": at,
        }
        self.own = Wanted(sent=values["custom"], facts=trail.known(self.of))

    def of(self, column: str) -> Any:
        """What a column is to hold."""
        return self.row[column]

    def settle(self, custom: Any, codes: dict[str, UUID]) -> None:
        """Take what the company's own fields come to, and the code, if it is free."""
        if isinstance(custom, tuple):
            self.problems += custom
        else:
            self.row["custom"] = custom
        key = self.row["code_key"]
        if key and not self.problems and codes.setdefault(key, self.id) != self.id:
            self.problems += (FieldProblem("code", "already-exists"),)
        if not self.problems:
            self.keys: Keys = trail.keys(self.of)
            self.row |= {"name_key": self.keys.sort, "search_text": self.keys.text}

    def told(self, action: str) -> Entry:
        """Its line in the trail."""
        facts = trail.facts(self.of, drafts.FIELDS, self.drawers)
        changes = [one for one in audit.differences({}, facts) if one["after"] is not None]
        changes += writing.told_of_new(self.actor, SUBJECT, self.row["custom"])
        return trail.entry(Product(id=self.id, name=self.row["name"]), action, changes)


def _plan(actor: Actor, wanted: Sequence[ProductDraft]) -> list[_Planned]:
    drawers = categories.names_of({one.category_id for one in wanted if one.category_id}, held=True)
    codes = queries.code_holders({fold(one.code or "") for one in wanted})
    planned = [_Planned(actor, draft, drawers) for draft in wanted]
    customs = filling.fill(actor, SUBJECT, [one.own for one in planned])
    for one, custom in zip(planned, customs, strict=True):
        one.settle(custom, codes)
    return planned
