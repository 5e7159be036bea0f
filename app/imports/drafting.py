"""From a row to a record as it is wanted, and back to the row's fields when something is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.contacts.drafts import ContactDraft
from app.core.errors import FieldProblem
from app.core.phones import Phone
from app.core.search import fold
from app.customers import drafts
from app.customers.drafts import CustomerDraft
from app.imports.plan import Row, is_own
from app.spreadsheets.registry import CUSTOMER, OF_CONTACT

ELSEWHERE = {"id", "owner", "parent", "customer", "mobile", "phone", "tags"}
"""Fields that are not taken over as they stand in a row."""
_FIELDS = {"owner_id": "owner", "parent_id": "parent", "customer_id": "customer", "phones": "phone"}


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


def _plain(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if name not in ELSEWHERE and not is_own(name)}


def _phones(row: Row) -> tuple[Phone, ...]:
    return tuple(Phone(number) for name in ("mobile", "phone") for number in row.values.get(name, ()))


def check(rows: Sequence[Row], record_type: str) -> None:
    """Note what is wrong with rows, as far as that can be told without the database."""
    for row in rows:
        if row.problems:
            continue
        if record_type == CUSTOMER:
            _, problems = drafts.tidy(drafts.values_of(draft(row, {})))
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
