"""/api/v1/expense-kinds: what money is spent on."""

from typing import Any
from uuid import UUID

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import expense_kinds as shapes
from app.access.queries.trail import last_change
from app.expense_kinds import queries, services
from app.expense_kinds.models import ExpenseKind
from app.expense_kinds.services import SUBJECT
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("expense-kinds", __name__, url_prefix="/api/v1", description="What money is spent on.")
_one, _all, _as_sent = shapes.ExpenseKindOut(), shapes.ExpenseKinds(), shapes.ExpenseKindPatch()


def _answer(kind: ExpenseKind, status: int = 200) -> Response:
    response = jsonify(_one.dump(kind))
    response.status_code = status
    return etag.tag(response, kind)


@blp.route("/expense-kinds")
class ExpenseKinds(MethodView):
    """All kinds of expense."""

    @signed_in
    @blp.response(200, shapes.ExpenseKinds)
    def get(self) -> Response:
        """All kinds of expense, archived ones too, in their order."""
        return jsonify(_all.dump({"items": queries.every(current_actor())}))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.ExpenseKindIn)
    @blp.response(201, shapes.ExpenseKindOut)
    def post(self, sent: dict[str, Any]) -> Response:
        """Make a kind of expense, the last one."""
        return _answer(services.create(current_actor(), **sent), 201)


@blp.route("/expense-kinds/<uuid:kind_id>")
class OneExpenseKind(MethodView):
    """A kind of expense."""

    @signed_in
    @blp.response(200, shapes.ExpenseKindOut)
    def get(self, kind_id: UUID) -> Response:
        """A kind of expense."""
        return _answer(queries.get(current_actor(), kind_id))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.ExpenseKindPatch)
    @blp.response(200, shapes.ExpenseKindOut)
    def patch(self, sent: dict[str, Any], kind_id: UUID) -> Response:
        """Rename a kind, say what it needs, give it another place, archive it or take it up again."""
        actor = current_actor()
        kind = queries.get(actor, kind_id, to_change=True)
        etag.check(kind, _as_sent.dump(sent), lambda: _one.dump(kind), lambda: last_change(SUBJECT, kind_id))
        services.change(actor, kind, sent)
        return _answer(kind)
