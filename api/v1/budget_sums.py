"""/api/v1/budget-totals and what follows: many budgets at once, and what something would take of them."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import budgets as shapes
from app.access.actor import Actor
from app.budgets import cards, charging, services
from app.budgets.charging import Bill
from app.events.expenses import Outlay
from app.expense_requests import queries as requests
from app.expenses import queries as claims
from app.http import answers, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("budget-sums", __name__, url_prefix="/api/v1", description="Many budgets at once.")

_PLACE = {"sort", "limit", "cursor", "total"}
_LIST = paging.parameters(cards.LISTING.fields, cards.LISTING.sorts, searchable=False)
_FILTERS = [one for one in _LIST if one["name"] not in _PLACE]


@blp.route("/budget-totals")
class Totals(MethodView):
    """What budgets come to."""

    @hot_read
    @blp.doc(parameters=_FILTERS)
    @blp.response(200, shapes.BudgetTotals)
    def get(self) -> Response:
        """What the budgets that a list asks for come to, currency by currency."""
        asked = paging.asked(cards.LISTING)
        return answers.ready({"items": cards.totals(identity.hot_driver(), current_actor(), asked)})


@blp.route("/budget-copies")
class Copies(MethodView):
    """The budgets of a period, made anew."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.BudgetCopyIn)
    @blp.response(200, shapes.BudgetCopies)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make the budgets of a period anew for the next one; none is copied twice."""
        count, first, last = services.copy(current_actor(), **sent)
        return answers.ready({"count": count, "first_day": first, "last_day": last})


@blp.route("/budget-trials")
class Trials(MethodView):
    """Spending that is only thought of."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.BudgetTrialIn)
    @blp.response(200, shapes.BudgetTrial)
    def post(self, sent: dict[str, Any]) -> Response:
        """Try out what a claim or request of one's own would take of which budgets; nothing is bound."""
        actor = current_actor()
        bill = Bill(
            outlays=[Outlay(**one) for one in sent["lines"]],
            department_id=_department(actor, sent["claim_id"], sent["request_id"]),
            currency=sent["currency"],
            record_id=sent["claim_id"],
            request_id=sent["request_id"],
        )
        return answers.ready({"items": charging.told(services.attempt(actor, bill))})


def _department(actor: Actor, claim_id: UUID | None, request_id: UUID | None) -> UUID | None:
    """Where it is charged: what was begun in another department stays there. One must see what is named."""
    if request_id:
        requests.get(actor, request_id)
    return claims.get(actor, claim_id).department_id if claim_id else actor.department_id
