"""Who may do what with a request that a customer be handed over."""

from app.access.permissions import Permission
from app.access.rules import Rule
from app.customers import policies as customer_policies
from app.customers.models import Customer
from app.handovers.models import HandoverRequest, RequestState

ask: Rule[Customer] = Rule(Permission.CUSTOMER_UPDATE, when=customer_policies.read.allows)
"""Whoever works with customers may ask for one that they see."""
correct: Rule[HandoverRequest] = Rule(
    Permission.CUSTOMER_READ,
    when=lambda actor, request: request.owner_id == actor.id and request.state == RequestState.DRAFT,
)
