"""/api/v1/expense-statistics: what was spent, in numbers."""

from typing import Any

from flask import Response
from flask.views import MethodView

from api.v1.schemas import expense_statistics as shapes
from app.http import answers
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.insights import expense_statistics
from app.insights.expense_statistics import Wanted

blp = Blueprint(
    "expense-statistics", __name__, url_prefix="/api/v1", description="What was spent, in numbers."
)


@blp.route("/expense-statistics")
class ExpenseStatistics(MethodView):
    """What was spent, in numbers."""

    @signed_in
    @blp.arguments(shapes.ExpenseStatisticsQuery, location="query")
    @blp.response(200, shapes.ExpenseStatistics)
    def get(self, asked: dict[str, Any]) -> Response:
        """What was spent in a period, divided in several ways, of the claims that one may see."""
        states = asked.pop("state", None)
        wanted = Wanted(**asked, **({"states": states} if states else {}))
        return answers.ready(expense_statistics.of(current_actor(), wanted))
