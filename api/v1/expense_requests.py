"""/api/v1/expense-requests: what people ask to spend for the company, before they do."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1 import timelines
from api.v1.schemas import expense_requests as shapes
from api.v1.schemas.timelines import Timeline
from app.access.actor import Actor
from app.access.queries.trail import last_change
from app.expense_requests import cards, queries, services
from app.expense_requests.drafts import RequestDraft, RequestLineDraft
from app.expense_requests.models import ExpenseRequest
from app.expense_requests.trail import SUBJECT
from app.http import answers, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor
from app.insights.timeline_reach import EXPENSE_REQUEST

blp = Blueprint("expense-requests", __name__, url_prefix="/api/v1", description="What is to be spent.")

_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts)
_as_sent = shapes.ExpenseRequestPatch()


def _drafted(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, in the words of the domain."""
    values = dict(sent)
    if "lines" in sent:
        values["lines"] = [RequestLineDraft(**line) for line in sent["lines"]]
    return values


def to_change(actor: Actor, request_id: UUID, sent: Mapping[str, Any]) -> ExpenseRequest:
    """The request, locked, if the caller's change is based on what it is now."""
    request = queries.get(actor, request_id, to_change=True)
    etag.check(
        request,
        _as_sent.dump(sent),
        lambda: cards.flat(cards.whole_now(actor, request_id)),
        lambda: last_change(SUBJECT, request_id),
    )
    return request


@blp.route("/expense-requests")
class ExpenseRequests(MethodView):
    """Expense requests."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.ExpenseRequestPage)
    def get(self) -> Response:
        """The requests one may see, filtered, sorted, found by any fragment of a number or title."""
        return answers.ready(cards.page(identity.hot_driver(), current_actor(), paging.asked(cards.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ExpenseRequestIn)
    @blp.response(201, shapes.ExpenseRequestWhole)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a request of one's own, as a draft."""
        actor = current_actor()
        request_id = services.create(actor, RequestDraft(**_drafted(sent)))
        response = answers.ready(cards.whole_now(actor, request_id), 201)
        response.headers["Location"] = f"/api/v1/expense-requests/{request_id}"
        return response


@blp.route("/expense-requests/<uuid:request_id>")
class OneExpenseRequest(MethodView):
    """An expense request."""

    @hot_read
    @blp.response(200, shapes.ExpenseRequestWhole)
    def get(self, request_id: UUID) -> Response:
        """A request with its lines."""
        return answers.ready(cards.whole(identity.hot_driver(), current_actor(), request_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ExpenseRequestPatch)
    @blp.response(200, shapes.ExpenseRequestWhole)
    def patch(self, sent: dict[str, Any], request_id: UUID) -> Response:
        """Change a draft, or what was rejected; lines, if any are sent, are sent all."""
        actor = current_actor()
        request = to_change(actor, request_id, sent)
        services.update(actor, request, _drafted(sent))
        return answers.ready(cards.whole_now(actor, request_id))

    @signed_in
    @blp.needs_version
    @blp.response(204)
    def delete(self, request_id: UUID) -> None:
        """Put a request into the recycle bin."""
        actor = current_actor()
        services.delete(actor, to_change(actor, request_id, {}))


@blp.route("/expense-requests/<uuid:request_id>/timeline")
class ExpenseRequestTimeline(MethodView):
    """What happened to a request."""

    @hot_read
    @blp.doc(parameters=timelines.PARAMETERS)
    @blp.response(200, Timeline)
    def get(self, request_id: UUID) -> Response:
        """What happened to a request, the latest first."""
        cards.demand(identity.hot_driver(), current_actor(), request_id)
        return timelines.answer(EXPENSE_REQUEST, request_id)
