"""/api/v1/expense-requests/{id}/submission and what follows: how a request goes on, until it is closed."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.expense_requests import to_change
from api.v1.schemas import expense_requests as shapes
from api.v1.schemas.approval_flows import SubmissionChoices
from app.approvals import following
from app.expense_requests import cards, progress, queries
from app.expense_requests.trail import SUBJECT
from app.http import answers
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("expense-request-states", __name__, url_prefix="/api/v1", description="How requests go on.")


@blp.route("/expense-requests/<uuid:request_id>/submission")
class RequestSubmission(MethodView):
    """That a request is to be granted."""

    @signed_in
    @blp.response(200, SubmissionChoices)
    def get(self, request_id: UUID) -> Response:
        """Whom one is to choose when one submits a draft; nobody where no flow asks."""
        actor = current_actor()
        request = queries.get(actor, request_id)
        return answers.ready({"choices": following.choices(actor, SUBJECT, request.id)})

    @signed_in
    @blp.takes_key
    @blp.needs_version
    @blp.arguments(shapes.RequestSubmissionIn)
    @blp.response(200, shapes.ExpenseRequestWhole)
    def post(self, sent: dict[str, Any], request_id: UUID) -> Response:
        """Freeze a request and ask for approval; where nobody need be asked, it is granted at once."""
        actor = current_actor()
        progress.submit(actor, to_change(actor, request_id, {}), chosen=sent["chosen"])
        return answers.ready(cards.whole_now(actor, request_id))

    @signed_in
    @blp.response(200, shapes.ExpenseRequestWhole)
    def delete(self, request_id: UUID) -> Response:
        """Take back what nobody has decided about yet: it is a draft again."""
        actor = current_actor()
        progress.withdraw(actor, queries.get(actor, request_id, to_change=True))
        return answers.ready(cards.whole_now(actor, request_id))


@blp.route("/expense-requests/<uuid:request_id>/closing")
class RequestClosing(MethodView):
    """That nothing more is to come."""

    @signed_in
    @blp.takes_key
    @blp.response(200, shapes.ExpenseRequestWhole)
    def post(self, request_id: UUID) -> Response:
        """Close a granted request: no further claim draws on it, and what is left of it is free again."""
        actor = current_actor()
        progress.close(actor, queries.get(actor, request_id, to_change=True))
        return answers.ready(cards.whole_now(actor, request_id))
