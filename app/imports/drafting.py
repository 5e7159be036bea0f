"""From a row to a customer as it is wanted, and back to the row's fields when something is wrong with it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.core.phones import Phone
from app.core.search import fold
from app.customers import drafts
from app.customers.drafts import CustomerDraft
from app.imports.plan import Row, is_own

_ELSEWHERE = {"id", "owner", "parent", "mobile", "phone", "tags"}
_FIELDS = {"owner_id": "owner", "parent_id": "parent", "phones": "phone"}


def draft(row: Row, known: Mapping[str, UUID]) -> CustomerDraft:
    """The customer that a row wants.

    :param known: ids by folded name, for the parent
    """
    numbers = [Phone(number) for name in ("mobile", "phone") for number in row.values.get(name, ())]
    return CustomerDraft(
        **{n: value for n, value in row.values.items() if n not in _ELSEWHERE and not is_own(n)},
        custom=row.custom,
        phones=tuple(numbers),
        tags=tuple(row.values.get("tags", ())),
        owner_id=row.owner_id,
        parent_id=known.get(fold(row.parent)),
    )


def check(rows: Sequence[Row]) -> None:
    """Note what is wrong with rows, as far as that can be told without the database."""
    for row in rows:
        if not row.problems:
            _, problems = drafts.tidy(drafts.values_of(draft(row, {})))
            row.problems += problems


def field_of(place: str) -> str:
    """The field of a row that a problem with the customer is about: phones.0.number is the phone."""
    name, _, rest = place.partition(".")
    if name == "custom":
        return rest.partition(".")[0]
    return _FIELDS.get(name, name)
