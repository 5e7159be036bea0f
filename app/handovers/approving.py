"""Handing over a customer, as something to be granted: all that the engine is told of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.access.models import User
from app.approvals.kinds import Subject, SubjectKind, Turn, register
from app.core.db import db
from app.core.errors import NotFound
from app.core.filter_values import Kind
from app.core.filters import Field, declare
from app.customers import queries as customers
from app.customers import services as customer_services
from app.customers.models import Customer
from app.customers.states import Stage, Tier
from app.handovers import queries
from app.handovers.models import HandoverRequest, RequestState
from tenants.context import require_tenant_id

KIND = "customer-transfer"
_ASKABLE = {RequestState.DRAFT, RequestState.REFUSED, RequestState.WITHDRAWN}
"""What was refused or taken back can be asked once more."""


def _subject(request: HandoverRequest, customer: Customer) -> Subject:
    people = _people([request.to_id, customer.owner_id])
    former = people.get(customer.owner_id) if customer.owner_id else None
    to = people[request.to_id]
    facts: dict[str, Any] = {
        "customer": customer.name,
        "tier": customer.tier,
        "stage": customer.stage,
        "from": former.name if former else None,
        "to": to.name,
        "reason": request.reason,
        "to_department": str(to.department_id) if to.department_id else None,
        "same_department": former is not None and former.department_id == to.department_id,
    }
    owner_id = customer.owner_id
    return Subject(id=request.id, title=f"{customer.name} → {to.name}", facts=facts, owner_id=owner_id)


def _people(user_ids: list[UUID | None]) -> dict[UUID, User]:
    wanted = [one for one in user_ids if one is not None]
    return {user.id: user for user in db.session.scalars(select(User).where(User.id.in_(wanted)))}


def _submit(actor: Actor, request_id: UUID) -> Subject:
    request = queries.own(actor, request_id)
    if request.state not in _ASKABLE:
        raise NotFound
    queries.demand_unasked(request.customer_id, but=request.id)
    return _subject(request, customers.get(actor, request.customer_id))


def _look(actor: Actor, request_id: UUID) -> Subject:
    request = queries.own(actor, request_id)
    return _subject(request, customers.get(actor, request.customer_id))


def _turn(request_id: UUID, turn: Turn) -> None:
    request = queries.any_one(request_id)
    if request is None:
        # The customer is gone for ever, and the request with it.
        return
    request.follow(turn)
    if turn is Turn.GRANTED:
        _hand_over(request)
    db.session.flush()


def _hand_over(request: HandoverRequest) -> None:
    product = Actor.system(require_tenant_id())
    try:
        customer = customers.get(product, request.customer_id, to_change=True)
    except NotFound:
        request.state = RequestState.LAPSED
        return
    if _people([request.to_id])[request.to_id].state != "active":
        request.state = RequestState.LAPSED
        return
    customer_services.transfer(product, customer, owner_id=request.to_id)


def _link(request_id: UUID) -> str | None:
    customer_id = queries.customer_of(request_id)
    return f"/customers/{customer_id}" if customer_id else None


register(
    SubjectKind(
        word=KIND,
        fields=declare(
            Field("tier", Kind.CHOICE, "", tuple(Tier)),
            Field("stage", Kind.CHOICE, "", tuple(Stage)),
            Field("same_department", Kind.YES, ""),
            Field("to_department", Kind.ID, ""),
        ),
        shown=("customer", "from", "to", "reason", "tier", "stage"),
        submit=_submit,
        look=_look,
        turn=_turn,
        link=_link,
    )
)
