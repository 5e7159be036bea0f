"""/api/v1/approval-statistics: how long approvals take."""

from typing import Any

from flask import Response
from flask.views import MethodView

from api.v1.schemas import approval_statistics as shapes
from app.approvals.cards import statistics
from app.http import answers
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor

blp = Blueprint("approval-statistics", __name__, url_prefix="/api/v1", description="How long it takes.")


@blp.route("/approval-statistics")
class Statistics(MethodView):
    """How long approvals take."""

    @signed_in
    @blp.arguments(shapes.StatisticsQuery, location="query")
    @blp.response(200, shapes.Statistics)
    def get(self, asked: dict[str, Any]) -> Response:
        """How approvals went that were submitted on some days, as far as one may look at them."""
        return answers.ready(statistics.of(current_actor(), asked["first"], asked["days"]))
