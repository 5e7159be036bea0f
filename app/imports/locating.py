"""Where records stand of which rows tell: at which customer, with whom there, of which product."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.contacts import queries as contacts
from app.core.errors import FieldProblem
from app.core.search import fold
from app.customers import queries as customers
from app.hosted.gathering import ProductNames
from app.imports.plan import Place, Row

Found = UUID | FieldProblem | None
_CREDIT_CODE = 18


def settle(by: Actor, rows: Sequence[Row]) -> None:
    """Look up what rows name, in a fixed number of statements; what is wrong with it is noted at them."""
    hosts = _customers(by, {str(row.values["customer"]) for row in rows if "customer" in row.values})
    goods = ProductNames(by, {key for row in rows for key in _keys(row)})
    found = {row.number: _customer(row, hosts) for row in rows}
    people = _contacts(by, rows, {one for one in found.values() if isinstance(one, UUID)})
    for row in rows:
        _place(row, found[row.number], people, goods)


def _place(row: Row, host: Found, people: Mapping[tuple[UUID, str], list[UUID]], goods: ProductNames) -> None:
    contact = _contact(row, host, people)
    product = _product(row, goods)
    for one in (host, contact, product):
        if isinstance(one, FieldProblem):
            row.problems.append(one)
    row.place = Place(*(one if isinstance(one, UUID) else None for one in (host, contact, product)))


def _keys(row: Row) -> list[str]:
    """What a row calls a product: in a column for it, else by the record's own name."""
    return [key] if (key := fold(row.texts.get("product") or row.texts.get("name", ""))) else []


def _customers(by: Actor, words: "set[str]") -> dict[str, list[UUID]]:
    """The customers that are called so; of what is no name, those with that credit code."""
    found = customers.named(by, words)
    codes = {word.upper() for word in words if len(word) == _CREDIT_CODE and fold(word) not in found}
    if codes:
        by_code = customers.recognised(by, "credit_code", codes)
        found |= {fold(code): several for code, several in by_code.items()}
    return found


def _customer(row: Row, hosts: Mapping[str, list[UUID]]) -> Found:
    word = str(row.values.get("customer", ""))
    found = hosts.get(fold(word), []) if word else []
    if len(found) > 1:
        return FieldProblem("customer", "ambiguous-customer", (("count", len(found)),))
    if word and not found:
        return FieldProblem("customer", "customer-not-found", (("value", word[:100]),))
    return found[0] if found else None


def _contacts(by: Actor, rows: Sequence[Row], hosts: "set[UUID]") -> Mapping[tuple[UUID, str], list[UUID]]:
    names = {str(row.values["contact"]) for row in rows if "contact" in row.values}
    found = contacts.named(by, names, hosts) if names and hosts else {}
    return {(host, name): several for (host, name), several in found.items() if host}


def _contact(row: Row, host: Found, people: Mapping[tuple[UUID, str], list[UUID]]) -> Found:
    word = str(row.values.get("contact", ""))
    if word and host is None:
        return FieldProblem("contact", "contact-needs-customer")
    if not word or not isinstance(host, UUID):
        return None
    found = people.get((host, fold(word)), [])
    if len(found) > 1:
        return FieldProblem("contact", "ambiguous-contact", (("count", len(found)),))
    return found[0] if found else FieldProblem("contact", "contact-not-found", (("value", word[:100]),))


def _product(row: Row, goods: ProductNames) -> Found:
    found = [one for key in _keys(row) for one in goods.of(key)]
    if "product" not in row.texts:
        # A name need be nothing of our catalogue; if it is for sure, it is known by it.
        return found[0] if len(found) == 1 else None
    if len(found) > 1:
        return FieldProblem("product", "ambiguous-product", (("count", len(found)),))
    word = row.texts["product"]
    return found[0] if found else FieldProblem("product", "product-not-found", (("value", word[:100]),))
