"""The kinds of records with which much can be done at a time, and how each is done."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from app.access.actor import Actor
from app.access.permissions import Permission
from app.activities import cards as activity_cards
from app.activities import moving as activity_moving
from app.activities import queries as activities
from app.bulk_actions.models import Action
from app.consents import ledger
from app.consents.ledger import Noting
from app.contacts import cards as contact_cards
from app.contacts import drafts as contact_drafts
from app.contacts import queries as contacts
from app.contacts import revising as contact_revising
from app.core.errors import FieldProblem
from app.core.money import Money
from app.customers import cards as customer_cards
from app.customers import drafts as customer_drafts
from app.customers import moving
from app.customers import queries as customers
from app.customers import revising as customer_revising
from app.lists.pages import Listing
from app.lists.scopes import Reach
from app.products import cards as product_cards
from app.products import drafts as product_drafts
from app.products import queries as products
from app.products import revising as product_revising
from app.tasks import cards as task_cards
from app.tasks import moving as task_moving
from app.tasks import queries as tasks
from app.tasks import revising as task_revising
from app.tasks import tidying as task_tidying

Changes = Sequence[Mapping[str, Any]]
Problems = tuple[FieldProblem, ...]
Outcomes = Mapping[UUID, Changes | Problems]
Refusals = Mapping[UUID, Problems]


def _drafted(values: Mapping[str, Any]) -> dict[str, Any]:
    drafted = dict(values)
    if drafted.get("annual_revenue"):
        drafted["annual_revenue"] = Money(**drafted["annual_revenue"])
    if "tags" in drafted:
        drafted["tags"] = tuple(drafted["tags"])
    return drafted


def _stored(record: Any, name: str) -> Any:
    if name == "annual_revenue":
        amount, currency = record.annual_revenue, record.annual_revenue_currency
        return None if amount is None else {"amount": amount, "currency": currency}
    return getattr(record, name)


def _moved(values: Mapping[str, Any]) -> dict[str, Any]:
    category_id = values.get("category_id")
    return {**values, "category_id": UUID(category_id)} if category_id else dict(values)


def _of_product(product: Any, name: str) -> Any:
    return str(product.category_id or "") or None if name == "category_id" else getattr(product, name)


def _tidied(_values: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    return {}, ()


def _unrevised(_by: Actor, _wanted: Mapping[UUID, Mapping[str, Any]]) -> Outcomes:
    # What `needs` does not name is refused before it comes to this.
    raise LookupError


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record; `needs` says what each action with it takes."""

    job: str
    read: Permission
    listing: Listing
    reach: Callable[[Actor], Reach]
    seen: Callable[[Actor, Collection[UUID]], Mapping[UUID, Any]]
    """Those of some records that the actor sees outside the bin, locked."""
    needs: Mapping[Action, Permission]
    delete: Callable[[Actor, Collection[UUID]], Refusals]
    restore: Callable[[Actor, Collection[UUID]], Refusals]
    fields: frozenset[str] = frozenset()
    """The built-in fields that can be the same for many."""
    tidy: Callable[[Mapping[str, Any]], tuple[dict[str, Any], Problems]] = _tidied
    revise: Callable[[Actor, Mapping[UUID, Mapping[str, Any]]], Outcomes] = _unrevised
    transfer: Callable[[Actor, Mapping[UUID, UUID | None]], Outcomes] | None = None
    drafted: Callable[[Mapping[str, Any]], dict[str, Any]] = _drafted
    """Stored values as the domain takes them."""
    stored: Callable[[Any, str], Any] = _stored
    """A built-in field of a record as it is stored."""
    referring: Mapping[str, str] = field(default_factory=dict)
    """Of fields that hold ids: the field by what it is called where changes are told."""
    label: Callable[[Any], str] = attrgetter("name")
    silent: frozenset[str] = frozenset()
    """Changes that need no words beside the outcome."""
    note: Callable[[Actor, Collection[UUID], Noting], Refusals] | None = None
    """Notes what people have said they want to hear."""
    restored_within: timedelta = timedelta.max
    """For how long one that was deleted can come back."""


KINDS: Mapping[str, Kind] = {
    "customer": Kind(
        job="bulk-customer",
        read=Permission.CUSTOMER_READ,
        listing=customer_cards.LISTING,
        reach=customers.reach_of,
        seen=customers.visible,
        needs={
            Action.EDIT: Permission.CUSTOMER_UPDATE,
            Action.TAG: Permission.CUSTOMER_UPDATE,
            Action.TRANSFER: Permission.CUSTOMER_TRANSFER,
            Action.DELETE: Permission.CUSTOMER_DELETE,
        },
        fields=frozenset(
            {
                "type", "tier", "stage", "source", "industry", "region", "address", "website",
                "employees", "founded_year", "annual_revenue", "remark",
            }
        ),
        tidy=customer_drafts.tidy,
        revise=customer_revising.revise_many,
        delete=moving.delete_many,
        restore=moving.restore_many,
        transfer=moving.transfer_many,
    ),
    "contact": Kind(
        job="bulk-contact",
        read=Permission.CONTACT_READ,
        listing=contact_cards.LISTING,
        reach=contacts.reach_of,
        seen=contacts.visible,
        needs={
            Action.EDIT: Permission.CONTACT_UPDATE,
            Action.CONSENT: Permission.CONTACT_UPDATE,
            Action.DELETE: Permission.CONTACT_DELETE,
        },
        fields=frozenset({"gender", "language", "title", "department_name", "role", "remark"}),
        tidy=contact_drafts.tidy,
        revise=contact_revising.revise_many,
        delete=contact_revising.delete_many,
        restore=contact_revising.restore_many,
        note=ledger.note_many,
    ),
    "activity": Kind(
        job="bulk-activity",
        read=Permission.ACTIVITY_READ,
        listing=activity_cards.LISTING,
        reach=activities.reach_of,
        seen=activities.visible,
        needs={Action.DELETE: Permission.ACTIVITY_DELETE},
        delete=activity_moving.delete_many,
        restore=activity_moving.restore_many,
        label=attrgetter("gist"),
    ),
    "task": Kind(
        job="bulk-task",
        read=Permission.TASK_READ,
        listing=task_cards.LISTING,
        reach=task_cards.reach_of,
        seen=tasks.visible,
        needs=dict.fromkeys(
            (Action.EDIT, Action.POSTPONE, Action.TRANSFER, Action.COMPLETE, Action.REOPEN, Action.DELETE),
            Permission.TASK_UPDATE,
        ),
        fields=frozenset({"priority", "due_at"}),
        tidy=task_revising.tidy,
        revise=task_revising.revise_many,
        delete=task_moving.delete_many,
        restore=task_moving.restore_many,
        transfer=task_moving.hand_many,
        drafted=task_revising.drafted,
        stored=task_revising.stored,
        label=attrgetter("title"),
        silent=frozenset({task_revising.DONE}),
        restored_within=task_tidying.KEPT,
    ),
    "product": Kind(
        job="bulk-product",
        read=Permission.PRODUCT_READ,
        listing=product_cards.LISTING,
        reach=products.reach_of,
        seen=products.visible,
        needs=dict.fromkeys((Action.EDIT, Action.DELETE), Permission.PRODUCT_MANAGE),
        fields=frozenset({"category_id", "unit", "tax_rate", "description"}),
        tidy=product_drafts.tidy,
        revise=product_revising.revise_many,
        delete=product_revising.delete_many,
        restore=product_revising.restore_many,
        drafted=_moved,
        stored=_of_product,
        referring={"category": "category_id"},
    ),
}  # fmt: skip
JOB_KINDS: Mapping[str, str] = {kind.job: word for word, kind in KINDS.items()}
