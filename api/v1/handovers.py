"""/api/v1/customers/{id}/handover-requests: asking for what one may not do oneself."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import handovers as shapes
from api.v1.schemas.approvals import ApprovalOut
from app.approvals.cards.whole import whole
from app.customers import queries as customers
from app.handovers import queries, services
from app.handovers.models import HandoverRequest
from app.http import answers, etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("handovers", __name__, url_prefix="/api/v1", description="Asking for customers.")


def _shown(request: HandoverRequest) -> dict[str, Any]:
    return {
        "id": request.id,
        "version": request.version,
        "customer_id": request.customer_id,
        "to_id": request.to_id,
        "reason": request.reason,
        "state": request.state,
    }


@blp.route("/customers/<uuid:customer_id>/handover-requests")
class HandoverRequests(MethodView):
    """Asking for a customer."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.HandoverIn)
    @blp.response(201, ApprovalOut)
    def post(self, sent: dict[str, Any], customer_id: UUID) -> Response:
        """Ask that a customer be given to a colleague, or to oneself; the answer is the approval."""
        actor = current_actor()
        customer = customers.get(actor, customer_id, to_change=True)
        to_id = sent.pop("to_id")
        approval = services.ask(actor, customer, to_id=to_id, **sent)
        response = answers.ready(whole(actor, approval.id), 201)
        response.headers["Location"] = f"/api/v1/approvals/{approval.id}"
        return response


@blp.route("/handover-requests/<uuid:request_id>")
class OneHandoverRequest(MethodView):
    """A request of one's own."""

    @signed_in
    @blp.response(200, shapes.HandoverOut)
    def get(self, request_id: UUID) -> Response:
        """A request of one's own."""
        return answers.ready(_shown(queries.own(current_actor(), request_id)))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.HandoverCorrection)
    @blp.response(200, shapes.HandoverOut)
    def put(self, sent: dict[str, Any], request_id: UUID) -> Response:
        """Correct a request that came back."""
        actor = current_actor()
        request = queries.own(actor, request_id)
        etag.check(request, sent, lambda: _shown(request))
        customer = customers.get(actor, request.customer_id)
        to_id, reason = sent["to_id"], sent["reason"]
        services.correct(actor, request, customer=customer, to_id=to_id, reason=reason)
        return answers.ready(_shown(request))
