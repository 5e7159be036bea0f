"""Contacts as somebody wants them, for every door and for imports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.contacts.birthdays import Birthday
from app.core.errors import FieldProblem, Invalid
from app.core.phones import Phone
from app.customers import drafts

LONGEST = {"name": 50, "title": 50, "department_name": 50, "wechat": 64, "email": 254, "remark": 5000}
PLAIN = ("name", "gender", "language", "title", "department_name", "role", "email", "wechat", "remark")
_CHECKED_LIKE_A_CUSTOMERS = {"name", "email", "remark", "phones"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """A contact to be made; without a customer it belongs to whoever makes it."""

    name: str
    customer_id: UUID | None = None
    gender: str | None = None
    language: str | None = None
    title: str | None = None
    department_name: str | None = None
    role: str | None = None
    phones: tuple[Phone, ...] = ()
    email: str | None = None
    wechat: str | None = None
    birthday: Birthday | None = None
    is_primary: bool = False
    remark: str | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


FIELDS = tuple(ContactDraft.__dataclass_fields__)


def values_of(draft: ContactDraft) -> dict[str, Any]:
    """A draft's fields by name."""
    return {name: getattr(draft, name) for name in FIELDS}


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in their stored form; what is empty is None.

    :raises Invalid: naming every field that has none
    """
    tidied, problems = tidy(values)
    if problems:
        raise Invalid(*problems)
    return tidied


def tidy(values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
    """Fields in their stored form, and what is wrong with those that have none."""
    shared = {name: value for name, value in values.items() if name in _CHECKED_LIKE_A_CUSTOMERS}
    blank = {name: value or None for name, value in values.items() if name in PLAIN}
    tidied, problems = drafts.tidy(shared)
    return {**values, **blank, **tidied}, problems
