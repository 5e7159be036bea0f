"""The kinds of expense that a company knows: making, changing, arranging and archiving them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.rules import Rule, guarded, permitted, unlocked
from app.audit import services as audit
from app.audit.services import Entry, changes_of, facts_of
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db
from app.core.errors import Conflict, invalid
from app.core.ids import new_id
from app.core.search import fold
from app.expense_kinds.models import ExpenseKind
from tenants.context import require_tenant_id

SUBJECT = "expense-kind"
LONGEST_NAME, MOST, LAST = 30, 100, 1_000_000
_TOLD = ("name", "needs_receipt", "needs_customer")
_LOCK = 0x65786B64  # "exkd": two kinds made at the same time could bear one name
FOUNDED = (
    ("交通", "Transport", True, False),
    ("住宿", "Accommodation", True, False),
    ("餐饮招待", "Meals and entertainment", True, True),
    ("差旅补贴", "Travel allowance", False, False),
    ("礼品", "Gifts", True, True),
    ("办公用品", "Office supplies", True, False),
    ("通讯", "Telephone", True, False),
    ("快递物流", "Postage and freight", True, False),
    ("其他", "Other", True, False),
)
"""What every company begins with: in Chinese, in English, whether it needs a receipt, and a customer."""


arrange: Rule[Any] = Rule(Permission.EXPENSE_MANAGE, when=lambda _actor, _kind: True)


class TooManyKinds(Conflict):
    """Nobody finds the right one among more."""

    code = "too-many-expense-kinds"


@permitted(Permission.EXPENSE_MANAGE)
def create(actor: Actor, *, name: str, needs_receipt: bool, needs_customer: bool) -> ExpenseKind:
    """A new kind, the last one.

    :raises Invalid: for a name that there is
    """
    _lock()
    if (db.session.scalar(select(func.count()).select_from(ExpenseKind)) or 0) >= MOST:
        raise TooManyKinds
    at, last = clock.now(), db.session.scalar(select(func.max(ExpenseKind.position)))
    made = ExpenseKind(
        id=new_id(),
        name=name.strip(),
        needs_receipt=needs_receipt,
        needs_customer=needs_customer,
        position=min((last or 0) + 10, LAST),
        created_at=at,
        updated_at=at,
    )
    _demand_unused_name(made)
    db.session.add(made)
    db.session.flush()
    audit.record(actor, _entry(made, "created", facts_of(made, _TOLD)))
    return made


@guarded(arrange)
def change(actor: Actor, kind: ExpenseKind, changes: Mapping[str, Any]) -> None:
    """Rename a kind, say what it needs, give it another place, archive it or take it up again.

    :raises Invalid: for a name that there is
    """
    _lock()
    with db.session.no_autoflush:
        for name, value in changes.items():
            setattr(kind, name, value.strip() if name == "name" else value)
        _demand_unused_name(kind)
    told = changes_of(kind)
    if told:
        kind.updated_at = clock.now()
        db.session.flush()
        audit.record(actor, _entry(kind, "updated", told))


@unlocked("a new company has nobody yet who could arrange them")
def found(locale: str) -> None:
    """Give a new company what it begins with."""
    at, here = clock.now(), require_tenant_id()
    rows = [
        {
            "tenant_id": here,
            "id": new_id(),
            "name": english if locale == "en" else chinese,
            "needs_receipt": receipt,
            "needs_customer": customer,
            "archived": False,
            "position": place * 10,
            "version": 1,
            "created_at": at,
            "updated_at": at,
        }
        for place, (chinese, english, receipt, customer) in enumerate(FOUNDED, 1)
    ]
    insert_many(ExpenseKind, rows)


def _lock() -> None:
    db.session.execute(select(func.pg_advisory_xact_lock(_LOCK, require_tenant_id() % 2**31)))


def _demand_unused_name(wanted: ExpenseKind) -> None:
    others = select(ExpenseKind.name).where(ExpenseKind.id != wanted.id)
    if fold(wanted.name) in map(fold, db.session.scalars(others)):
        raise invalid("name", "already-exists")


def _entry(kind: ExpenseKind, action: str, changes: Sequence[Mapping[str, Any]] = ()) -> Entry:
    """One line about a kind of expense."""
    return Entry(
        action=action, subject_type=SUBJECT, subject_id=kind.id, subject_label=kind.name, changes=changes
    )
