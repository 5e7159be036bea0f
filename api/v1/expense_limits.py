"""/api/v1/expense-limits: how much may be spent on what, by whom and where."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import expense_limits as shapes
from app.access.queries.trail import last_change
from app.expense_limits import queries, services
from app.expense_limits.models import ExpenseLimit
from app.expense_limits.services import SUBJECT
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("expense-limits", __name__, url_prefix="/api/v1", description="How much may be spent.")
_one, _all, _as_sent = shapes.ExpenseLimitOut(), shapes.ExpenseLimits(), shapes.ExpenseLimitPatch()
_trial = shapes.LimitTrial()


def _shown(limit: ExpenseLimit) -> dict[str, Any]:
    return dict(_one.dump(queries.shown([limit])[0]))


def _answer(limit: ExpenseLimit, status: int = 200) -> Response:
    response = jsonify(_shown(limit))
    response.status_code = status
    return etag.tag(response, limit)


@blp.route("/expense-limits")
class ExpenseLimits(MethodView):
    """All limits."""

    @signed_in
    @blp.response(200, shapes.ExpenseLimits)
    def get(self) -> Response:
        """All limits, archived ones too, for those who arrange expenses."""
        return jsonify(_all.dump({"items": queries.shown(queries.every(current_actor()))}))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ExpenseLimitIn)
    @blp.response(201, shapes.ExpenseLimitOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a limit."""
        return _answer(services.create(current_actor(), sent), 201)


@blp.route("/expense-limits/<uuid:limit_id>")
class OneExpenseLimit(MethodView):
    """A limit."""

    @signed_in
    @blp.response(200, shapes.ExpenseLimitOut)
    def get(self, limit_id: UUID) -> Response:
        """A limit."""
        return _answer(queries.get(current_actor(), limit_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ExpenseLimitPatch)
    @blp.response(200, shapes.ExpenseLimitOut)
    def patch(self, sent: dict[str, Any], limit_id: UUID) -> Response:
        """Change what a limit says, archive it or take it up again."""
        actor = current_actor()
        limit = queries.get(actor, limit_id, to_change=True)
        etag.check(limit, _as_sent.dump(sent), lambda: _shown(limit), lambda: last_change(SUBJECT, limit_id))
        services.change(actor, limit, sent)
        return _answer(limit)


@blp.route("/expense-limit-trials")
class LimitTrials(MethodView):
    """Expenses that are only thought of."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.LimitTrialIn)
    @blp.response(200, shapes.LimitTrial)
    def post(self, sent: dict[str, Any]) -> Response:
        """Try out which limit would bind an expense, if nothing else was spent in its month."""
        actor, money = current_actor(), (sent.pop("amount"), sent.pop("currency"))
        found = services.attempt(actor, **sent, money=money)
        if found is None:
            return jsonify(_trial.dump({"limit": None, "over": 0}))
        (limit,) = queries.shown([queries.get(actor, UUID(found.limit.id))])
        return jsonify(_trial.dump({"limit": limit, "over": found.over}))
