"""/api/v1/customers/{id}/profit: what a customer is worth after the cost of serving it."""

from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import customer_profit as shapes
from app.http import answers
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.insights import customer_profit

blp = Blueprint("customer-profit", __name__, url_prefix="/api/v1", description="What a customer is worth.")


@blp.route("/customers/<uuid:customer_id>/profit")
class CustomerProfit(MethodView):
    """What a customer is worth."""

    @signed_in
    @blp.response(200, shapes.CustomerProfit)
    def get(self, customer_id: UUID) -> Response:
        """Revenue, cost and expenses of a customer, year by year, as far as one may know them."""
        return answers.ready(customer_profit.of(current_actor(), customer_id))
