"""Reading requests that customers be handed over."""

from uuid import UUID

from sqlalchemy import select

from app.access.actor import Actor
from app.core.db import db
from app.core.errors import Conflict, NotFound
from app.handovers.models import HandoverRequest, RequestState


def own(actor: Actor, request_id: UUID) -> HandoverRequest:
    """A request of the actor's own, locked.

    :raises NotFound: if there is none such
    """
    mine = select(HandoverRequest).where(
        HandoverRequest.id == request_id, HandoverRequest.owner_id == actor.id
    )
    found = db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound
    return found


class AlreadyAsked(Conflict):
    """Somebody has asked for this customer already."""

    code = "handover-asked"


def demand_unasked(customer_id: UUID, *, but: UUID | None = None) -> None:
    """Make sure that no other request for a customer is on its way.

    :raises AlreadyAsked: otherwise
    """
    open_states = [RequestState.DRAFT, RequestState.ASKED]
    same = (HandoverRequest.customer_id == customer_id, HandoverRequest.state.in_(open_states))
    found = db.session.scalars(select(HandoverRequest.id).where(*same)).all()
    if set(found) - {but}:
        raise AlreadyAsked


def any_one(request_id: UUID) -> HandoverRequest | None:
    """A request, locked, whosever it is; for the product itself."""
    one = select(HandoverRequest).where(HandoverRequest.id == request_id)
    return db.session.scalars(one.with_for_update().execution_options(populate_existing=True)).first()


def customer_of(request_id: UUID) -> UUID | None:
    """The customer that a request is about; None if it is gone for ever."""
    return db.session.scalar(select(HandoverRequest.customer_id).where(HandoverRequest.id == request_id))
