"""Reading expense requests: fetching is authorising, what an actor may not see does not exist."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, Table, select

from app.access.actor import Actor
from app.access.permissions import Permission
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.events.expenses import Outlay
from app.expense_requests import drawing, policies
from app.expense_requests.models import ExpenseRequest, ExpenseRequestLine
from app.lists.scopes import Branch, Reach, narrowest, reach
from tenants.context import require_tenant_id

TABLE = "expense_requests"
_LINES = cast("Table", ExpenseRequestLine.__table__)


def reach_of(actor: Actor) -> Reach:
    """Which requests an actor sees.

    :raises Forbidden: when none at all
    """
    return reach(Permission.EXPENSE_READ, TABLE, of=actor)


def reach_to_export(actor: Actor) -> Reach:
    """Which of the requests that an actor sees they may take out in a file.

    :raises Forbidden: when none at all
    """
    return reach(narrowest(Permission.EXPENSE_READ, Permission.EXPENSE_EXPORT, of=actor), TABLE, of=actor)


def reach_of_bin(actor: Actor) -> Reach:
    """Which requests an actor sees in the recycle bin: their own.

    :raises Forbidden: when none at all
    """
    narrowest(Permission.EXPENSE_READ, Permission.EXPENSE_CREATE, of=actor)
    own = "r.owner_id = %(me)s"
    return Reach("own-requests", (Branch(f"{TABLE} r", own),), own, {"me": actor.id})


def get(actor: Actor, request_id: UUID, *, to_change: bool = False) -> ExpenseRequest:
    """A request the actor may see and that is not in the recycle bin.

    :param to_change: lock it until the transaction ends
    :raises NotFound: otherwise
    """
    request = _visible(actor, request_id, to_change=to_change)
    if request is None or request.in_bin:
        raise NotFound
    return request


def in_bin(actor: Actor, request_id: UUID) -> ExpenseRequest:
    """A request of the actor's own in the recycle bin, locked.

    :raises NotFound: otherwise
    """
    request = _visible(actor, request_id, to_change=True)
    if request is None or not request.in_bin or not policies.write.allows(actor, request):
        raise NotFound
    return request


def _visible(actor: Actor, request_id: UUID, *, to_change: bool) -> ExpenseRequest | None:
    asked = select(ExpenseRequest).where(ExpenseRequest.id == request_id)
    request = db.session.scalars(_locked(asked) if to_change else asked).first()
    return request if request and policies.read.allows(actor, request) else None


def _locked(asked: Select[ExpenseRequest]) -> Select[ExpenseRequest]:
    return asked.with_for_update().execution_options(populate_existing=True)


def outlays(request: ExpenseRequest, lines: Sequence[Row[Any]], zone: ZoneInfo) -> list[Outlay]:
    """What lines of a request are charged to budgets as."""
    # Without days of its own it is for the day it is asked for.
    on = request.starts_on or (request.submitted_at or clock.now()).astimezone(zone).date()
    return [Outlay(kind_id=one.kind_id, on=on, amount=one.amount) for one in lines]


def is_drawn_on_in_approval(request: ExpenseRequest) -> bool:
    """Whether somebody is still asked about a claim that draws on a request."""
    params = {"tenant": require_tenant_id(), "id": request.id}
    asked = f"SELECT {drawing.in_approval('%(id)s')}"
    return bool(db.session.connection().exec_driver_sql(asked, params).scalar_one())


def lines(request: ExpenseRequest) -> Sequence[Row[Any]]:
    """The lines of a request in their order, as plain rows."""
    mine = (_LINES.c.tenant_id == require_tenant_id(), _LINES.c.request_id == request.id)
    return db.session.execute(select(_LINES).where(*mine).order_by(_LINES.c.position)).all()
