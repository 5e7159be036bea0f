"""From a row to a record as it is wanted, and back to the row's fields when something is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from app.contacts.drafts import ContactDraft
from app.core.errors import FieldProblem
from app.core.money import Money
from app.core.phones import Phone
from app.core.search import fold
from app.customers import drafts
from app.customers.drafts import CustomerDraft
from app.imports import cells, days
from app.imports.plan import Row, is_own
from app.products import drafts as product_drafts
from app.products.drafts import ProductDraft
from app.spreadsheets.registry import ASSET, CUSTOMER, OF_CONTACT, PRODUCT, PURCHASE

ELSEWHERE = {
    "id",
    "owner",
    "parent",
    "customer",
    "mobile",
    "phone",
    "tags",
    "category",
    "currency",
    "contact",
    "product",
}
"""Fields that are not taken over as they stand in a row."""
_FIELDS = {
    "owner_id": "owner",
    "parent_id": "parent",
    "customer_id": "customer",
    "category_id": "category",
    "contact_id": "contact",
    "product_id": "product",
    "phones": "phone",
}
_NO_PRICE = Money(0)
NEEDED_OF: Mapping[str, tuple[str, ...]] = {ASSET: ("customer",), PURCHASE: ("customer", "bought_on")}
D = TypeVar("D")


def draft(row: Row, known: Mapping[str, UUID]) -> CustomerDraft:
    """The customer that a row wants.

    :param known: ids by folded name, for the parent
    """
    return CustomerDraft(
        **_plain(row),
        custom=row.custom,
        phones=_phones(row),
        tags=tuple(row.values.get("tags", ())),
        owner_id=row.owner_id,
        parent_id=known.get(fold(row.parent)) if row.parent else None,
    )


def contact(row: Row, customer_id: UUID | None = None) -> ContactDraft:
    """The contact that a row, or the part of a row that tells of one, wants."""
    return ContactDraft(**_plain(row), custom=row.custom, phones=_phones(row), customer_id=customer_id)


def product(row: Row, category_id: UUID | None) -> ProductDraft:
    """The product that a row with a price wants."""
    return ProductDraft(
        **{"list_price": _NO_PRICE, **_plain(row)}, custom=row.custom, category_id=category_id
    )


def demand_prices(rows: Sequence[Row]) -> None:
    """Note which rows have no price: nothing can be made of them."""
    for row in rows:
        if "list_price" not in row.values and not any(one.field == "list_price" for one in row.problems):
            row.problems.append(FieldProblem("list_price", "required"))


def standing(row: Row, draft: Callable[..., D]) -> D:
    """The asset or purchase that a row wants, once it is known where it stands.

    :param draft: the class of drafts of such records
    """
    place = row.place
    if place is None:
        raise TypeError(row.number)
    return draft(
        **_plain(row),
        customer_id=place.customer_id,
        contact_id=place.contact_id,
        product_id=place.product_id,
        custom=row.custom,
    )


def complete(rows: Sequence[Row], record_type: str) -> None:
    """Take over the units that cells say (90天, 2箱); note which rows lack what none can be without."""
    spans: tuple[tuple[str, str, Callable[[str], tuple[object, str | None]]], ...] = (
        ("maintenance_every", "maintenance_unit", days.interval),
        ("quantity", "unit", cells.quantity),
    )
    needed = NEEDED_OF[record_type]
    for row in rows:
        for name, beside, read in spans:
            unit = read(row.texts[name])[1] if name in row.values and beside not in row.values else None
            row.values |= {beside: unit} if unit else {}
        known = {*row.values, *(one.field for one in row.problems)}
        row.problems += [FieldProblem(name, "required") for name in needed if name not in known]


def _plain(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name not in ELSEWHERE and not is_own(name)}


def _phones(row: Row) -> tuple[Phone, ...]:
    return tuple(Phone(number) for name in ("mobile", "phone") for number in row.values.get(name, ()))


def check(rows: Sequence[Row], record_type: str) -> None:
    """Note what is wrong with rows, as far as that can be told without the database."""
    if record_type == PRODUCT:
        demand_prices(rows)
    if record_type in NEEDED_OF:
        complete(rows, record_type)
    for row in rows:
        if row.problems:
            continue
        if record_type == CUSTOMER:
            _, problems = drafts.tidy(drafts.values_of(draft(row, {})))
            row.problems += problems
        if record_type == PRODUCT:
            _, problems = product_drafts.tidy(product_drafts.values_of(product(row, None)))
            row.problems += problems


def beside(problems: Sequence[FieldProblem]) -> list[FieldProblem]:
    """Problems with a contact, as they stand in a file of customers."""
    return [FieldProblem(f"{OF_CONTACT}{one.field}", one.code, one.facts) for one in problems]


def field_of(place: str) -> str:
    """The field of a row that a problem with the record is about: phones.0.number is the phone."""
    if place.startswith(OF_CONTACT):
        return f"{OF_CONTACT}{field_of(place.removeprefix(OF_CONTACT))}"
    name, _, rest = place.partition(".")
    if name == "custom":
        return rest.partition(".")[0]
    return _FIELDS.get(name, name)
