"""Asking that a customer be handed over, where one may not simply do it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.access.actor import Actor
from app.access.rules import guarded
from app.approvals.models import Approval
from app.approvals.services import submitting
from app.audit import services as audit
from app.audit.services import Entry, changes_of
from app.core import clock
from app.core.db import db
from app.core.errors import invalid
from app.core.ids import new_id
from app.customers import references
from app.customers.models import Customer
from app.handovers import policies, queries
from app.handovers.approving import KIND
from app.handovers.models import HandoverRequest, RequestState

SUBJECT = "handover-request"
LONGEST_REASON = 500


@guarded(policies.ask)
def ask(
    actor: Actor,
    customer: Customer,
    *,
    to_id: UUID,
    reason: str,
    chosen: Mapping[str, Sequence[UUID]],
) -> Approval:
    """Ask that a customer be given to somebody, through the flow in force for it.

    :raises AlreadyAsked: while somebody's request for the same customer is on its way
    :raises Invalid: naming the field that cannot be taken
    """
    queries.demand_unasked(customer.id)
    _demand_another(customer, to_id, by=actor)
    at = clock.now()
    request = HandoverRequest(
        id=new_id(),
        customer_id=customer.id,
        to_id=to_id,
        reason=reason,
        owner_id=actor.id,
        state=RequestState.DRAFT,
        created_at=at,
        updated_at=at,
    )
    db.session.add(request)
    db.session.flush()
    return submitting.submit(actor, KIND, request.id, chosen=chosen)


@guarded(policies.correct)
def correct(
    actor: Actor, request: HandoverRequest, *, customer: Customer, to_id: UUID, reason: str
) -> HandoverRequest:
    """Correct a request that came back; it is asked again by submitting it again."""
    _demand_another(customer, to_id, by=actor)
    request.to_id, request.reason, request.updated_at = to_id, reason, clock.now()
    told = changes_of(request)
    db.session.flush()
    audit.record(
        actor,
        Entry(
            action="updated",
            subject_type=SUBJECT,
            subject_id=request.id,
            subject_label=customer.name,
            about_id=customer.id,
            changes=[one for one in told if one["field"] == "reason"],
        ),
    )
    return request


def _demand_another(customer: Customer, to_id: UUID, *, by: Actor) -> None:
    owner = references.owners([to_id], by=by).get(to_id)
    if owner is None:
        raise invalid("to_id", "unknown-reference")
    if owner.owner_id == customer.owner_id:
        raise invalid("to_id", "owner-already")
