"""Customers as somebody wants them: what may stand in each field, for every door and for imports."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.core import phones, year_days
from app.core.errors import FieldProblem, Invalid
from app.core.money import CURRENCIES, Money
from app.core.phones import Phone
from app.core.plain_text import Unplain, tidied
from app.customers.states import CustomerKind, CustomerType, Stage, Tier

LONGEST = {
    "name": 200,
    "source": 50,
    "industry": 50,
    "region": 50,
    "address": 200,
    "website": 500,
    "credit_code": 32,
    "email": 254,
    "remark": 5000,
}
CHOICES: dict[str, type[CustomerKind | CustomerType | Stage | Tier]] = {
    "kind": CustomerKind,
    "type": CustomerType,
    "tier": Tier,
    "stage": Stage,
}
_WORDS = {name: tuple(map(str, words)) for name, words in CHOICES.items()}
NEVER_EMPTY = {"name", "kind", "type", "stage"}
MOST_EMPLOYEES = 10_000_000
FIRST_YEAR, LAST_YEAR = 1000, 2100
MOST_REVENUE = 10**17
MOST_PHONES, LONGEST_LABEL = 20, 20
MOST_TAGS, LONGEST_TAG = 30, 30

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".]{2,}")
_WEBSITE = re.compile(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)+([/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """A customer to be made. Without an owner it belongs to whoever makes it."""

    name: str
    kind: str = CustomerKind.COMPANY
    type: str = CustomerType.END_CUSTOMER
    tier: str | None = None
    stage: str = Stage.POTENTIAL
    source: str | None = None
    industry: str | None = None
    region: str | None = None
    address: str | None = None
    website: str | None = None
    credit_code: str | None = None
    employees: int | None = None
    founded_year: int | None = None
    founding_day: str | None = None
    """A day of the year, `03-08`."""
    annual_revenue: Money | None = None
    phones: tuple[Phone, ...] = ()
    email: str | None = None
    owner_id: UUID | None = None
    parent_id: UUID | None = None
    tags: tuple[str, ...] = ()
    remark: str | None = None
    custom: Mapping[str, Any] = field(default_factory=dict)
    """What is to stand in the company's own fields, by key."""


FIELDS = tuple(CustomerDraft.__dataclass_fields__)
DEFAULTS = {"kind": CustomerKind.COMPANY, "type": CustomerType.END_CUSTOMER, "stage": Stage.POTENTIAL}


class _Fault(Exception):
    def __init__(self, *problems: FieldProblem) -> None:
        super().__init__()
        self.problems = problems


def values_of(draft: CustomerDraft) -> dict[str, Any]:
    """A draft's fields by name."""
    return {name: getattr(draft, name) for name in FIELDS}


def tidy(values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
    """Fields in their stored form, and what is wrong with those that have none."""
    stored: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, value in values.items():
        try:
            stored[name] = _stored(name, value)
        except _Fault as fault:
            problems += fault.problems
    return stored, tuple(problems)


def demand(values: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in their stored form.

    :raises Invalid: naming every field that has none
    """
    stored, problems = tidy(values)
    if problems:
        raise Invalid(*problems)
    return stored


def _stored(name: str, value: Any) -> Any:
    if value is None or value == "":
        if name in NEVER_EMPTY:
            raise _fault(name, "required")
        return () if name in {"phones", "tags"} else None
    if name in CHOICES:
        return _choice(name, value)
    reader = _READERS.get(name)
    return reader(name, value) if reader else value


def _fault(field: str, code: str, **facts: object) -> _Fault:
    return _Fault(FieldProblem(field, code, tuple(facts.items())))


def _choice(name: str, value: Any) -> str:
    if value not in _WORDS[name]:
        raise _fault(name, "not-a-choice", choices=", ".join(_WORDS[name]))
    return str(value)


def _text(name: str, value: Any) -> str | None:
    text = _plain(name, value, LONGEST[name], multiline=name == "remark")
    if not text and name in NEVER_EMPTY:
        raise _fault(name, "required")
    return text or None


def _plain(field: str, value: Any, longest: int, *, multiline: bool = False) -> str:
    try:
        return tidied(value, longest, lines=multiline)
    except Unplain as fault:
        raise _fault(field, fault.code, **fault.facts) from None


def _email(name: str, value: Any) -> str | None:
    text = _text(name, value)
    if text and not _EMAIL.fullmatch(text):
        raise _fault(name, "invalid-email")
    return text


def _website(name: str, value: Any) -> str | None:
    text = _text(name, value)
    if not text:
        return None
    address = text if "://" in text else f"https://{text}"
    if not _WEBSITE.fullmatch(address):
        raise _fault(name, "invalid-url")
    return address


def _whole(low: int, high: int) -> Callable[[str, Any], int]:
    def read(name: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise _fault(name, "not-a-number")
        if not low <= value <= high:
            raise _fault(name, "out-of-range", min=low, max=high)
        return value

    return read


def _year_day(name: str, value: Any) -> str:
    if not isinstance(value, str) or not year_days.is_day(value):
        raise _fault(name, "not-a-day-of-the-year")
    return value


def _money(name: str, value: Money) -> Money:
    if value.currency not in CURRENCIES:
        raise _fault(f"{name}.currency", "invalid-currency")
    if not 0 <= value.amount <= MOST_REVENUE:
        raise _fault(f"{name}.amount", "out-of-range", min=0, max=MOST_REVENUE)
    return value


def _phones(name: str, value: Iterable[Phone]) -> tuple[Phone, ...]:
    given = list(value)
    if len(given) > MOST_PHONES:
        raise _fault(name, "too-many", max=MOST_PHONES)
    kept: dict[str, Phone] = {}
    problems: list[FieldProblem] = []
    for i, phone in enumerate(given):
        try:
            label = _plain(f"{name}.{i}.label", phone.label, LONGEST_LABEL)
            typed = _plain(f"{name}.{i}.number", phone.number, phones.MAX_LENGTH)
            number = phones.normalise(typed, field=f"{name}.{i}.number")
            kept.setdefault(number, Phone(number, label))
        except (_Fault, Invalid) as fault:
            problems += fault.problems
    if problems:
        raise _Fault(*problems)
    return tuple(kept.values())


def _tags(name: str, value: Iterable[str]) -> tuple[str, ...]:
    given = [_plain(f"{name}.{i}", tag, LONGEST_TAG) for i, tag in enumerate(value)]
    if len(given) > MOST_TAGS:
        raise _fault(name, "too-many", max=MOST_TAGS)
    return tuple(filter(None, given))


_READERS: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(LONGEST, _text),
    "email": _email,
    "website": _website,
    "employees": _whole(0, MOST_EMPLOYEES),
    "founded_year": _whole(FIRST_YEAR, LAST_YEAR),
    "founding_day": _year_day,
    "annual_revenue": _money,
    "phones": _phones,
    "tags": _tags,
}
