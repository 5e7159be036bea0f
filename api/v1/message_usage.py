"""/api/v1/message-usage and /api/v1/message-limits: what a company has sent and may send."""

from typing import Any

from flask import Response, jsonify
from flask.views import MethodView

from api.v1.schemas import message_usage as shapes
from app.access.queries.trail import last_change
from app.access.services.tenant import SUBJECT_ID
from app.http import etag
from app.http.blueprint import Blueprint
from app.http.door import signed_in
from app.http.identity import current_actor
from app.usage import reading, services
from app.usage.models import MessageLimits

blp = Blueprint(
    "message-usage", __name__, url_prefix="/api/v1", description="What was sent, and how much may."
)
_limits = shapes.MessageLimits()


@blp.route("/message-usage")
class OneMessageUsage(MethodView):
    """What was sent."""

    @signed_in
    @blp.arguments(shapes.MessageUsageQuery, location="query")
    @blp.response(200, shapes.MessageUsage)
    def get(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What providers have taken, by day and by month, and how much of this month's limits is used."""
        return reading.of_month(current_actor(), asked["month"])


@blp.route("/message-limits")
class OneMessageLimits(MethodView):
    """How much may be sent."""

    @signed_in
    @blp.response(200, shapes.MessageLimits)
    def get(self) -> Response:
        """How much the company may send in a month."""
        return _answer(services.limits(current_actor()))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.MessageLimitsPatch)
    @blp.response(200, shapes.MessageLimits)
    def patch(self, sent: dict[str, Any]) -> Response:
        """Allow oneself more or less, from the next message on."""
        actor = current_actor()
        limits = services.limits(actor)
        etag.check(
            limits, sent, lambda: _limits.dump(limits), lambda: last_change(services.SUBJECT, SUBJECT_ID)
        )
        return _answer(services.change(actor, sent))


def _answer(limits: MessageLimits) -> Response:
    return etag.tag(jsonify(_limits.dump(limits)), limits)
